import FoundationEssentials
import GRDB
import Synchronization
package import WirecopyMessages

/// The journal on disk: a log of facts in files of its own, segment files for attachments, and an
/// index in SQLite that follows the log.
///
/// The log is the truth. A change is durable once its group lies in the log and was synced;
/// attachments are synced before. The index lags behind by a bounded number of messages and can be
/// made again from the log. Only one process may have a journal open for writing.
package final class LogJournal: Journal {
    /// What can be set, with the reason for the usual value.
    package struct Options: Sendable {
        /// Bytes of a segment file; a gigabyte copies and indexes comfortably.
        package var segmentBytesMax = 1 << 30
        /// Bytes of a file of the log: few files for a terabyte, and retention in small steps.
        package var logBytesMax = 256 << 20
        /// Bytes that the log takes from the disk at a time.
        package var logAllocationBytes = 16 << 20
        /// Bytes of the log that new messages leave free: room for the ends of what is under way.
        package var logReserveBytes = 8 << 20
        /// Free bytes below which nothing new is taken, so that acknowledgements still fit.
        package var reserveBytes = 64 << 20

        /// Stages that share out work by lanes, of which the messages of one are looked up.
        package var laneStages: Set<StageName> = [.fetch]
        /// What is kept; everything, unless an operator sets limits.
        package var retention = RetentionPolicy()
        /// How long after the start retention begins: a clock that is wrong by far, and makes
        /// everything look old, has been noticed by then.
        package var retentionDelay: Duration = .seconds(600)
        /// Told what retention does, and with `nil` in place of a step why it cannot go on, on its
        /// own thread.
        package var onRetention: @Sendable (RetentionStep?, QueueFailure?) -> Void = { _, _ in }
        /// The disk under a journal's directory; tests and simulations put another in its place.
        package var makeFiles: @Sendable (_ directory: String) -> any JournalFiles = {
            DiskFiles(in: $0)
        }
        /// The time, for what the journal notes of itself.
        package var now: @Sendable () -> Instant = { .now() }
        /// The name of a journal that is begun; no message may know it.
        package var makeName: @Sendable () -> MessageID = {
            var generator = SystemRandomNumberGenerator()
            return MessageID(words: (generator.next(), generator.next()))
        }

        /// Makes the usual options.
        package init() {}

        var sizes: MessageLog.Sizes {
            MessageLog.Sizes(
                fileBytesMax: logBytesMax,
                allocationBytes: logAllocationBytes,
                reserveBytes: logReserveBytes
            )
        }
    }

    package let name: String
    /// What was found damaged when the journal was opened.
    package let damages: [JournalDamage]
    let files: any JournalFiles
    let index: JournalIndex
    let reader: LogReader
    let follower: IndexFollower
    let options: Options
    /// How far retention has come; used by one thread at a time.
    let retention = Mutex(RetentionProgress())
    private let retentionThread = Mutex<RetentionThread?>(nil)
    private let core: Mutex<JournalCore>
    private let lock: Mutex<JournalLock?>
    private let space = Mutex(SpaceCheck())
    /// Set by the first failure: after a failed sync nobody knows what the disk holds.
    private let failure = Mutex<QueueFailure?>(nil)

    /// Opens the journal in a directory, or makes an empty one.
    ///
    /// - Throws: `journalInUse`, `journalTooNew`, `journalBroken`.
    package convenience init(
        directory: String,
        options: Options = Options()
    ) throws(QueueFailure) {
        try self.init(directory: directory, options: options, for: .broker)
    }

    /// Opens the journal of a directory for a broker, or for a reader that brings its index up to
    /// date.
    convenience init(
        directory: String,
        options: Options,
        for owner: JournalLock.Owner
    ) throws(QueueFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
        } catch {
            throw QueueFailure(.journalBroken, "\(directory) cannot be made: \(error).")
        }
        let lock = try JournalLock(directory: directory, for: owner)
        try Self.refuseFirstSchema(directory)
        try self.init(
            files: options.makeFiles(directory),
            index: .file(path: Self.indexPath(in: directory)),
            .thread,
            options: options,
            lock: lock
        )
        guard case .broker = owner, !options.retention.keepsEverything else { return }
        retentionThread.withLock { $0 = RetentionThread(self) }
    }

    /// Opens the journal on a simulated disk; the index is made again from the log, in memory.
    ///
    /// - Throws: `journalBroken`.
    package convenience init(
        simulatedOn files: any JournalFiles,
        options: Options = Options()
    ) throws(QueueFailure) {
        try self.init(files: files, index: .memory, .inline, options: options, lock: nil)
    }

    private init(
        files: any JournalFiles,
        index location: IndexLocation,
        _ rhythm: IndexFollower.Rhythm,
        options: Options,
        lock: consuming JournalLock?
    ) throws(QueueFailure) {
        self.files = files
        self.options = options
        var opening = JournalOpening(
            files,
            location,
            options
        )
        do {
            let opened = try opening.open()
            name = opened.name
            index = opened.index
            reader = opened.core.reader
            follower = IndexFollower(opened.following, rhythm)
            core = Mutex(opened.core)
        } catch {
            throw QueueFailure(error, path: "in its directory")
        }
        damages = opening.damages
        self.lock = Mutex(lock)
    }

    deinit {
        endRetention()
        follower.finish()
    }

    private func endRetention() { retentionThread.withLock { $0.take()?.end() } }

    /// Ends the use of the journal: the index is brought up to date and the lock given back.
    package func close() throws(QueueFailure) {
        defer { lock.withLock { $0 = nil } }
        endRetention()
        follower.finish()
        do {
            try core.withLock { core in try core.log.close() }
            try noteCleanEnd()
            try index.database.close()
        } catch {
            throw QueueFailure(error, path: index.path)
        }
    }

    /// Messages that are durable and that the index does not know yet.
    package var indexLagMessages: Int { follower.lagMessages }

    /// Where the index lies in a journal's directory.
    static func indexPath(in directory: String) -> String { "\(directory)/index.sqlite" }

    package func state() throws(QueueFailure) -> JournalState {
        core.withLock { $0.memory.state }
    }

    package func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        try checkUsable()
        follower.waitForRoom()
        let takesNew = hasSpace(now: now) && !follower.isFull
        do throws(QueueFailure) {
            let answers = try core.withLock { core throws(QueueFailure) in
                for run in follower.takeSealed() { core.memory.seal(run) }
                let answers = try commit(changes, takesNew, now, &core)
                if follower.indexedSequence == core.log.nextSequence { core.memory.trimFailures() }
                return answers
            }
            return answers
        } catch {
            note(error)
            throw error
        }
    }

    /// Throws what broke the journal, if anything did.
    func checkUsable() throws(QueueFailure) {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Nothing is written any more after a failure that leaves unknown what the disk holds.
    func note(_ error: QueueFailure) {
        if error.code != .storageFull { failure.withLock { $0 = $0 ?? error } }
    }

    package func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        let indexed = request.lane == nil ? 0 : follower.indexedPosition
        return try core.withLock { core throws(QueueFailure) in
            try core.openEntries(request, indexed: indexed)
        }
    }

    package func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try core.withLock { core throws(QueueFailure) in
            var entries: [QueueEntry] = []
            for position in positions {
                if let entry = try core.entry(at: position) { entries.append(entry) }
            }
            return entries
        }
    }

    package func message(at position: Int) throws(QueueFailure) -> Message {
        try JournalContents(files: files, reader: reader).message(at: position)
    }

    private func commit(
        _ changes: [JournalChange],
        _ takesNew: Bool,
        _ now: Instant,
        _ core: inout JournalCore
    ) throws(QueueFailure) -> [JournalAnswer] {
        do throws(QueueFailure) {
            let (answers, frame) = try core.commit(changes, takesNew: takesNew, now: now)
            guard let frame else { return answers }
            try follow(core, frame)
            return answers
        } catch {
            guard error.code == .storageFull else { throw error }
            try reload(&core, after: error)
            throw error
        }
    }

    /// Lets the index follow to the end of the log, where a frame was just written.
    func follow(_ core: borrowing JournalCore, _ frame: LogPlace) throws(QueueFailure) {
        try follower.advance(
            to: IndexCheckpoint(
                place: core.log.end,
                nextSequence: core.log.nextSequence,
                nextPosition: core.memory.nextPosition,
                lastFrame: frame
            )
        )
    }

    /// Uses what the committing thread uses, while it does not.
    func withCore<Value>(_ body: (inout JournalCore) throws -> Value) throws -> Value {
        try core.withLock { core in try body(&core) }
    }

    /// Forgets what a group changed in memory that did not fit on the disk.
    private func reload(
        _ core: inout JournalCore,
        after failure: QueueFailure
    ) throws(QueueFailure) {
        do {
            try follower.catchUp()
            let (open, checkpoint) = follower.snapshot()
            core.memory = JournalMemory(
                try IndexSnapshot(index),
                open: open,
                nextPosition: checkpoint.nextPosition
            )
        } catch {
            throw QueueFailure(
                .journalBroken,
                "\(failure.message) The index cannot follow either: \(error)."
            )
        }
    }

    private func noteCleanEnd() throws {
        let sequence = follower.indexedSequence
        try index.database.write { database in
            try IndexSchema.set("closed", String(sequence), in: database)
        }
    }

    private func hasSpace(now: Instant) -> Bool {
        space.withLock { $0.hasSpace(files, reserve: options.reserveBytes, now: now) }
    }

    /// A journal of the first schema lay in one SQLite file.
    private static func refuseFirstSchema(_ directory: String) throws(QueueFailure) {
        let path = "\(directory)/journal.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return }
        throw QueueFailure(
            .journalBroken,
            """
            \(path) is a journal of an earlier version; let the program that wrote it finish its \
            messages, and begin a new folder.
            """
        )
    }
}

/// Reads messages back, with their attachments.
struct JournalContents: Sendable {
    let files: any JournalFiles
    let reader: LogReader

    /// The message at a place.
    func message(at position: Int) throws(QueueFailure) -> Message {
        let (record, _, bytes) = try reader.message(at: position)
        var attachments: [[UInt8]] = []
        for place in record.attachments {
            attachments.append(try SegmentStore.read(place, from: files))
        }
        do throws(JSONFailure) {
            return try Message(
                envelopeJSON: Array(bytes[record.envelope]),
                data: Array(bytes[record.data]),
                attachments: attachments
            )
        } catch {
            throw QueueFailure(
                .contentUnreadable,
                "The envelope at place \(position) cannot be read: \(error.message)"
            )
        }
    }

    /// The data of the message at a place.
    func data(at position: Int) throws(QueueFailure) -> [UInt8] {
        let (record, _, bytes) = try reader.message(at: position)
        return Array(bytes[record.data])
    }
}

/// Looks often enough whether the disk has room for something new: what a fast disk takes in
/// between is a fifth of the reserve.
private struct SpaceCheck {
    private static let intervalMilliseconds = 50

    private var checkedAt: Instant?
    private var isEnough = true

    mutating func hasSpace(_ files: any JournalFiles, reserve: Int, now: Instant) -> Bool {
        if let checkedAt,
            0..<Self.intervalMilliseconds ~= now.milliseconds - checkedAt.milliseconds
        {
            return isEnough
        }
        checkedAt = now
        isEnough = files.freeBytes().map { $0 >= reserve } ?? true
        return isEnough
    }
}
