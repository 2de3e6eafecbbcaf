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
        let bytes = line.utf8.span
        self.bytes = bytes.count
        var (words, capitalised, digits, inner) = (0, 0, 0, 0)
        var seen: UInt8 = 0
        var previous: UInt8 = 0x20
        var beforePrevious: UInt8 = 0x20
        for index in bytes.indices {
            let byte = bytes[index]
            let kind = Self.kinds[Int(byte)]
            seen |= kind
            digits &+= Int(kind & Self.digit)
            if previous == 0x20, byte != 0x20 {
                words += 1
                if kind & (Self.capital | Self.digit) != 0 { capitalised += 1 }
                if kind & (Self.capital | Self.wide) != 0 || byte == 0x22,
                    Self.isFinalMark(beforePrevious)
                {
                    inner += 1
                }
            }
            beforePrevious = previous
            previous = byte
        }
        self.words = words
        self.capitalised = capitalised
        self.digits = digits
        hasComma = seen & Self.comma != 0
        innerSentences = inner
        isAllCapitals = seen & (Self.capital | Self.small) == Self.capital
        hasLetter = seen & (Self.capital | Self.small | Self.wide) != 0
        let end = Self.endWithoutClosingMarks(bytes)
        endsSentence = Self.endsWithFinalMark(bytes, end)
        endsWithColon = end > 0 && bytes[end - 1] == UInt8(ascii: ":")
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

    // Kinds of bytes, a bit each. A digit's is the lowest, which counts them.
    private static let digit: UInt8 = 1
    private static let capital: UInt8 = 2
    private static let small: UInt8 = 4
    private static let wide: UInt8 = 8
    private static let comma: UInt8 = 16
    /// The kind of each byte; 0 for most marks.
    private static let kinds = (0...255).map { (byte: UInt8) -> UInt8 in
        if byte.isDigit { return digit }
        if byte.isCapital { return capital }
        if byte >= 0x80 { return wide }
        if byte.isLetter { return small }
        return byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") ? comma : 0
    }

    private static func isFinalMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    private static func endWithoutClosingMarks(_ bytes: Span<UInt8>) -> Int {
        var end = bytes.count
        for _ in 0..<closingMarksMax {
            // Most lines end with a letter or a final mark, which ends no closing mark.
            guard end > 0, mayClose[Int(bytes[end - 1])] else { break }
            guard let mark = closingMarks.first(where: { stands($0, in: bytes, endingAt: end) })
            else { break }
            end -= mark.count
        }
        return end
    }

    private static func endsWithFinalMark(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
        guard end > 0 else { return false }
        if isFinalMark(bytes[end - 1]) { return true }
        guard bytes[end - 1] >= 0x80 else { return false }
        return finalMarks.contains { stands($0, in: bytes, endingAt: end) }
    }

    private static func stands(
        _ mark: [UInt8],
        in bytes: Span<UInt8>,
        endingAt end: Int
    ) -> Bool {
        let start = end - mark.count
        return start >= 0 && mark.indices.allSatisfy { mark[$0] == bytes[start + $0] }
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
