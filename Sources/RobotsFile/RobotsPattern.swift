/// A pattern of paths: `*` stands for any bytes, `$` at the end for the end (RFC 9309, 2.2.3).
///
/// The standard compares with needless percent-encodings undone; Google, and the published cases,
/// compare what is written. What is forbidden in either reading is forbidden, and what is allowed
/// in Google's is allowed.
package struct RobotsPattern: Sendable, Hashable {
    /// The pattern as it is written.
    package let text: String
    /// Bytes as they are written, with what is not ASCII percent-encoded: the longest pattern that
    /// matches wins.
    let priority: Int
    /// What must come in this order; the first at the beginning.
    private let pieces: [[UInt8]]
    /// The same in the standard's reading.
    private let plainPieces: [[UInt8]]
    private let isAnchored: Bool

    /// Reads a pattern.
    package init(_ text: String) { self.init(Array(text.utf8)[...]) }

    init(_ bytes: ArraySlice<UInt8>) {
        text = String(decoding: bytes, as: UTF8.self)
        priority = bytes.reduce(0) { $0 + ($1 < 0x80 ? 1 : 3) }
        isAnchored = bytes.last == UInt8(ascii: "$")
        let body = isAnchored ? bytes.dropLast() : bytes
        let parts = body.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        pieces = parts.map { RobotsPath.normal($0, .written, encodes: true) }
        plainPieces = parts.map { RobotsPath.normal($0, .plain, encodes: true) }
    }

    /// Whether nothing stands in it; such a rule forbids nothing.
    var isEmpty: Bool { priority == 0 }

    /// Whether it matches a path.
    ///
    /// - Parameters:
    ///   - path: what is asked for.
    ///   - reading: as it is written, or with needless percent-encodings undone.
    ///   - budget: comparisons of bytes that may still be spent; lowered by what it took.
    /// - Returns: `nil` when the budget did not suffice.
    func matches(_ path: RobotsPath, _ reading: RobotsPath.Reading, budget: inout Int) -> Bool? {
        let bytes = reading == .written ? path.written : path.plain
        let pieces = reading == .written ? pieces : plainPieces
        guard let first = pieces.first else { return true }
        budget -= first.count
        guard bytes.starts(with: first) else { return budget < 0 ? nil : false }
        var position = first.count
        let later = pieces.dropFirst()
        guard let last = later.last else { return !isAnchored || position == bytes.count }
        for piece in isAnchored ? later.dropLast() : later {
            guard let end = Self.end(of: piece, in: bytes, from: position, &budget) else {
                return budget < 0 ? nil : false
            }
            position = end
        }
        guard isAnchored else { return true }
        budget -= last.count
        return bytes.count - position >= last.count && bytes.suffix(last.count) == last[...]
    }

    /// Index behind the first place of a piece, which may be empty.
    private static func end(
        of piece: [UInt8],
        in bytes: [UInt8],
        from start: Int,
        _ budget: inout Int
    ) -> Int? {
        guard let first = piece.first else { return start }
        guard bytes.count - start >= piece.count else { return nil }
        for place in start...(bytes.count - piece.count) {
            budget -= 1
            guard bytes[place] == first else { continue }
            var length = 1
            while length < piece.count, bytes[place + length] == piece[length] { length += 1 }
            budget -= length
            if length == piece.count { return place + length }
            guard budget >= 0 else { return nil }
        }
        return nil
    }
}

/// A path with its query, made ready to be compared.
package struct RobotsPath: Sendable, Hashable {
    /// How percent-encodings are compared.
    enum Reading {
        /// With capital digits, and else as they are.
        case written
        /// With those of unreserved characters undone (RFC 9309, 2.2.2).
        case plain
    }

    let written: [UInt8]
    let plain: [UInt8]

    /// Takes path and query as they stand in the request; a slash is added in front of what has
    /// none.
    package init(_ target: String) {
        let bytes = Array((target.hasPrefix("/") ? target : "/" + target).utf8)[...]
        written = Self.normal(bytes, .written, encodes: false)
        plain = Self.normal(bytes, .plain, encodes: true)
    }

    /// Bytes with one way to write each character; `encodes` says whether what is not ASCII is
    /// percent-encoded.
    static func normal(_ bytes: ArraySlice<UInt8>, _ reading: Reading, encodes: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            {
                let decoded = high << 4 | low
                let isPlain = reading == .plain && isUnreserved(decoded)
                if isPlain { output.append(decoded) } else { encode(decoded, &output) }
                index += 3
                continue
            }
            // Both mean something in patterns, where they are encoded when they mean themselves.
            let isSign = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "$")
            if isSign || byte >= 0x80 && encodes {
                encode(byte, &output)
            } else {
                output.append(byte)
            }
            index += 1
        }
        return output
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func encode(_ byte: UInt8, _ output: inout [UInt8]) {
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
