import GRDB
import WirecopyMessages

extension ArticleStore {
    /// Finds articles by words in title, text and authors; the best matches come first.
    ///
    /// Ranked by BM25, where a word in the title counts `titleWeight` times one in the text.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when the query has no word to look for.
    package func search(_ query: SearchQuery) async throws(StorageFailure) -> SearchReport {
        guard let expression = SearchExpression(query.text)?.text else { throw Self.queryEmpty }
        let limit = min(max(query.limit, 1), SearchQuery.limitMax)
        return try await read(to: "search") { db in
            let numbers = try Self.ranked(expression, query, limit: limit + 1, db)
            let hits = try numbers.prefix(limit).map { try Self.hit($0, expression, db) }
            return SearchReport(hasMore: numbers.count > limit, hits: hits)
        }
    }

    static let queryEmpty = StorageFailure(
        .queryEmpty,
        "The search has no word to look for. Give at least one word that must occur."
    )

    private static let titleWeight = 5.0
    private static let authorWeight = 2.0
    /// Words of a snippet: about two lines of a terminal.
    private static let snippetWords = 24

    /// The snippets come in a second step: made here, they would be made for every match.
    private static func ranked(
        _ expression: String,
        _ query: SearchQuery,
        limit: Int,
        _ db: Database
    ) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                SELECT article.number
                FROM article_search JOIN article ON article.number = article_search.rowid
                WHERE article_search MATCH ?1
                    AND article.sort_ms >= ?2
                    AND (?3 IS NULL OR article.host = ?3
                        OR substr(article.host, -length(?3) - 1) = '.' || ?3)
                ORDER BY bm25(article_search, \(titleWeight), 1.0, \(authorWeight)),
                    article.sort_ms DESC, article.number
                LIMIT ?4
                """,
            arguments: [
                expression, query.since?.milliseconds ?? Int.min, query.host?.lowercased(), limit,
            ]
        )
    }

    private static func hit(
        _ number: Int64,
        _ expression: String,
        _ db: Database
    ) throws -> SearchReport.Hit {
        let row = try db.row(
            """
            SELECT article.host, article.id, article.published, article.site_name, article.title,
                article.url,
                snippet(article_search, -1, '\(SearchReport.markStart)',
                    '\(SearchReport.markEnd)', '…', \(snippetWords))
            FROM article_search JOIN article ON article.number = article_search.rowid
            WHERE article_search MATCH ? AND article_search.rowid = ?
            """,
            expression,
            number
        )
        guard let row else {
            throw StorageFailure(.damaged, "The search index and the articles do not agree.")
        }
        return SearchReport.Hit(
            host: row[0],
            id: row[1],
            published: row[2],
            siteName: row[3],
            snippet: row[6],
            title: row[4],
            url: row[5]
        )
    }
}
