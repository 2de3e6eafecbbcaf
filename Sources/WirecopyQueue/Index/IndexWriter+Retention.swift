import Foundation
import GRDB
import WirecopyMessages

// Pages that are removed.
extension IndexWriter {
    /// Removes the rows of pages; their outcomes stay counted.
    ///
    /// The record names how many pages were removed before. Where the log does not tell of all of
    /// them any more, because this index is made again, the rest is counted now.
    func retire(_ record: RetireRecord, next position: Int) throws {
        try flushPages(next: position)
        try database.unsafeReentrantWrite { database in
            var removed = try IndexSchema.removedPages(in: database)
            for page in try RetiredPage.find(record, in: database) {
                try remove(page, in: database)
                removed[page.total, default: 0] += 1
            }
            for pages in record.removed {
                let total = PageTotal(outcome: pages.outcome, reason: pages.reason ?? "")
                let missing = pages.pages - removed[total, default: 0]
                guard missing > 0 else { continue }
                count(pages.outcome, pages.reason, missing)
                removed[total, default: 0] += missing
            }
            for (total, pages) in removed {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO retired(outcome, reason, pages) VALUES (?, ?, ?)",
                    arguments: [total.outcome, total.reason, pages]
                )
            }
            let before = try IndexSchema.retiredBefore(in: database)
            try IndexSchema.set(
                IndexSchema.retiredBeforeKey,
                String(max(before, record.places.upperBound)),
                in: database
            )
        }
    }

    private func remove(_ page: RetiredPage, in database: Database) throws {
        for position in page.messages {
            for table in ["message", "attempt", "dead_letter"] {
                let statement = try database.cachedStatement(
                    sql: "DELETE FROM \(table) WHERE position = ?"
                )
                try statement.execute(arguments: [position])
            }
            for stage in StageName.allCases where open.isDead(position, stage) {
                open.setDead(position, stage, false)
            }
        }
        try database.cachedStatement(sql: "DELETE FROM page WHERE position = ?")
            .execute(arguments: [page.position])
    }
}

/// A page that a policy no longer keeps.
struct RetiredPage {
    let position: Int
    /// Places of all its messages.
    let messages: [Int]
    let total: PageTotal

    /// The pages that a record removes, in their order; no more than a limit.
    static func find(
        _ record: RetireRecord,
        limit: Int = Int.max,
        in database: Database
    ) throws -> [RetiredPage] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT position, steps, outcome, coalesce(reason, '') FROM page
                    WHERE position >= ? AND position < ? AND open <= 0 AND outcome IS NOT NULL
                    AND closed_at_ms < CASE outcome WHEN ? THEN ? ELSE ? END
                    ORDER BY position LIMIT ?
                    """
            ),
            arguments: [
                record.places.lowerBound, record.places.upperBound, OutcomeKind.dead.rawValue,
                record.deadBefore.milliseconds, record.finishedBefore.milliseconds, limit,
            ]
        ).map { row in
            let steps = PageSteps(page: row[0], Array(row[1] as Data))
            return RetiredPage(
                position: row[0],
                messages: [row[0]] + steps.positions,
                total: PageTotal(outcome: row[2], reason: row[3])
            )
        }
    }
}

extension IndexSchema {
    static let retiredBeforeKey = "retired_before"

    /// Places in front of which pages were removed.
    static func retiredBefore(in database: Database) throws -> Int {
        try value(retiredBeforeKey, in: database).flatMap { Int($0) } ?? 0
    }

    /// How many pages were removed that ended how.
    static func removedPages(in database: Database) throws -> [PageTotal: Int] {
        var removed: [PageTotal: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT outcome, reason, pages FROM retired") {
            removed[PageTotal(outcome: row[0], reason: row[1])] = row[2]
        }
        return removed
    }

    /// Removes what an index that is made again was told of pages that were removed before: their
    /// first messages are in the log no more, and later facts about them tell nobody anything.
    static func forgetRootless(in database: Database, open: OpenSet) throws {
        let before = try retiredBefore(in: database)
        guard before > 0 else { return }
        let positions = try Int.fetchAll(
            database,
            sql: """
                SELECT position FROM message AS m WHERE page < ?
                AND NOT EXISTS (SELECT 1 FROM page WHERE page.position = m.page)
                """,
            arguments: [before]
        ).filter { !open.isOpen($0) }
        for position in positions {
            for table in ["message", "attempt", "dead_letter"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE position = ?",
                    arguments: [position]
                )
            }
        }
    }
}
