package import WirecopyMessages

/// A date as far as a page says it, with a time of day and an offset when they are known.
///
/// Invariant: the parts form a Gregorian date; a known part has all coarser parts before it.
package struct CalendarDate: Sendable, Equatable {
    /// The time of day that belongs to a date.
    package struct Clock: Sendable, Equatable {
        /// From 0 to 23.
        package var hour: Int
        /// From 0 to 59.
        package var minute: Int
        /// From 0 to 60; `nil` when the page gives minutes only.
        package var second: Int?
        /// Minutes east of UTC; `nil` when the page does not say.
        package var offsetMinutes: Int?
    }

    /// From `yearMin` to `yearMax`.
    package let year: Int
    /// From 1 to 12.
    package let month: Int?
    /// From 1 to 31, as the month has it.
    package let day: Int?
    /// The time of day; only with a day.
    package var clock: Clock?

    /// Nothing on the web is older; smaller numbers are counts and prices.
    package static let yearMin = 1980
    /// Larger numbers are not years either.
    package static let yearMax = 2099

    /// Makes a date, or `nil` when the calendar has no such date.
    package init?(year: Int, month: Int? = nil, day: Int? = nil, clock: Clock? = nil) {
        guard Self.yearMin...Self.yearMax ~= year else { return nil }
        if let month {
            guard 1...12 ~= month else { return nil }
            if let day { guard 1...Self.days(in: month, of: year) ~= day else { return nil } }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
        self.clock = day == nil ? nil : clock
    }

    /// How much of the date is known.
    package var precision: DatePrecision {
        guard month != nil else { return .year }
        guard day != nil else { return .month }
        guard let clock else { return .day }
        return clock.second == nil ? .minute : .second
    }

    /// The date as RFC 3339 text, cut off behind the last known part.
    package var rfc3339: String {
        var text = Self.padded(year, 4)
        guard let month else { return text }
        text += "-" + Self.padded(month, 2)
        guard let day else { return text }
        text += "-" + Self.padded(day, 2)
        guard let clock else { return text }
        text += "T\(Self.padded(clock.hour, 2)):\(Self.padded(clock.minute, 2))"
        text += ":" + Self.padded(clock.second ?? 0, 2)
        guard let offset = clock.offsetMinutes else { return text }
        if offset == 0 { return text + "Z" }
        let sign = offset < 0 ? "-" : "+"
        return text + sign + Self.padded(abs(offset) / 60, 2) + ":"
            + Self.padded(abs(offset) % 60, 2)
    }

    /// The date in the UTC calendar of an instant of our machines.
    package init?(_ instant: Instant) {
        guard let date = DateReader.machineDate(instant.rfc3339) else { return nil }
        self = date
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension CalendarDate {
    /// Days since 1970-01-01 in the Gregorian calendar (H. Hinnant's `days_from_civil`).
    package var dayNumber: Int {
        let (month, day) = (month ?? 1, day ?? 1)
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day with a number that `dayNumber` gave.
    init?(dayNumber: Int) {
        let (year, month, day) = Instant.civil(days: dayNumber)
        self.init(year: year, month: month, day: day)
    }
}
