/// Reads a .warc or .warc.gz file record by record, in memory bounded by the block limit.
///
/// Damage is reported as an entry, and reading goes on with the next record that can be found.
package struct WARCReader: ~Copyable {
    /// What was found at a place of the file.
    package struct Entry: Sendable {
        /// Offset in bytes of the record; in a compressed file, of its gzip member.
        package let offset: Int
        /// The record, or what is wrong there.
        package let content: Result<WARCRecord, WebArchiveFailure>
    }

    private var source: ArchiveBytes
    private let blockLimitBytes: Int
    private var buffer: [UInt8] = []
    private var cursor = 0
    /// Position in the unpacked stream of `buffer[0]`.
    private var bufferPosition = 0
    /// Where members start: position in the unpacked stream, offset in the file.
    private var members: [(position: Int, offset: Int)] = []
    private var isAtEnd = false
    private var pendingDamage: Entry?
    /// The head at the cursor, when it has been read; `blockStart` counts from the cursor.
    private var head: WARCRecord.Head?
    /// Bytes of an oversized block that are still to be passed over.
    private var bytesToDrop = 0
    private var isSeeking = false

    /// Reads a file from an offset on, where a record or its gzip member must begin; `-` is the
    /// standard input.
    ///
    /// - Throws: `fileUnreadable`.
    package init(
        path: String,
        offset: Int = 0,
        blockLimitBytes: Int = WebArchiveLimits.blockBytes
    ) throws(WebArchiveFailure) {
        self.blockLimitBytes = blockLimitBytes
        source = try ArchiveBytes(path: path, offset: offset)
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
    package mutating func next() throws(WebArchiveFailure) -> Entry? {
        while true {
            if let entry = step() { return entry }
            if let damage = pendingDamage {
                forgetBuffer()
                pendingDamage = nil
                return damage
            }
            guard !isAtEnd else { return lastEntry() }
            try fill()
        }
    }

    /// Goes on as far as the buffer allows; `nil` when more bytes are needed.
    private mutating func step() -> Entry? {
        if bytesToDrop > 0 { dropBlock() }
        if isSeeking { seek() }
        guard bytesToDrop == 0, !isSeeking else { return nil }
        if head == nil {
            skipLineEnds()
            if let failure = readHead() { return failure }
        }
        guard let head else { return nil }
        guard head.blockBytes <= blockLimitBytes else {
            let found = damage(
                .tooLarge,
                "The record has \(head.blockBytes) bytes; the limit is \(blockLimitBytes)."
            )
            cursor += head.blockStart
            bytesToDrop = head.blockBytes
            self.head = nil
            return found
        }
        return record(head)
    }

    private mutating func readHead() -> Entry? {
        guard cursor < buffer.count else { return nil }
        do throws(WebArchiveFailure) {
            let window = buffer[cursor...].prefix(WebArchiveLimits.headBytes)
            guard let found = try WARCRecord.head(window) else { return nil }
            head = WARCRecord.Head(
                fields: found.fields,
                blockBytes: found.blockBytes,
                blockStart: found.blockStart - cursor
            )
            return nil
        } catch {
            let found = damage(error)
            cursor += 1
            isSeeking = true
            return found
        }
    }

    private mutating func record(_ head: WARCRecord.Head) -> Entry? {
        let blockStart = cursor + head.blockStart
        let blockEnd = blockStart + head.blockBytes
        // After the block come two line ends or at least the next record; if not, the length was
        // wrong.
        let closingBytes = "\r\n\r\nWARC/".utf8.count
        let isSourceDry = isAtEnd || pendingDamage != nil
        guard blockEnd + closingBytes <= buffer.count || isSourceDry else { return nil }
        guard blockEnd <= buffer.count else { return nil }
        self.head = nil
        guard Self.isClosing(buffer[blockEnd...].prefix(closingBytes)) else {
            let found = damage(
                .lengthInvalid,
                "The record's length is \(head.blockBytes) bytes, but no record follows there."
            )
            cursor = blockStart
            isSeeking = true
            return found
        }
        let record = WARCRecord(fields: head.fields, block: Array(buffer[blockStart..<blockEnd]))
        defer { cursor = blockEnd }
        return Entry(offset: fileOffset, content: .success(record))
    }

    private static func isClosing(_ bytes: ArraySlice<UInt8>) -> Bool {
        let rest = bytes.drop { $0 == 0x0D || $0 == 0x0A }
        return rest.elementsEqual("WARC/".utf8.prefix(rest.count))
            || bytes.starts(with: "\r\n\r\n".utf8) || bytes.starts(with: "\n\n".utf8)
    }

    /// What is left when the file has ended.
    private mutating func lastEntry() -> Entry? {
        guard cursor < buffer.count, !isSeeking else { return nil }
        let found = damage(.truncated, "The file ends inside a record.")
        // A length that is too large may have swallowed records that are whole.
        cursor += head?.blockStart ?? 1
        head = nil
        isSeeking = true
        return found
    }

    private mutating func fill() throws(WebArchiveFailure) {
        compact()
        switch try source.next() {
        case .end:
            isAtEnd = true
        case .damage(let failure, let offset):
            pendingDamage = Entry(offset: offset, content: .failure(failure))
        case .bytes(let bytes, let memberOffset):
            if let memberOffset, members.last?.offset != memberOffset {
                members.append((bufferPosition + buffer.count, memberOffset))
            }
            buffer.append(contentsOf: bytes)
        }
    }

    /// Frees what has been read, in steps large enough that copying stays cheap.
    private mutating func compact() {
        guard cursor > 0, cursor >= buffer.count / 2 else { return }
        buffer.removeFirst(cursor)
        bufferPosition += cursor
        cursor = 0
        let passed = members.lastIndex { $0.position <= bufferPosition } ?? 0
        members.removeFirst(passed)
    }

    private mutating func forgetBuffer() {
        cursor = buffer.count
        head = nil
        bytesToDrop = 0
        isSeeking = false
    }

    private mutating func dropBlock() {
        let count = min(bytesToDrop, buffer.count - cursor)
        cursor += count
        bytesToDrop -= count
    }

    private mutating func skipLineEnds() {
        while cursor < buffer.count, buffer[cursor] == 0x0D || buffer[cursor] == 0x0A {
            cursor += 1
        }
    }

    /// Goes on to the next `WARC/` and a digit, or to the last bytes of the buffer that may be
    /// their beginning.
    private mutating func seek() {
        let mark = Array("WARC/".utf8)
        while cursor + mark.count < buffer.count {
            if buffer[cursor] == mark[0], buffer[cursor...].starts(with: mark),
                0x30...0x39 ~= buffer[cursor + mark.count]
            {
                isSeeking = false
                return
            }
            cursor += 1
        }
    }

    private var fileOffset: Int {
        let position = bufferPosition + cursor
        return members.last { $0.position <= position }?.offset ?? position
    }

    private func damage(_ code: WebArchiveFailure.Code, _ message: String) -> Entry {
        damage(WebArchiveFailure(code, message))
    }

    private func damage(_ failure: WebArchiveFailure) -> Entry {
        Entry(offset: fileOffset, content: .failure(failure))
    }
}
