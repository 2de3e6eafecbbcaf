import Foundation

/// Text as messages carry it: NFC, single spaces, no control characters, and of the invisible ones
/// only those that change how the others look: joiners in words, direction marks beside letters
/// that are written from the right.
enum NormalText {
    /// Normalises UTF-8 bytes; malformed sequences become U+FFFD.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        let (folded, mayBeDecomposed) =
            bytes.withContiguousStorageIfAvailable { fold(unsafe $0.span) }
            ?? fold(Array(bytes).span)
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
    private static func fold(_ bytes: Span<UInt8>) -> (folded: [UInt8], mayBeDecomposed: Bool) {
        var mayBeDecomposed = false
        var isFromRight: Bool?
        var folded = [UInt8](roomFor: bytes.count) { folded in
            var needsSpace = false
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte <= 0x20 || byte == 0x7F {
                    needsSpace = needsSpace || byte.isSpace
                    index += 1
                    continue
                }
                if byte == 0xE2, folded.count > 0, isShaping(bytes, index, &isFromRight) {
                    // Kept as it stands, like the letters around it.
                } else if byte >= 0xC2, let blank = blank(bytes, index) {
                    needsSpace = needsSpace || blank.isSpace
                    index += blank.length
                    continue
                }
                if needsSpace {
                    if folded.count > 0 { folded.append(0x20) }
                    needsSpace = false
                }
                mayBeDecomposed =
                    mayBeDecomposed || (byte >= 0xCC && isUnsafe(bytes, index))
                folded.append(byte)
                index += 1
                // Most text is runs of printable ASCII, which are taken as they are.
                while index < bytes.count, bytes[index] &- 0x21 < 0x5E {
                    folded.append(bytes[index])
                    index += 1
                }
            }
        }
        // Behind the last letter nothing is left to shape.
        while let last = folded.last, last == 0x20 || last >= 0x80 {
            if last == 0x20 {
                folded.removeLast()
            } else if isShaping(folded.span, folded.count - 3, &isFromRight) {
                folded.removeLast(3)
            } else {
                break
            }
        }
        return (folded, mayBeDecomposed)
    }

    /// Whether an invisible character that changes its neighbours starts at an index: U+200C and
    /// U+200D, which Persian, Indian scripts and emoji are written with; in a text with letters
    /// from the right, which is looked for once, also U+200E, U+200F, U+202A…U+202E, U+2066…U+2069.
    private static func isShaping(
        _ bytes: Span<UInt8>,
        _ index: Int,
        _ isFromRight: inout Bool?
    ) -> Bool {
        guard index >= 0, index + 2 < bytes.count, bytes[index] == 0xE2 else { return false }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x80, 0x8C...0x8D): return true
        case (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9):
            // Hebrew, Arabic, Syriac, Thaana and N'Ko.
            let isFound = isFromRight ?? bytes.indices.contains { 0xD7...0xDF ~= bytes[$0] }
            isFromRight = isFound
            return isFound
        default: return false
        }
    }

    /// Spaces and invisible characters beyond ASCII that start at an index.
    ///
    /// U+00A0, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F and U+3000 are spaces; U+00AD,
    /// U+200B…U+200F, U+202A…U+202E, U+2060…U+2069 and U+FEFF are nothing, but see `isShaping`.
    private static func blank(_ bytes: Span<UInt8>, _ index: Int) -> (length: Int, isSpace: Bool)? {
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

    /// Whether a character that NFC may change starts at an index.
    ///
    /// Latin, Greek, Cyrillic, general punctuation, Chinese, Japanese, Korean and full-width ones
    /// never do, but for the few that are other spellings (`NFC_Quick_Check` is not Yes in
    /// DerivedNormalizationProps of Unicode 16) or marks that may stand in the wrong order.
    private static func isUnsafe(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        let lead = bytes[index]
        let second = index + 1 < bytes.count ? bytes[index + 1] : 0
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch lead {
        case 0..<0xCC, 0xCF...0xD3, 0xE2, 0xE4...0xE9, 0xEB...0xEC, 0xF0...: return false
        // U+0387.
        case 0xCE: return second == 0x87
        // U+302A…U+302F; U+3099 and U+309A, the marks of voice.
        case 0xE3:
            return (second == 0x80 && 0xAA...0xAF ~= third)
                || (second == 0x82 && 0x99...0x9A ~= third)
        // Syllables of Hangul: U+AC00…U+D7A3.
        case 0xEA: return second < 0xB0
        case 0xED: return second > 0x9E || (second == 0x9E && third > 0xA3)
        // Full-width and half-width forms: U+FF00…U+FFEF.
        case 0xEF: return second < 0xBC
        default: return true
        }
    }
}
