import WirecopyMessages

extension ArticleStore {
    /// Finds articles by words in title, text and authors; the best matches come first.
    ///
    /// Ranked by BM25, where a word in the title counts five times one in the text; see
    /// `SearchRank`.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when the query has no word to look for.
    package func search(_ query: SearchQuery) async throws(StorageFailure) -> SearchReport {
        let expression = try Self.expression(query)
        let limit = min(max(query.limit, 1), SearchQuery.limitMax)
        return try await read(to: "search") { db in
            let first = try Self.firstRanked(expression, db)
            let numbers = try Self.ranked(expression, query, from: first, limit: limit + 1, db)
            let hits = try numbers.prefix(limit).map { try Self.hit($0, expression, db) }
            return SearchReport(
                hasMore: numbers.count > limit,
                isPartial: first > 0,
                hits: hits
            )
        }
    }

    private static func expression(_ query: SearchQuery) throws(StorageFailure) -> String {
        guard let words = SearchExpression(query.text)?.text else { throw queryEmpty }
        guard let author = query.author else { return words }
        guard let names = SearchExpression(author) else { throw queryEmpty }
        return "(\(words)) AND (\(names.inColumn("authors")))"
    }

    static let queryEmpty = StorageFailure(
        .queryEmpty,
        "The search has no word to look for. Give at least one word that must occur."
    )

    /// Words of a snippet: about two lines of a terminal.
    private static let snippetWords = 24

    /// The number of the article from which on matches are ranked; 0 for all.
    private static func firstRanked(_ expression: String, _ db: StoreDatabase) throws -> Int64 {
        let row = try db.row(
            """
            SELECT rowid FROM article_search WHERE article_search MATCH ?
            ORDER BY rowid DESC LIMIT 1 OFFSET \(SearchReport.rankedMax)
            """,
            expression
        )
        return row.map { ($0[0] as Int64) + 1 } ?? 0
    }

    /// The snippets come in a second step: made here, they would be made for every match.
    private static func ranked(
        _ expression: String,
        _ query: SearchQuery,
        from first: Int64,
        limit: Int,
        _ db: StoreDatabase
    ) throws -> [Int64] {
        try db.all(
            Int64.self,
            """
            SELECT article.number
            FROM article_search
            CROSS JOIN article ON article.number = article_search.rowid
            WHERE article_search MATCH ?1 AND article_search.rowid >= ?2
                AND article.sort_ms BETWEEN ?3 AND ?4
                AND (?5 IS NULL OR article.host = ?5
                    OR substr(article.host, -length(?5) - 1) = '.' || ?5)
                AND (?6 IS NULL OR article.language = ?6 COLLATE NOCASE
                    OR substr(article.language, 1, length(?6) + 1)
                        = ?6 || '-' COLLATE NOCASE)
            ORDER BY \(SearchRank.name)(article_search),
                article.sort_ms DESC, article.number
            LIMIT ?7
            """,
            expression,
            first,
            query.since?.milliseconds ?? Int.min,
            query.until?.milliseconds ?? Int.max,
            query.host?.lowercased(),
            query.language,
            limit
        )
    }

    private static func hit(
        _ number: Int64,
        _ expression: String,
        _ db: StoreDatabase
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
