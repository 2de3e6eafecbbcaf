import GRDB
package import WirecopyMessages

extension ArticleStore {
    /// What each source has brought, by its address; sources that brought nothing are not there.
    ///
    /// - Parameter now: an instant of the last day that is counted.
    /// - Returns: the yields by the addresses of their sources.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func sourceYields(
        now: Instant
    ) async throws(StorageFailure) -> [String: SourceYield] {
        let dayMilliseconds = 86_400_000
        let today = now.milliseconds / dayMilliseconds
        let first = today - SourceYield.daysMax + 1
        return try await read(to: "count what sources bring") { db in
            var yields: [String: SourceYield] = [:]
            let totals = try Row.fetchCursor(
                db,
                sql: """
                    SELECT source, count(*) FROM article WHERE source IS NOT NULL GROUP BY source
                    """
            )
            while let row = try totals.next() {
                yields[row[0]] = SourceYield(articles: row[1], days: [])
            }
            let days = try Row.fetchCursor(
                db,
                sql: Self.dayCounts,
                arguments: [dayMilliseconds, SourceYield.fullTextBytesMin, first * dayMilliseconds]
            )
            while let row = try days.next() {
                var day = SourceYield.Day(day: row[1], articles: row[2])
                (day.withAuthor, day.withDate) = (row[3], row[4])
                (day.withText, day.withTitle) = (row[5], row[6])
                yields[row[0], default: SourceYield(articles: 0, days: [])].days.append(day)
            }
            return yields
        }
    }

    /// An article that was stored before its length was kept counts as one with a text.
    private static let dayCounts = """
        SELECT source, first_seen_ms / ?1, count(*), sum(authors <> '[]'),
            sum(published IS NOT NULL), sum(coalesce(text_bytes >= ?2, 1)), sum(title IS NOT NULL)
        FROM article WHERE source IS NOT NULL AND first_seen_ms >= ?3
        GROUP BY 1, 2 ORDER BY 1, 2
        """
}
