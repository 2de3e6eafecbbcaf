import WirecopyMessages

/// A time as a text names it, before it is resolved against the day of publication.
enum DateExpression: Equatable {
    /// A way to point from the day of publication: "last", "this", "next".
    enum Step: Equatable {
        case last, this, next
    }

    case day(CalendarDay, last: Int?)
    case monthDay(month: Int, day: Int, last: Int?)
    case month(year: Int, month: Int)
    case monthOnly(Int, Step?)
    case year(Int, last: Int?)
    case decade(Int)
    case weekday(Int, Step?)
    case days(Int)
    case weeks(Int)
    case months(Int)
    case years(Int)
}

/// Reads the words that name a time; every reading looks at a bounded number of tokens.
struct DateReader {
    /// An expression with its tokens.
    struct Reading: Equatable {
        var tokens: Range<Int>
        var expression: DateExpression
    }

    let source: ValueText

    private var text: AnalysedText { source.text }
    private var years: YearReader { YearReader(source: source) }

    /// The time whose name begins at a token of a sentence.
    func date(at start: Int, in sentence: Range<Int>) -> Reading? {
        let end = sentence.upperBound
        let token = text.tokens[start]
        if let reading = weekday(start, sentence) ?? monthFirst(start, sentence) { return reading }
        if token.kind != .mark, ByteClass.table[Int(text.bytes[token.start])] == .digit {
            return iso(start) ?? dayFirst(start, end) ?? years.year(at: start, in: sentence)
                ?? ago(start, end)
        }
        return stepped(start, sentence) ?? relativeDay(start, end) ?? ago(start, end)
            ?? years.middle(start)
    }

    // MARK: - Days of the week

    private func weekday(_ start: Int, _ sentence: Range<Int>) -> Reading? {
        let token = text.tokens[start]
        guard let weekday = ValueWords.weekday[token.folded], token.isCapitalised,
            token.end - token.start > 3, !source.isInName(start), !isFeast(start, sentence),
            !recurs(start, sentence)
        else { return nil }
        // "Tuesday, January 18": the date says more.
        var next = start + 1
        if next < sentence.upperBound, text.tokens[next].isMark(",") { next += 1 }
        if next < sentence.upperBound,
            let date = monthFirst(next, sentence) ?? dayFirst(next, sentence.upperBound)
        {
            switch date.expression {
            case .day, .monthDay:
                return Reading(tokens: start..<date.tokens.upperBound, expression: date.expression)
            default: break
            }
        }
        let end = behindPartOfDay(start + 1, sentence.upperBound)
        if end + 1 < sentence.upperBound, Self.step[source.word(end)] == .last,
            source.word(end + 1) == Self.week
        {
            return Reading(tokens: start..<(end + 2), expression: .weekday(weekday, .last))
        }
        return Reading(tokens: start..<end, expression: .weekday(weekday, nil))
    }

    // "Black Friday", "Easter Sunday".
    private func isFeast(_ start: Int, _ sentence: Range<Int>) -> Bool {
        start > sentence.lowerBound && Self.feast.contains(text.tokens[start - 1])
    }

    // "every Thursday", "every other Thursday", "the second Thursday of the month": not the one
    // next to the day of publication.
    private func recurs(_ start: Int, _ sentence: Range<Int>) -> Bool {
        start > sentence.lowerBound && Self.recurring.contains(text.tokens[start - 1])
    }

    private func behindPartOfDay(_ index: Int, _ end: Int) -> Int {
        index < end && ValueWords.partOfDay.contains(text.tokens[index]) ? index + 1 : index
    }

    // MARK: - Months and days

    // "January 18, 2024", "Jan. 18-20", "January 2024", "January".
    private func monthFirst(_ start: Int, _ sentence: Range<Int>) -> Reading? {
        let token = text.tokens[start]
        guard token.isCapitalised, let month = ValueWords.month[token.folded],
            !source.isInName(start)
        else { return nil }
        let end = sentence.upperBound
        var next = start + 1
        if let (days, behind) = days(next, end) {
            return dated(month: month, days, start: start, behind: behind, end)
        }
        if next < end, ValueWords.of.contains(text.tokens[next]) { next += 1 }
        if next < end, text.tokens[next].isMark(","), next + 1 < end { next += 1 }
        if next < end, let year = years.fullYear(next) {
            return Reading(
                tokens: start..<(next + 1),
                expression: .month(year: year, month: month)
            )
        }
        // "May" and "March" are words, so a month alone needs a preposition.
        guard start > sentence.lowerBound, Self.beforeMonth.contains(text.tokens[start - 1]) else {
            return nil
        }
        return Reading(tokens: start..<(start + 1), expression: .monthOnly(month, nil))
    }

    private func dated(
        month: Int,
        _ days: ClosedRange<Int>,
        start: Int,
        behind: Int,
        _ end: Int
    ) -> Reading? {
        let last = days.count > 1 ? days.upperBound : nil
        var next = behind
        if next < end, text.tokens[next].isMark(",") { next += 1 }
        if next < end, let year = years.fullYear(next),
            let day = CalendarDay(year, month, days.lowerBound)
        {
            return Reading(tokens: start..<(next + 1), expression: .day(day, last: last))
        }
        guard CalendarDay(Self.leapYear, month, days.upperBound) != nil else { return nil }
        let day = DateExpression.monthDay(month: month, day: days.lowerBound, last: last)
        return Reading(tokens: start..<behindPartOfDay(behind, end), expression: day)
    }

    /// A day of a month or several: "18", "18th", "18-20", "18–20".
    private func days(_ start: Int, _ end: Int) -> (days: ClosedRange<Int>, behind: Int)? {
        guard start < end else { return nil }
        let token = text.tokens[start]
        let bytes = text.bytes[token.start..<token.end]
        if let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")),
            let first = day(token.start..<hyphen), let last = day((hyphen + 1)..<token.end),
            first < last
        {
            return (first...last, start + 1)
        }
        guard let first = day(token.start..<token.end), !isMeasured(start + 1, end) else {
            return nil
        }
        if start + 2 < end, source.isDash(start + 1), source.isJoined(start + 1),
            let last = day(text.tokens[start + 2].start..<text.tokens[start + 2].end), first < last
        {
            return (first...last, start + 3)
        }
        return (first...first, start + 1)
    }

    private func isMeasured(_ index: Int, _ end: Int) -> Bool {
        index < end && (text.tokens[index].isMark("%") || text.tokens[index].isMark(":"))
            && source.isJoined(index)
    }

    private func day(_ range: Range<Int>) -> Int? {
        var digits = 0
        var day = 0
        for byte in text.bytes[range] {
            guard byte &- UInt8(ascii: "0") < 10 else { break }
            day = day * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
            guard digits <= 2 else { return nil }
        }
        let rest = text.bytes[range].dropFirst(digits)
        guard digits > 0, 1...31 ~= day,
            rest.isEmpty || Self.ordinal.contains(NumberReader(text: text).hash(rest.indices))
        else { return nil }
        return day
    }

    // "18 January 2024", "the 18th of January".
    private func dayFirst(_ start: Int, _ end: Int) -> Reading? {
        guard let (days, behind) = days(start, end) else { return nil }
        var next = behind
        if next < end, ValueWords.of.contains(text.tokens[next]) { next += 1 }
        guard next < end, text.tokens[next].isCapitalised, !source.isInName(next),
            let month = ValueWords.month[text.tokens[next].folded]
        else { return nil }
        // "In 5 May rallies": no month of the calendar has it.
        return dated(month: month, days, start: start, behind: next + 1, end)
    }

    // "2024-01-18".
    private func iso(_ start: Int) -> Reading? {
        let token = text.tokens[start]
        guard token.end - token.start == 10,
            let day = CalendarDay(text.string(start..<(start + 1)))
        else { return nil }
        return Reading(tokens: start..<(start + 1), expression: .day(day, last: nil))
    }

    // MARK: - Seen from the day of publication

    private func relativeDay(_ start: Int, _ end: Int) -> Reading? {
        guard let offset = ValueWords.relativeDay[text.tokens[start].folded] else { return nil }
        return Reading(
            tokens: start..<behindPartOfDay(start + 1, end),
            expression: .days(offset)
        )
    }

    // "last week", "this Tuesday", "next month", "last night", "this morning".
    private func stepped(_ start: Int, _ sentence: Range<Int>) -> Reading? {
        guard let step = Self.step[text.tokens[start].folded], start + 1 < sentence.upperBound
        else { return nil }
        // "The Quillton This Week" is a paper.
        let isTitle = text.tokens[start].isCapitalised && text.tokens[start + 1].isCapitalised
        guard !isTitle || start == sentence.lowerBound else { return nil }
        // "Over the last week" is a time of seven days.
        let isRolling = start > sentence.lowerBound && Self.the.contains(text.tokens[start - 1])
        let next = start + 1
        let word = text.tokens[next]
        let offset = step == .last ? -1 : step == .next ? 1 : 0
        let end = sentence.upperBound
        if let weekday = ValueWords.weekday[word.folded], word.isCapitalised {
            let behind = behindPartOfDay(next + 1, end)
            return Reading(tokens: start..<behind, expression: .weekday(weekday, step))
        }
        if let month = ValueWords.month[word.folded], word.isCapitalised, !isRolling {
            if let date = monthFirst(next, sentence), case .monthDay = date.expression {
                return Reading(tokens: start..<date.tokens.upperBound, expression: date.expression)
            }
            return Reading(tokens: start..<(next + 1), expression: .monthOnly(month, step))
        }
        let expression: DateExpression?
        switch word.folded {
        case Self.week, Self.weekend: expression = isRolling ? nil : .weeks(offset)
        case Self.month: expression = isRolling ? nil : .months(offset)
        case Self.year: expression = isRolling ? nil : .years(offset)
        case Self.night: expression = step == .last ? .days(-1) : nil
        default:
            let isPart = ValueWords.partOfDay.contains(word) && step == .this
            expression = isPart ? .days(0) : nil
        }
        guard let expression else { return nil }
        return Reading(tokens: start..<(next + 1), expression: expression)
    }

    // "three days ago", "a year ago".
    private func ago(_ start: Int, _ end: Int) -> Reading? {
        let numbers = NumberReader(text: text)
        var count: Int?
        var next = start
        if ValueWords.indefinite.contains(text.tokens[start]) {
            (count, next) = (1, start + 1)
        } else if let number = numbers.number(at: start, limit: end), number.rest.isEmpty {
            (count, next) = (number.isVague ? nil : number.value.whole, number.tokens.upperBound)
        }
        guard let count, count <= Self.agoMax, next + 1 < end,
            source.word(next + 1) == Self.ago
        else { return nil }
        let expression: DateExpression
        switch ValueUnits.unit[source.word(next)] {
        case "day": expression = .days(-count)
        case "week": expression = .weeks(-count)
        case "month": expression = .months(-count)
        case "year": expression = .years(-count)
        case "decade": expression = .years(-10 * count)
        default: return nil
        }
        return Reading(tokens: start..<(next + 2), expression: expression)
    }

    /// A year whose February has 29 days.
    private static let leapYear = 2000
    /// Units back that are read: a thousand years.
    private static let agoMax = 1000
    private static let step: [UInt64: DateExpression.Step] = [
        WordHash.folded("last"): .last, WordHash.folded("this"): .this,
        WordHash.folded("next"): .next,
    ]
    private static let week = WordHash.folded("week")
    private static let weekend = WordHash.folded("weekend")
    private static let month = WordHash.folded("month")
    private static let year = WordHash.folded("year")
    private static let night = WordHash.folded("night")
    private static let ago = WordHash.folded("ago")
    private static let the = WordSet("the")
    private static let ordinal = WordSet("st nd rd th")
    private static let feast = WordSet(
        "black good ash easter palm bloody super boxing cyber giving holy red green fat"
    )
    private static let recurring = WordSet(
        "every each alternate other first second third fourth fifth"
    )
    private static let beforeMonth = WordSet(
        """
        in since until till by from through during of early late mid last next this and to between
        before after per around for mid- previous past
        """
    )
}
