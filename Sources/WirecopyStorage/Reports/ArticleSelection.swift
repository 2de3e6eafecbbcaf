package import WirecopyMessages

/// Which articles are read; all conditions must hold.
package struct ArticleSelection: Sendable, Equatable {
    /// Words that must occur, as in `SearchQuery`; `nil` for all articles.
    package var words: String?
    /// Only articles of this host or a host below it; `nil` for all.
    package var host: String?
    /// Only articles published, or first seen when that is unknown, at or after this instant.
    package var since: Instant?
    /// Only articles published, or first seen when that is unknown, at or before this instant.
    package var until: Instant?
    /// Signals such as `no_ai`; articles with one of them are left out.
    package var usageLeftOut: [String] = []
    /// Most articles; `nil` for all.
    package var limit: Int?

    /// Selects all articles.
    package init() {}
}

/// A selection with its words read.
struct CheckedSelection: Sendable {
    let selection: ArticleSelection
    /// What the words ask for.
    let words: SearchCondition?

    /// Reads the words of a selection.
    init(_ selection: ArticleSelection) throws(StorageFailure) {
        self.selection = selection
        guard let words = selection.words else {
            self.words = nil
            return
        }
        guard let read = SearchExpression(words) else { throw ArticleStore.queryEmpty }
        self.words = read.condition
    }

    /// Tables to read from, and the condition of the words, which are the first parameter.
    func source(_ dialect: any StoreDialect) -> (tables: String, condition: String) {
        guard words != nil else { return ("article", "CAST(?1 AS TEXT) IS NULL") }
        return (
            "article_search CROSS JOIN article ON article.number = article_search.rowid",
            dialect.matches(.articles, "?1")
        )
    }

    /// What the second to the sixth parameter narrow down: instants, host, signals left out.
    static let conditions = """
        article.sort_ms BETWEEN ?2 AND ?3
        AND (CAST(?4 AS TEXT) IS NULL OR article.host = ?4
            OR substr(article.host, length(article.host) - length(?4)) = '.' || ?4)
        AND NOT EXISTS (
            SELECT 1 FROM json_each(article.usage) AS said
            JOIN json_each(?5) AS unwanted ON said.value = unwanted.value)
        """

    /// The signals that are left out, as a JSON array.
    var leftOut: String {
        var writer = JSONWriter()
        writer.array(selection.usageLeftOut) { $0.string($1) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
