import GRDB
import WirecopyMessages

/// Finds files of a journal that a policy no longer keeps.
struct Retention {
    /// A file of the log, as the index knows it.
    private struct LogFile {
        let number: Int
        let bytes: Int
        let lastPosition: Int
        let lastAt: Instant
        let segments: ClosedRange<Int>?
    }

    /// What is to be removed.
    struct Plan {
        /// The last file of the log that goes, and the last place in it.
        var log: (file: Int, position: Int)?
        /// The last segment that goes.
        var segment: Int?
    }

    let policy: RetentionPolicy
    let now: Instant

    /// Decides what goes; at most one file of each kind, so that no commit waits long.
    ///
    /// `firstKept` is the oldest place that is open or belongs to a page under way; of the
    /// segments, which ascend, the last is being written.
    func plan(
        in database: Database,
        firstKept: Int,
        segments: [(number: Int, bytes: Int)]
    ) throws -> Plan {
        var plan = Plan()
        let files = try Row.fetchAll(
            database,
            sql: """
                SELECT number, bytes, last_position, last_at_ms, first_segment, last_segment
                FROM log_file ORDER BY number
                """
        ).map { row in
            LogFile(
                number: row[0],
                bytes: row[1],
                lastPosition: row[2],
                lastAt: Instant(milliseconds: row[3]),
                segments: (row[4] as Int?).map { $0...max($0, row[5] as Int? ?? $0) }
            )
        }
        // The last file is being written.
        if let oldest = files.first, files.count > 1, oldest.lastPosition < firstKept,
            exceeds(policy.messages, files.reduce(0) { $0 + $1.bytes }, oldest.lastAt)
        {
            plan.log = (oldest.number, oldest.lastPosition)
        }
        guard let segment = segments.first, segments.count > 1 else { return plan }
        let users = files.filter { $0.segments?.contains(segment.number) ?? false }
        let areDone = users.allSatisfy { file in
            file.lastPosition < firstKept && file.number != files.last?.number
        }
        let bytes = segments.reduce(0) { $0 + $1.bytes }
        if areDone, exceeds(policy.bodies, bytes, users.last?.lastAt ?? now) {
            plan.segment = segment.number
        }
        return plan
    }

    private func exceeds(_ limits: RetentionPolicy.Limits, _ bytes: Int, _ at: Instant) -> Bool {
        if let bytesMax = limits.bytesMax, bytes > bytesMax { return true }
        return limits.ageMax.map { now - at > $0 } ?? false
    }
}
