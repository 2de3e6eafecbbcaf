import FoundationEssentials
import GRDB
import Synchronization
package import WirecopyMessages

/// The journal on disk: SQLite in WAL mode, synced at each commit, and segment files for
/// attachments.
///
/// Only one process may have it open for writing. Attachments are synced before the transaction
/// that points at them commits, so that whatever the journal holds can be read back.
package final class SQLiteJournal: Journal {
    /// What can be set, with the reason for the usual value.
    package struct Options: Sendable {
        /// Bytes of a segment file; a gigabyte copies and indexes comfortably.
        package var segmentBytesMax = 1 << 30
        /// Free bytes below which nothing new is taken, so that acknowledgements still fit.
        package var reserveBytes = 64 << 20
        /// Most pages of the database; `nil` for no limit. Tests fill a small one.
        package var pageCountMax: Int?
        /// Called at each step of a commit; tests let it fail, or copy the directory.
        package var atStep: (@Sendable (Step) throws(QueueFailure) -> Void)?

        /// Makes the usual options.
        package init() {}
    }

    /// The steps of a commit.
    package enum Step: Sendable, Equatable {
        /// Before the change of this index.
        case change(Int)
        /// All changes are made, nothing is synced.
        case sync
        /// The segments are synced.
        case commit
    }

    package let name: String
    /// The directory that was opened.
    package let directory: String
    let pool: DatabasePool
    private let options: Options
    private let segments: Mutex<SegmentStore>
    private let lock: Mutex<JournalLock?>
    private let space = Mutex(SpaceCheck())

    /// Opens the journal in a directory, or makes an empty one.
    ///
    /// - Throws: `journalInUse`, `journalTooNew`, `journalBroken`.
    package init(
        directory: String,
        options: Options = Options()
    ) throws(QueueFailure) {
        self.directory = directory
        self.options = options
        let path = Self.databasePath(in: directory)
        do {
            try FileManager.default.createDirectory(
                atPath: Self.segmentsPath(in: directory),
                withIntermediateDirectories: true
            )
            lock = Mutex(try JournalLock(directory: directory))
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            name = try pool.writeWithoutTransaction { database in
                try Self.prepare(database, path: path, options: options)
            }
            let last = try pool.read { try JournalQueries.lastAttachment(in: $0) }
            segments = Mutex(
                try SegmentStore(
                    directory: Self.segmentsPath(in: directory),
                    last: last,
                    segmentBytesMax: options.segmentBytesMax
                )
            )
            try DiskSpace.syncDirectory(directory)
        } catch {
            throw QueueFailure(error, path: path)
        }
    }

    /// Ends the use of the journal: the log is folded into the database and the lock given back.
    package func close() throws(QueueFailure) {
        defer { lock.withLock { $0 = nil } }
        do {
            try pool.close()
        } catch {
            throw QueueFailure(error, path: Self.databasePath(in: directory))
        }
    }

    /// Where the database lies in a journal's directory.
    static func databasePath(in directory: String) -> String { "\(directory)/journal.sqlite" }

    /// Where the segment files lie in a journal's directory.
    static func segmentsPath(in directory: String) -> String { "\(directory)/segments" }

    package func state() throws(QueueFailure) -> JournalState {
        try reading { try JournalQueries.state(in: $0) }
    }

    package func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        let takesNew = hasSpace(now: now)
        do {
            return try segments.withLock { segments in
                do {
                    let answers = try pool.writeWithoutTransaction { database in
                        try apply(changes, takesNew, in: database, &segments, now: now)
                    }
                    segments.commit()
                    return answers
                } catch {
                    segments.rollback()
                    throw error
                }
            }
        } catch {
            throw QueueFailure(error, path: Self.databasePath(in: directory))
        }
    }

    package func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        try reading { try JournalQueries.openEntries(request, in: $0) }
    }

    package func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try reading { database in
            try positions.compactMap { try JournalQueries.openEntry(at: $0, in: database) }
        }
    }

    package func message(at position: Int) throws(QueueFailure) -> Message {
        try reading { [directory] database in
            try JournalQueries.message(at: position, in: database, directory: directory)
        }
    }

    private func apply(
        _ changes: [JournalChange],
        _ takesNew: Bool,
        in database: Database,
        _ segments: inout SegmentStore,
        now: Instant
    ) throws -> [JournalAnswer] {
        var answers: [JournalAnswer] = []
        answers.reserveCapacity(changes.count)
        try database.inTransaction(.immediate) {
            for (index, change) in changes.enumerated() {
                try options.atStep?(.change(index))
                if !takesNew, case .append = change {
                    answers.append(.storageFull)
                    continue
                }
                var writer = JournalWriter(database: database, now: now)
                answers.append(try writer.apply(change, &segments))
            }
            try options.atStep?(.sync)
            try segments.sync()
            try options.atStep?(.commit)
            return .commit
        }
        return answers
    }

    private func hasSpace(now: Instant) -> Bool {
        space.withLock { $0.hasSpace(in: directory, reserve: options.reserveBytes, now: now) }
    }

    private func reading<Value>(
        _ body: (Database) throws -> Value
    ) throws(QueueFailure) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw QueueFailure(error, path: Self.databasePath(in: directory))
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { database in
            // Before the first table, or it is ignored: 8 KiB holds a message's rows.
            try database.execute(sql: "PRAGMA page_size = 8192")
        }
        return configuration
    }

    private static func prepare(
        _ database: Database,
        path: String,
        options: Options
    ) throws -> String {
        // GRDB sets NORMAL when it turns WAL on; then a commit would not be synced.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // 64 MiB keep the upper levels of the indexes in memory; the usual 2 MiB do not.
        try database.execute(sql: "PRAGMA cache_size = -65536")
        // 32 MiB of log between checkpoints keep the writer from copying each page twice.
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        if let pages = options.pageCountMax {
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        if let name = try JournalSchema.name(in: database, path: path) { return name }
        let name = UUID().uuidString.lowercased()
        try database.inTransaction(.immediate) {
            try JournalSchema.prepare(database, name: name)
            return .commit
        }
        return name
    }
}

/// Looks once a second whether the disk has room for something new.
private struct SpaceCheck {
    private static let intervalMilliseconds = 1000

    private var checkedAt: Instant?
    private var isEnough = true

    mutating func hasSpace(in directory: String, reserve: Int, now: Instant) -> Bool {
        if let checkedAt,
            0..<Self.intervalMilliseconds ~= now.milliseconds - checkedAt.milliseconds
        {
            return isEnough
        }
        checkedAt = now
        isEnough = DiskSpace.freeBytes(at: directory).map { $0 >= reserve } ?? true
        return isEnough
    }
}
