import WirecopyMessages

/// Writes a file of the log again without what belongs to pages that are removed.
///
/// What is left keeps its number, its frame's moment and its place, so that nothing else in the
/// journal changes: a message that is gone leaves an empty row behind, and frames of which nothing
/// is left become one that says which they were. The new file takes the old one's name when it is
/// on disk; whatever happens in between, one of them has it.
struct LogCompaction {
    /// Bytes that are written at a time.
    private static let writtenBytesMax = 4 << 20

    /// What was written.
    struct Written {
        let bytes: Int
        let places: [LogPlaces.Entry]
    }

    private let files: any JournalFiles
    private let header: LogFileHeader
    /// Number of the first frame of the next file.
    private let endSequence: Int
    private let salt: UInt64
    private var output: [UInt8] = []
    private var offset = 0
    private var places = LogPlaces()
    private var gap: Gap?

    /// Frames that are left out, until one is kept.
    private struct Gap {
        let first: LogFrameHeader
        var end: GoneFrames
        var at: Instant
    }

    /// Prepares for a file, which must not be the last.
    init(_ files: any JournalFiles, _ header: LogFileHeader, endSequence: Int) {
        self.files = files
        self.header = header
        self.endSequence = endSequence
        salt = MessageLog.salt(of: header.journal)
    }

    /// Name of a file that is not finished.
    static func unfinishedPath(_ file: Int) -> String { "log/\(zeroPadded(file)).part" }

    /// Writes the new file beside the old one; `isKept` says whether a record stays, by its page
    /// and, if it is a message, its place.
    ///
    /// - Returns: what was written; `nil` when the old file is damaged, and stays as it is.
    mutating func write(
        isKept: (_ page: Int, _ message: Int?) -> Bool
    ) throws -> Written? {
        let path = Self.unfinishedPath(header.file)
        if try files.names(in: "log").contains(where: { path.hasSuffix("/\($0)") }) {
            try files.remove(path)
        }
        let file = try files.open(path, .creating)
        output = header.encoded
        var scanner = LogScanner(
            files,
            journal: header.journal,
            from: LogPlace(file: header.file, offset: LogFileHeader.bytes),
            sequence: header.firstSequence,
            position: header.firstPosition
        )
        while let finding = try scanner.next(until: endSequence) {
            guard case .frame(let frame) = finding, frame.damagedRows.isEmpty,
                frame.place.file == header.file, try take(frame, isKept)
            else { return nil }
            if output.count >= Self.writtenBytesMax { try flush(to: file) }
        }
        closeGap()
        try flush(to: file)
        try file.sync()
        return Written(bytes: offset, places: places.entries)
    }

    private mutating func flush(to file: any JournalFile) throws(DiskFault) {
        try file.write([output], at: offset)
        offset += output.count
        output.removeAll(keepingCapacity: true)
    }

    /// Takes over what of a frame is kept.
    ///
    /// - Returns: whether all of it could be read.
    private mutating func take(
        _ frame: LogFrame,
        _ isKept: (Int, Int?) -> Bool
    ) throws -> Bool {
        var builder = LogFrameBuilder()
        var (position, kept) = (frame.header.firstPosition, 0)
        for row in frame.table.rows where row.kind != .goneFrames {
            guard let kind = row.kind,
                let record = try? LogRecord(kind, frame.bytes, row.offset..<row.end)
            else { return false }
            let place = kind.isMessage ? position : nil
            if kind.isMessage { position += 1 }
            if kind != .goneMessage, record.page.map({ isKept($0, place) }) ?? true {
                builder.add(kind, copying: frame.bytes[row.offset..<row.end])
                kept += 1
            } else if kind.isMessage {
                builder.addGoneMessage()
            }
        }
        if kept > 0 {
            closeGap()
            append(builder, like: frame.header)
        } else {
            extendGap(over: frame)
        }
        return true
    }

    private mutating func extendGap(over frame: LogFrame) {
        let end =
            frame.gone
            ?? GoneFrames(
                lastSequence: frame.header.sequence,
                endPosition: frame.header.endPosition
            )
        gap = Gap(first: gap?.first ?? frame.header, end: end, at: frame.header.at)
    }

    private mutating func closeGap() {
        guard let gap else { return }
        var builder = LogFrameBuilder()
        builder.add(gap.end)
        append(builder, like: gap.first, at: gap.at)
        self.gap = nil
    }

    private mutating func append(
        _ builder: LogFrameBuilder,
        like old: LogFrameHeader,
        at moment: Instant? = nil
    ) {
        let header = LogFrameHeader(
            builder,
            salt: salt,
            sequence: old.sequence,
            firstPosition: old.firstPosition,
            at: moment ?? old.at
        )
        places.add(
            firstPosition: old.firstPosition,
            at: LogPlace(file: self.header.file, offset: offset + output.count)
        )
        let content = LogFrameHeader.bytes + builder.table.count + builder.body.count
        output += header.encoded + builder.table + builder.body
        output += [UInt8](repeating: 0, count: header.frameBytes - content)
    }
}
