import Foundation
import GRDB
import WirecopyMessages

/// Where the index is kept.
package enum IndexLocation: Sendable {
    /// In a SQLite file of the journal's directory, beside the log.
    case file(path: String)
    /// In memory, made again from the log at each start: for simulations.
    case memory
}

/// The database of the index: opens it, and answers what the journal must know to work.
struct JournalIndex: Sendable {
    let database: any DatabaseWriter
    let path: String

    /// Opens the database, or makes an empty one.
    ///
    /// - Throws: an error of SQLite's when it is damaged.
    init(_ location: IndexLocation) throws {
        switch location {
        case .file(let path):
            self.path = path
            database = try DatabasePool(path: path, configuration: Self.configuration)
        case .memory:
            path = "the index in memory"
            database = try DatabaseQueue(configuration: Self.configuration)
        }
    }

    /// Files of an index, when it is kept in files.
    static func files(_ path: String) -> [String] { [path, "\(path)-wal", "\(path)-shm"] }

    /// Prepares the tables for a journal of this name, unless they are there.
    ///
    /// - Returns: the name of the journal that the index belongs to.
    func prepare(name: String) throws -> String {
        try database.writeWithoutTransaction { database in
            // 64 MiB keep the upper levels of the tables in memory; the usual 2 MiB do not.
            try database.execute(sql: "PRAGMA cache_size = -65536")
            // 32 MiB of log between checkpoints keep the writer from copying each page twice.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            if let found = try IndexSchema.name(in: database, path: path) {
                try database.inTransaction(.immediate) {
                    try IndexSchema.upgrade(database)
                    return .commit
                }
                return found
            }
            try database.inTransaction(.immediate) {
                try IndexSchema.prepare(database, name: name)
                return .commit
            }
            return name
        }
    }

    /// The place of a stored page by the identity of its first message, among those of runs.
    func sealedPage(_ root: MessageID) throws -> Int? {
        try database.read { database in
            for position in try IndexLookup.candidates(root.lookupHash, .root, in: database) {
                let stored = try Data.fetchOne(
                    database.cachedStatement(sql: "SELECT root FROM page WHERE position = ?"),
                    arguments: [position]
                )
                if stored == Data(root.bytes) { return position }
            }
            return nil
        }
    }

    /// Whether a page is kept.
    func hasPage(_ position: Int) throws -> Bool {
        try database.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT 1 FROM page WHERE position = ?"
            )
            return try Int.fetchOne(statement, arguments: [position]) != nil
        }
    }

    /// The place of a message of a page by its identity, among those that stages take.
    func position(of id: MessageID, inPage page: Int) throws -> Int? {
        try database.read { database in
            let steps = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT steps FROM page WHERE position = ?"),
                arguments: [page]
            )
            let statement = try database.cachedStatement(
                sql: "SELECT id FROM message WHERE position = ?"
            )
            for step in PageSteps(page: page, Array(steps ?? Data())).positions {
                let stored = try Data.fetchOne(statement, arguments: [step])
                if stored == Data(id.bytes) { return step }
            }
            return nil
        }
    }

    /// Reasons that spend no attempt, as SQL: the log holds each delivery's reason, and so how many
    /// are excused follows from it.
    private static let excusedCodes = ErrorCode.excused.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// Attempts, delay and killers of an open message that failed before.
    func failure(at position: Int) throws -> OpenFailure? {
        try database.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT attempts, not_before_ms, killers FROM open_state WHERE position = ?
                    """
            )
            guard let row = try Row.fetchOne(statement, arguments: [position]) else { return nil }
            let excused = try database.cachedStatement(
                sql: """
                    SELECT count(*) FROM (
                        SELECT code FROM attempt WHERE position = ? ORDER BY rowid DESC LIMIT ?
                    ) WHERE code IN (\(Self.excusedCodes))
                    """
            )
            return OpenFailure(
                attempts: row[0],
                notBefore: (row[1] as Int?).map { Instant(milliseconds: $0) },
                killers: (row[2] as String).split(separator: "\n").map(String.init),
                excused: try Int.fetchOne(excused, arguments: [position, row[0] as Int]) ?? 0
            )
        }
    }

    /// Places of messages of a kind and lane behind a place, ascending.
    func positions(
        _ stage: StageName,
        lane: String,
        after position: Int,
        limit: Int
    ) throws -> [Int] {
        try database.read { database in
            let statement = try database.cachedStatement(sql: Self.positionsOfLane(stage))
            return try Int.fetchAll(statement, arguments: [lane, position, limit])
        }
    }

    /// The question for places of a lane behind a place, up to a limit.
    ///
    /// The kind stands in the text: only so the partial index is considered.
    static func positionsOfLane(_ stage: StageName) -> String {
        """
        SELECT position FROM message WHERE kind = \(stage.number)
        AND lane = (SELECT id FROM word WHERE text = ?) AND position > ?
        ORDER BY position LIMIT ?
        """
    }

    /// What the index knows of a message whose record cannot be read.
    func record(at position: Int) throws -> OpenRecord? {
        try database.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT m.kind, m.bytes, w.text, m.queued_at_ms, m.page, p.root
                    FROM message AS m JOIN page AS p ON p.position = m.page
                    JOIN word AS w ON w.id = m.lane WHERE m.position = ?
                    """,
                arguments: [position]
            )
            guard let row, let stage = StageName(number: row[0]),
                let root = MessageID(bytes: Array(row[5] as Data))
            else { return nil }
            return OpenRecord(
                root: root,
                page: row[4],
                stage: stage,
                bytes: row[1],
                lane: row[2],
                queuedAt: Instant(milliseconds: row[3])
            )
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "index"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // Before the first table, or it is ignored.
            try database.execute(sql: "PRAGMA page_size = 8192")
        }
        return configuration
    }
}

extension LogPlaces {
    /// Every frame of which the index keeps the place.
    init(of reader: any DatabaseReader) throws {
        self = try reader.read { database in
            var places = LogPlaces()
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT file, offset, position FROM place ORDER BY file, offset"
            )
            while let row = try rows.next() {
                places.add(firstPosition: row[2], at: LogPlace(file: row[0], offset: row[1]))
            }
            return places
        }
    }
}
