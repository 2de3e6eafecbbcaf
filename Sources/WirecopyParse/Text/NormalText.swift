import Foundation

/// Text as messages carry it: NFC, single spaces, no control or invisible characters.
enum NormalText {
    /// Normalises UTF-8 bytes; malformed sequences become U+FFFD.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        let mayBeDecomposed = fold(Array(bytes), into: &folded)
        let text = String(decoding: folded, as: UTF8.self)
        return mayBeDecomposed ? text.precomposedStringWithCanonicalMapping : text
    }

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
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let invisible = byte < 0xC2 ? (byte <= 0x20 || byte == 0x7F ? 1 : 0) : 0
            if invisible == 1 {
                needsSpace = needsSpace || byte.isSpace
                index += 1
                continue
            }
            if byte >= 0xC2, let blank = blank(bytes, index) {
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
        return mayBeDecomposed
    }

    /// Spaces and invisible characters beyond ASCII that start at an index.
    ///
    /// U+00A0, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F and U+3000 are spaces; U+00AD,
    /// U+200B…U+200F, U+202A…U+202E, U+2060…U+2069 and U+FEFF are nothing.
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
