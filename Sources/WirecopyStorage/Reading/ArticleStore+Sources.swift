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
            let totals = "SELECT source, count(*) FROM article WHERE source IS NOT NULL"
            for row in try db.rows(totals + " GROUP BY source") {
                yields[row[0]] = SourceYield(articles: row[1], days: [])
            }
            let fullText = SourceYield.fullTextBytesMin
            let start = first * dayMilliseconds
            for row in try db.rows(Self.dayCounts, dayMilliseconds, fullText, start) {
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
        SELECT source, first_seen_ms / ?1, count(*), count(*) FILTER (WHERE authors <> '[]'),
            count(published), count(*) FILTER (WHERE text_bytes IS NULL OR text_bytes >= ?2),
            count(title)
        FROM article WHERE source IS NOT NULL AND first_seen_ms >= ?3
        GROUP BY 1, 2 ORDER BY 1, 2
        """
}
