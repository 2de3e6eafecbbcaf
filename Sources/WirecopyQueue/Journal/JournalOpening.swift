import GRDB
import WirecopyMessages

/// Opens a journal: finds out what is on disk, brings the index up to the end of the log, and says
/// what is damaged.
struct JournalOpening {
    let files: any JournalFiles
    let location: IndexLocation
    let options: LogJournal.Options

    private(set) var damages: [JournalDamage] = []

    init(
        _ files: any JournalFiles,
        _ location: IndexLocation,
        _ options: LogJournal.Options
    ) {
        self.files = files
        self.location = location
        self.options = options
    }

    /// A journal that is ready for changes.
    struct Opened: ~Copyable {
        let name: String
        let index: JournalIndex
        let following: LogFollowing
        var core: JournalCore
    }

    /// Opens everything.
    mutating func open() throws -> Opened {
        for directory in ["log", "segments"] { try files.makeDirectory(directory) }
        try files.syncDirectory("")
        let numbers = try fileNumbers()
        let headers = try readHeaders(numbers)
        let first = headers.values.min { $0.file < $1.file }
        let (index, following, name) = try openIndex(first)
        guard let journal = MessageID(name) else {
            throw QueueFailure(.journalBroken, "The journal's name \(name) is no UUID.")
        }
        try index.database.write { try IndexSchema.prepareLanes(options.laneStages, in: $0) }
        let doesReach = try logReaches(following.checkpoint, journal, index)
        while try following.step() {}
        try writeEndAgain(following, numbers)
        damages += following.damages
        try noteMissingFiles(following, index)
        try index.database.write { database in
            if following.isMadeAgain {
                try IndexSchema.forgetRootless(in: database, open: following.open)
            }
            try LogPlaces.mend(in: database, files, journal)
        }
        try keepAside(following)
        try cutTornEnd(following)
        let isWhole = doesReach && numbers.last.map { headers[$0] != nil } ?? true
        var checkpoint = nextCheckpoint(following, isClean: try isClean(following, index))
        var log = try resume(following, journal, numbers, checkpoint, isWhole)
        checkpoint.place = log.end
        try following.skip(to: checkpoint)
        try forgetCleanEnd(index)
        try noteDamages(following, index)
        try endLostPages(&log, following, index)
        let snapshot = try IndexSnapshot(index)
        let reader = LogReader(
            files,
            salt: MessageLog.salt(of: journal),
            places: try LogPlaces(of: index.database)
        )
        let core = JournalCore(
            memory: JournalMemory(
                snapshot,
                open: following.open,
                nextPosition: following.checkpoint.nextPosition
            ),
            log: log,
            segments: try SegmentStore(
                files,
                last: following.checkpoint.lastAttachment,
                segmentBytesMax: options.segmentBytesMax
            ),
            index: index,
            reader: reader
        )
        return Opened(name: name, index: index, following: following, core: core)
    }

    /// Numbers of the files of the log, but for one that a crash left when it was just begun: it
    /// has no whole header and nothing behind it, so nothing was ever in it.
    private func fileNumbers() throws -> [Int] {
        let numbers = try LogScanner.fileNumbers(files)
        guard let last = numbers.last else { return [] }
        let path = LogReader.path(last)
        let file = try files.open(path, .reading)
        let bytes = try file.read(at: 0, count: LogFileHeader.bytes)
        guard try file.size() <= LogFileHeader.bytes, LogFileHeader(bytes) == nil else {
            return numbers
        }
        try files.remove(path)
        try files.syncDirectory("log")
        return numbers.dropLast()
    }

    /// Headers of the files that are what their names say.
    private mutating func readHeaders(_ numbers: [Int]) throws -> [Int: LogFileHeader] {
        var headers: [Int: LogFileHeader] = [:]
        for number in numbers {
            let path = LogReader.path(number)
            let bytes = try files.open(path, .reading)
                .read(at: 0, count: LogFileHeader.bytes + LogFrameHeader.bytes)
            let first = headers.values.min { $0.file < $1.file }
            let header = LogFileHeader(bytes)
            let isOurs =
                header?.file == number && (first.map { $0.journal == header?.journal } ?? true)
            if isOurs { headers[number] = header }
            if isOurs && header?.encoded == Array(bytes.prefix(LogFileHeader.bytes)) { continue }
            // A crash may leave the last file without a header, and then without a frame.
            if number == numbers.last, bytes.dropFirst(LogFileHeader.bytes).allSatisfy({ $0 == 0 })
            {
                continue
            }
            damages.append(
                JournalDamage(
                    path: path,
                    sentence: """
                        \(path) does not begin as this file of the log; what of it belongs to \
                        this journal is read all the same.
                        """
                )
            )
        }
        return headers
    }
}

// The index.
extension JournalOpening {
    /// Opens the index, or begins a new one when it is damaged or another journal's.
    private mutating func openIndex(
        _ first: LogFileHeader?
    ) throws -> (JournalIndex, LogFollowing, String) {
        do {
            return try openIndexOnce(first)
        } catch  where QueueFailure.isDamage(error) {
            try setIndexAside(error)
            return try openIndexOnce(first)
        }
    }

    private func openIndexOnce(
        _ first: LogFileHeader?
    ) throws -> (JournalIndex, LogFollowing, String) {
        let identity = first?.journal
        let index = try JournalIndex(location)
        let name = try index.prepare(name: (identity ?? options.makeName()).description)
        guard let journal = MessageID(name), identity == nil || journal == identity else {
            throw DatabaseError(
                resultCode: .SQLITE_MISMATCH,
                message: "The index belongs to the journal \(name)."
            )
        }
        let following = try LogFollowing(
            files,
            journal: journal,
            index: index,
            first: first,
            now: options.now
        )
        return (index, following, name)
    }

    private mutating func setIndexAside(_ error: any Error) throws {
        guard case .file(let path) = location else { throw error }
        try files.makeDirectory("damaged")
        let names = JournalIndex.files(path).compactMap { $0.split(separator: "/").last }
            .map(String.init)
        let present = try files.names(in: "")
        for name in names where present.contains(name) {
            try files.rename(name, to: "damaged/\(name)")
        }
        try files.syncDirectory("damaged")
        try files.syncDirectory("")
        damages.append(
            JournalDamage(
                path: names.first ?? path,
                sentence: """
                    The index was damaged and is made again from the log; the old one is kept in \
                    damaged/. SQLite said: \(error).
                    """
            )
        )
    }

    /// Whether the last frame that the index knows is in the log.
    private mutating func logReaches(
        _ checkpoint: IndexCheckpoint,
        _ journal: MessageID,
        _ index: JournalIndex
    ) throws -> Bool {
        guard checkpoint.nextSequence > 1 else { return true }
        let place = checkpoint.lastFrame
        let path = LogReader.path(place.file)
        let salt = MessageLog.salt(of: journal)
        do throws(DiskFault) {
            let head = try files.open(path, .reading)
                .read(at: place.offset, count: LogFrameHeader.bytes)
            let header = LogFrameHeader(head, at: 0, salt: salt)
            if header?.sequence == checkpoint.nextSequence - 1 { return true }
        } catch {
            guard error.number == DiskFault.isMissing else { throw error }
        }
        damages.append(
            JournalDamage(
                path: path,
                sentence: """
                    The log ends before the group \(checkpoint.nextSequence - 1) at \
                    \(place.offset) of \(path), which the index knows: the file is cut off, \
                    missing, or an old copy. What the index knows counts; contents that are \
                    missing end as dead letters.
                    """
            )
        )
        return false
    }

    /// Files in front of the log may have been removed by retention; the log says so then.
    private mutating func noteMissingFiles(
        _ following: LogFollowing,
        _ index: JournalIndex
    ) throws {
        guard let position = following.lostBefore else { return }
        let removed = try index.database.read { database in
            try IndexSchema.retiredBefore(in: database)
        }
        guard removed < position else { return }
        damages.append(
            JournalDamage(
                path: "log",
                sentence: """
                    The files of the log in front of the place \(position) are missing, and no \
                    retention removed them.
                    """
            )
        )
    }

    private func isClean(_ following: LogFollowing, _ index: JournalIndex) throws -> Bool {
        let closed = try index.database.read { try IndexSchema.value("closed", in: $0) }
        return following.tornBytes == 0 && damages.isEmpty
            && closed == String(following.checkpoint.nextSequence)
    }

    /// Keeps for reports what was found beside the log's frames, each thing once.
    private func noteDamages(_ following: LogFollowing, _ index: JournalIndex) throws {
        let now = options.now().milliseconds
        try index.database.write { database in
            for damage in damages where !following.damages.contains(damage) {
                try database.execute(
                    sql: """
                        INSERT INTO damage(at_ms, path, sentence) SELECT :at, :path, :sentence
                        WHERE NOT EXISTS (
                            SELECT 1 FROM damage WHERE path = :path AND sentence = :sentence
                        )
                        """,
                    arguments: ["at": now, "path": damage.path, "sentence": damage.sentence]
                )
            }
        }
    }

    private func forgetCleanEnd(_ index: JournalIndex) throws {
        try index.database.write { database in
            try database.execute(sql: "DELETE FROM meta WHERE key = 'closed'")
        }
    }
}
