import Synchronization
import WirecopyMessages

/// Reads messages of the log by their place; for any number of threads.
final class LogReader: Sendable {
    /// Tables of frames that are kept; messages are mostly read in the order of the log.
    private static let tablesMax = 32
    /// Files that are kept open.
    private static let filesMax = 64
    /// Bytes read at a frame's beginning: its header and the table of 252 records.
    private static let headBytes = 4096

    private struct State {
        var places = LogPlaces()
        var files: [Int: any JournalFile] = [:]
        var tables: [(place: LogPlace, table: LogFrameTable)] = []
        /// Counts files that were written again.
        var generation = 0
    }

    private let files: any JournalFiles
    private let salt: UInt64
    private let state = Mutex(State())

    init(_ files: any JournalFiles, salt: UInt64, places: LogPlaces = LogPlaces()) {
        self.files = files
        self.salt = salt
        state.withLock { $0.places = places }
    }

    /// Path of a file of the log.
    static func path(_ file: Int) -> String { "log/\(zeroPadded(file)).wlog" }

    /// Notes a frame that is on disk.
    func add(firstPosition: Int, at place: LogPlace) {
        state.withLock { $0.places.add(firstPosition: firstPosition, at: place) }
    }

    /// Forgets files that were removed.
    func removeFiles(before file: Int) {
        state.withLock { state in
            state.places.removeFiles(before: file)
            state.files = state.files.filter { $0.key >= file }
            state.tables.removeAll { $0.place.file < file }
        }
    }

    /// Puts another file in a file's place, with the same messages as far as they are kept.
    func replace(
        _ file: Int,
        _ places: [LogPlaces.Entry],
        by swap: () throws(DiskFault) -> Void
    ) throws(DiskFault) {
        try state.withLock { state throws(DiskFault) in
            try swap()
            state.generation += 1
            state.places.replace(file, with: places)
            state.files[file] = nil
            state.tables.removeAll { $0.place.file == file }
        }
    }

    /// The record of the message at a place, with the bytes in which its parts lie.
    ///
    /// - Throws: `contentUnreadable` when it is not there or damaged, `contentUnavailable` when the
    ///   disk does not give it now.
    func message(
        at position: Int
    ) throws(QueueFailure) -> (record: StoredMessage, at: Instant, bytes: [UInt8]) {
        let generation = state.withLock { $0.generation }
        do throws(QueueFailure) {
            return try find(position)
        } catch {
            // Between two of its reads the file may have been written again.
            guard generation != state.withLock({ $0.generation }) else { throw error }
            return try find(position)
        }
    }

    private func find(
        _ position: Int
    ) throws(QueueFailure) -> (record: StoredMessage, at: Instant, bytes: [UInt8]) {
        guard let start = state.withLock({ $0.places.start(of: position) }) else {
            throw Self.missing(position)
        }
        let (place, table) = try frame(of: position, from: start)
        guard let row = table.message(at: position) else { throw Self.missing(position) }
        let bytes = try read(place, from: row.offset, count: row.length)
        guard bytes.count == row.length, Checksum.of(bytes) == row.checksum,
            case .message(var record)? = try? LogRecord(.message, bytes, 0..<bytes.count)
        else { throw Self.damaged(position, place) }
        record.position = position
        return (record, table.header.at, bytes)
    }

    private func frame(
        of position: Int,
        from start: LogPlace
    ) throws(QueueFailure) -> (LogPlace, LogFrameTable) {
        let (first, generation) = try checkedStart(start, for: position)
        var place = first
        var last = first
        while true {
            if let table = state.withLock({ $0.tables.first { $0.place == place }?.table }) {
                if position < table.header.endPosition { return (place, table) }
                last = place
                place.offset += table.header.frameBytes
                continue
            }
            let head = try read(place, from: 0, count: Self.headBytes)
            guard let header = LogFrameHeader(head, at: 0, salt: salt) else {
                // Behind the last frame lie zeros, or nothing.
                if head.allSatisfy({ $0 == 0 }) { throw Self.missing(position) }
                place = try resumed(behind: last, expected: place, for: position)
                last = place
                continue
            }
            if position < header.endPosition {
                return (place, try table(header, head, at: place, generation, for: position))
            }
            last = place
            place.offset += header.frameBytes
        }
    }

    /// Where to begin to look: at the beginning of the file when what the map says does not hold,
    /// because another program has written the file again since the map was read.
    private func checkedStart(
        _ start: LogPlace,
        for position: Int
    ) throws(QueueFailure) -> (LogPlace, generation: Int) {
        let (isKnown, generation) = state.withLock { state in
            (state.tables.contains { $0.place == start }, state.generation)
        }
        if isKnown || start.offset == LogFileHeader.bytes { return (start, generation) }
        let head = try read(start, from: 0, count: LogFrameHeader.bytes)
        if let header = LogFrameHeader(head, at: 0, salt: salt), header.firstPosition <= position {
            return (start, generation)
        }
        return (LogPlace(file: start.file, offset: LogFileHeader.bytes), generation)
    }

    /// The next whole header behind the last, as far as the next entry of the map would be: what
    /// lies between them is damaged, or the last is shorter than it says.
    private func resumed(
        behind place: LogPlace,
        expected: LogPlace,
        for position: Int
    ) throws(QueueFailure) -> LogPlace {
        let count = expected.offset - place.offset + 2 * LogPlaces.strideBytes
        let bytes = try read(place, from: 0, count: count)
        let offsets = stride(from: LogFrameHeader.bytes, to: bytes.count, by: LogFrameHeader.bytes)
        for offset in offsets {
            guard let header = LogFrameHeader(bytes, at: offset, salt: salt) else { continue }
            if header.firstPosition > position { break }
            return LogPlace(file: place.file, offset: place.offset + offset)
        }
        throw Self.damaged(position, place)
    }

    private func table(
        _ header: LogFrameHeader,
        _ head: [UInt8],
        at place: LogPlace,
        _ generation: Int,
        for position: Int
    ) throws(QueueFailure) -> LogFrameTable {
        var bytes = head
        if LogFrameHeader.bytes + header.tableBytes > head.count {
            bytes = try read(place, from: 0, count: LogFrameHeader.bytes + header.tableBytes)
        }
        guard let table = LogFrameTable(header, bytes, at: LogFrameHeader.bytes) else {
            throw Self.damaged(position, place)
        }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.tables.count >= Self.tablesMax { state.tables.removeFirst() }
            state.tables.append((place, table))
        }
        return table
    }

    private func read(
        _ place: LogPlace,
        from offset: Int,
        count: Int
    ) throws(QueueFailure) -> [UInt8] {
        do throws(DiskFault) {
            return try file(place.file).read(at: place.offset + offset, count: count)
        } catch {
            throw QueueFailure(
                error.number == DiskFault.isMissing ? .contentUnreadable : .contentUnavailable,
                error.sentence
            )
        }
    }

    private func file(_ number: Int) throws(DiskFault) -> any JournalFile {
        if let file = state.withLock({ $0.files[number] }) { return file }
        let generation = state.withLock { $0.generation }
        let file = try files.open(Self.path(number), .reading)
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.files.count >= Self.filesMax { state.files.removeAll() }
            state.files[number] = file
        }
        return file
    }

    private static func missing(_ position: Int) -> QueueFailure {
        QueueFailure(.contentUnreadable, "There is no message at place \(position).")
    }

    private static func damaged(_ position: Int, _ place: LogPlace) -> QueueFailure {
        QueueFailure(
            .contentUnreadable,
            "The message at place \(position) is damaged: \(path(place.file)) at \(place.offset)."
        )
    }
}

/// A number of eight digits with leading zeros, as file names have it.
func zeroPadded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
}
