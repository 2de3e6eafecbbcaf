/// The identity of a message: a UUID of version 7 (RFC 9562), so that identifiers ascend in time.
///
/// It stays the same over attempts; a replay makes a new message.
package struct MessageID: Sendable, Hashable, Comparable, CustomStringConvertible {
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
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        let dashes = [8, 13, 18, 23]
        let utf8 = Array(text.utf8)
        guard utf8.count == 36, digits.count == 32,
            dashes.allSatisfy({ utf8[$0] == UInt8(ascii: "-") }),
            let high = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
            let low = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16),
            utf8.contains(UInt8(ascii: "+")) == false
        else { return nil }
        self.high = high
        self.low = low
    }

    /// Reads the 16 bytes of a UUID in network order; `nil` when there are not 16.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The 16 bytes of the UUID in network order.
    package var bytes: [UInt8] {
        [high, low].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
        }
    }

    /// The instant in the identifier, in milliseconds since 1970-01-01 UTC.
    package var milliseconds: Int { Int(high >> 16) }

    /// The canonical text: lower case, with dashes.
    package var description: String {
        let hex = [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        let utf8 = Array(hex.utf8)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(decoding: utf8[$0], as: UTF8.self) }
            .joined(separator: "-")
    }

    package static func < (left: MessageID, right: MessageID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension MessageID: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        let text = try reader.string()
        guard let id = MessageID(text) else {
            throw reader.invalid("\(text.prefix(80)) is not a UUID.")
        }
        self = id
    }

    package func write(to writer: inout JSONWriter) {
        writer.string(description)
    }
}
