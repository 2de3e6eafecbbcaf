import WirecopyMessages

/// The end of the message log, where frames are appended.
///
/// Files are `log/00000001.wlog` and so on. Space is taken from the disk ahead of its use, so that
/// what finishes messages still fits when the disk is full.
struct MessageLog: ~Copyable {
    /// Sizes; `LogJournal.Options` says why.
    struct Sizes: Sendable {
        let fileBytesMax: Int
        let allocationBytes: Int
        let reserveBytes: Int
    }

    private let files: any JournalFiles
    private let journal: MessageID
    private let salt: UInt64
    private let sizes: Sizes
    private var file: any JournalFile
    /// Behind the last frame.
    private(set) var end: LogPlace
    /// Number of the next frame.
    private(set) var nextSequence: Int
    private var allocated: Int
    /// Whether the disk had no more room when the log last asked for some.
    private var isShort = false

    /// Goes on in a file behind a frame; what lies behind that is cut off.
    init(
        _ files: any JournalFiles,
        journal: MessageID,
        sizes: Sizes,
        resumingAt end: LogPlace,
        nextSequence: Int
    ) throws(QueueFailure) {
        file = try Self.reopen(files, end)
        self.files = files
        self.journal = journal
        self.sizes = sizes
        self.end = end
        self.nextSequence = nextSequence
        salt = Self.salt(of: journal)
        allocated = end.offset
        takeSpace(for: 0)
    }

    /// Begins a file; what lies behind the end of the log in front of it counts no more.
    init(
        _ files: any JournalFiles,
        journal: MessageID,
        sizes: Sizes,
        beginning number: Int,
        nextSequence: Int,
        nextPosition: Int,
        behind previousEnd: LogPlace?
    ) throws(QueueFailure) {
        let header = LogFileHeader(
            journal: journal,
            file: number,
            firstSequence: nextSequence,
            firstPosition: nextPosition,
            previousEnd: previousEnd
        )
        file = try Self.begin(header, files)
        self.files = files
        self.journal = journal
        self.sizes = sizes
        self.nextSequence = nextSequence
        salt = Self.salt(of: journal)
        end = LogPlace(file: number, offset: LogFileHeader.bytes)
        allocated = end.offset
        takeSpace(for: 0)
    }

    /// What tells frames of a journal from everything else.
    static func salt(of journal: MessageID) -> UInt64 { Checksum.of(journal.bytes) }

    /// Whether new messages leave the reserve free.
    var hasReserve: Bool { allocated - end.offset >= sizes.reserveBytes }

    /// Tries to take more space; `hasReserve` says whether it was given.
    mutating func takeSpace(for bytes: Int) {
        let needed = end.offset + bytes + sizes.reserveBytes
        guard allocated < needed else { return }
        if take(to: needed + sizes.allocationBytes) { return }
        _ = take(to: needed)
    }

    /// Whether a frame fits so that a share of the reserve is left; always true where the disk has
    /// not said that it is full.
    mutating func hasRoom(for frameBytes: Int, leaving share: Reserve) -> Bool {
        if !isShort { takeSpace(for: frameBytes) }
        guard isShort else { return true }
        let needed = end.offset + frameBytes + share.bytes(of: sizes.reserveBytes)
        if allocated >= needed { return true }
        // The last of the disk is not for what enters.
        return share != .whole && take(to: needed)
    }

    /// Takes space up to a length, if the disk gives it.
    private mutating func take(to length: Int) -> Bool {
        do throws(DiskFault) {
            try file.allocate(to: length)
            (allocated, isShort) = (length, false)
            return true
        } catch {
            // A full disk is no failure yet: the reserve is for what finishes messages. Any other
            // refusal shows itself at the next write.
            isShort = error.isFull
            return false
        }
    }

    /// How much of the log's reserve a change must leave to others when the disk is full, so that
    /// what needs least goes on longest.
    enum Reserve: Equatable {
        /// A message that enters must leave all of it.
        case whole
        /// Work that carries a page on must leave half of it.
        case half
        /// What ends a delivery or a page may use it up.
        case nothing

        func bytes(of reserve: Int) -> Int {
            switch self {
            case .whole: reserve
            case .half: reserve / 2
            case .nothing: 0
            }
        }
    }

    /// Writes a frame and makes it durable.
    ///
    /// - Returns: where it lies.
    /// - Throws: `storageFull` when nothing of it counts, `journalBroken` when nobody knows.
    mutating func append(
        _ builder: LogFrameBuilder,
        firstPosition: Int,
        at now: Instant
    ) throws(QueueFailure) -> LogPlace {
        let header = LogFrameHeader(
            builder,
            salt: salt,
            sequence: nextSequence,
            firstPosition: firstPosition,
            at: now
        )
        if end.offset > LogFileHeader.bytes, end.offset + header.frameBytes > sizes.fileBytesMax {
            try roll(firstPosition)
        }
        // Beyond what was taken a full disk would keep a part, and to cut that costs the reserve.
        guard hasRoom(for: header.frameBytes, leaving: .nothing) else {
            throw QueueFailure(.storageFull, "The disk has no room for more of the message log.")
        }
        let content = LogFrameHeader.bytes + builder.table.count + builder.body.count
        let padding = [UInt8](repeating: 0, count: header.frameBytes - content)
        do throws(DiskFault) {
            try file.write([header.encoded + builder.table, builder.body, padding], at: end.offset)
        } catch {
            try takeBack(error)
        }
        do throws(DiskFault) {
            // After a failed sync the kernel may have dropped the pages: there is no second try.
            try file.sync()
        } catch {
            throw QueueFailure(.journalBroken, error.sentence)
        }
        let place = end
        end.offset += header.frameBytes
        nextSequence += 1
        return place
    }

    /// Leaves no more on the disk than frames.
    mutating func close() throws(QueueFailure) {
        do throws(DiskFault) {
            try file.truncate(to: end.offset)
            try file.sync()
        } catch {
            throw QueueFailure(error)
        }
    }

    /// Zeros stand again where a frame was written in part, or the journal is broken.
    private mutating func takeBack(_ fault: DiskFault) throws(QueueFailure) {
        guard fault.isFull else { throw QueueFailure(fault) }
        do throws(DiskFault) {
            try file.truncate(to: end.offset)
            allocated = end.offset
        } catch {
            throw QueueFailure(.journalBroken, error.sentence)
        }
        takeSpace(for: 0)
        throw QueueFailure(fault)
    }

    private mutating func roll(_ nextPosition: Int) throws(QueueFailure) {
        try close()
        allocated = end.offset
        let header = LogFileHeader(
            journal: journal,
            file: end.file + 1,
            firstSequence: nextSequence,
            firstPosition: nextPosition,
            previousEnd: end
        )
        file = try Self.begin(header, files)
        end = LogPlace(file: end.file + 1, offset: LogFileHeader.bytes)
        allocated = end.offset
    }

    private static func reopen(
        _ files: any JournalFiles,
        _ end: LogPlace
    ) throws(QueueFailure) -> any JournalFile {
        do throws(DiskFault) {
            let file = try files.open(LogReader.path(end.file), .writing)
            if try file.size() > end.offset { try file.truncate(to: end.offset) }
            return file
        } catch {
            throw QueueFailure(error)
        }
    }

    private static func begin(
        _ header: LogFileHeader,
        _ files: any JournalFiles
    ) throws(QueueFailure) -> any JournalFile {
        let path = LogReader.path(header.file)
        do throws(DiskFault) {
            let file = try files.open(path, .creating)
            do throws(DiskFault) {
                try file.write([header.encoded], at: 0)
                try file.sync()
                try files.syncDirectory("log")
            } catch {
                // A name that stays would stand in the way of the next attempt.
                if error.isFull { try files.remove(path) }
                throw error
            }
            return file
        } catch {
            throw QueueFailure(error)
        }
    }
}
