extension WARCRecord {
    /// The head of a record and how long its block is.
    struct Head {
        let fields: [HeaderField]
        let blockBytes: Int
        /// Index of the block's first byte.
        let blockStart: Int
    }

    /// Reads exactly one record; what follows its block may only be line ends.
    ///
    /// - Throws: `notWARC`, `headBroken`, `lengthInvalid`, `truncated`.
    package init(bytes: [UInt8]) throws(WebArchiveFailure) {
        guard let head = try Self.head(bytes[...]) else {
            throw WebArchiveFailure(.truncated, "The record ends inside its head.")
        }
        let rest = bytes.count - head.blockStart
        guard head.blockBytes <= rest else {
            throw WebArchiveFailure(
                .truncated,
                "The record's block should have \(head.blockBytes) bytes and has \(rest)."
            )
        }
        let blockEnd = head.blockStart + head.blockBytes
        guard bytes[blockEnd...].allSatisfy({ $0 == 0x0D || $0 == 0x0A }) else {
            throw WebArchiveFailure(
                .lengthInvalid,
                "\(bytes.count - blockEnd) bytes follow the record of \(head.blockBytes) bytes."
            )
        }
        self.init(fields: head.fields, block: Array(bytes[head.blockStart..<blockEnd]))
    }

    /// Reads the head of a record that starts at the first byte.
    ///
    /// - Returns: `nil` when the bytes end inside the head.
    /// - Throws: `notWARC`, `headBroken`, `lengthInvalid`.
    static func head(_ bytes: ArraySlice<UInt8>) throws(WebArchiveFailure) -> Head? {
        let mark = Array("WARC/".utf8)
        guard bytes.prefix(mark.count).elementsEqual(mark.prefix(bytes.count)) else {
            throw WebArchiveFailure(.notWARC, "There is no WARC version where a record starts.")
        }
        guard let head = try HeadReader.read(bytes) else { return nil }
        guard let text = head.fields["Content-Length"] else {
            throw WebArchiveFailure(.lengthInvalid, "The record does not say its length.")
        }
        guard let length = Int(text), 0...lengthMax ~= length else {
            throw WebArchiveFailure(.lengthInvalid, "The record's length is \(text.prefix(40)).")
        }
        return Head(fields: head.fields, blockBytes: length, blockStart: head.end)
    }

    /// A length above this, 1 TiB, is a mistake and not a record.
    private static let lengthMax = 1 << 40
}
