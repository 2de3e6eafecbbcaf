import WirecopyMessages

/// Tells years from other numbers of four digits.
struct YearReader {
    let source: ValueText

    private var text: AnalysedText { source.text }

    /// A number of four digits that can be a year.
    func fullYear(_ index: Int) -> Int? {
        let token = text.tokens[index]
        guard token.kind == .number, token.end - token.start == 4,
            let year = Int(text.string(index..<(index + 1))), Self.years ~= year
        else { return nil }
        return year
    }

    /// The year, years or decade that a token names: "in 2019", "2014-2016", "the 1990s".
    func year(at start: Int, in sentence: Range<Int>) -> DateReader.Reading? {
        decade(start) ?? year(start, sentence)
    }

    // "the 1990s".
    private func decade(_ start: Int) -> DateReader.Reading? {
        let token = text.tokens[start]
        let bytes = text.bytes[token.start..<token.end]
        guard bytes.count == 5, bytes.last == UInt8(ascii: "s"),
            let year = Int(text.string(TextRange(token.start, token.end - 1))),
            Self.years ~= year, year % 10 == 0
        else { return nil }
        return DateReader.Reading(tokens: start..<(start + 1), expression: .decade(year))
    }

    // "in 2019", "2014–2016", "2019-20", "the 2013 scandal".
    private func year(_ start: Int, _ sentence: Range<Int>) -> DateReader.Reading? {
        guard !source.isInName(start) || isEventYear(start) else { return nil }
        if let span = yearSpan(start) { return span }
        guard let year = fullYear(start), isYear(start, year, sentence) else { return nil }
        let next = start + 1
        if next + 1 < sentence.upperBound, source.isDash(next), source.isJoined(next),
            let last = fullYear(next + 1), year < last
        {
            return DateReader.Reading(
                tokens: start..<(next + 2),
                expression: .year(year, last: last)
            )
        }
        return DateReader.Reading(tokens: start..<next, expression: .year(year, last: nil))
    }

    /// "2020 Quill elections": the year stands first in an event's name.
    private func isEventYear(_ start: Int) -> Bool {
        guard let span = source.names.spanIndex(atToken: start) else { return false }
        return source.names.spans[span].type == .event
            && source.names.spans[span].tokens.lowerBound == start
    }

    private func yearSpan(_ start: Int) -> DateReader.Reading? {
        let token = text.tokens[start]
        let count = token.end - token.start
        guard token.kind == .number, count == 9 || count == 7,
            text.bytes[token.start + 4] == UInt8(ascii: "-"),
            let first = Int(text.string(TextRange(token.start, token.start + 4))),
            Self.years ~= first
        else { return nil }
        let digits = text.string(TextRange(token.start + 5, token.end))
        guard var last = Int(digits) else { return nil }
        if count == 7 { last += first / 100 * 100 }
        guard first < last, Self.years ~= last else { return nil }
        return DateReader.Reading(tokens: start..<(start + 1), expression: .year(first, last: last))
    }

    private func isYear(_ start: Int, _ year: Int, _ sentence: Range<Int>) -> Bool {
        let next = start + 1
        if next < sentence.upperBound {
            let token = text.tokens[next]
            let isJoined = source.isJoined(next)
            if isJoined, token.isMark("%") || token.isMark("/") || token.isMark(":") {
                return false
            }
            if Self.clock.contains(token) { return false }
        }
        guard start > sentence.lowerBound else { return Self.recent ~= year }
        let before = text.tokens[start - 1]
        if ApproximationReader(text: text).before(start, limit: sentence.lowerBound) != nil {
            return false
        }
        if Self.inYear.contains(before) { return true }
        let isCounted =
            next < sentence.upperBound && !text.tokens[next].isCapitalised && source.isPlural(next)
            || next < sentence.upperBound && ValueUnits.unit[source.word(next)] != nil
        if ValueWords.article.contains(before) || before.shape.contains(.possessive) {
            return Self.recent ~= year
        }
        if isCounted
            || before.kind == .mark && ValueUnits.currencySign[UInt32(before.folded)] != nil
        {
            return false
        }
        if Self.beforeYear.contains(before) { return true }
        // "Flight 2001", "Quill 2000": part of a name.
        if before.isCapitalised, start - 1 > sentence.lowerBound { return false }
        return Self.recent ~= year && (before.kind == .mark || !source.isPast(start - 1))
    }

    /// The year of "mid-2019".
    func middle(_ start: Int) -> DateReader.Reading? {
        let token = text.tokens[start]
        guard token.kind == .word, token.shape.contains(.digit), token.shape.contains(.hyphenated),
            let hyphen = text.bytes[token.start..<token.end].firstIndex(of: UInt8(ascii: "-")),
            Self.middle.contains(NumberReader(text: text).hash(token.start..<hyphen)),
            token.end - hyphen == 5,
            let year = Int(text.string(TextRange(hyphen + 1, token.end))),
            Self.years ~= year
        else { return nil }
        return DateReader.Reading(tokens: start..<(start + 1), expression: .year(year, last: nil))
    }

    /// Years that are read as such.
    private static let years = 1500...2199
    /// Years that need no preposition.
    private static let recent = 1900...2059
    private static let middle = WordSet("mid early late")
    private static let clock = WordSet("utc gmt hours")
    private static let inYear = WordSet("in since early late mid circa year during")
    private static let beforeYear = WordSet(
        "until till by from of before after through to between and around for summer spring autumn"
            + " winter fall or on"
    )
}
