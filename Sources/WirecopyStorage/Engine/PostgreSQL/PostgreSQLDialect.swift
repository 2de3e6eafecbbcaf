/// Searching with PostgreSQL's `tsvector` and `tsquery`, over words that are folded here, so that
/// both databases find the same.
struct PostgreSQLDialect: StoreDialect {
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

    /// A word in the title counts five times one in the text, one in the authors twice, as with
    /// SQLite; a long text counts less. How rare a word is PostgreSQL does not know.
    func rank(_ parameter: String) -> String {
        "ts_rank('{0.2, 0.2, 0.4, 1.0}', article_search.words, CAST(\(parameter) AS tsquery), 1)"
            + " DESC"
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
        var vector = WordVector()
        let table: SearchTable
        switch text {
        case .article(let title, let text, let authors):
            table = .articles
            if let title { vector.add(title, weight: "A") }
            vector.add(text, weight: "")
            vector.add(authors, weight: "B")
        case .statement(let context, let speaker):
            table = .statements
            vector.add(context, weight: "")
            vector.add(speaker, weight: "A")
        case .entity(let name):
            table = .entities
            vector.add(name, weight: "")
        }
        try db.run(
            "INSERT INTO \(table.rawValue) (rowid, words) VALUES (?, CAST(? AS tsvector))",
            row,
            vector.text
        )
    }

    func remove(_ row: Int64, _ text: IndexedText, from db: StoreDatabase) throws {
        let table: SearchTable =
            switch text {
            case .article: .articles
            case .statement: .statements
            case .entity: .entities
            }
        try db.run("DELETE FROM \(table.rawValue) WHERE rowid = ?", row)
    }
}

/// Gathers words with their places, as the text of a `tsvector`.
struct WordVector {
    /// Words that are indexed of one row; long articles have a few thousand. Keeps a vector well
    /// below the megabyte that PostgreSQL allows.
    static let wordsMax = 50_000
    /// Places that PostgreSQL keeps of one word.
    private static let placesMax = 255
    /// The last place that PostgreSQL tells from later ones.
    private static let placeMax = 16_383
    /// Words of different columns do not stand in a row.
    private static let gap = 2

    private var places: [String: [String]] = [:]
    private var count = 0
    private var next = 1

    /// Adds the words of a column.
    mutating func add(_ text: String, weight: String) {
        for word in FoldedWords.of(text).prefix(Self.wordsMax - count) {
            count += 1
            if places[word.folded, default: []].count < Self.placesMax {
                places[word.folded, default: []].append("\(min(next, Self.placeMax))\(weight)")
            }
            next += 1
        }
        next += Self.gap
    }

    /// The vector; folded words have nothing to escape.
    var text: String {
        places.map { "'\($0.key)':" + $0.value.joined(separator: ",") }.joined(separator: " ")
    }
}
