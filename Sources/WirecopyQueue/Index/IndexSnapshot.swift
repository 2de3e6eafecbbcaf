import Foundation
import GRDB
import WirecopyMessages

/// Attempts, delay and killers of an open message.
struct OpenFailure: Sendable, Equatable {
    var attempts: Int
    var notBefore: Instant?
    var killers: [String]
    var excused = 0
}

/// Identities of the pages of one run, as far as they can be told apart by time.
struct IndexRun: Sendable {
    let last: Int
    let milliseconds: ClosedRange<Int>
}

/// What the journal needs in memory, as the index knows it at a start.
struct IndexSnapshot {
    /// Places by identity of messages that are in no run.
    var recent: [MessageID: Int] = [:]
    var runs: [IndexRun] = []
    var paused: Set<StageName> = []
    var laneHolds: [JournalState.LaneHold] = []
    var keys: [OpenKey: Int] = [:]
    var retiredBefore = 0

    /// Reads everything in one transaction.
    init(_ index: JournalIndex) throws {
        let read = try index.database.read { database in try Self.parts(in: database) }
        (recent, runs, paused, laneHolds, keys) = read
        retiredBefore = try index.database.read { try IndexSchema.retiredBefore(in: $0) }
    }

    private static func parts(
        in database: Database
    ) throws -> (
        [MessageID: Int], [IndexRun], Set<StageName>, [JournalState.LaneHold], [OpenKey: Int]
    ) {
        let sealed = try IndexLookup.sealedPosition(in: database)
        var recent: [MessageID: Int] = [:]
        let ids = """
            SELECT position, root FROM page WHERE position >= ?1 UNION ALL
            SELECT position, id FROM message WHERE position >= ?1 AND id IS NOT NULL
            """
        let rows = try Row.fetchCursor(database, sql: ids, arguments: [sealed])
        while let row = try rows.next() {
            guard let id = MessageID(bytes: Array(row[1] as Data)) else { continue }
            recent[id] = row[0]
        }
        let runs = try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY number").map { row in
            IndexRun(
                last: row["last"],
                milliseconds: (row["oldest_ms"] as Int)...(row["newest_ms"] as Int)
            )
        }
        let paused = try StageName.allCases.filter { stage in
            try IndexSchema.value("stage.\(stage.rawValue)", in: database) == "paused"
        }
        let holds = try Row.fetchAll(database, sql: "SELECT * FROM lane_hold").compactMap { row in
            StageName(rawValue: row["stage"]).map { stage in
                JournalState.LaneHold(
                    stage: stage,
                    lane: row["lane"],
                    until: Instant(milliseconds: row["until_ms"])
                )
            }
        }
        var keys: [OpenKey: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT position, stage, key FROM open_key") {
            guard let stage = StageName(number: row[1]) else { continue }
            keys[OpenKey(stage: stage, key: row[2])] = row[0]
        }
        return (recent, runs, Set(paused), holds, keys)
    }
}

/// A unique key as it is open in a stage.
struct OpenKey: Hashable, Sendable {
    let stage: StageName
    let key: String
}

/// What a change must know of a stored message.
struct OpenRecord: Sendable {
    let root: MessageID
    let page: Int
    let stage: StageName
    let bytes: Int
    let lane: String
    let queuedAt: Instant
    var key: String?
    /// Whether it may have been finished before, with outputs that are stored.
    var wasReopened = false

    init(
        root: MessageID,
        page: Int,
        stage: StageName,
        bytes: Int,
        lane: String,
        queuedAt: Instant
    ) {
        self.root = root
        self.page = page
        self.stage = stage
        self.bytes = bytes
        self.lane = lane
        self.queuedAt = queuedAt
    }

    /// What a record of the log says; `nil` for an outcome.
    init?(_ message: StoredMessage, at: Instant) {
        guard let stage = message.kind.stage else { return nil }
        self.init(
            root: message.root,
            page: message.page,
            stage: stage,
            bytes: message.bytes,
            lane: message.lane,
            queuedAt: at
        )
        key = message.isOwnRoot ? message.key : nil
    }
}
