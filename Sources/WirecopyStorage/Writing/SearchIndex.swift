import WirecopyMessages

/// Keeps the full-text indexes equal to the articles' current versions.
///
/// FTS5 with external content must be told the very text that it forgets: `remove` comes before a
/// change of the article, `add` after it. Both only note what is to be done, and `flush` does it at
/// the end of the transaction, row by row: FTS5 writes its whole index out whenever a statement
/// that may change several rows begins, and those of the articles would make it do so each time.
/// An article without a current version has no rows in the views and thus none in the indexes.
struct SearchIndex {
    private let db: StoreDatabase
    private var changes: [Change] = []

    init(db: StoreDatabase) {
        self.db = db
    }

    /// Notes that an article and its quotations, as they are now, leave the indexes.
    mutating func remove(_ article: Int64) throws {
        try note(.remove, article)
    }

    /// Notes that an article and its quotations, as they are now, enter the indexes.
    mutating func add(_ article: Int64) throws {
        try note(.add, article)
    }

    /// Notes that an article that has just been written enters the indexes.
    mutating func add(_ article: Int64, _ record: ArticleRecord, _ told: ToldVersion) {
        let columns = Columns.article(
            record.article.title?.value,
            String(decoding: record.text, as: UTF8.self),
            record.json.authors
        )
        changes.append(Change(action: .add, row: article, columns: columns))
        changes += told.indexed.map { row in
            Change(action: .add, row: row.id, columns: .quotation(row.context, row.speaker))
        }
    }

    /// Notes that the name of an entity enters its index.
    mutating func add(entity: Int64, name: String) {
        changes.append(Change(action: .add, row: entity, columns: .entity(name)))
    }

    /// Notes that the name of an entity leaves its index.
    mutating func remove(entity: Int64, name: String) {
        changes.append(Change(action: .remove, row: entity, columns: .entity(name)))
    }

    /// Does what was noted; what concerns one row in the order in which it was noted.
    ///
    /// Row by row upwards: FTS5 also writes its index out when a row comes after a greater one.
    mutating func flush() throws {
        let order = changes.indices.sorted { left, right in
            (changes[left].row, left) < (changes[right].row, right)
        }
        for index in order { try changes[index].apply(to: db) }
        changes = []
    }

    private mutating func note(_ action: Action, _ article: Int64) throws {
        let articles = try db.rows(
            "SELECT number, title, text, authors FROM article_text WHERE number = ?",
            article
        )
        let quotations = try db.rows(
            "SELECT id, context, speaker FROM quotation_text WHERE article = ?",
            article
        )
        changes += articles.map {
            Change(action: action, row: $0[0], columns: .article($0[1], $0[2], $0[3]))
        }
        changes += quotations.map {
            Change(action: action, row: $0[0], columns: .quotation($0[1], $0[2]))
        }
    }

    private enum Action {
        case add, remove
    }

    private enum Columns {
        case article(_ title: String?, _ text: String, _ authors: String)
        case quotation(_ context: String, _ speaker: String)
        case entity(_ name: String)
    }

    /// A row that enters or leaves an index.
    private struct Change {
        let action: Action
        let row: Int64
        let columns: Columns

        func apply(to db: StoreDatabase) throws {
            switch (columns, action) {
            case (.article(let title, let text, let authors), .add):
                try db.run(
                    "INSERT INTO article_search (rowid, title, text, authors) VALUES (?, ?, ?, ?)",
                    row,
                    title,
                    text,
                    authors
                )
            case (.article(let title, let text, let authors), .remove):
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
            case (.quotation(let context, let speaker), .add):
                try db.run(
                    "INSERT INTO quotation_search (rowid, context, speaker) VALUES (?, ?, ?)",
                    row,
                    context,
                    speaker
                )
            case (.quotation(let context, let speaker), .remove):
                try db.run(
                    """
                    INSERT INTO quotation_search (quotation_search, rowid, context, speaker)
                    VALUES ('delete', ?, ?, ?)
                    """,
                    row,
                    context,
                    speaker
                )
            case (.entity(let name), .add):
                try db.run("INSERT INTO entity_search (rowid, name) VALUES (?, ?)", row, name)
            case (.entity(let name), .remove):
                try db.run(
                    """
                    INSERT INTO entity_search (entity_search, rowid, name)
                    VALUES ('delete', ?, ?)
                    """,
                    row,
                    name
                )
            }
        }
    }
}
