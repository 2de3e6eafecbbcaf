import WirecopyMessages

/// Finds dates in short texts: attribute values, bylines, single lines.
///
/// Reads ISO 8601 and RFC 2822, dates with month names in three dozen languages, and numeric dates.
/// Numeric dates such as `3/4/2024` are decided by `order` unless one number is larger than 12.
package struct DateReader: Sendable {
    /// Which number of an ambiguous numeric date is the day.
    package enum NumericOrder: Sendable {
        case dayFirst, monthFirst
    }

    /// A date with what is known about how it was said.
    package struct Finding: Sendable, Equatable {
        /// What was read.
        package var date: CalendarDate
        /// True when the year was concluded from the day of reading.
        package var isYearInferred = false
        /// The date in the other order of day and month, when its numbers allow both.
        package var otherOrder: CalendarDate?
        /// Lower-case words before it, back to the date before.
        package var wordsBefore: [String] = []
    }

    private let order: NumericOrder
    private let latest: CalendarDate?

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - order: how to read a numeric date that allows both.
    ///   - latest: the day of reading; a date without a year becomes the last such day before it.
    ///     Without it, dates without a year are not read.
    package init(order: NumericOrder = .dayFirst, latest: CalendarDate? = nil) {
        self.order = order
        self.latest = latest
    }

    /// Reads a value that a program wrote: RFC 3339 and its relatives, compact digits, seconds or
    /// milliseconds since 1970.
    package static func machineDate(_ text: String) -> CalendarDate? {
        compactDate(text) ?? DateReader(order: .monthFirst).firstDate(in: text)?.date
    }

    /// The first date in a text; of a long text only the start is read.
    package func firstDate(in text: some StringProtocol) -> Finding? {
        findings(in: text, max: 1).first
    }

    /// The dates in a text, in order; of a long text only the start is read.
    package func findings(in text: some StringProtocol, max: Int) -> [Finding] {
        // Every form of a date has digits, and most texts have none.
        guard text.utf8.contains(where: { $0.isDigit || ScriptDigits.isLead($0) }) else {
            return []
        }
        let tokens = DateToken.tokens(of: text).filter { $0 != .space }
        var findings: [Finding] = []
        var clockBefore: (clock: CalendarDate.Clock, end: Int)?
        var words: [String] = []
        var index = 0
        while index < tokens.count, findings.count < max {
            var cursor = DateCursor(tokens, at: index)
            if var finding = date(&cursor) {
                finding.date.clock =
                    finding.date.day == nil ? nil : cursor.clockAfterDate()
                if finding.date.clock == nil, let before = clockBefore, index - before.end <= 3 {
                    finding.date.clock = finding.date.day == nil ? nil : before.clock
                }
                finding.wordsBefore = words
                findings.append(finding)
                words.removeAll()
                clockBefore = nil
                index = Swift.max(cursor.position, index + 1)
                continue
            }
            cursor = DateCursor(tokens, at: index)
            if let clock = cursor.clock() {
                clockBefore = (clock, cursor.position)
                index = Swift.max(cursor.position, index + 1)
            } else {
                if case .word(let word) = tokens[index] { words.append(word) }
                index += 1
            }
        }
        return findings
    }

    private func date(_ cursor: inout DateCursor) -> Finding? {
        let start = cursor.position
        if let date = cursor.yearFirst() { return Finding(date: date) }
        cursor.position = start
        if let date = cursor.yearAndMonthName() { return Finding(date: date) }
        cursor.position = start
        if let date = cursor.numeric(order) {
            return Finding(date: date, otherOrder: cursor.otherOrder)
        }
        cursor.position = start
        if let parts = cursor.dayAndMonthName() { return finding(parts) }
        cursor.position = start
        if let parts = cursor.monthNameAndDay() { return finding(parts) }
        cursor.position = start
        return cursor.monthNameAndYear().map { Finding(date: $0) }
    }

    private func finding(_ parts: DateCursor.Parts) -> Finding? {
        if let year = parts.year {
            return CalendarDate(year: year, month: parts.month, day: parts.day)
                .map { Finding(date: $0) }
        }
        guard let latest else { return nil }
        let thisYear = CalendarDate(year: latest.year, month: parts.month, day: parts.day)
        if let thisYear, thisYear.dayNumber <= latest.dayNumber {
            return Finding(date: thisYear, isYearInferred: true)
        }
        return CalendarDate(year: latest.year - 1, month: parts.month, day: parts.day)
            .map { Finding(date: $0, isYearInferred: true) }
    }

    /// `20240529`, `20240529T101500`, or 10 or 13 digits of Unix time.
    private static func compactDate(_ text: String) -> CalendarDate? {
        let digits = text.utf8.prefix(while: \.isDigit)
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        switch digits.count {
        case 8, 14:
            let dayDigits = digits.count == 14 ? value / 1_000_000 : value
            let clock =
                digits.count == 14
                ? CalendarDate.Clock(
                    hour: value / 10_000 % 100,
                    minute: value / 100 % 100,
                    second: value % 100
                ) : nil
            guard clock.map({ $0.hour < 24 && $0.minute < 60 }) ?? true else { return nil }
            return CalendarDate(
                year: dayDigits / 10_000,
                month: dayDigits / 100 % 100,
                day: dayDigits % 100,
                clock: clock
            )
        case 10 where digits.count == text.utf8.count:
            return CalendarDate(Instant(milliseconds: value * 1000))
        case 13 where digits.count == text.utf8.count:
            return CalendarDate(Instant(milliseconds: value))
        default:
            return nil
        }
    }
}
