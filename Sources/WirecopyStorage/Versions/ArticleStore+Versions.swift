import WirecopyMessages

extension ArticleStore {
    /// What changed between two versions of an article.
    ///
    /// - Parameters:
    ///   - reference: as in `article(_:)`.
    ///   - numbers: numbers of the earlier and the later version; without them the last two that
    ///     were stored.
    /// - Returns: `nil` when the store has no such article; equal versions for an article that has
    ///   one only.
    /// - Throws: `StorageFailure` with `nameUnknown` when the article has no version of a number.
    package func difference(
        _ reference: String,
        versions numbers: (from: Int, to: Int)? = nil
    ) async throws(StorageFailure) -> VersionDiff? {
        try await read(to: "compare versions of \(reference.prefix(200))") { db in
            guard let article = try ArticleReference(reference).number(db) else { return nil }
            let reader = VersionReader(db: db)
            let count = try reader.count(article)
            let (from, to) = numbers ?? (from: max(1, count - 1), to: count)
            let old = try reader.content(from, of: article)
            let new = try reader.content(to, of: article)
            let row = try db.row("SELECT id, url FROM article WHERE number = ?", article)
            return VersionDiff(
                article: row?[0] ?? "",
                from: old.version,
                paragraphs: WordDiff.paragraphs(old.paragraphs, new.paragraphs),
                title: WordDiff.pieces(old.title, new.title),
                to: new.version,
                url: row?[1] ?? "",
                versions: count
            )
        }
    }
}

/// Reads versions of an article as far as they are compared.
private struct VersionReader {
    let db: StoreDatabase

    /// A version's words.
    struct Content {
        let version: VersionDiff.Version
        let title: String
        let paragraphs: [String]
    }

    func count(_ article: Int64) throws -> Int {
        try db.row("SELECT count(*) FROM article_version WHERE article = ?", article)?[0] ?? 0
    }

    func content(_ number: Int, of article: Int64) throws -> Content {
        let row = try db.row(
            """
            SELECT title, text, fetched_at_ms, corrections FROM article_version
            WHERE article = ? AND n = ?
            """,
            article,
            number
        )
        guard let row else {
            throw StorageFailure(
                .nameUnknown,
                "The article has no version \(number); it has \(try count(article))."
            )
        }
        let version = VersionDiff.Version(
            corrections: try Self.strings(row[3]),
            fetchedAtMs: row[2],
            n: number
        )
        let text: String = row[1]
        return Content(
            version: version,
            title: row[0] ?? "",
            paragraphs: text.split(separator: "\n\n").map(String.init)
        )
    }

    private static func strings(_ json: String) throws -> [String] {
        var reader = JSONReader(Array(json.utf8))
        var strings: [String] = []
        try reader.array { (reader) throws(JSONFailure) in strings.append(try reader.string()) }
        return strings
    }
}
