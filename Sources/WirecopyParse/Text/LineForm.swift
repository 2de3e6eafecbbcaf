/// What the form of a line says, without a word of what it means.
struct LineForm: Sendable, Equatable {
    /// Bytes of the line.
    let bytes: Int
    /// Runs of characters between spaces.
    let words: Int
    /// Words that begin with an ASCII capital or a digit.
    let capitalised: Int
    /// ASCII digits.
    let digits: Int
    /// Whether it ends like a sentence: `.`, `!`, `?`, `…` or their like, also before a quotation
    /// mark or bracket.
    let endsSentence: Bool
    /// Whether it ends with a colon.
    let endsWithColon: Bool
    /// Sentences that end inside of the line: a final mark, a space and a capital.
    let innerSentences: Int
    /// Whether all its letters are capitals.
    let isAllCapitals: Bool
    /// Whether it has a letter at all.
    let hasLetter: Bool
    /// Whether it has a comma or its like.
    let hasComma: Bool

    /// Looks at a normalised line.
    init(_ line: String) {
        let bytes = Array(line.utf8)
        self.bytes = bytes.count
        var (words, capitalised, digits, inner) = (0, 0, 0, 0)
        var (hasSmall, hasCapital, hasWide, hasComma) = (false, false, false, false)
        var previous: UInt8 = 0x20
        var beforePrevious: UInt8 = 0x20
        for byte in bytes {
            if previous == 0x20, byte != 0x20 {
                words += 1
                if byte.isCapital || byte.isDigit { capitalised += 1 }
                if byte.isCapital || byte >= 0x80 || byte == 0x22, Self.isFinalMark(beforePrevious)
                {
                    inner += 1
                }
            }
            if byte.isDigit { digits += 1 }
            hasCapital = hasCapital || byte.isCapital
            hasSmall = hasSmall || (byte &- 0x61 < 26)
            hasWide = hasWide || byte >= 0x80
            hasComma = hasComma || byte == 0x2C || byte == 0x3B
            beforePrevious = previous
            previous = byte
        }
        self.words = words
        self.capitalised = capitalised
        self.digits = digits
        self.hasComma = hasComma
        innerSentences = inner
        isAllCapitals = hasCapital && !hasSmall
        hasLetter = hasCapital || hasSmall || hasWide
        let trimmed = Self.withoutClosingMarks(bytes[...])
        endsSentence = Self.endsWithFinalMark(trimmed)
        endsWithColon = trimmed.last == UInt8(ascii: ":")
    }

    /// One or more whole sentences, long enough to be a paragraph.
    var isProse: Bool {
        (endsSentence && bytes >= LineForm.proseBytesMin && words >= 5)
            || (bytes >= LineForm.longBytesMin && (innerSentences > 0 || hasComma))
    }

    /// A sentence of a news text is rarely shorter.
    static let proseBytesMin = 40
    /// Lines this long are paragraphs even when their final mark was lost.
    static let longBytesMin = 200

    private static func isFinalMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    private static func withoutClosingMarks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        for _ in 0..<closingMarksMax {
            // Most lines end with a letter or a final mark, which ends no closing mark.
            guard let last = rest.last, mayClose[Int(last)] else { break }
            guard let mark = closingMarks.first(where: { rest.suffix($0.count).elementsEqual($0) })
            else { break }
            rest = rest.dropLast(mark.count)
        }
        return rest
    }

    private static func endsWithFinalMark(_ bytes: ArraySlice<UInt8>) -> Bool {
        if let last = bytes.last, isFinalMark(last) { return true }
        guard bytes.last ?? 0 >= 0x80 else { return false }
        return finalMarks.contains { bytes.suffix($0.count).elementsEqual($0) }
    }

    private static let closingMarksMax = 3
    private static let closingMarks = ["\"", "'", ")", "]", "”", "’", "»", "“", "›", "*", "」", "』"]
        .map { Array($0.utf8) }
    /// Whether a byte is the last one of a closing mark.
    private static let mayClose = (0..<256).map { byte in
        closingMarks.contains { $0.last.map(Int.init) == byte }
    }
    private static let finalMarks = ["…", "。", "！", "？", "।", "۔", "؟"].map { Array($0.utf8) }
}
