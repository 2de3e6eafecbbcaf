import GRDB
package import WirecopyMessages

// What is kept, and what would go.
extension JournalReports {
    /// What the journal keeps of each kind, and what a policy would remove of it at a moment.
    package func retention(
        _ policy: RetentionPolicy,
        now: Instant
    ) throws(QueueFailure) -> RetentionReport {
        try reading { database in
            let cutoffs = try RetentionCutoffs(policy, now: now, in: database)
            let logFiles = try Row.fetchOne(
                database,
                sql: "SELECT count(*), coalesce(sum(bytes), 0) FROM log_file"
            )
            let deadBytes = try Int.fetchOne(
                database,
                sql: """
                    SELECT coalesce(sum(m.bytes), 0) FROM dead_letter AS d
                    JOIN message AS m ON m.position = d.position
                    """
            )
            return RetentionReport(
                kinds: [
                    try pages(
                        "finished",
                        before: cutoffs.finishedBefore,
                        bytes: logFiles?[1] ?? 0,
                        in: database
                    ),
                    try pages(
                        "dead",
                        before: cutoffs.deadBefore,
                        bytes: deadBytes ?? 0,
                        in: database
                    ),
                    try bodies(policy.bodies, now: now, in: database),
                ],
                removedPages: try IndexSchema.removedPages(in: database).values.reduce(0, +),
                logFiles: logFiles?[0] ?? 0
            )
        }
    }

    private func pages(
        _ kind: String,
        before: Instant,
        bytes: Int,
        in database: Database
    ) throws -> RetentionReport.Kind {
        let comparison = kind == OutcomeKind.dead.rawValue ? "=" : "<>"
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), min(closed_at_ms), coalesce(sum(closed_at_ms < ?), 0) FROM page
                WHERE open <= 0 AND outcome IS NOT NULL AND outcome \(comparison) ?
                """,
            arguments: [before.milliseconds, OutcomeKind.dead.rawValue]
        )
        return RetentionReport.Kind(
            kind: kind,
            count: row?[0] ?? 0,
            bytes: bytes,
            oldestAtMs: row?[1],
            wouldGo: row?[2] ?? 0,
            wouldGoBytes: nil
        )
    }

    private func bodies(
        _ limits: RetentionPolicy.Limits,
        now: Instant,
        in database: Database
    ) throws -> RetentionReport.Kind {
        var (bytes, going) = (0, [Int]())
        var oldest: Int?
        var segments: [(size: Int, use: SegmentUse)] = []
        for number in try SegmentStore.numbers(contents.files) {
            let size = try contents.files.open(SegmentStore.path(number), .reading).size()
            let use = try SegmentUse(of: number, in: database)
            segments.append((size, use))
            bytes += size
            oldest = oldest ?? use.lastAt.milliseconds
        }
        let open = try OpenSet(in: database)
        var left = bytes
        for segment in segments.dropLast() {
            let isTooMuch = limits.bytesMax.map { left > $0 } ?? false
            guard isTooMuch || limits.ageMax.map({ now - segment.use.lastAt > $0 }) ?? false
            else { break }
            if try segment.use.isNeeded(by: segment.use.open(in: open), contents.reader) {
                continue
            }
            going.append(segment.size)
            left -= segment.size
        }
        return RetentionReport.Kind(
            kind: "bodies",
            count: segments.count,
            bytes: bytes,
            oldestAtMs: oldest,
            wouldGo: going.count,
            wouldGoBytes: going.reduce(0, +)
        )
    }
}
