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
/// What is behind the last whole frame is the torn end of a group that was never confirmed, and is
/// no finding; anything in front of a whole frame is.
struct LogScanner {
    private static let searchBytes = 1 << 20

    private let files: any JournalFiles
    private let salt: UInt64
    private let journal: MessageID
    private var file: (any JournalFile)?
    private var pending: LogFinding?
    /// Behind the last frame that was found.
    private(set) var place: LogPlace
    /// The number of the next frame, if none is lost.
    private(set) var nextSequence: Int
    /// The place of the next message.
    private(set) var nextPosition: Int
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
                file = nil
                place = LogPlace(file: number, offset: LogFileHeader.bytes)
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
        while true {
            let head = try file.read(at: place.offset, count: LogFrameHeader.bytes)
            if let header = LogFrameHeader(head, at: 0, salt: salt) {
                if header.sequence < nextSequence {
                    // It was read before; another copy of it changes nothing.
                    place.offset += header.frameBytes
                    continue
                }
                if let frame = try frame(header, file) { return note(frame) }
            }
            if head.isEmpty { return nil }
            let size = try file.size()
            if let next = try search(file, from: place.offset + LogFrameHeader.bytes, size) {
                let stretch = DamagedStretch(file: place.file, range: place.offset..<next)
                place.offset = next
                return .damaged(stretch)
            }
            let rest = try contentEnd(file, from: place.offset, size)
            guard rest > place.offset else { return nil }
            guard try laterFile(than: place.file) != nil else {
                tornBytes = rest - place.offset
                return nil
            }
            let stretch = DamagedStretch(file: place.file, range: place.offset..<rest)
            place.offset = size
            return .damaged(stretch)
        }
    }

    /// The whole frame of a header; `nil` when its table is damaged, or when it is torn.
    private func frame(
        _ header: LogFrameHeader,
        _ file: any JournalFile
    ) throws(DiskFault) -> LogFrame? {
        let bytes = try file.read(at: place.offset, count: header.frameBytes)
        guard let table = LogFrameTable(header, bytes, at: LogFrameHeader.bytes) else { return nil }
        let damaged = table.rows.indices.filter { index in
            let row = table.rows[index]
            let end = row.offset + row.length
            return end > bytes.count || row.kind == nil
                || Checksum.of(bytes, row.offset..<end) != row.checksum
        }
        let frame = LogFrame(place: place, table: table, bytes: bytes, damagedRows: damaged)
        guard !damaged.isEmpty || bytes.count < header.frameBytes else { return frame }
        // The last group of the log was never confirmed if not all of it is there.
        let behind = place.offset + header.frameBytes
        guard try search(file, from: behind, file.size()) == nil else { return frame }
        return try laterFile(than: place.file) == nil ? nil : frame
    }

    private mutating func note(_ frame: LogFrame) -> LogFinding {
        let header = frame.header
        let (expected, position) = (nextSequence, nextPosition)
        place.offset += header.frameBytes
        nextSequence = header.sequence + 1
        nextPosition = header.endPosition
        guard header.sequence > expected else { return .frame(frame) }
        pending = .frame(frame)
        return .lost(
            frames: header.sequence - expected,
            positions: position..<max(position, header.firstPosition)
        )
    }

    private mutating func openFile() throws(DiskFault) -> (any JournalFile)? {
        if let file { return file }
        do throws(DiskFault) {
            let opened = try files.open(LogReader.path(place.file), .reading)
            file = opened
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
            let bytes = try file.read(at: offset, count: Self.searchBytes)
            guard !bytes.isEmpty else { return nil }
            if !bytes.isAllZero {
                for place in stride(from: 0, to: bytes.count, by: LogFrameHeader.bytes)
                where bytes.count - place >= LogFrameHeader.bytes {
                    guard bytes.number(at: place, as: UInt32.self) == LogFrameHeader.magic else {
                        continue
                    }
                    let header = LogFrameHeader(bytes, at: place, salt: salt)
                    if let header, header.sequence >= nextSequence { return offset + place }
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
            let bytes = try file.read(at: offset, count: Self.searchBytes)
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
