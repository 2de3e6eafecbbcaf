import GRDB
import WirecopyMessages

/// The moments before which pages must have ended to be removed, at one time.
struct RetentionCutoffs: Sendable, Equatable {
    let finishedBefore: Instant
    let deadBefore: Instant

    /// The later one: what entered after it is kept.
    var latest: Instant { max(finishedBefore, deadBefore) }

    /// What a policy means for what the index knows.
    init(_ policy: RetentionPolicy, now: Instant, in database: Database) throws {
        let known = now + (.zero - policy.knownFor)
        let logCutoff =
            try policy.finished.bytesMax.map { try Self.logCutoff($0, in: database) } ?? .never
        let deadCutoff =
            try policy.dead.bytesMax.map { try Self.deadCutoff($0, in: database) } ?? .never
        finishedBefore = min(known, max(Self.cutoff(policy.finished, now), logCutoff))
        deadBefore = min(known, max(Self.cutoff(policy.dead, now), deadCutoff))
    }

    private static func cutoff(_ limits: RetentionPolicy.Limits, _ now: Instant) -> Instant {
        guard let age = limits.ageMax else { return .never }
        return now + (.zero - age)
    }

    /// When the newest file ended that lies behind so many bytes of newer ones.
    private static func logCutoff(_ bytesMax: Int, in database: Database) throws -> Instant {
        var bytes = 0
        let files = try Row.fetchAll(
            database,
            sql: "SELECT bytes, last_at_ms FROM log_file ORDER BY number DESC"
        )
        for file in files {
            bytes += file[0] as Int
            if bytes > bytesMax { return Instant(milliseconds: file[1] + 1) }
        }
        return .never
    }

    /// When the newest message was given up that lies behind so many bytes of newer ones.
    private static func deadCutoff(_ bytesMax: Int, in database: Database) throws -> Instant {
        var bytes = 0
        let letters = try Row.fetchCursor(
            database,
            sql: """
                SELECT m.bytes, d.at_ms FROM dead_letter AS d
                JOIN message AS m ON m.position = d.position ORDER BY d.at_ms DESC
                """
        )
        while let letter = try letters.next() {
            bytes += letter[0] as Int
            if bytes > bytesMax { return Instant(milliseconds: letter[1] + 1) }
        }
        return .never
    }
}

extension Instant {
    /// A moment before which nothing ended.
    fileprivate static var never: Instant { Instant(milliseconds: .min) }
}
