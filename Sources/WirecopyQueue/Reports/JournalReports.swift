import Foundation
import GRDB
package import WirecopyMessages

/// Read-only questions to a journal: the balance, the way of a page, what was given up, what a
/// replay would send.
///
/// The broker asks them for `ADMIN`; the `wirecopy` command asks them of the journal's directory
/// when no broker runs. Each answer is a snapshot of one moment, and holds everything that was
/// durable when it was asked for.
package struct JournalReports: Sendable {
    /// How long a reader waits for the index of a broker that runs.
    private static let patience: TimeInterval = 2
    private static let pollInterval: TimeInterval = 0.005

    let reader: any DatabaseReader
    let contents: JournalContents
    let path: String
    let follower: IndexFollower?

    /// Opens the journal in a directory for reading, whether or not a broker writes it.
    ///
    /// Without a broker the index is brought up to date first, as the broker would at its start.
    ///
    /// - Throws: `journalMissing`, `journalTooNew`, `journalBroken`.
    package init(openingReadOnly directory: String) throws(QueueFailure) {
        guard LogJournal.exists(in: directory) else {
            throw QueueFailure(.journalMissing, "There is no journal in \(directory).")
        }
        var isRunning = false
        do throws(QueueFailure) {
            try LogJournal(directory: directory, options: .init(), for: .reader).close()
        } catch {
            guard error.code == .journalInUse else { throw error }
            isRunning = true
        }
        path = LogJournal.indexPath(in: directory)
        follower = nil
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let journal = try Self.journal(in: queue, path)
            let files = DiskFiles(in: directory)
            if isRunning { try Self.wait(for: queue, files, journal) }
            contents = JournalContents(
                files: files,
                reader: LogReader(
                    files,
                    salt: MessageLog.salt(of: journal),
                    places: try LogPlaces(of: queue)
                )
            )
            reader = queue
        } catch {
            throw QueueFailure(error, path: path)
        }
    }

    init(_ journal: LogJournal) {
        reader = journal.index.database
        contents = JournalContents(files: journal.files, reader: journal.reader)
        path = journal.index.path
        follower = journal.follower
    }

    /// The message at a place, with its attachments.
    package func message(at position: Int) throws(QueueFailure) -> Message {
        try contents.message(at: position)
    }

    /// The balance of everything that ever entered.
    package func ledger() throws(QueueFailure) -> LedgerReport {
        try reading { database in
            var report = LedgerReport(
                entered: 0,
                inFlight: 0,
                openMessages: try OpenSet(in: database).openCount,
                lost: 0,
                outcomes: [:],
                reasons: [:]
            )
            for row in try Row.fetchAll(database, sql: "SELECT outcome, reason, pages FROM total") {
                let (outcome, reason, pages) = (row[0] as String, row[1] as String, row[2] as Int)
                report.entered += pages
                if outcome.isEmpty {
                    report.inFlight += pages
                    if !reason.isEmpty { report.lost += pages }
                } else if pages > 0 {
                    report.outcomes[outcome, default: 0] += pages
                    if !reason.isEmpty { report.reasons[reason, default: 0] += pages }
                }
            }
            report.standing = try Self.standingCount(in: database)
            report.inFlight -= report.standing
            return report
        }
    }

    private static func standingCount(in database: Database) throws -> Int {
        let query = """
            SELECT count(*) FROM open_key JOIN open_state USING(position) JOIN page USING(position)
            WHERE attempts = 0 AND not_before_ms IS NOT NULL AND outcome IS NULL
            """
        return try Int.fetchOne(database, sql: query) ?? 0
    }

    /// What was ever found damaged in the journal's files, oldest first.
    package func damages() throws(QueueFailure) -> [JournalDamage] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT path, sentence FROM damage ORDER BY id")
                .map { JournalDamage(path: $0[0], sentence: $0[1]) }
        }
    }

    func reading<Value>(_ body: (Database) throws -> Value) throws(QueueFailure) -> Value {
        try follower?.catchUp()
        return try readingIndexed(body)
    }

    /// Reads what the index knows, which may be behind what is durable.
    func readingIndexed<Value>(_ body: (Database) throws -> Value) throws(QueueFailure) -> Value {
        do {
            return try reader.read(body)
        } catch {
            throw QueueFailure(error, path: path)
        }
    }

    private static func journal(in queue: DatabaseQueue, _ path: String) throws -> MessageID {
        let name = try queue.read { try IndexSchema.name(in: $0, path: path) }
        guard let journal = name.flatMap({ MessageID($0) }) else {
            throw QueueFailure(.journalMissing, "The journal \(path) is empty.")
        }
        return journal
    }

    /// Waits until the broker's index knows what is in its log now.
    private static func wait(
        for queue: DatabaseQueue,
        _ files: any JournalFiles,
        _ journal: MessageID
    ) throws {
        let checkpoint = try queue.read { try IndexCheckpoint.read(from: $0) }
        var scanner = LogScanner(
            files,
            journal: journal,
            from: checkpoint.place,
            sequence: checkpoint.nextSequence,
            position: checkpoint.nextPosition
        )
        while try scanner.next() != nil {}
        let end = Date().addingTimeInterval(patience)
        while Date() < end {
            let known = try queue.read { try IndexCheckpoint.read(from: $0) }
            if known.nextSequence >= scanner.nextSequence { return }
            Thread.sleep(forTimeInterval: pollInterval)
        }
    }
}

extension LogJournal {
    /// Read-only questions to this journal.
    package var reports: JournalReports { JournalReports(self) }

    /// Whether there is a journal in a directory, of whatever version.
    static func exists(in directory: String) -> Bool {
        [indexPath(in: directory), "\(directory)/log", "\(directory)/journal.sqlite"]
            .contains { FileManager.default.fileExists(atPath: $0) }
    }
}

extension OpenSet {
    /// What is open, dead and failed in a snapshot of the index.
    init(in database: Database) throws {
        try self.init(in: database, "")
    }

    /// The same, of the places around some; a walk through millions needs few of them at a time.
    init(in database: Database, around places: ClosedRange<Int>) throws {
        let (first, last) = (Self.chunk(of: places.lowerBound), Self.chunk(of: places.upperBound))
        // A number of a chunk holds that of its set too: the table is small, its bits are not.
        try self.init(in: database, "WHERE chunk & \(Self.chunkMask) BETWEEN \(first) AND \(last)")
    }

    private static let chunkMask = 1 << 40 - 1

    private static func chunk(of place: Int) -> Int { place / PositionSet.chunkPositions }

    private init(in database: Database, _ condition: String) throws {
        let chunks = try Row.fetchCursor(
            database,
            sql: "SELECT chunk, bits FROM open_chunk \(condition)"
        )
        while let row = try chunks.next() {
            let key: Int = row[0]
            load(Array(row[1] as Data), set: key >> 40, chunk: key & Self.chunkMask)
        }
    }
}
