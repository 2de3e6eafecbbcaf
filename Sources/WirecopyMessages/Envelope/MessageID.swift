/// The identity of a message: a UUID of version 7 (RFC 9562), so that identifiers ascend in time.
///
/// It stays the same over attempts; a replay makes a new message.
package struct MessageID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Bytes of the canonical text.
    static let textBytes = 36

    private let high: UInt64
    private let low: UInt64

    /// Makes an identifier from an instant and random bits.
    ///
    /// - Parameters:
    ///   - milliseconds: since 1970-01-01 UTC; only the low 48 bits are used.
    ///   - generator: source of the other 74 bits.
    package init(
        milliseconds: Int,
        using generator: inout some RandomNumberGenerator
    ) {
        let time = UInt64(truncatingIfNeeded: milliseconds) << 16
        high = time | 0x7000 | (generator.next() & 0x0FFF)
        low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
    }

    /// Reads the 36 characters of a UUID in lower or upper case; `nil` for anything else.
    package init?(_ text: String) {
        self.init(ascii: Array(text.utf8).span)
    }

    /// Reads the 36 bytes of a UUID's text; `nil` for anything else.
    init?(ascii bytes: Span<UInt8>) {
        guard bytes.count == Self.textBytes else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var fault: UInt64 = 0
        for index in 0..<Self.textBytes {
            let byte = UInt64(bytes[index])
            if Self.isDash(index) {
                fault |= byte ^ UInt64(UInt8(ascii: "-"))
                continue
            }
            // Random digits would mislead a branch, so the digit is computed: the bits of a letter
            // say 1 to 6, and what is written for the digit must be what was read.
            let isLetter = byte >> 6 & 1
            let digit = byte & 15 &+ isLetter &* 9
            let isAboveNine = (9 &- digit) >> 63
            fault |= digit & ~15
            fault |= (byte | isLetter << 5) ^ (digit &+ 48 &+ isAboveNine &* 39)
            words.high = words.high << 4 | words.low >> 60
            words.low = words.low << 4 | digit & 15
        }
        guard fault == 0 else { return nil }
        (high, low) = words
    }

    /// Reads the 16 bytes of a UUID in network order; `nil` when there are not 16.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Joins the two halves of a UUID, the first one first.
    package init(words: (UInt64, UInt64)) { (high, low) = words }

    /// The two halves of the UUID, the first one first.
    package var words: (UInt64, UInt64) { (high, low) }

    /// The 16 bytes of the UUID in network order.
    package var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            for index in 0..<16 {
                let word = index < 8 ? high : low
                let shift = 56 &- 8 &* UInt64(index & 7)
                unsafe buffer.initializeElement(
                    at: index,
                    to: UInt8(truncatingIfNeeded: word >> shift)
                )
            }
            count = 16
        }
    }

    /// The instant in the identifier, in milliseconds since 1970-01-01 UTC.
    package var milliseconds: Int { Int(high >> 16) }

    /// The canonical text: lower case, with dashes.
    package var description: String {
        var text: [UInt8] = []
        appendText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the canonical text's 36 bytes.
    func appendText(to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + Self.textBytes)
        var rest = (high: high, low: low)
        for index in 0..<Self.textBytes {
            guard !Self.isDash(index) else {
                bytes.append(UInt8(ascii: "-"))
                continue
            }
            let digit = UInt8(truncatingIfNeeded: rest.high >> 60)
            rest = (rest.high << 4 | rest.low >> 60, rest.low << 4)
            bytes.append(digit &+ 48 &+ (digit > 9 ? 39 : 0))
        }
    }

    private static func isDash(_ index: Int) -> Bool {
        index == 8 || index == 13 || index == 18 || index == 23
    }

    package static func < (left: MessageID, right: MessageID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension MessageID: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        if let id = reader.plainString({ MessageID(ascii: $0) }) {
            self = id
            return
        }
        let text = try reader.string()
        guard let id = MessageID(text) else {
            throw reader.invalid("\(text.prefix(80)) is not a UUID.")
        }
        self = id
    }

    package func write(to writer: inout JSONWriter) {
        writer.plainString { appendText(to: &$0) }
    }
}
