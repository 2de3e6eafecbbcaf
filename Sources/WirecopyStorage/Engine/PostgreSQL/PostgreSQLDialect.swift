/// Searching with PostgreSQL's `tsvector` and `tsquery`, over words that are folded here, so that
/// both databases find the same.
struct PostgreSQLDialect: StoreDialect {
    var costsRoundTrips: Bool { true }

    func text(of condition: SearchCondition) -> String { Self.query(condition, weight: "") }

    /// A `tsquery` that is always valid; an empty one finds nothing.
    private static func query(_ condition: SearchCondition, weight: String) -> String {
        switch condition {
        case .phrase(let text, let isPrefix): phrase(text, isPrefix: isPrefix, weight)
        case .all(let parts): joined(parts, by: " & ", weight)
        case .any(let parts): joined(parts, by: " | ", weight)
        case .without(let wanted, let unwanted):
            without(query(wanted, weight: weight), query(unwanted, weight: weight))
        case .column(let column, let wanted): query(wanted, weight: Self.weight(column))
        }
    }

    private static func without(_ wanted: String, _ unwanted: String) -> String {
        wanted.isEmpty || unwanted.isEmpty ? wanted : "(\(wanted) & !\(unwanted))"
    }

    private static func joined(
        _ parts: [SearchCondition],
        by sign: String,
        _ weight: String
    ) -> String {
        let texts = parts.map { query($0, weight: weight) }.filter { !$0.isEmpty }
        return texts.count > 1 ? "(" + texts.joined(separator: sign) + ")" : texts.first ?? ""
    }

    /// Folded words have letters and digits only, so that there is nothing to escape.
    private static func phrase(_ text: String, isPrefix: Bool, _ weight: String) -> String {
        let words = FoldedWords.of(text)
        let texts = words.enumerated().map { index, word in
            let isLast = index == words.count - 1
            let flags = (isPrefix && isLast ? "*" : "") + weight
            return "'\(word.folded)'" + (flags.isEmpty ? "" : ":" + flags)
        }
        return texts.count > 1 ? "(" + texts.joined(separator: " <-> ") + ")" : texts.first ?? ""
    }

    /// The weight under which the words of a column are indexed.
    private static func weight(_ column: SearchColumn) -> String {
        switch column {
        case .authors: "B"
        case .speaker: "A"
        case .context: "D"
        }
    }

    func matches(_ index: SearchTable, _ parameter: String) -> String {
        "\(index.rawValue).words @@ CAST(\(parameter) AS tsquery)"
    }

    /// The server takes looking into a row for words to be as cheap as comparing numbers, and would
    /// rather go through all rows, by their numbers, than read the index of words.
    func beginSearch(_ db: StoreDatabase) throws {
        for plan in ["enable_seqscan", "enable_indexscan"] {
            try db.run("SELECT set_config('\(plan)', 'off', true)")
        }
    }

    func rank(_ condition: SearchCondition, _ db: StoreDatabase) throws -> String {
        try PostgreSQLRank(db).order(Self.wanted(condition, weight: ""))
    }

    /// The phrases that must, or may, occur, each a query of its own.
    private static func wanted(_ condition: SearchCondition, weight: String) -> [String] {
        switch condition {
        case .phrase: [query(condition, weight: weight)].filter { !$0.isEmpty }
        case .all(let parts), .any(let parts): parts.flatMap { wanted($0, weight: weight) }
        case .without(let part, _): wanted(part, weight: weight)
        case .column(let column, let part): wanted(part, weight: Self.weight(column))
        }
    }

    func snippet(
        ofArticle article: Int64,
        _ condition: SearchCondition,
        words: Int,
        _ db: StoreDatabase
    ) throws -> String? {
        let row = try db.row(
            "SELECT title, text, authors FROM article_text WHERE number = ?",
            article
        )
        return row.map { row in
            Snippet(condition, words: words)
                .text(of: [row[0] as String? ?? "", row[1], row[2]])
        }
    }

    func add(_ row: Int64, _ text: IndexedText, to db: StoreDatabase) throws {
        guard let engine = db.engine as? PostgreSQLEngine else {
            preconditionFailure("The words of row \(row) are PostgreSQL's, the database is not.")
        }
        let table = text.table.rawValue
        let statement = engine.prepared("INSERT INTO \(table) (rowid, words) VALUES (?, ?)")
        statement.add(row)
        statement.add(WordVector(of: text))
        try statement.run()
    }

    func remove(_ row: Int64, _ text: IndexedText, from db: StoreDatabase) throws {
        try db.run("DELETE FROM \(text.table.rawValue) WHERE rowid = ?", row)
    }

    func isSound(_ index: SearchTable, _ db: StoreDatabase) throws -> Bool {
        let indexed = "SELECT count(*) FROM \(index.rawValue) WHERE rowid = ? AND words = "
        var (last, count) = (Int64.min, 0)
        while true {
            let texts = try IndexedText.next(of: index, after: last, db)
            guard let end = texts.last else { break }
            for (row, text) in texts {
                let vector = WordVector(of: text).text
                guard try db.first(Int.self, indexed + "CAST(? AS tsvector)", row, vector) == 1
                else { return false }
            }
            (last, count) = (end.row, count + texts.count)
        }
        return try db.first(Int.self, "SELECT count(*) FROM \(index.rawValue)") == count
    }

    /// The server checks its files by itself, where its checksums are on.
    func damages(_ db: StoreDatabase) throws -> [String] { [] }
}

extension IndexedText {
    /// The index to which it belongs.
    fileprivate var table: SearchTable {
        switch self {
        case .article: .articles
        case .statement: .statements
        case .entity: .entities
        }
    }

    /// Rows that are read at once.
    private static let batchSize = 256

    /// The next texts of an index, by their rows.
    fileprivate static func next(
        of index: SearchTable,
        after last: Int64,
        _ db: StoreDatabase
    ) throws -> [(row: Int64, text: IndexedText)] {
        let (columns, table, key) =
            switch index {
            case .articles: ("number, title, text, authors", "article_text", "number")
            case .statements: ("id, context, speaker", "quotation_text", "id")
            case .entities: ("id, name", "entity", "id")
            }
        let rows = try db.rows(
            "SELECT \(columns) FROM \(table) WHERE \(key) > ? ORDER BY \(key) LIMIT \(batchSize)",
            last
        )
        return rows.map { row in
            let text: IndexedText =
                switch index {
                case .articles: .article(title: row[1], text: row[2], authors: row[3])
                case .statements: .statement(context: row[1], speaker: row[2])
                case .entities: .entity(name: row[1])
                }
            return (row[0], text)
        }
    }
}
