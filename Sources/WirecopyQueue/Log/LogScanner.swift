import Glibc
import WirecopyMessages

/// A frame as it was found in the log.
struct LogFrame {
    let place: LogPlace
    let table: LogFrameTable
    /// All bytes of the frame.
    let bytes: [UInt8]
    /// Numbers of the records whose bytes are not what was written.
    let damagedRows: [Int]

    var header: LogFrameHeader { table.header }

    /// The frames in whose place it stands; `nil` for a usual one.
    var gone: GoneFrames? {
        guard let row = table.rows.first, row.kind == .goneFrames, damagedRows.isEmpty,
            case .goneFrames(let gone)? = try? LogRecord(.goneFrames, bytes, row.offset..<row.end)
        else { return nil }
        return gone
    }
}

/// A stretch of a file of the log that is not what was written.
struct DamagedStretch: Sendable, Equatable {
    let file: Int
    let range: Range<Int>
}

/// What a scan of the log comes upon.
enum LogFinding {
    /// A frame, in the order in which it was written.
    case frame(LogFrame)
    /// Bytes that are no frame, in front of some that are.
    case damaged(DamagedStretch)
    /// Frames that are nowhere, with messages at these places.
    case lost(frames: Int, positions: Range<Int>)
}

/// Reads the log from a place on, frame by frame, over damage and missing files.
///
/// What is behind the last whole frame is no finding when a write that was never finished can have
/// left it: it was never confirmed. Everything else that is no frame is damage. Each reading comes
/// to the same, because a file that is begun behind damage notes where the log ended in front of
/// it, and numbers of frames count from what its header says.
struct LogScanner {
    private static let searchBytes = 1 << 20

    private let files: any JournalFiles
    private let salt: UInt64
    private let journal: MessageID
    private var file: (any JournalFile)?
    /// Where the log ends in this file, if the next one notes it.
    private var limit = Int.max
    private var pending: LogFinding?
    /// Behind the last frame that was found.
    private(set) var place: LogPlace
    /// The number of the next frame, if none is lost.
    private(set) var nextSequence: Int
    /// The place of the next message.
    private(set) var nextPosition: Int
    /// Frames with lower numbers were read before, or do not count.
    private var lowestSequence: Int
    /// Bytes behind the last frame that are the beginning of another.
    private(set) var tornBytes = 0

    init(
        _ files: any JournalFiles,
        journal: MessageID,
        from place: LogPlace,
        sequence: Int,
        position: Int
    ) {
        self.files = files
        self.journal = journal
        self.place = place
        salt = MessageLog.salt(of: journal)
        nextSequence = sequence
        nextPosition = position
        lowestSequence = sequence
    }

    /// The next finding; `nil` at the end of the log, or at the frame `until`.
    mutating func next(until: Int = Int.max) throws(QueueFailure) -> LogFinding? {
        if let found = pending {
            pending = nil
            return found
        }
        while nextSequence < until {
            do throws(DiskFault) {
                if let found = try step() { return found }
                guard let number = try laterFile(than: place.file) else { return nil }
                try enter(number)
            } catch {
                throw QueueFailure(error)
            }
        }
        return nil
    }

    /// The next finding in this file; `nil` at its end.
    private mutating func step() throws(DiskFault) -> LogFinding? {
        tornBytes = 0
        guard let file = try openFile() else { return nil }
        while place.offset < limit {
            let head = try file.read(at: place.offset, count: LogFrameHeader.bytes)
            if head.isEmpty { return nil }
            if let header = LogFrameHeader(head, at: 0, salt: salt) {
                if header.sequence < lowestSequence {
                    // It was read before; another copy of it changes nothing.
                    place.offset = try end(of: header, file)
                    continue
                }
                if let frame = try frame(header, file) { return try note(frame, file) }
            }
            return try passOver(file)
        }
        return nil
    }

    /// What is to be made of bytes that are no frame; `nil` when they are the torn end of the log,
    /// or nothing.
    private mutating func passOver(_ file: any JournalFile) throws(DiskFault) -> LogFinding? {
        let size = min(try file.size(), limit)
        let start = place.offset
        if let next = try search(file, from: start + LogFrameHeader.bytes, size) {
            place.offset = next
            return .damaged(DamagedStretch(file: place.file, range: start..<next))
        }
        let rest = try contentEnd(file, from: start, size)
        guard rest > start else { return nil }
        if try isTorn(file, end: rest) {
            tornBytes = rest - start
            return nil
        }
        place.offset = size
        return .damaged(DamagedStretch(file: place.file, range: start..<rest))
    }

    /// The frame of a header; `nil` when its table is damaged, or when it is torn.
    private func frame(
        _ header: LogFrameHeader,
        _ file: any JournalFile
    ) throws(DiskFault) -> LogFrame? {
        let bytes = try file.read(at: place.offset, count: header.frameBytes)
        guard let table = LogFrameTable(header, bytes, at: LogFrameHeader.bytes) else { return nil }
        let damaged = table.damagedRows(bytes)
        let frame = LogFrame(place: place, table: table, bytes: bytes, damagedRows: damaged)
        guard !damaged.isEmpty else { return frame }
        let size = min(try file.size(), limit)
        if try search(file, from: place.offset + LogFrameHeader.bytes, size) != nil { return frame }
        return try isTorn(file, end: contentEnd(file, from: place.offset, size)) ? nil : frame
    }

    /// Whether the bytes up to an end, behind which nothing is, can be a write that was never
    /// finished: then nothing follows, and where it is not whole it is as empty as it was before.
    private func isTorn(_ file: any JournalFile, end: Int) throws(DiskFault) -> Bool {
        guard try laterFile(than: place.file) == nil else { return false }
        let head = try file.read(at: place.offset, count: LogFrameHeader.bytes)
        let header = LogFrameHeader(head, at: 0, salt: salt)
        let bytes = try file.read(
            at: place.offset,
            count: header?.frameBytes ?? UnfinishedWrite.sectorBytes
        )
        let write = UnfinishedWrite(bytes, at: place.offset, end: end - place.offset)
        guard let header else { return write.explains(0..<LogFrameHeader.bytes) }
        guard let table = LogFrameTable(header, bytes, at: LogFrameHeader.bytes) else {
            let start = LogFrameHeader.bytes
            return write.explains(start..<start + header.tableBytes)
        }
        return table.damagedRows(bytes).contains { index in
            write.explains(table.rows[index].offset..<table.rows[index].end)
        }
    }

    /// Where a frame that is damaged ends: in front of the next, should that lie in it.
    private func end(
        of header: LogFrameHeader,
        _ file: any JournalFile
    ) throws(DiskFault) -> Int {
        let end = place.offset + header.frameBytes
        return try search(file, from: place.offset + LogFrameHeader.bytes, min(end, limit))
            ?? min(end, limit)
    }

    private mutating func note(
        _ frame: LogFrame,
        _ file: any JournalFile
    ) throws(DiskFault) -> LogFinding {
        let header = frame.header
        let (expected, position) = (nextSequence, nextPosition)
        let gone = frame.gone
        lowestSequence = (gone?.lastSequence ?? header.sequence) + 1
        nextSequence = max(nextSequence, lowestSequence)
        nextPosition = max(nextPosition, gone?.endPosition ?? header.endPosition)
        place.offset =
            frame.damagedRows.isEmpty
            ? place.offset + header.frameBytes : try end(of: header, file)
        guard header.sequence > expected else { return .frame(frame) }
        pending = .frame(frame)
        return .lost(
            frames: header.sequence - expected,
            positions: position..<max(position, header.firstPosition)
        )
    }
}

// Files.
extension LogScanner {
    /// Goes on in a later file; what its header says decides which of its frames count.
    private mutating func enter(_ number: Int) throws(DiskFault) {
        file = nil
        place = LogPlace(file: number, offset: LogFileHeader.bytes)
        guard let header = try header(of: number) else { return }
        lowestSequence = min(lowestSequence, header.firstSequence)
    }

    /// The header of a file, if it is this journal's.
    private func header(of number: Int) throws(DiskFault) -> LogFileHeader? {
        let head = try files.open(LogReader.path(number), .reading)
            .read(at: 0, count: LogFileHeader.bytes)
        guard let header = LogFileHeader(head), header.journal == journal, header.file == number
        else { return nil }
        return header
    }

    private mutating func openFile() throws(DiskFault) -> (any JournalFile)? {
        if let file { return file }
        do throws(DiskFault) {
            let opened = try files.open(LogReader.path(place.file), .reading)
            file = opened
            limit = Int.max
            if let later = try laterFile(than: place.file),
                let end = try header(of: later)?.previousEnd, end.file == place.file
            {
                limit = end.offset
            }
            return opened
        } catch {
            if error.number == DiskFault.isMissing { return nil }
            throw error
        }
    }

    private func laterFile(than number: Int) throws(DiskFault) -> Int? {
        try Self.fileNumbers(files).first { $0 > number }
    }

    /// Numbers of the files of the log, ascending.
    static func fileNumbers(_ files: any JournalFiles) throws(DiskFault) -> [Int] {
        try files.names(in: "log")
            .filter { $0.hasSuffix(".wlog") }
            .compactMap { Int($0.dropLast(".wlog".count)) }
            .sorted()
    }

    /// Where the next header of this journal lies; `nil` when none does.
    private func search(
        _ file: any JournalFile,
        from start: Int,
        _ size: Int
    ) throws(DiskFault) -> Int? {
        var offset = start
        while offset < size {
            let bytes = try file.read(at: offset, count: min(Self.searchBytes, size - offset))
            guard !bytes.isEmpty else { return nil }
            if !bytes.isAllZero {
                for place in stride(from: 0, to: bytes.count, by: LogFrameHeader.bytes)
                where bytes.count - place >= LogFrameHeader.bytes {
                    guard bytes.number(at: place, as: UInt32.self) == LogFrameHeader.magic else {
                        continue
                    }
                    let header = LogFrameHeader(bytes, at: place, salt: salt)
                    if let header, header.sequence >= lowestSequence {
                        return offset + place
                    }
                }
            }
            offset += bytes.count
        }
        return nil
    }

    /// Behind the last byte that is not zero.
    private func contentEnd(
        _ file: any JournalFile,
        from start: Int,
        _ size: Int
    ) throws(DiskFault) -> Int {
        var end = start
        var offset = start
        while offset < size {
            let bytes = try file.read(at: offset, count: min(Self.searchBytes, size - offset))
            guard !bytes.isEmpty else { break }
            if !bytes.isAllZero {
                end = offset + (bytes.lastIndex { $0 != 0 } ?? 0) + 1
            }
            offset += bytes.count
        }
        return end
    }
}

extension [UInt8] {
    /// Whether no bit is set; at the speed of memory, also in a debug build.
    var isAllZero: Bool {
        guard let first, first == 0 else { return isEmpty }
        return unsafe withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return true }
            return unsafe memcmp(start, start + 1, buffer.count - 1) == 0
        }
    }
}
