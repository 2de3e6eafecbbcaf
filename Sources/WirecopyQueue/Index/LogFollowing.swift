import GRDB
import WirecopyMessages

/// Reads the log and applies it to the index, a slice in a transaction.
final class LogFollowing {
    /// Messages of one transaction; each further one makes the pages it shares cheaper.
    private static let messagesMax = 16_384
    /// Bytes of the log that are held in memory for one transaction.
    private static let bytesMax = 32 << 20

    private let files: any JournalFiles
    private let journal: MessageID
    private let index: JournalIndex
    private let now: @Sendable () -> Instant
    private var writer: IndexWriter?
    private var scanner: LogScanner
    private var lastFrame: LogPlace
    private var sealed: [IndexRun] = []
    /// Whether the index knew nothing when this was made.
    let isMadeAgain: Bool
    /// The place in front of which the log was not read, because its files are gone.
    private(set) var lostBefore: Int?
    /// What was found damaged since this was made.
    private(set) var damages: [JournalDamage] = []
    /// What was found damaged, to be kept aside.
    private(set) var stretches: [DamagedStretch] = []

    /// Goes on behind what the index knows.
    init(
        _ files: any JournalFiles,
        journal: MessageID,
        index: JournalIndex,
        first: LogFileHeader?,
        now: @escaping @Sendable () -> Instant
    ) throws {
        self.files = files
        self.journal = journal
        self.index = index
        self.now = now
        let writer = try IndexWriter(index.database)
        self.writer = writer
        var checkpoint = writer.checkpoint
        isMadeAgain = checkpoint == .start
        if checkpoint == .start, let first, first.file > 1 {
            // Retention removed what was in front, or it is lost: what the log says later decides.
            checkpoint.place.file = first.file
            checkpoint.nextSequence = first.firstSequence
            checkpoint.nextPosition = first.firstPosition
            lostBefore = first.firstPosition
        }
        lastFrame = checkpoint.lastFrame
        scanner = LogScanner(files, journal: journal, behind: checkpoint)
    }

    /// How far the index has come.
    var checkpoint: IndexCheckpoint { writer?.checkpoint ?? .start }

    /// What the index knows of open messages.
    var open: OpenSet { writer?.open ?? OpenSet() }

    /// Bytes behind the last frame that are the beginning of another, after a scan to the end.
    var tornBytes: Int { scanner.tornBytes }

    /// Where the last frame ends that was found.
    var scanned: LogPlace { scanner.place }

    /// Reads and applies the next slice of the log.
    ///
    /// - Parameter sequence: the frame before which to stop.
    /// - Returns: whether there was one.
    /// - Throws: `QueueFailure` when the log or the index cannot be used.
    @discardableResult
    func step(until sequence: Int = Int.max) throws(QueueFailure) -> Bool {
        if writer == nil { try reopen() }
        var findings: [LogFinding] = []
        var (messages, bytes) = (0, 0)
        while messages < Self.messagesMax, bytes < Self.bytesMax {
            guard let finding = try scanner.next(until: sequence) else { break }
            findings.append(finding)
            damages += finding.damages
            switch finding {
            case .frame(let frame):
                messages += frame.header.messages
                bytes += frame.bytes.count
                lastFrame = frame.place
            case .damaged(let stretch): stretches.append(stretch)
            case .lost: break
            }
        }
        guard !findings.isEmpty, let writer else { return false }
        var behind = writer.checkpoint
        behind.place = scanner.place
        behind.nextSequence = scanner.nextSequence
        behind.nextPosition = scanner.nextPosition
        behind.lastFrame = lastFrame
        do {
            try writer.apply(findings, behind: behind, now: now())
        } catch {
            try restart(after: QueueFailure(error, path: index.path))
        }
        sealed += writer.takeSealed()
        return true
    }

    /// That the log ends before a frame that was written to it.
    func missing(before sequence: Int) -> QueueFailure {
        let path = LogReader.path(scanner.place.file)
        return QueueFailure(
            .journalBroken,
            """
            The log ends at \(scanner.place.offset) of \(path), before the group \(sequence - 1) \
            that was written to it: the file was cut, replaced or removed under a running \
            broker. Put it back, and start the broker again.
            """
        )
    }

    /// Moves the end of the log forward over places that may have been given before.
    func skip(to checkpoint: IndexCheckpoint) throws {
        try writer?.apply([], behind: checkpoint, now: now())
        scan(behind: checkpoint)
    }

    private func scan(behind checkpoint: IndexCheckpoint) {
        lastFrame = checkpoint.lastFrame
        scanner = LogScanner(files, journal: journal, behind: checkpoint)
    }

    /// Runs that were stored since the last call.
    func takeSealed() -> [IndexRun] {
        defer { sealed = [] }
        return sealed
    }

    /// Lets go of the statements, so that the database can be closed.
    func release() { writer = nil }

    /// What is in memory may be ahead of the database after a failure: it is read again.
    private func restart(after failure: QueueFailure) throws(QueueFailure) {
        guard failure.code == .storageFull else { throw failure }
        try reopen()
        throw failure
    }

    /// Reads the index anew; where the disk is too full even for that, the next step tries again.
    private func reopen() throws(QueueFailure) {
        do {
            writer = nil
            let fresh = try IndexWriter(index.database)
            // Before anything else can fail: a scan that is ahead of the index would leave a gap.
            scan(behind: fresh.checkpoint)
            writer = fresh
        } catch {
            throw QueueFailure(error, path: index.path)
        }
    }
}

extension LogScanner {
    /// Scans what an index does not know yet.
    fileprivate init(
        _ files: any JournalFiles,
        journal: MessageID,
        behind checkpoint: IndexCheckpoint
    ) {
        self.init(
            files,
            journal: journal,
            from: checkpoint.place,
            sequence: checkpoint.nextSequence,
            position: checkpoint.nextPosition
        )
    }
}
