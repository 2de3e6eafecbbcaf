/// An IPv6 address of eight pieces (URL standard, 3.5; RFC 5952 for how it is written).
package struct IPv6Address: Sendable, Hashable {
    /// Eight numbers of 16 bits.
    package let pieces: [UInt16]

    /// Reads an address without brackets; `nil` when it is none. Zones are not taken.
    init?(_ bytes: ArraySlice<UInt8>) {
        var reader = IPv6Reader(rest: bytes)
        guard let pieces = reader.pieces() else { return nil }
        self.pieces = pieces
    }

    /// The IPv4 address that it carries: mapped (`::ffff:0:0/96`), compatible (`::/96`), NAT64
    /// (`64:ff9b::/96`) or 6to4 (`2002::/16`).
    package var embeddedIPv4: UInt32? {
        let last = UInt32(pieces[6]) << 16 | UInt32(pieces[7])
        switch (pieces[0], pieces[1], pieces[2..<5].allSatisfy { $0 == 0 }, pieces[5]) {
        case (0, 0, true, 0xFFFF): return last
        case (0, 0, true, 0) where last > 1: return last
        case (0x64, 0xFF9B, true, 0): return last
        case (0x2002, _, _, _): return UInt32(pieces[1]) << 16 | UInt32(pieces[2])
        default: return nil
        }
    }

    /// Without brackets; the first longest run of two or more zeros is written `::`.
    package var text: String {
        let zeros = longestRunOfZeros
        var text = ""
        for (index, piece) in pieces.enumerated() where !zeros.dropFirst().contains(index) {
            if index == zeros.lowerBound, !zeros.isEmpty {
                text += index == 0 ? "::" : ":"
            } else {
                text += String(piece, radix: 16) + (index == 7 ? "" : ":")
            }
        }
        return text
    }

    private var longestRunOfZeros: Range<Int> {
        var longest = 0..<0
        var start = 0
        while start < pieces.count {
            let end = pieces[start...].firstIndex { $0 != 0 } ?? pieces.count
            if end - start > max(1, longest.count) { longest = start..<end }
            start = end + 1
        }
        return longest
    }
}

/// Reads the pieces of an IPv6 address.
private struct IPv6Reader {
    var rest: ArraySlice<UInt8>
    private var numbers: [UInt16] = []
    /// Pieces before the `::`.
    private var compressedAt: Int?

    private static let colon = UInt8(ascii: ":")

    init(rest: ArraySlice<UInt8>) { self.rest = rest }

    mutating func pieces() -> [UInt16]? {
        if rest.first == Self.colon {
            guard rest.dropFirst().first == Self.colon else { return nil }
            rest = rest.dropFirst(2)
            compressedAt = 0
        }
        while !rest.isEmpty {
            guard numbers.count < 8, readPiece() else { return nil }
        }
        guard let compressedAt else { return numbers.count == 8 ? numbers : nil }
        guard numbers.count < 8 else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - numbers.count)
        return numbers[..<compressedAt] + zeros + numbers[compressedAt...]
    }

    /// Reads one piece, the compression or the IPv4 address at the end.
    private mutating func readPiece() -> Bool {
        if rest.first == Self.colon {
            guard compressedAt == nil else { return false }
            rest = rest.dropFirst()
            compressedAt = numbers.count
            return true
        }
        let digits = rest.prefix { $0.hexadecimalValue != nil }.prefix(4)
        let behind = rest.dropFirst(digits.count)
        if behind.first == UInt8(ascii: ".") {
            return !digits.isEmpty && readIPv4()
        }
        numbers.append(digits.reduce(0) { $0 << 4 | UInt16($1.hexadecimalValue ?? 0) })
        guard !behind.isEmpty else {
            rest = []
            return true
        }
        guard behind.first == Self.colon, behind.count > 1 else { return false }
        rest = behind.dropFirst()
        return true
    }

    /// Reads four decimal numbers without leading zeros.
    private mutating func readIPv4() -> Bool {
        guard numbers.count <= 6 else { return false }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        var bytes: [UInt16] = []
        for part in parts {
            guard 1...3 ~= part.count, part.allSatisfy(\.isDigit),
                part.count == 1 || part.first != UInt8(ascii: "0")
            else { return false }
            bytes.append(part.reduce(0) { $0 * 10 + UInt16($1 &- 0x30) })
        }
        guard bytes.allSatisfy({ $0 <= 255 }) else { return false }
        numbers += [bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]]
        rest = []
        return true
    }
}
