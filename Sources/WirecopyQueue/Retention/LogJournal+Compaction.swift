import GRDB
import WirecopyMessages

// Files of the log of which little is kept.
extension LogJournal {
    /// A file is written again when no more than this part of its messages is left: each byte that
    /// is written frees seven.
    private static let worthwhilePart = 8
    /// Files that are looked at in one step; each is a question to the index.
    private static let filesLookedAtMax = 16

    /// Removes or writes again the next file of the log that is worth it; `nil` when none is.
    func goOverLog(_ progress: inout RetentionProgress, _ now: Instant) throws -> RetentionStep? {
        let all = try LogScanner.fileNumbers(files)
        let numbers = all.filter { $0 > progress.file }
        var looked = 0
        // The last file is being written.
        for (number, next) in zip(numbers, numbers.dropFirst()) {
            guard looked < Self.filesLookedAtMax else { return .looked }
            looked += 1
            guard let header = try logHeader(of: number), let end = try logHeader(of: next) else {
                // What cannot be told apart any more stays as it is.
                progress.cleanFrom = .max
                progress.file = number
                continue
            }
            let places = header.firstPosition..<max(header.firstPosition, end.firstPosition)
            let use = try index.database.read { try FileContent(places, number, in: $0) }
            let hasOpen = try withCore { $0.memory.open.hasOpen(in: places) }
            if number == all.first, use.isEmpty, !hasOpen {
                return try removeLog(number, &progress, next: end, now)
            }
            let cleanFrom = progress.cleanFrom
            progress.file = number
            // Where nothing is gone there is nothing to take out.
            if use.messages == use.messagesBefore { continue }
            progress.cleanFrom = max(cleanFrom, places.upperBound)
            guard use.messages * Self.worthwhilePart <= use.messagesBefore else { continue }
            try count(&progress, before: 0, repeating: false, now)
            if let step = try compact(header, end, use, cleanFrom: cleanFrom) {
                progress.cleanFrom = cleanFrom
                return step
            }
        }
        return nil
    }

    private func logHeader(of number: Int) throws -> LogFileHeader? {
        let bytes = try files.open(LogReader.path(number), .reading)
            .read(at: 0, count: LogFileHeader.bytes)
        let header = LogFileHeader(bytes)
        return header?.journal.description == name ? header : nil
    }

    /// Has the log know how many pages were removed, before anything goes that tells of them.
    private func count(
        _ progress: inout RetentionProgress,
        before position: Int,
        repeating state: Bool,
        _ now: Instant
    ) throws {
        guard !progress.isCounted || state else { return }
        let record = RetireRecord(
            places: position..<position,
            finishedBefore: Instant(milliseconds: .min),
            deadBefore: Instant(milliseconds: .min),
            removed: try index.database.read { try RetiredPages.all(in: $0) }
        )
        try write(record, repeating: state, now)
        try follower.catchUp()
        progress.isCounted = true
    }

    /// Removes the oldest file, in which nothing is kept; what it says of the queue's state is said
    /// again before.
    private func removeLog(
        _ number: Int,
        _ progress: inout RetentionProgress,
        next: LogFileHeader,
        _ now: Instant
    ) throws -> RetentionStep {
        let path = LogReader.path(number)
        let bytes = try files.open(path, .reading).size()
        try count(&progress, before: next.firstPosition, repeating: true, now)
        reader.removeFiles(before: number + 1)
        try index.database.write { database in
            try database.execute(sql: "DELETE FROM place WHERE file = ?", arguments: [number])
            try database.execute(sql: "DELETE FROM log_file WHERE number = ?", arguments: [number])
        }
        try files.remove(path)
        try files.syncDirectory("log")
        return .removedLog(path: path, bytes: bytes)
    }

    /// Writes a file again without what is gone; `nil` when it is damaged, or not shorter then.
    private func compact(
        _ header: LogFileHeader,
        _ next: LogFileHeader,
        _ use: FileContent,
        cleanFrom: Int
    ) throws -> RetentionStep? {
        let path = LogReader.path(header.file)
        let bytesBefore = try files.open(path, .reading).size()
        let end = next.firstPosition
        let kept = try keptPages(min(cleanFrom, end)..<end)
        let open = try withCore { $0.memory.open }
        var compaction = LogCompaction(files, header, endSequence: next.firstSequence)
        let written = try compaction.write { page, position in
            page < cleanFrom || kept.contains(page) || position.map(open.isOpen) ?? false
        }
        guard let written, written.bytes < bytesBefore else { return nil }
        let unfinished = LogCompaction.unfinishedPath(header.file)
        let files = files
        try reader.replace(header.file, written.places) { () throws(DiskFault) in
            try files.rename(unfinished, to: path)
        }
        try files.syncDirectory("log")
        try index.database.write { database in
            var places = LogPlaces()
            for entry in written.places {
                places.add(firstPosition: entry.position, at: entry.place)
            }
            try places.store(file: header.file, bytes: written.bytes, in: database)
            try use.note(keptIn: header.file, in: database)
        }
        return .compactedLog(path: path, bytes: written.bytes, bytesBefore: bytesBefore)
    }

    private func keptPages(_ places: Range<Int>) throws -> Set<Int> {
        guard !places.isEmpty else { return [] }
        return try index.database.read { database in
            try Int.fetchSet(
                database,
                sql: "SELECT position FROM page WHERE position >= ? AND position < ?",
                arguments: [places.lowerBound, places.upperBound]
            )
        }
    }
}

/// What is kept of a file of the log.
private struct FileContent {
    /// Messages that are kept.
    let messages: Int
    /// Pages that are kept and entered in it.
    let pages: Int
    /// Messages that it had when it was written last, as far as stages take them.
    let messagesBefore: Int

    var isEmpty: Bool { messages == 0 && pages == 0 }

    init(_ places: Range<Int>, _ file: Int, in database: Database) throws {
        let (first, end) = (places.lowerBound, places.upperBound)
        messages =
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM message WHERE position >= ? AND position < ?",
                arguments: [first, end]
            ) ?? 0
        pages =
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM page WHERE position >= ? AND position < ?",
                arguments: [first, end]
            ) ?? 0
        messagesBefore =
            try Int.fetchOne(
                database,
                sql: "SELECT messages FROM log_file WHERE number = ?",
                arguments: [file]
            ) ?? 0
    }

    /// Notes that it was written with what is kept.
    func note(keptIn file: Int, in database: Database) throws {
        try database.execute(
            sql: "UPDATE log_file SET messages = ? WHERE number = ?",
            arguments: [messages, file]
        )
    }
}

extension OpenSet {
    /// Whether a message at one of these places is open.
    func hasOpen(in places: Range<Int>) -> Bool {
        StageName.allCases.contains { stage in
            MessageClass.allCases.contains { priority in
                next(stage, priority, after: places.lowerBound - 1).map { $0 < places.upperBound }
                    ?? false
            }
        }
    }
}
