import GRDB

/// Searching with SQLite's FTS5.
struct SQLiteDialect: StoreDialect {
    var costsRoundTrips: Bool { false }

    func text(of condition: SearchCondition) -> String { Self.expression(condition) }

    /// An expression of FTS5 that is always valid.
    static func expression(_ condition: SearchCondition) -> String {
        switch condition {
        case .phrase(let text, let isPrefix):
            // FTS5 doubles a quotation mark inside a string; there are none in phrases.
            "\"\(text)\"" + (isPrefix ? "*" : "")
        case .all(let parts): joined(parts, by: " AND ")
        case .any(let parts): joined(parts, by: " OR ")
        case .without(let wanted, let unwanted):
            "(\(expression(wanted))) NOT (\(expression(unwanted)))"
        case .column(let column, let wanted): "{\(column.rawValue)} : (\(expression(wanted)))"
        }
    }

    private static func joined(_ parts: [SearchCondition], by word: String) -> String {
        guard parts.count > 1 else { return parts.first.map(expression) ?? "" }
        return parts.map { part in
            if case .phrase = part { expression(part) } else { "(\(expression(part)))" }
        }.joined(separator: word)
    }

    func matches(_ index: SearchTable, _ parameter: String) -> String {
        "\(index.rawValue) MATCH \(parameter)"
    }

    func beginSearch(_ db: StoreDatabase) {}

    func rank(_ condition: SearchCondition, _ db: StoreDatabase) -> String {
        "\(SearchRank.name)(article_search)"
    }

    func snippet(
        ofArticle article: Int64,
        _ condition: SearchCondition,
        words: Int,
        _ db: StoreDatabase
    ) throws -> String? {
        try db.text(
            """
            SELECT snippet(article_search, -1, '\(SearchReport.markStart)',
                '\(SearchReport.markEnd)', '…', \(words))
            FROM article_search WHERE article_search MATCH ? AND rowid = ?
            """,
            text(of: condition),
            article
        )
    }

    func add(_ row: Int64, _ text: IndexedText, to db: StoreDatabase) throws {
        switch text {
        case .article(let title, let text, let authors):
            try db.run(
                "INSERT INTO article_search (rowid, title, text, authors) VALUES (?, ?, ?, ?)",
                row,
                title,
                text,
                authors
            )
        case .statement(let context, let speaker):
            try db.run(
                "INSERT INTO quotation_search (rowid, context, speaker) VALUES (?, ?, ?)",
                row,
                context,
                speaker
            )
        case .entity(let name):
            try db.run("INSERT INTO entity_search (rowid, name) VALUES (?, ?)", row, name)
        }
    }

    func remove(_ row: Int64, _ text: IndexedText, from db: StoreDatabase) throws {
        switch text {
        case .article(let title, let text, let authors):
            try db.run(
                """
                INSERT INTO article_search (article_search, rowid, title, text, authors)
                VALUES ('delete', ?, ?, ?, ?)
                """,
                row,
                title,
                text,
                authors
            )
        case .statement(let context, let speaker):
            try db.run(
                """
                INSERT INTO quotation_search (quotation_search, rowid, context, speaker)
                VALUES ('delete', ?, ?, ?)
                """,
                row,
                context,
                speaker
            )
        case .entity(let name):
            try db.run(
                "INSERT INTO entity_search (entity_search, rowid, name) VALUES ('delete', ?, ?)",
                row,
                name
            )
        }
    }

    func isSound(_ index: SearchTable, _ db: StoreDatabase) throws -> Bool {
        do {
            let name = index.rawValue
            try db.run("INSERT INTO \(name) (\(name), rank) VALUES ('integrity-check', 1)")
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return false
        }
    }

    func damages(_ db: StoreDatabase) throws -> [String] {
        try db.all(String.self, "PRAGMA integrity_check(\(Self.damagesMax))").filter { $0 != "ok" }
    }

    /// Lines of SQLite's own check that are told; a damaged file has thousands.
    private static let damagesMax = 20
}
