/// A line in lower case with straight quotation marks, for comparing with phrases.
struct FoldedLine: Sendable {
    /// UTF-8.
    let bytes: [UInt8]

    /// Phrases that tell boilerplate stand at its beginning.
    static let bytesMax = 600

    /// Folds a normalised line.
    init(_ line: String) {
        let utf8 = line.utf8.span
        var end = utf8.count
        if end > Self.bytesMax {
            end = Self.bytesMax
            while end > 0, utf8[end] & 0xC0 == 0x80 { end -= 1 }
        }
        bytes = Self.folded(utf8.extracting(..<end)) ?? Self.foldedByUnicode(line)
    }

    /// The folded text.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether `key` is its letters and digits, with single spaces between words.
    func hasKey(_ key: [UInt8]) -> Bool {
        var place = 0
        var isBehindWord = false
        for byte in bytes {
            guard byte.isLetter || byte.isDigit else {
                isBehindWord = place > 0
                continue
            }
            if isBehindWord {
                guard place < key.count, key[place] == 0x20 else { return false }
                place += 1
                isBehindWord = false
            }
            guard place < key.count, key[place] == byte else { return false }
            place += 1
        }
        return place == key.count
    }

    private static func foldedByUnicode(_ line: String) -> [UInt8] {
        straightened(Array(NormalText.prefix(line, bytes: bytesMax).lowercased().utf8))
    }

    /// Folds what the lines of most languages are made of: ASCII, Latin-1 and Latin Extended-A,
    /// Russian, Hebrew, Arabic, Indian scripts, Chinese, Japanese, Korean, punctuation, emoji;
    /// `nil` for anything else, whose small letters only Unicode's tables know.
    private static func folded(_ line: Span<UInt8>) -> [UInt8]? {
        var isKnown = true
        let folded = [UInt8](roomFor: line.count) { folded in
            var index = 0
            while index < line.count {
                let lead = line[index]
                if lead < 0x80 {
                    folded.append(lead.lowercased)
                    index += 1
                    continue
                }
                let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
                guard index + length <= line.count,
                    fold(line.extracting(index..<index + length), into: &folded)
                else {
                    isKnown = false
                    return
                }
                index += length
            }
        }
        return isKnown ? folded : nil
    }

    /// Folds one character beyond ASCII; false for one that only Unicode's tables know.
    private static func fold(
        _ letter: Span<UInt8>,
        into folded: inout OutputSpan<UInt8>
    ) -> Bool {
        let (lead, second) = (letter[0], letter[1])
        switch (lead, second) {
        // U+05C0…U+06FF and scripts without case, Hangul, and emoji.
        case (0xC2, _), (0xD7...0xDB, _), (0xE0, _), (0xE3...0xE9, _), (0xEB...0xED, _),
            (0xF0, 0x9F):
            for index in letter.indices { folded.append(letter[index]) }
        case (0xC3, _): folded.append(lead, latinLowercased(second))
        case (0xC4...0xC5, _):
            guard let small = extendedLatinLowercased(lead, second) else { return false }
            folded.append(small.lead, small.second)
        case (0xD0, 0x80...0x8F): folded.append(0xD1, second + 0x10)
        case (0xD0, 0x90...0x9F): folded.append(0xD0, second + 0x20)
        case (0xD0, 0xA0...0xAF): folded.append(0xD1, second - 0x20)
        case (0xD0, _), (0xD1, 0x80...0x9F): folded.append(lead, second)
        case (0xE2, 0x80):
            if let mark = straightMark(letter[2]) {
                folded.append(mark)
            } else {
                for index in letter.indices { folded.append(letter[index]) }
            }
        default: return false
        }
        return true
    }

    /// The small letter of U+0100…U+017F: `Ł` becomes `ł`; `nil` for `İ`, which becomes two
    /// characters, and `Ÿ`, whose small letter stands elsewhere.
    private static func extendedLatinLowercased(
        _ lead: UInt8,
        _ second: UInt8
    ) -> (lead: UInt8, second: UInt8)? {
        let letter = (UInt16(lead & 0x1F) << 6) | UInt16(second & 0x3F)
        let small: UInt16
        switch letter {
        case 0x130, 0x178: return nil
        case 0x131, 0x138, 0x149, 0x17F: small = letter
        case 0x139...0x148, 0x179...0x17E: small = letter + (letter & 1)
        default: small = letter | 1
        }
        return (0xC0 | UInt8(small >> 6), 0x80 | UInt8(small & 0x3F))
    }

    /// The second byte of the small letter of U+00C0…U+00FF: `À` becomes `à`, `×` stays.
    private static func latinLowercased(_ second: UInt8) -> UInt8 {
        second < 0x9F && second != 0x97 ? second + 0x20 : second
    }

    private static func straightened(_ bytes: [UInt8]) -> [UInt8] {
        var straight: [UInt8] = []
        straight.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80,
                let mark = straightMark(bytes[index + 2])
            {
                straight.append(mark)
                index += 3
            } else {
                straight.append(bytes[index])
                index += 1
            }
        }
        return straight
    }

    /// What becomes of U+2018…U+201F, by the last byte: `‘` `’` become `'`, `“` `”` become `"`.
    private static func straightMark(_ last: UInt8) -> UInt8? {
        guard 0x98...0x9F ~= last else { return nil }
        return last <= 0x9B ? 0x27 : 0x22
    }
}

extension OutputSpan<UInt8> {
    /// Appends a character of two bytes.
    fileprivate mutating func append(_ first: UInt8, _ second: UInt8) {
        append(first)
        append(second)
    }
}
