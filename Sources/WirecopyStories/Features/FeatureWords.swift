/// The words of a text as stories compare them: in lower case, without endings, as hashes.
///
/// A word is a run of letters, digits and inner apostrophes; Chinese and Japanese characters are
/// words of their own. A token that begins with a digit and has no letters is a number, in which
/// points and commas between digits stay. Endings are cut from English words only (`ending`), in
/// the manner of the S-stemmer (Harman 1991) with `-ed`, `-ing` and a final `e`: forms of one word
/// must meet, and it does not matter what they are called.
package enum FeatureWords {
    /// One word of a text.
    struct Word {
        /// FNV-1a of the cut word, folded to 32 bits.
        let key: UInt32
        /// Where it begins and ends in the text, in bytes.
        let range: Range<Int>
        /// Whether it is a number.
        let isNumber: Bool
        /// Whether it says nothing of what a text is about.
        let isCommon: Bool
    }

    /// Calls `body` with each word of a part of a text in UTF-8, in order.
    @inline(__always)
    static func forEach(
        in text: [UInt8],
        _ range: Range<Int>,
        _ body: (Word) -> Void
    ) {
        let (bytes, common) = (text.span, common)
        var index = range.lowerBound
        var letters = WordLetters()
        while index < range.upperBound {
            let start = index
            letters.removeAll()
            let isNumber = scan(bytes, &index, range.upperBound, into: &letters)
            guard index > start else {
                index += isSign(bytes, index, range.upperBound) ? 3 : 1
                continue
            }
            if !isNumber { letters.cutEnding() }
            let key = letters.hash
            body(
                Word(
                    key: key,
                    range: start..<index,
                    isNumber: isNumber,
                    isCommon: letters.count < 2 && !isNumber || common.contains(key)
                )
            )
        }
    }

    /// The key of a word that stands alone.
    package static func key(of word: String) -> UInt32? {
        let text = Array(word.utf8)
        var first: UInt32?
        forEach(in: text, text.indices) { first = first ?? $0.key }
        return first
    }

    /// Reads one word at `index` into `letters`, folded; moves behind it.
    ///
    /// - Returns: whether it is a number.
    private static func scan(
        _ text: Span<UInt8>,
        _ index: inout Int,
        _ end: Int,
        into letters: inout WordLetters
    ) -> Bool {
        if let length = ideographBytes(text, index, end) {
            for place in index..<(index + length) { letters.append(text[place]) }
            index += length
            return false
        }
        var hasLetter = false
        while index < end {
            let byte = text[index]
            if let letter = foldedLetter(byte) {
                letters.append(letter)
                hasLetter = true
                index += 1
                continue
            }
            let isInner = index + 1 < end && letters.count > 0
            if isDigit(byte) || byte >= 0x80, byte < firstSign || !isSign(text, index, end) {
                if ideographBytes(text, index, end) != nil { break }
                hasLetter = hasLetter || !isDigit(byte)
                letters.append(byte)
                index += 1
            } else if isInner, isPoint(byte), isDigit(text[index - 1]), isDigit(text[index + 1]) {
                if byte == UInt8(ascii: ".") { letters.append(byte) }
                index += 1
            } else if isInner, let length = apostropheBytes(text, index, end) {
                letters.append(UInt8(ascii: "'"))
                index += length
            } else {
                break
            }
        }
        return !hasLetter && letters.count > 0
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isPoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }

    /// A letter of ASCII in lower case; `nil` for anything else.
    private static func foldedLetter(_ byte: UInt8) -> UInt8? {
        let lower = byte | 0x20
        return lower &- UInt8(ascii: "a") < 26 ? lower : nil
    }

    /// Whether a letter or a digit may begin with a byte.
    private static func isLetter(_ byte: UInt8) -> Bool {
        foldedLetter(byte) != nil || isDigit(byte) || byte >= 0x80
    }

    /// Length of an apostrophe, straight or curly, with a letter behind it.
    private static func apostropheBytes(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int? {
        let isCurly =
            text[index] == 0xE2 && index + 2 < end && text[index + 1] == 0x80
            && text[index + 2] == 0x99
        guard isCurly || text[index] == UInt8(ascii: "'") else { return nil }
        let next = index + (isCurly ? 3 : 1)
        guard next < end, isLetter(text[next]), !isSign(text, next, end) else { return nil }
        return next - index
    }

    /// The lowest byte with which a sign begins that is not of ASCII.
    private static let firstSign: UInt8 = 0xE2

    /// Whether quotation marks, dashes or other signs of U+2000…U+206F, U+3000…U+303F or
    /// U+FF00…U+FF0F begin here.
    private static func isSign(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
        guard index + 2 < end else { return false }
        let second = text[index + 1]
        return text[index] == 0xE2 && (second == 0x80 || second == 0x81)
            || text[index] == 0xE3 && second == 0x80
            || text[index] == 0xEF && second == 0xBC && text[index + 2] < 0x90
    }

    /// Length of a Chinese or Japanese character that begins here: U+3040…U+9FFF.
    private static func ideographBytes(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int? {
        guard index + 2 < end, (0xE3...0xE9).contains(text[index]) else { return nil }
        return text[index] == 0xE3 && text[index + 1] == 0x80 ? nil : 3
    }
}
