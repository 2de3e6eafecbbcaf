import GRDB
import WirecopyMessages

// Pages that were removed.
extension IndexWriter {
    /// Removes the rows of pages in front of a place; their outcomes stay counted.
    ///
    /// The record names how many pages ended how since the journal was made. Of those, the index
    /// counts already what it counted as removed before, and what it has rows of; the rest were
    /// removed before this index was made.
    func retire(_ before: Int, _ retired: [RetiredPages], next position: Int) throws {
        try flushPages(next: position)
        for pages in retired { count(pages.outcome, pages.reason, pages.pages) }
        try database.unsafeReentrantWrite { database in
            for row in try Self.counted(before, in: database) {
                count(row.outcome, row.reason, -row.pages)
            }
            for table in ["page", "message", "attempt", "dead_letter"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE position < ?",
                    arguments: [before]
                )
            }
            try database.execute(
                sql: "DELETE FROM log_file WHERE last_position < ?",
                arguments: [before]
            )
            try database.execute(
                sql: "DELETE FROM place WHERE file < (SELECT min(number) FROM log_file)"
            )
            try IndexSchema.set("retired_before", String(before), in: database)
            try database.execute(sql: "DELETE FROM retired")
            for pages in retired {
                try database.execute(
                    sql: "INSERT INTO retired(outcome, reason, pages) VALUES (?, ?, ?)",
                    arguments: [pages.outcome, pages.reason ?? "", pages.pages]
                )
            }
        }
        open.forgetDead(before: before)
    }

    /// Pages that are removed, and those in front of a place that have rows.
    static func counted(_ before: Int, in database: Database) throws -> [RetiredPages] {
        let query = """
            SELECT outcome, reason, pages FROM retired UNION ALL
            SELECT outcome, coalesce(reason, ''), count(*) FROM page
            WHERE position < ? AND outcome IS NOT NULL GROUP BY 1, 2
            """
        var sums: [PageTotal: Int] = [:]
        for row in try Row.fetchAll(database, sql: query, arguments: [before]) {
            sums[PageTotal(outcome: row[0], reason: row[1]), default: 0] += row[2] as Int
        }
        return sums.sorted { ($0.key.outcome, $0.key.reason) < ($1.key.outcome, $1.key.reason) }
            .map { total, pages in
                RetiredPages(
                    outcome: total.outcome,
                    reason: total.reason.isEmpty ? nil : total.reason,
                    pages: pages
                )
            }
    }
}

extension OpenSet {
    /// Forgets dead letters in front of a place.
    mutating func forgetDead(before position: Int) {
        for stage in StageName.allCases {
            let set = Self.number(deadOf: stage)
            while let next = sets[set].next(after: 0), next < position {
                setDead(next, stage, false)
            }
        }
    }
}
