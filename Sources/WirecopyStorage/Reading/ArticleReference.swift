/// What a person gives to name an article: an identifier, the beginning of one, or a URL.
struct ArticleReference {
    /// Digits that the beginning of an identifier must have; fewer are more likely a mistake.
    static let prefixMin = 4

    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The article's row number, or `nil` when the store has no such article.
    func number(_ db: StoreDatabase) throws -> Int64? {
        if isIdentifier, let number = try byIdentifier(db) { return number }
        if let number = try byID(ArticleIdentity(url: text).id, db) { return number }
        return try byAddress(text, db) ?? byAddress(ArticleIdentity(url: text).url, db)
    }

    private var isIdentifier: Bool {
        Self.prefixMin...ArticleIdentity.idLength ~= text.utf8.count
            && text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private func byIdentifier(_ db: StoreDatabase) throws -> Int64? {
        let begin = text.lowercased()
        let rows = try db.rows(
            """
            SELECT number, id FROM article WHERE id >= ?1 AND id < ?1 || 'g'
            UNION SELECT article, id FROM article_copy WHERE id >= ?1 AND id < ?1 || 'g'
            LIMIT 9
            """,
            begin
        )
        let exact = rows.filter { $0[1] == begin }
        if let row = exact.first { return try byID(begin, db) ?? row[0] }
        guard Set(rows.map { $0[0] as Int64 }).count > 1 else { return rows.first?[0] }
        let some = rows.prefix(4).map { $0[1] as String }.joined(separator: ", ")
        throw StorageFailure(
            .referenceAmbiguous,
            "\(begin) is the beginning of several identifiers, such as \(some). Give more digits."
        )
    }

    private func byID(_ id: String, _ db: StoreDatabase) throws -> Int64? {
        try db.row("SELECT number FROM article WHERE id = ?", id)?[0]
    }

    private func byAddress(_ url: String, _ db: StoreDatabase) throws -> Int64? {
        try db.row(
            """
            SELECT article FROM article_address WHERE url = ?
            ORDER BY last_seen_ms DESC, article DESC LIMIT 1
            """,
            url
        )?[0]
    }
}
