/// IPv4 addresses in every form that browsers take: one to four numbers, decimal, octal with a
/// leading zero, or hexadecimal with a leading `0x` (URL standard, 3.5).
enum IPv4Address {
    /// Whether a host ends in a number, and so is an address or nothing.
    static func isMeant(by host: String) -> Bool {
        guard let last = parts(of: host).last, !last.isEmpty else { return false }
        return last.allSatisfy(\.isDigit) || number(last) != nil
    }

    /// The address; `nil` when a number is missing, no number or too large.
    static func value(of host: String) -> UInt32? {
        let parts = parts(of: host)
        guard parts.count <= 4 else { return nil }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count, let last = numbers.last,
            numbers.dropLast().allSatisfy({ $0 <= 255 }),
            last < UInt64(1) << (8 * UInt64(5 - numbers.count))
        else { return nil }
        var address = last
        for (index, number) in numbers.dropLast().enumerated() {
            address += number << UInt64(8 * (3 - index))
        }
        return UInt32(truncatingIfNeeded: address)
    }

    static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
    }

    /// The parts between the dots, without the empty one behind a final dot.
    private static func parts(of host: String) -> [Substring.UTF8View] {
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isClosed = parts.count > 1 && parts.last?.isEmpty == true
        return (isClosed ? Array(parts.dropLast()) : parts)
    }

    /// The value of one part, at most 2^32; larger ones count as that.
    private static func number(_ part: Substring.UTF8View) -> UInt64? {
        guard !part.isEmpty else { return nil }
        var (digits, radix) = (part[...], UInt64(10))
        if part.count >= 2, part.first == UInt8(ascii: "0") {
            let isHexadecimal = part.dropFirst().first?.lowercased == UInt8(ascii: "x")
            (digits, radix) = isHexadecimal ? (part.dropFirst(2), 16) : (part.dropFirst(), 8)
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = byte.hexadecimalValue, digit < radix else { return nil }
            value = min(value * radix + UInt64(digit), 1 << 32)
        }
        return value
    }
}
