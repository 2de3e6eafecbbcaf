import Foundation

/// Text as messages carry it: NFC, single spaces, no control characters, and of the invisible ones
/// only those that change how the others look: joiners in words, direction marks beside letters
/// that are written from the right.
enum NormalText {
    /// Normalises UTF-8 bytes; malformed sequences become U+FFFD.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        let mayBeDecomposed = fold(Array(bytes), into: &folded)
        return mayBeDecomposed ? composed(folded) : String(decoding: folded, as: UTF8.self)
    }

    /// NFC, made piece by piece: Foundation moves the rest of its text at each change.
    private static func composed(_ bytes: [UInt8]) -> String {
        var text = ""
        text.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            let end = pieceEnd(in: bytes, from: start)
            text +=
                String(decoding: bytes[start..<end], as: UTF8.self)
                .precomposedStringWithCanonicalMapping
            start = end
        }
        return text
    }

    /// Where a piece may end: in front of ASCII, which joins nothing before it; after too long a
    /// run without ASCII, which is no text of any language, in front of any character.
    private static func pieceEnd(in bytes: [UInt8], from start: Int) -> Int {
        var end = min(bytes.count, start + pieceBytes)
        let last = min(bytes.count, start + pieceBytesMax)
        while end < last, bytes[end] >= 0x80 { end += 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    private static let pieceBytes = 512
    private static let pieceBytesMax = 8192

    /// Normalises a string.
    static func string(_ text: some StringProtocol) -> String { string(text.utf8) }

    /// The longest start of a text that fits the number of bytes and ends at a character.
    static func prefix(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit, limit > 0 else { return limit > 0 ? text : "" }
        var end = limit
        let utf8 = Array(text.utf8.prefix(limit + 1))
        while end > 0, utf8[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }

    /// Folds white space and drops invisible characters; says whether the text may not be NFC.
    private static func fold(_ bytes: [UInt8], into folded: inout [UInt8]) -> Bool {
        var mayBeDecomposed = false
        var needsSpace = false
        var isFromRight: Bool?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let invisible = byte < 0xC2 ? (byte <= 0x20 || byte == 0x7F ? 1 : 0) : 0
            if invisible == 1 {
                needsSpace = needsSpace || byte.isSpace
                index += 1
                continue
            }
            if byte == 0xE2, !folded.isEmpty, isShaping(bytes, index, &isFromRight) {
                // Kept as it stands, like the letters around it.
            } else if byte >= 0xC2, let blank = blank(bytes, index) {
                needsSpace = needsSpace || blank.isSpace
                index += blank.length
                continue
            }
            if needsSpace {
                if !folded.isEmpty { folded.append(0x20) }
                needsSpace = false
            }
            mayBeDecomposed = mayBeDecomposed || isUnsafeLead(byte)
            let start = index
            index += 1
            // Most text is runs of printable ASCII, which are taken as they are.
            while index < bytes.count, 0x21...0x7E ~= bytes[index] { index += 1 }
            folded += bytes[start..<index]
        }
        // Behind the last letter nothing is left to shape.
        while true {
            if isShaping(folded, folded.count - 3, &isFromRight) {
                folded.removeLast(3)
            } else if folded.last == 0x20 {
                folded.removeLast()
            } else {
                return mayBeDecomposed
            }
        }
    }

    /// Whether an invisible character that changes its neighbours starts at an index: U+200C and
    /// U+200D, which Persian, Indian scripts and emoji are written with; in a text with letters
    /// from the right, which is looked for once, also U+200E, U+200F, U+202A…U+202E, U+2066…U+2069.
    private static func isShaping(
        _ bytes: [UInt8],
        _ index: Int,
        _ isFromRight: inout Bool?
    ) -> Bool {
        guard index >= 0, index + 2 < bytes.count, bytes[index] == 0xE2 else { return false }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x80, 0x8C...0x8D): return true
        case (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9):
            // Hebrew, Arabic, Syriac, Thaana and N'Ko.
            let isFound = isFromRight ?? bytes.contains { 0xD7...0xDF ~= $0 }
            isFromRight = isFound
            return isFound
        default: return false
        }
    }

    /// Spaces and invisible characters beyond ASCII that start at an index.
    ///
    /// U+00A0, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F and U+3000 are spaces; U+00AD,
    /// U+200B…U+200F, U+202A…U+202E, U+2060…U+2069 and U+FEFF are nothing, but see `isShaping`.
    private static func blank(_ bytes: [UInt8], _ index: Int) -> (length: Int, isSpace: Bool)? {
        guard index + 1 < bytes.count else { return nil }
        let (first, second) = (bytes[index], bytes[index + 1])
        if first == 0xC2 {
            if second == 0xA0 || second == 0x85 { return (2, true) }
            return second == 0xAD || second < 0xA0 ? (2, false) : nil
        }
        guard index + 2 < bytes.count else { return nil }
        let third = bytes[index + 2]
        switch (first, second) {
        case (0xE2, 0x80):
            if third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF { return (3, true) }
            return 0x8B...0x8F ~= third || 0xAA...0xAE ~= third ? (3, false) : nil
        case (0xE2, 0x81):
            if third == 0x9F { return (3, true) }
            return 0xA0...0xA9 ~= third ? (3, false) : nil
        case (0xE3, 0x80): return third == 0x80 ? (3, true) : nil
        case (0xEF, 0xBB): return third == 0xBF ? (3, false) : nil
        default: return nil
        }
    }

    /// Bytes that may start a character which NFC changes; Latin, Cyrillic, general punctuation and
    /// Chinese characters never do.
    private static func isUnsafeLead(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0xCC, 0xCF...0xD3, 0xE2, 0xE4...0xE9: false
        case 0xF0...: false
        default: true
        }
    }
}
