/// What a row of a search index must have.
indirect enum SearchCondition: Sendable, Equatable {
    /// Words in a row, without quotation marks; with `isPrefix` the last one may go on.
    case phrase(String, isPrefix: Bool)
    /// All of these.
    case all([SearchCondition])
    /// Any of these.
    case any([SearchCondition])
    /// The first and not the second.
    case without(SearchCondition, SearchCondition)
    /// This in one column.
    case column(SearchColumn, SearchCondition)

    /// The word that stands for an entity in the index of statements.
    static func entity(_ id: Int64) -> SearchCondition { .phrase("e\(id)", isPrefix: false) }

    /// The phrases that must, or may, occur.
    var phrases: [(text: String, isPrefix: Bool)] {
        switch self {
        case .phrase(let text, let isPrefix): [(text, isPrefix)]
        case .all(let parts), .any(let parts): parts.flatMap(\.phrases)
        case .without(let wanted, _): wanted.phrases
        case .column(_, let wanted): wanted.phrases
        }
    }
}

/// A column of a search index that can be looked into alone.
enum SearchColumn: String, Sendable {
    case authors
    case context
    case speaker
}

/// A search index; `rowid` is the number of the article, the statement or the entity.
enum SearchTable: String, Sendable, CaseIterable {
    case articles = "article_search"
    case statements = "quotation_search"
    case entities = "entity_search"
}

/// What of a row is indexed.
enum IndexedText: Sendable {
    case article(title: String?, text: String, authors: String)
    case statement(context: String, speaker: String)
    case entity(name: String)
}
