/// An instant as a newsroom prints it: RFC 3339 text with an offset, and its wall-clock parts.
package struct Timestamp: Sendable, Equatable {
    /// The text as it stands in the source, `2026-03-04T06:40:00+01:00`.
    package let text: String
    /// Seconds since 1970-01-01T00:00:00Z, for ordering.
    package let secondsSinceEpoch: Int
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    let offsetMinutes: Int

    /// Reads `YYYY-MM-DDTHH:MM:SS` followed by `Z` or `±HH:MM`; anything else gives nil.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 25 else { return nil }
        func number(_ from: Int, _ length: Int) -> Int? {
            Int(String(decoding: bytes[from..<(from + length)], as: UTF8.self))
        }
        guard bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54,
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        var offset = 0
        if bytes.count == 25 {
            guard let hours = number(20, 2), let minutes = number(23, 2), hours < 15,
                bytes[19] == 0x2B || bytes[19] == 0x2D
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[19] == 0x2D ? -1 : 1)
        } else if bytes[19] != 0x5A {
            return nil
        }
        let days = Timestamp.daysSinceEpoch(year: year, month: month, day: day)
        self.init(
            text: text,
            secondsSinceEpoch: days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60,
            offsetMinutes: offset
        )
    }

    /// The same instant in UTC.
    package init(utcSeconds: Int) {
        self.init(text: "", secondsSinceEpoch: utcSeconds, offsetMinutes: 0)
    }

    private init(text: String, secondsSinceEpoch: Int, offsetMinutes: Int) {
        let local = secondsSinceEpoch + offsetMinutes * 60
        let days = Int((Double(local) / 86_400).rounded(.down))
        let rest = local - days * 86_400
        (year, month, day) = Timestamp.date(daysSinceEpoch: days)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        self.text = text
        self.secondsSinceEpoch = secondsSinceEpoch
        self.offsetMinutes = offsetMinutes
    }

    /// `Wed, 04 Mar 2026 05:40:00 GMT`, as HTTP wants it (RFC 9110, 5.6.7).
    package var httpDate: String {
        let utc = Timestamp(utcSeconds: secondsSinceEpoch)
        return "\(utc.weekday.prefix(3)), \(Self.two(utc.day)) \(utc.monthName.prefix(3)) "
            + "\(utc.year) \(utc.clockWithSeconds) GMT"
    }

    /// `Wed, 04 Mar 2026 06:40:00 +0100`, as RSS wants it (RFC 822).
    var rssDate: String {
        let size = abs(offsetMinutes)
        let zone = (offsetMinutes < 0 ? "-" : "+") + Self.two(size / 60) + Self.two(size % 60)
        return "\(weekday.prefix(3)), \(Self.two(day)) \(monthName.prefix(3)) \(year) "
            + "\(clockWithSeconds) \(zone)"
    }

    /// `4 March 2026`.
    var longDate: String { "\(day) \(monthName) \(year)" }
    /// `March 4, 2026`.
    var americanDate: String { "\(monthName) \(day), \(year)" }
    /// `04.03.2026`.
    var dottedDate: String { "\(Self.two(day)).\(Self.two(month)).\(year)" }
    /// `06:40`.
    var clock: String { "\(Self.two(hour)):\(Self.two(minute))" }
    /// `6:40 a.m.`
    var twelveHourClock: String {
        let shown = hour % 12 == 0 ? 12 : hour % 12
        return "\(shown):\(Self.two(minute)) \(hour < 12 ? "a.m." : "p.m.")"
    }
    /// `Wednesday`.
    var weekday: String {
        let days = Timestamp.daysSinceEpoch(year: year, month: month, day: day)
        return Timestamp.weekdays[((days % 7) + 7) % 7]
    }
    /// `March`.
    var monthName: String { Timestamp.months[month - 1] }

    private var clockWithSeconds: String { "\(clock):\(Self.two(second))" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    /// 1 January 1970 was a Thursday.
    private static let weekdays = [
        "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
    ]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Days from civil date, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The reverse of `daysSinceEpoch`, from the same source; for years 0 and later.
    private static func date(daysSinceEpoch days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
