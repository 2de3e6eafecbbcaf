/// Reads the forms of a date from tokens without spaces, each at the cursor's position.
///
/// A method that finds its form leaves the cursor behind it; otherwise the position is undefined.
struct DateCursor {
    /// Day and month, with the year if it follows.
    struct Parts {
        var year: Int?
        var month: Int
        var day: Int
    }

    private let tokens: [DateToken]
    var position: Int
    /// What `numeric` would have found in the other order, where both orders give a day.
    private(set) var otherOrder: CalendarDate?

    init(_ tokens: [DateToken], at position: Int) {
        self.tokens = tokens
        self.position = position
    }

    // MARK: - Days

    /// `2024-05-29`, `2024/5/29`, `2024. 5. 29`, `2024年5月29日`.
    mutating func yearFirst() -> CalendarDate? {
        guard let year = number(digits: 4...4) else { return nil }
        let separators = DateCursor.separators
        guard let separator = take(where: separators.contains),
            let month = number(digits: 1...2),
            take(separator) || take(.word("月")), let day = number(digits: 1...2)
        else { return nil }
        _ = take(.word("日"))
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `2024. május 29.`, `2024 m. gegužės 29 d.`, `2024. gada 29. maijā`, `2024-May-29`.
    mutating func yearAndMonthName() -> CalendarDate? {
        guard let year = number(digits: 4...4) else { return nil }
        skip { DateCursor.yearSigns.contains($0) || DateCursor.pauses.contains($0) }
        let start = position
        guard let parts = monthNameAndDay() ?? dayAndMonthName(from: start) else { return nil }
        return parts.year == nil
            ? CalendarDate(year: year, month: parts.month, day: parts.day) : nil
    }

    private mutating func dayAndMonthName(from start: Int) -> Parts? {
        position = start
        return dayAndMonthName()
    }

    /// `29.05.2024`, `5/29/2024`, `29-5-24`.
    mutating func numeric(_ order: DateReader.NumericOrder) -> CalendarDate? {
        guard let first = number(digits: 1...2),
            let separator = take(where: DateCursor.separators.contains), separator != .word("年"),
            let second = number(digits: 1...2), take(separator)
        else { return nil }
        guard let year = number(digits: 4...4) ?? number(digits: 2...2).map({ 2000 + $0 }) else {
            return nil
        }
        let isMonthFirst =
            first > 12
            ? false
            : second > 12 || (order == .monthFirst && separator != .mark(UInt8(ascii: ".")))
        let (day, month) = isMonthFirst ? (second, first) : (first, second)
        if day <= 12, day != month { otherOrder = CalendarDate(year: year, month: day, day: month) }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `29 May 2024`, `29. Mai 2024`, `29 de mayo de 2024`, `29-May-2024`, `1er juin`, `29 May`.
    mutating func dayAndMonthName() -> Parts? {
        guard let day = number(digits: 1...2), 1...31 ~= day else { return nil }
        skip {
            DateCursor.ordinals.contains($0) || DateCursor.joints.contains($0)
                || DateCursor.strokes.contains($0)
        }
        guard let month = monthName() else { return nil }
        let end = position
        skip {
            DateCursor.joints.contains($0) || DateCursor.strokes.contains($0)
                || $0 == .mark(UInt8(ascii: ","))
        }
        let year = number(digits: 4...4)
        if year == nil { position = end }
        return Parts(year: year, month: month, day: day)
    }

    /// `May 29, 2024`, `May.29 - 2024`, `May 29th`.
    mutating func monthNameAndDay() -> Parts? {
        guard let month = monthName() else { return nil }
        skip { DateCursor.joints.contains($0) || DateCursor.pauses.contains($0) }
        guard let day = number(digits: 1...2), 1...31 ~= day else { return nil }
        skip(DateCursor.ordinals.contains)
        let end = position
        skip { DateCursor.joints.contains($0) || DateCursor.pauses.contains($0) }
        let year = number(digits: 4...4)
        if year == nil { position = end }
        return Parts(year: year, month: month, day: day)
    }

    /// `May 2024`.
    mutating func monthNameAndYear() -> CalendarDate? {
        // Behind a number this is the rest of a day that does not exist.
        if position > 0, case .number = tokens[position - 1] { return nil }
        guard let month = monthName() else { return nil }
        skip { DateCursor.joints.contains($0) || $0 == .mark(UInt8(ascii: ",")) }
        return number(digits: 4...4).flatMap { CalendarDate(year: $0, month: month) }
    }

    // MARK: - Times of day

    /// A time of day that follows within a few joining marks and words.
    mutating func clockAfterDate() -> CalendarDate.Clock? {
        for _ in 0...DateCursor.tokensBeforeClockMax {
            let start = position
            if let clock = clock() { return clock }
            position = start
            guard position < tokens.count, isBeforeClock(tokens[position]) else { return nil }
            position += 1
        }
        return nil
    }

    /// `14:03`, `14:03:00.250+02:00`, `2:03 p.m. EDT`, `14.03 Uhr`, `14h03`, `7 AM`.
    mutating func clock() -> CalendarDate.Clock? {
        guard let hour = number(digits: 1...2), hour <= 24 else { return nil }
        let separator = take { DateCursor.clockSeparators.contains($0) }
        guard separator != nil, let minute = number(digits: 2...2), minute < 60 else {
            position -= separator == nil ? 0 : 1
            guard let shift = meridiem(hour) else { return nil }
            return finished(CalendarDate.Clock(hour: shift, minute: 0))
        }
        var clock = CalendarDate.Clock(hour: hour, minute: minute)
        let beforeSecond = position
        if separator == .mark(UInt8(ascii: ":")), take(.mark(UInt8(ascii: ":"))),
            let second = number(digits: 2...2), second <= 60
        {
            clock.second = second
            if take(.mark(UInt8(ascii: "."))) { _ = number(digits: 1...14) }
        } else {
            position = beforeSecond
        }
        if let shifted = meridiem(hour) {
            clock.hour = shifted
        } else if separator == .mark(UInt8(ascii: ".")), !take(.word("uhr")) {
            return nil
        }
        return finished(clock)
    }

    private mutating func finished(_ clock: CalendarDate.Clock) -> CalendarDate.Clock? {
        guard clock.hour < 24 else { return nil }
        var clock = clock
        skip { $0 == .word("uhr") || $0 == .mark(UInt8(ascii: "(")) }
        clock.offsetMinutes = offset()
        return clock
    }

    /// The hour on a clock of 24 when `am` or `pm` follows.
    private mutating func meridiem(_ hour: Int) -> Int? {
        let start = position
        let point = DateToken.mark(UInt8(ascii: "."))
        var isAfternoon: Bool?
        if take(.word("am")) { isAfternoon = false }
        if take(.word("pm")) { isAfternoon = true }
        if isAfternoon == nil, let letter = take(where: { $0 == .word("a") || $0 == .word("p") }),
            take(point), take(.word("m"))
        {
            _ = take(point)
            isAfternoon = letter == .word("p")
        }
        guard let isAfternoon, 1...12 ~= hour else {
            position = start
            return nil
        }
        return hour % 12 + (isAfternoon ? 12 : 0)
    }

    /// `Z`, `GMT`, `CEST`, `+02:00`, `+0200`, `+02`, `GMT+2`.
    private mutating func offset() -> Int? {
        let start = position
        var named: Int?
        if position < tokens.count, case .word(let word) = tokens[position] {
            named = TimeZones.offsetMinutes(word)
            guard named != nil else { return nil }
            position += 1
        }
        let afterName = position
        let sign = take { $0 == .mark(UInt8(ascii: "+")) || $0 == .mark(UInt8(ascii: "-")) }
        guard let sign, let minutes = offsetDigits(isNamed: named != nil, sign: sign),
            minutes <= 14 * 60
        else {
            position = named == nil ? start : afterName
            return named
        }
        return sign == .mark(UInt8(ascii: "-")) ? -minutes : minutes
    }

    private mutating func offsetDigits(isNamed: Bool, sign: DateToken) -> Int? {
        if let both = number(digits: 4...4) { return both / 100 * 60 + both % 100 }
        guard let hours = number(digits: 1...2) else { return nil }
        if take(.mark(UInt8(ascii: ":"))), let minutes = number(digits: 2...2) {
            return hours * 60 + minutes
        }
        // `10:30 - 5 min read` holds no offset.
        return isNamed || sign == .mark(UInt8(ascii: "+")) ? hours * 60 : nil
    }

    // MARK: - Tokens

    private mutating func number(digits: ClosedRange<Int>) -> Int? {
        guard position < tokens.count, case .number(let value, let count) = tokens[position],
            digits.contains(count)
        else { return nil }
        position += 1
        return value
    }

    private mutating func monthName() -> Int? {
        guard position < tokens.count, case .word(let word) = tokens[position],
            let month = MonthNames.month(word)
        else { return nil }
        position += 1
        return month
    }

    private mutating func take(_ token: DateToken) -> Bool {
        take { $0 == token } != nil
    }

    private mutating func take(where isWanted: (DateToken) -> Bool) -> DateToken? {
        guard position < tokens.count, isWanted(tokens[position]) else { return nil }
        position += 1
        return tokens[position - 1]
    }

    /// Passes over at most `skippedMax` tokens.
    private mutating func skip(_ isSkipped: (DateToken) -> Bool) {
        for _ in 0..<DateCursor.skippedMax {
            guard position < tokens.count, isSkipped(tokens[position]) else { return }
            position += 1
        }
    }

    private func isBeforeClock(_ token: DateToken) -> Bool {
        switch token {
        case .word(let word): DateCursor.clockWords.contains(word)
        case .mark: true
        case .number, .space: false
        }
    }

    /// `(Wed) at / um / às`: five tokens lie between a date and its time at most.
    private static let tokensBeforeClockMax = 5
    private static let skippedMax = 3
    private static let separators: [DateToken] =
        [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].map(DateToken.mark)
        + [.word("年")]
    private static let clockSeparators: [DateToken] = [
        .mark(UInt8(ascii: ":")), .mark(UInt8(ascii: ".")), .word("h"), .word("u"),
    ]
    private static let ordinals: [DateToken] =
        ["st", "nd", "rd", "th", "er", "ère"].map(DateToken.word) + [.mark(UInt8(ascii: "."))]
    private static let joints: [DateToken] =
        ["de", "del", "di", "of", "do"].map(DateToken.word) + [.mark(UInt8(ascii: "."))]
    private static let pauses: [DateToken] = [
        .mark(UInt8(ascii: ",")), .mark(UInt8(ascii: "-")),
    ]
    /// `29-May-2024`, `29/May/2024`.
    private static let strokes: [DateToken] = [
        .mark(UInt8(ascii: "-")), .mark(UInt8(ascii: "/")),
    ]
    private static let yearSigns: [DateToken] =
        ["m", "gada"].map(DateToken.word) + [.mark(UInt8(ascii: "."))]
    private static let clockWords: Set<String> = [
        "t", "at", "um", "uhr", "à", "a", "às", "as", "las", "alle", "ore", "om", "kl", "klo", "o",
        "v", "в", "о", "saat", "ora", "de", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "h",
    ]
}
