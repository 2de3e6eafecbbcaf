import WirecopyMessages

extension ArticleStore {
    /// Articles by their date of publication, or by when they were first seen, newest first.
    ///
    /// - Parameters:
    ///   - host: only articles of exactly this host; `nil` for all.
    ///   - cursor: `next` of the list before; `nil` for the first.
    ///   - limit: number of articles, 1 to `SearchQuery.limitMax`.
    /// - Returns: the articles; a cursor that is none gives the first ones.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func newest(
        host: String? = nil,
        after cursor: ListCursor? = nil,
        limit: Int
    ) async throws(StorageFailure) -> ArticleListReport {
        let limit = min(max(limit, 1), SearchQuery.limitMax)
        return try await read(to: "list its articles") { db in
            let rows = try db.rows(
                """
                SELECT \(ArticleListReport.columns), article.number AS place
                FROM article
                WHERE (sort_ms < ?1 OR (sort_ms = ?1 AND number < ?2))
                    \(host == nil ? "AND CAST(?3 AS TEXT) IS NULL" : "AND host = ?3")
                ORDER BY sort_ms DESC, number DESC LIMIT ?4
                """,
                cursor?.milliseconds ?? Int.max,
                cursor?.place ?? Int.max,
                host,
                limit + 1
            )
            return ArticleListReport(rows, limit: limit) { row in
                ListCursor(milliseconds: row["sort_ms"], place: row["place"])
            }
        }
    }

    /// Counts the articles.
    package func articleCount() async throws(StorageFailure) -> Int {
        try await read(to: "count its articles") { db in
            try db.first(Int.self, "SELECT count(*) FROM article") ?? 0
        }
    }
}

/// A place in a list that is sorted by a moment and a number.
package struct ListCursor: Sendable, Equatable {
    /// Milliseconds since 1970 UTC.
    package let milliseconds: Int
    /// Tells apart what has the same moment.
    package let place: Int

    /// Makes a cursor.
    package init(milliseconds: Int, place: Int) {
        self.milliseconds = milliseconds
        self.place = place
    }

    /// Reads the text of a cursor; `nil` when it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = Int(parts[0]), let place = Int(parts[1]) else {
            return nil
        }
        self.init(milliseconds: milliseconds, place: place)
    }

    /// `1764424800000.17`.
    package var text: String { "\(milliseconds).\(place)" }
}

/// Articles of a list.
package struct ArticleListReport: Report {
    /// The articles.
    package var articles: [Entry]
    /// Where the list goes on; `nil` when these are the last.
    package var next: String?

    /// One article, as a list shows it.
    package struct Entry: Report {
        /// When it was first seen.
        package var firstSeenMs: Int
        /// Host of its URL.
        package var host: String
        /// Its identifier.
        package var id: String
        /// BCP 47 language.
        package var language: String?
        /// Date of publication as the page gave it.
        package var published: String?
        /// Name of its site.
        package var siteName: String?
        /// The line below the headline.
        package var subtitle: String?
        /// Its headline.
        package var title: String?
        /// The URL that identifies it.
        package var url: String
    }
}

extension ArticleListReport {
    static let columns = """
        article.first_seen_ms, article.host, article.id, article.language, article.published,
        article.site_name, article.sort_ms, article.subtitle, article.title, article.url
        """

    /// Takes the rows of a question that asked for one more than `limit`.
    init(_ rows: [StoreRow], limit: Int, cursor: (StoreRow) -> ListCursor) {
        articles = rows.prefix(limit).map { row in
            Entry(
                firstSeenMs: row["first_seen_ms"],
                host: row["host"],
                id: row["id"],
                language: row["language"],
                published: row["published"],
                siteName: row["site_name"],
                subtitle: row["subtitle"],
                title: row["title"],
                url: row["url"]
            )
        }
        next = rows.count > limit ? cursor(rows[limit - 1]).text : nil
    }
}
