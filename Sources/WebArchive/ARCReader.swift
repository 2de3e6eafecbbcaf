/// Reads a .arc or .arc.gz file, the Internet Archive's format before WARC, record by record, in
/// memory bounded by the block limit.
///
/// Versions 1 and 2 of "ARC File Format" (M. Burner, B. Kahle, 1996) are read. Each record comes
/// as a `WARCRecord` of the type `response`, or `warcinfo` for the description of the file, so
/// that the rest of the program knows one kind of archive. Damage is reported as an entry, and
/// reading goes on with the next line that begins a record.
package struct ARCReader: ~Copyable {
    private var source: ArchiveBytes
    private let blockLimitBytes: Int
    private var buffer: [UInt8] = []
    private var cursor = 0
    /// Position in the unpacked stream of `buffer[0]`.
    private var bufferPosition = 0
    /// Where the last member starts: position in the unpacked stream, offset in the file.
    private var members: [(position: Int, offset: Int)] = []
    private var isAtEnd = false
    private var pendingDamage: WARCReader.Entry?
    /// Whether lines are passed over until one begins a record.
    private var isSeeking = false
    /// Bytes of an oversized block that are still to be passed over.
    private var bytesToDrop = 0

    /// Reads a file; `-` is the standard input.
    ///
    /// - Throws: `fileUnreadable`.
    package init(
        path: String,
        blockLimitBytes: Int = WebArchiveLimits.blockBytes
    ) throws(WebArchiveFailure) {
        self.blockLimitBytes = blockLimitBytes
        source = try ArchiveBytes(path: path)
    }

    /// Reads what `source` gives piece by piece: none at the end, else up to as many bytes as it
    /// is asked for.
    package init(
        blockLimitBytes: Int = WebArchiveLimits.blockBytes,
        source: @escaping (_ maxBytes: Int) throws(WebArchiveFailure) -> [UInt8]
    ) {
        self.blockLimitBytes = blockLimitBytes
        self.source = ArchiveBytes(source: source)
    }

    /// The next record or damage; `nil` at the end of the file.
    ///
    /// - Throws: `fileUnreadable` only.
    package mutating func next() throws(WebArchiveFailure) -> WARCReader.Entry? {
        while true {
            if let entry = step() { return entry }
            if let damage = pendingDamage {
                (cursor, bytesToDrop, isSeeking) = (buffer.count, 0, false)
                pendingDamage = nil
                return damage
            }
            guard !isAtEnd else { return nil }
            try fill()
        }
    }

    /// Goes on as far as the buffer allows; `nil` when more bytes are needed, or none are left.
    private mutating func step() -> WARCReader.Entry? {
        while cursor < buffer.count {
            if bytesToDrop > 0 {
                let count = min(bytesToDrop, buffer.count - cursor)
                cursor += count
                bytesToDrop -= count
                continue
            }
            if buffer[cursor] == 0x0A || buffer[cursor] == 0x0D {
                cursor += 1
                continue
            }
            guard let lineEnd = endOfLine() else { return nil }
            switch ARCHeader.read(buffer[cursor..<lineEnd]) {
            case .none:
                defer { pass(lineEnd) }
                guard !isSeeking else { continue }
                isSeeking = true
                return damage(.notWARC, "No ARC record begins where one should.")
            case .lengthInvalid(let text):
                defer { pass(lineEnd) }
                isSeeking = true
                return damage(.lengthInvalid, "The record's length is \(text.prefix(40)).")
            case .header(let header):
                guard let entry = record(header, from: min(lineEnd + 1, buffer.count))
                else { return nil }
                return entry
            }
        }
        return nil
    }

    private mutating func pass(_ lineEnd: Int) { cursor = min(lineEnd + 1, buffer.count) }

    /// Index of the line end at or behind the cursor; the end of the file and the limit of a head
    /// end a line too.
    private func endOfLine() -> Int? {
        let window = buffer[cursor...].prefix(WebArchiveLimits.headBytes)
        if let end = window.firstIndex(of: 0x0A) { return end }
        let isLast = isAtEnd || pendingDamage != nil
        return isLast || window.count == WebArchiveLimits.headBytes ? window.endIndex : nil
    }

    private mutating func record(_ header: ARCHeader, from start: Int) -> WARCReader.Entry? {
        guard header.lengthBytes <= blockLimitBytes else {
            let sentence =
                "The record has \(header.lengthBytes) bytes; the limit is \(blockLimitBytes)."
            let found = damage(.tooLarge, sentence)
            (cursor, bytesToDrop, isSeeking) = (start, header.lengthBytes, false)
            return found
        }
        let end = start + header.lengthBytes
        guard end <= buffer.count else {
            guard isAtEnd || pendingDamage != nil else { return nil }
            let found = damage(.truncated, "The file ends inside a record.")
            // A length that is too large may have swallowed records that are whole.
            (cursor, isSeeking) = (start, true)
            return found
        }
        let entry = WARCReader.Entry(
            offset: fileOffset,
            content: .success(header.record(Array(buffer[start..<end])))
        )
        (cursor, isSeeking) = (end, false)
        return entry
    }

    private mutating func fill() throws(WebArchiveFailure) {
        if cursor > 0, cursor >= buffer.count / 2 {
            buffer.removeFirst(cursor)
            bufferPosition += cursor
            cursor = 0
            members.removeFirst(members.lastIndex { $0.position <= bufferPosition } ?? 0)
        }
        switch try source.next() {
        case .end: isAtEnd = true
        case .damage(let failure, let offset):
            pendingDamage = WARCReader.Entry(offset: offset, content: .failure(failure))
        case .bytes(let bytes, let memberOffset):
            if let memberOffset, members.last?.offset != memberOffset {
                members.append((bufferPosition + buffer.count, memberOffset))
            }
            buffer.append(contentsOf: bytes)
        }
    }

    private var fileOffset: Int {
        let position = bufferPosition + cursor
        return members.last { $0.position <= position }?.offset ?? position
    }

    private func damage(_ code: WebArchiveFailure.Code, _ message: String) -> WARCReader.Entry {
        let failure = WebArchiveFailure(code, message)
        return WARCReader.Entry(offset: fileOffset, content: .failure(failure))
    }
}

/// The line that begins an ARC record.
///
/// Version 1: `URL IP-address Archive-date Content-type Archive-length`. Version 2 has result
/// code, checksum, location, offset and file name before the length. Some tools left spaces in the
/// URL as they were, so that a line is read from its end.
struct ARCHeader: Equatable {
    /// What a line is.
    enum Reading: Equatable {
        case none
        case lengthInvalid(String)
        case header(ARCHeader)
    }

    let url: String
    /// RFC 3339 in UTC.
    let date: String
    let contentType: String
    let lengthBytes: Int

    /// A length above this, 1 TiB, is a mistake and not a record.
    private static let lengthMax = 1 << 40

    static func read(_ line: ArraySlice<UInt8>) -> Reading {
        let words = String(decoding: line, as: UTF8.self)
            .split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
        // Version 1 has the date two words before the length, version 2 seven.
        for distance in [2, 7] {
            let index = words.count - 1 - distance
            guard index >= 2, let date = date(words[index]), words[0].contains(":"),
                let last = words.last
            else { continue }
            guard let length = Int(last), 0...lengthMax ~= length else {
                return .lengthInvalid(String(last))
            }
            let header = ARCHeader(
                url: words[..<(index - 1)].joined(separator: " "),
                date: date,
                contentType: String(words[index + 1]),
                lengthBytes: length
            )
            return .header(header)
        }
        return .none
    }

    /// `20140216050221` as `2014-02-16T05:02:21Z`; some tools wrote decimals of the second too.
    private static func date(_ word: Substring) -> String? {
        guard 14...20 ~= word.utf8.count, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        let digits = Array(word)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
            + "T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
    }

    /// The record with its block, as WARC has it.
    func record(_ block: [UInt8]) -> WARCRecord {
        let isDescription = url.hasPrefix("filedesc:")
        let fields = [
            HeaderField("WARC-Type", isDescription ? "warcinfo" : "response"),
            HeaderField("WARC-Target-URI", url), HeaderField("WARC-Date", date),
            HeaderField("Content-Type", contentType),
            HeaderField("Content-Length", String(block.count)),
        ]
        return WARCRecord(fields: fields, block: block)
    }
}
