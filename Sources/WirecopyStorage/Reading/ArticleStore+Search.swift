import WirecopyMessages

extension ArticleStore {
    /// Finds articles by words in title, text and authors; the best matches come first.
    ///
    /// A word in the title counts five times one in the text, and a rare one more than a common
    /// one; see `SearchRank` and `PostgreSQLRank`.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when the query has no word to look for.
    package func search(_ query: SearchQuery) async throws(StorageFailure) -> SearchReport {
        let condition = try Self.condition(query)
        let limit = min(max(query.limit, 1), SearchQuery.limitMax)
        return try await read(to: "search") { db in
            let words = db.dialect.text(of: condition)
            try db.dialect.beginSearch(db)
            let first = try Self.firstRanked(words, db)
            let order = try db.dialect.rank(condition, db)
            let numbers = try Self.ranked(
                (words, order),
                query,
                from: first,
                limit: limit + 1,
                db
            )
            let hits = try numbers.prefix(limit).map { try Self.hit($0, condition, db) }
            return SearchReport(
                hasMore: numbers.count > limit,
                isPartial: first > 0,
                hits: hits
            )
        }
    }

    private static func condition(
        _ query: SearchQuery
    ) throws(StorageFailure) -> SearchCondition {
        guard let words = SearchExpression(query.text) else { throw queryEmpty }
        guard let author = query.author else { return words.condition }
        guard let names = SearchExpression(author) else { throw queryEmpty }
        return .all([words.condition, .column(.authors, names.condition)])
    }

    static let queryEmpty = StorageFailure(
        .queryEmpty,
        "The search has no word to look for. Give at least one word that must occur."
    )

    /// Words of a snippet: about two lines of a terminal.
    private static let snippetWords = 24

    /// The number of the article from which on matches are ranked; 0 for all.
    private static func firstRanked(_ words: String, _ db: StoreDatabase) throws -> Int64 {
        let row = try db.row(
            """
            SELECT rowid FROM article_search WHERE \(db.dialect.matches(.articles, "?"))
            ORDER BY rowid DESC LIMIT 1 OFFSET \(SearchReport.rankedMax)
            """,
            words
        )
        return row.map { ($0[0] as Int64) + 1 } ?? 0
    }

    /// The snippets come in a second step: made here, they would be made for every match.
    private static func ranked(
        _ sought: (words: String, order: String),
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
            WHERE \(db.dialect.matches(.articles, "?1")) AND article_search.rowid >= ?2
                AND article.sort_ms BETWEEN ?3 AND ?4
                AND (CAST(?5 AS TEXT) IS NULL OR article.host = ?5
                    OR substr(article.host, length(article.host) - length(?5)) = '.' || ?5)
                AND (CAST(?6 AS TEXT) IS NULL OR article.language = ?6 COLLATE NOCASE
                    OR substr(article.language, 1, length(?6) + 1)
                        = ?6 || '-' COLLATE NOCASE)
            ORDER BY \(sought.order),
                article.sort_ms DESC, article.number
            LIMIT ?7
            """,
            sought.words,
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
        _ condition: SearchCondition,
        _ db: StoreDatabase
    ) throws -> SearchReport.Hit {
        let row = try db.row(
            "SELECT host, id, published, site_name, title, url FROM article WHERE number = ?",
            number
        )
        let snippet = try db.dialect.snippet(
            ofArticle: number,
            condition,
            words: snippetWords,
            db
        )
        guard let row, let snippet else {
            throw StorageFailure(.damaged, "The search index and the articles do not agree.")
        }
        return SearchReport.Hit(
            host: row[0],
            id: row[1],
            published: row[2],
            siteName: row[3],
            snippet: snippet,
            title: row[4],
            url: row[5]
        )
    }
}
