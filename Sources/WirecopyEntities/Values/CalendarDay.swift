/// A day of the Gregorian calendar, without a time zone.
struct CalendarDay: Sendable, Equatable, Comparable {
    let year: Int
    /// From 1 to 12.
    let month: Int
    /// From 1.
    let day: Int

    /// Makes a day; nil when the calendar has none such between the years 1 and 9999.
    init?(_ year: Int, _ month: Int, _ day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(year, month) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads the day of a date such as `2024-05-29` or `2024-05-29T14:03:00+02:00`: the one that
    /// stands there, whatever the offset.
    init?(_ text: String) {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year, month, day)
    }

    /// The day so many days behind 1970-01-01.
    ///
    /// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2014),
    /// `civil_from_days`.
    init?(number: Int) {
        let shifted = number + Self.daysToEpoch
        guard shifted >= 0 else { return nil }
        let era = shifted / Self.daysOfEra
        let dayOfEra = shifted % Self.daysOfEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        self.init(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days since 1970-01-01; Hinnant's `days_from_civil`.
    var number: Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysOfEra + dayOfEra - Self.daysToEpoch
    }

    /// Days behind Monday, from 0 to 6.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    /// The day so many days later; nil beyond the calendar.
    func adding(days: Int) -> CalendarDay? { CalendarDay(number: number + days) }

    /// Months since the year 0.
    var monthNumber: Int { year * 12 + month - 1 }

    /// The day as `2024-05-29`.
    var text: String { "\(Self.text(year: year, month: month))-\(Self.padded(day, 2))" }

    /// A month as `2024-05`.
    static func text(year: Int, month: Int) -> String { "\(padded(year, 4))-\(padded(month, 2))" }

    /// A year as `2024`.
    static func text(year: Int) -> String { padded(year, 4) }

    static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days of 400 years.
    private static let daysOfEra = 146_097
    /// Days from 0000-03-01 to 1970-01-01.
    private static let daysToEpoch = 719_468
}
