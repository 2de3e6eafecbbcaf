import WirecopyMessages

/// Where something lies in the message log.
struct LogPlace: Sendable, Equatable, Comparable {
    /// Number of the file.
    var file: Int
    /// Offset in it, in bytes.
    var offset: Int

    static func < (left: LogPlace, right: LogPlace) -> Bool {
        (left.file, left.offset) < (right.file, right.offset)
    }
}

/// The first 64 bytes of a frame: which it is, how long it is, and whether it is whole.
///
/// A frame holds one commit group: this header, a table with kind, length and checksum of each
/// record, the records, and zeros up to the next multiple of 64. One write puts it on disk. A
/// reader that lost its way looks for the magic word at multiples of 64; the salt, which is
/// different for each journal and no message knows, keeps it from taking a message for a frame.
struct LogFrameHeader: Equatable {
    /// Bytes of a header, and what frames are aligned to.
    static let bytes = 64
    /// `WLF1` in ASCII.
    static let magic: UInt32 = 0x3146_4C57
    /// More records than a group can have; a larger count is damage.
    static let recordsMax = 1 << 20
    /// More bytes than a group can have: one command with all its outputs and their data.
    static let bodyBytesMax = 1 << 30

    let salt: UInt64
    /// Number of the frame, counted from 1 over all files.
    let sequence: Int
    /// Place of its first message, or of the next one when it holds none.
    let firstPosition: Int
    let at: Instant
    let records: Int
    let messages: Int
    let bodyBytes: Int
    let tableChecksum: UInt64

    /// Bytes of the table.
    var tableBytes: Int { records * LogFrameBuilder.tableEntryBytes }

    /// Bytes up to the next frame.
    var frameBytes: Int {
        let content = Self.bytes + tableBytes + bodyBytes
        return (content + Self.bytes - 1) / Self.bytes * Self.bytes
    }

    /// Place behind its last message.
    var endPosition: Int { firstPosition + messages }

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.bytes)
        bytes.append(number: Self.magic)
        bytes.append(number: UInt32(messages))
        bytes.append(number: salt)
        bytes.append(number: UInt64(sequence))
        bytes.append(number: UInt64(firstPosition))
        bytes.append(number: at.milliseconds)
        bytes.append(number: UInt32(records))
        bytes.append(number: UInt32(bodyBytes))
        bytes.append(number: tableChecksum)
        bytes.append(number: Checksum.of(bytes))
        return bytes
    }
}

extension LogFrameHeader {
    /// The header of a group.
    init(_ builder: LogFrameBuilder, salt: UInt64, sequence: Int, firstPosition: Int, at: Instant) {
        self.init(
            salt: salt,
            sequence: sequence,
            firstPosition: firstPosition,
            at: at,
            records: builder.records,
            messages: builder.messages,
            bodyBytes: builder.body.count,
            tableChecksum: Checksum.of(builder.table)
        )
    }

    /// Reads a header from its 64 bytes at an offset; `nil` when they are none of this journal.
    init?(_ bytes: [UInt8], at offset: Int, salt: UInt64) {
        guard offset >= 0, offset + Self.bytes <= bytes.count,
            bytes.number(at: offset, as: UInt32.self) == Self.magic,
            bytes.number(at: offset + 8, as: UInt64.self) == salt,
            bytes.number(at: offset + 56, as: UInt64.self)
                == Checksum.of(bytes, offset..<offset + 56)
        else { return nil }
        let (records, bodyBytes) = (
            Int(bytes.number(at: offset + 40, as: UInt32.self)),
            Int(bytes.number(at: offset + 44, as: UInt32.self))
        )
        let messages = Int(bytes.number(at: offset + 4, as: UInt32.self))
        guard records <= Self.recordsMax, bodyBytes <= Self.bodyBytesMax, messages <= records,
            let sequence = Int(exactly: bytes.number(at: offset + 16, as: UInt64.self)),
            let firstPosition = Int(exactly: bytes.number(at: offset + 24, as: UInt64.self))
        else { return nil }
        self.init(
            salt: salt,
            sequence: sequence,
            firstPosition: firstPosition,
            at: Instant(milliseconds: bytes.number(at: offset + 32, as: Int.self)),
            records: records,
            messages: messages,
            bodyBytes: bodyBytes,
            tableChecksum: bytes.number(at: offset + 48, as: UInt64.self)
        )
    }
}

/// The table of a frame: where each record lies, and what it must hold.
struct LogFrameTable {
    /// One record.
    struct Row {
        let kind: LogRecordKind?
        /// Offset behind the beginning of the frame.
        let offset: Int
        let length: Int
        let checksum: UInt64

        /// Offset of the first byte behind it.
        var end: Int { offset + length }
    }

    let header: LogFrameHeader
    let rows: [Row]

    /// Reads the table that lies in bytes from an offset on; `nil` when it is damaged.
    init?(_ header: LogFrameHeader, _ bytes: [UInt8], at start: Int) {
        let range = start..<start + header.tableBytes
        guard range.upperBound <= bytes.count,
            Checksum.of(bytes, range) == header.tableChecksum
        else { return nil }
        var rows: [Row] = []
        rows.reserveCapacity(header.records)
        var offset = LogFrameHeader.bytes + header.tableBytes
        for entry in stride(from: start, to: range.upperBound, by: LogFrameBuilder.tableEntryBytes)
        {
            let length = Int(bytes.number(at: entry, as: UInt32.self))
            let kind = bytes.number(at: entry + 4, as: UInt32.self)
            rows.append(
                Row(
                    kind: UInt8(exactly: kind).flatMap { LogRecordKind(rawValue: $0) },
                    offset: offset,
                    length: length,
                    checksum: bytes.number(at: entry + 8, as: UInt64.self)
                )
            )
            offset += length
        }
        guard offset == LogFrameHeader.bytes + header.tableBytes + header.bodyBytes else {
            return nil
        }
        self.header = header
        self.rows = rows
    }

    /// Numbers of the rows whose bytes are not what was written, in a frame's bytes or what is
    /// left of them.
    func damagedRows(_ bytes: [UInt8]) -> [Int] {
        rows.indices.filter { index in
            let row = rows[index]
            return row.end > bytes.count || row.kind == nil
                || Checksum.of(bytes, row.offset..<row.end) != row.checksum
        }
    }

    /// The row of the message at a place; `nil` when it is not in this frame.
    func message(at position: Int) -> Row? {
        guard header.firstPosition..<header.endPosition ~= position else { return nil }
        var place = header.firstPosition
        for row in rows where row.kind?.isMessage ?? false {
            if place == position { return row.kind == .message ? row : nil }
            place += 1
        }
        return nil
    }
}

/// The first 128 bytes of a file of the log: which journal it belongs to, and which file it is.
///
/// It stands there twice: without the journal's name no frame could be told from anything else.
struct LogFileHeader: Equatable {
    /// Bytes of both copies; the first frame follows.
    static let bytes = 2 * copyBytes
    private static let copyBytes = 64
    /// `WIRELOG2` in ASCII: version 2 of what a journal is, 1 being SQLite's tables.
    static let magic: UInt64 = 0x3247_4F4C_4552_4957

    /// The journal's name.
    let journal: MessageID
    /// Number of the file, counted from 1.
    let file: Int
    /// Number of the first frame that was written to it.
    let firstSequence: Int
    /// Place of the first message that was written to it.
    let firstPosition: Int
    /// Where the log ended in front of this file, as whoever began it saw it; `nil` when nothing
    /// was there. Bytes behind that are no part of the log, whatever a later reading makes of them.
    var previousEnd: LogPlace?

    var encoded: [UInt8] {
        let end = previousEnd.map { UInt64($0.file) << 32 | UInt64($0.offset) }
        var bytes: [UInt8] = []
        bytes.append(number: Self.magic)
        bytes.append(words: journal.words)
        bytes.append(number: UInt64(file))
        bytes.append(number: UInt64(firstSequence))
        bytes.append(number: UInt64(firstPosition))
        bytes.append(number: end ?? 0)
        bytes.append(number: Checksum.of(bytes))
        return bytes + bytes
    }

    init(
        journal: MessageID,
        file: Int,
        firstSequence: Int,
        firstPosition: Int,
        previousEnd: LogPlace? = nil
    ) {
        self.journal = journal
        self.file = file
        self.firstSequence = firstSequence
        self.firstPosition = firstPosition
        self.previousEnd = previousEnd
    }

    /// Reads a header from whichever copy is whole; `nil` when none is.
    init?(_ bytes: [UInt8]) {
        guard let header = Self(bytes, at: 0) ?? Self(bytes, at: Self.copyBytes) else {
            return nil
        }
        self = header
    }

    private init?(_ bytes: [UInt8], at start: Int) {
        guard bytes.count >= start + Self.copyBytes,
            bytes.number(at: start, as: UInt64.self) == Self.magic,
            bytes.number(at: start + 56, as: UInt64.self)
                == Checksum.of(bytes, start..<start + 56),
            let file = Int(exactly: bytes.number(at: start + 24, as: UInt64.self)),
            let firstSequence = Int(exactly: bytes.number(at: start + 32, as: UInt64.self)),
            let firstPosition = Int(exactly: bytes.number(at: start + 40, as: UInt64.self))
        else { return nil }
        let words = (
            bytes.number(at: start + 8, as: UInt64.self),
            bytes.number(at: start + 16, as: UInt64.self)
        )
        let end = bytes.number(at: start + 48, as: UInt64.self)
        self.init(
            journal: MessageID(words: words),
            file: file,
            firstSequence: firstSequence,
            firstPosition: firstPosition,
            previousEnd: end == 0
                ? nil : LogPlace(file: Int(end >> 32), offset: Int(end & 0xFFFF_FFFF))
        )
    }
}
