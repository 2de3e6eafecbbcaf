import FoundationEssentials
import GRDB
import WirecopyMessages

/// The queries that the SQLite journal asks all the time.
enum JournalQueries {
    /// What the log says of a message, as far as changes need it.
    struct LogRow {
        let root: MessageID
        let kind: MessageKind
        let lane: String
        let bytes: Int
        let queuedAt: Instant
    }

    static func logRow(at position: Int, in database: Database) throws -> LogRow? {
        let statement = try database.cachedStatement(
            sql: "SELECT root, kind, lane, bytes, queued_at_ms FROM log WHERE seq = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [position]),
            let root = MessageID(bytes: Array(row[0] as Data)),
            let kind = MessageKind(rawValue: row[1])
        else { return nil }
        return LogRow(
            root: root,
            kind: kind,
            lane: row[2],
            bytes: row[3],
            queuedAt: Instant(milliseconds: row[4])
        )
    }

    static func position(of id: MessageID, in database: Database) throws -> Int? {
        let statement = try database.cachedStatement(sql: "SELECT seq FROM log WHERE id = ?")
        return try Int.fetchOne(statement, arguments: [Data(id.bytes)])
    }

    static func openEntry(at position: Int, in database: Database) throws -> QueueEntry? {
        guard let log = try logRow(at: position, in: database), let stage = log.kind.consumer
        else { return nil }
        let statement = try database.cachedStatement(
            sql: """
                SELECT class, attempt, not_before_ms, killers FROM open
                WHERE stage = ? AND class IN (0, 1, 2) AND seq = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [stage.rawValue, position])
        else { return nil }
        var entry = QueueEntry(
            position: position,
            stage: stage,
            priority: MessageClass(rank: row[0]),
            bytes: log.bytes,
            lane: log.lane,
            queuedAt: log.queuedAt
        )
        entry.attempts = row[1]
        entry.notBefore = (row[2] as Int?).map { Instant(milliseconds: $0) }
        entry.killers = killers(row[3])
        return entry
    }

    static func openEntries(
        _ request: RefillRequest,
        in database: Database
    ) throws -> [QueueEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT o.seq, l.bytes, l.lane, l.queued_at_ms, o.attempt, o.not_before_ms, o.killers
                FROM open AS o JOIN log AS l ON l.seq = o.seq
                WHERE o.stage = ? AND o.class = ? AND o.seq > ? AND l.lane = coalesce(?, l.lane)
                ORDER BY o.seq LIMIT ?
                """
        )
        let arguments: StatementArguments = [
            request.stage.rawValue, request.priority.rank, request.after, request.lane,
            request.limit,
        ]
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            var entry = QueueEntry(
                position: row[0],
                stage: request.stage,
                priority: request.priority,
                bytes: row[1],
                lane: row[2],
                queuedAt: Instant(milliseconds: row[3])
            )
            entry.attempts = row[4]
            entry.notBefore = (row[5] as Int?).map { Instant(milliseconds: $0) }
            entry.killers = killers(row[6])
            return entry
        }
    }

    private static func killers(_ names: String?) -> [String] {
        names.map { $0.split(separator: "\n").map(String.init) } ?? []
    }

    static func state(in database: Database) throws -> JournalState {
        var state = JournalState()
        let counts = "SELECT stage, class, count(*) FROM open GROUP BY stage, class"
        for row in try Row.fetchAll(database, sql: counts) {
            guard let stage = StageName(rawValue: row[0]) else { continue }
            state.openCounts.append(
                .init(stage: stage, priority: MessageClass(rank: row[1]), messages: row[2])
            )
        }
        let letters = "SELECT stage, count(*) FROM dead_letter GROUP BY stage"
        for row in try Row.fetchAll(database, sql: letters) {
            guard let stage = StageName(rawValue: row[0]) else { continue }
            state.deadCounts[stage] = row[1]
        }
        for stage in StageName.allCases {
            let value = try String.fetchOne(
                database,
                sql: "SELECT value FROM meta WHERE key = ?",
                arguments: ["stage.\(stage.rawValue)"]
            )
            if value == "paused" { state.paused.insert(stage) }
        }
        state.laneHolds = try laneHolds(in: database)
        return state
    }

    private static func laneHolds(in database: Database) throws -> [JournalState.LaneHold] {
        try Row.fetchAll(database, sql: "SELECT stage, lane, until_ms FROM lane_hold")
            .compactMap { row in
                StageName(rawValue: row[0]).map { stage in
                    .init(stage: stage, lane: row[1], until: Instant(milliseconds: row[2]))
                }
            }
            .sorted { ($0.stage.rank, $0.lane) < ($1.stage.rank, $1.lane) }
    }

    /// The attachment that was stored last; no committed transaction points behind it.
    static func lastAttachment(in database: Database) throws -> SegmentLocation? {
        let query = """
            SELECT segment, offset, length FROM attachment
            ORDER BY seq DESC, ordinal DESC LIMIT 1
            """
        return try Row.fetchOne(database, sql: query).map { row in
            SegmentLocation(segment: row[0], offset: row[1], length: row[2])
        }
    }

    static func message(
        at position: Int,
        in database: Database,
        directory: String
    ) throws -> Message {
        let statement = try database.cachedStatement(
            sql: "SELECT envelope, data FROM content WHERE seq = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [position]) else {
            throw QueueFailure(.contentUnreadable, "There is no message at place \(position).")
        }
        let attachments = try attachmentLocations(of: position, in: database).map { location in
            try SegmentStore.read(
                location,
                in: SQLiteJournal.segmentsPath(in: directory)
            )
        }
        return Message(
            envelope: try envelope(Array(row[0] as Data), at: position),
            data: Array(row[1] as Data),
            attachments: attachments
        )
    }

    static func envelope(_ json: [UInt8], at position: Int) throws(QueueFailure) -> Envelope {
        do {
            return try Envelope(json: json)
        } catch {
            throw QueueFailure(
                .contentUnreadable,
                "The envelope at place \(position) cannot be read: \(error.message)"
            )
        }
    }

    private static func attachmentLocations(
        of position: Int,
        in database: Database
    ) throws -> [SegmentLocation] {
        let statement = try database.cachedStatement(
            sql: "SELECT segment, offset, length FROM attachment WHERE seq = ? ORDER BY ordinal"
        )
        return try Row.fetchAll(statement, arguments: [position]).map { row in
            SegmentLocation(segment: row[0], offset: row[1], length: row[2])
        }
    }
}

extension MessageClass {
    /// The class of a rank; one that is not known counts as the least urgent.
    init(rank: Int) {
        self = MessageClass.allCases.first { $0.rank == rank } ?? .replay
    }
}
