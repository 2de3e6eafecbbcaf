import WirecopyMessages

/// Keeps the full-text indexes equal to the articles' current versions.
///
/// SQLite's FTS5 with external content must be told the very text that it forgets: `remove` comes
/// before a change of the article, `add` after it. Both only note what is to be done, and `flush`
/// does it at the end of the transaction, row by row: FTS5 writes its whole index out whenever a
/// statement that may change several rows begins, and those of the articles would make it do so
/// each time.
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
        let text = IndexedText.article(
            title: record.article.title?.value,
            text: String(decoding: record.text, as: UTF8.self),
            authors: record.json.authors
        )
        changes.append(Change(action: .add, row: article, text: text))
        changes += told.indexed.map { row in
            let text = IndexedText.statement(context: row.context, speaker: row.speaker)
            return Change(action: .add, row: row.id, text: text)
        }
    }

    /// Notes that the name of an entity enters its index.
    mutating func add(entity: Int64, name: String) {
        changes.append(Change(action: .add, row: entity, text: .entity(name: name)))
    }

    /// Notes that the name of an entity leaves its index.
    mutating func remove(entity: Int64, name: String) {
        changes.append(Change(action: .remove, row: entity, text: .entity(name: name)))
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
        let statements = try db.rows(
            "SELECT id, context, speaker FROM quotation_text WHERE article = ?",
            article
        )
        changes += articles.map { row in
            let text = IndexedText.article(title: row[1], text: row[2], authors: row[3])
            return Change(action: action, row: row[0], text: text)
        }
        changes += statements.map { row in
            let text = IndexedText.statement(context: row[1], speaker: row[2])
            return Change(action: action, row: row[0], text: text)
        }
    }

    private enum Action {
        case add, remove
    }

    /// A row that enters or leaves an index.
    private struct Change {
        let action: Action
        let row: Int64
        let text: IndexedText

        func apply(to db: StoreDatabase) throws {
            switch action {
            case .add: try db.dialect.add(row, text, to: db)
            case .remove: try db.dialect.remove(row, text, from: db)
            }
        }
    }
}
