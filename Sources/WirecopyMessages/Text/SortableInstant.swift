/// Reads a date as pages give it, whole or in part, as an instant by which articles are sorted.
package enum SortableInstant {
    /// Milliseconds since 1970-01-01 UTC of the beginning of what is known.
    ///
    /// `2024`, `2024-05`, `2024-05-29`, `2024-05-29T14:03`, with seconds, a fraction and an offset;
    /// without an offset UTC is assumed. `nil` for anything else.
    package static func milliseconds(_ text: String) -> Int? {
        let utf8 = Array(text.utf8)
        var position = 0
        guard let year = number(utf8, &position, digits: 4) else { return nil }
        var (month, day) = (1, 1)
        if take(utf8, &position, "-") {
            guard let found = number(utf8, &position, digits: 2) else { return nil }
            month = found
            if take(utf8, &position, "-") {
                guard let found = number(utf8, &position, digits: 2) else { return nil }
                day = found
            }
        }
        guard 1...12 ~= month, 1...31 ~= day else { return nil }
        let midnight = days(year, month, day) * 86_400_000
        guard position < utf8.count else { return midnight }
        return timeOfDay(utf8, &position).map { midnight + $0 }
    }

    /// Milliseconds from midnight UTC of `Thh:mm[:ss[.fff]][Z|±hh:mm]`.
    private static func timeOfDay(_ utf8: [UInt8], _ position: inout Int) -> Int? {
        guard take(utf8, &position, "T") || take(utf8, &position, " "),
            let hour = number(utf8, &position, digits: 2), hour < 24,
            take(utf8, &position, ":"),
            let minute = number(utf8, &position, digits: 2), minute < 60
        else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        if take(utf8, &position, ":") {
            guard let second = number(utf8, &position, digits: 2), second <= 60 else { return nil }
            milliseconds += second * 1000
            if take(utf8, &position, ".") {
                while number(utf8, &position, digits: 1) != nil {}
            }
        }
        guard let offset = offset(utf8, &position), position == utf8.count else { return nil }
        return milliseconds - offset * 60_000
    }

    /// Minutes east of UTC.
    private static func offset(_ utf8: [UInt8], _ position: inout Int) -> Int? {
        if position == utf8.count || take(utf8, &position, "Z") { return 0 }
        let isWest = take(utf8, &position, "-")
        guard isWest || take(utf8, &position, "+"),
            let hours = number(utf8, &position, digits: 2), hours < 24
        else { return nil }
        _ = take(utf8, &position, ":")
        guard let minutes = number(utf8, &position, digits: 2), minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private static func take(
        _ utf8: [UInt8],
        _ position: inout Int,
        _ byte: Unicode.Scalar
    ) -> Bool {
        guard position < utf8.count, utf8[position] == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private static func number(_ utf8: [UInt8], _ position: inout Int, digits: Int) -> Int? {
        guard position + digits <= utf8.count else { return nil }
        var value = 0
        for byte in utf8[position..<position + digits] {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += digits
        return value
    }

    /// Days since 1970-01-01, as in Howard Hinnant's `days_from_civil` (2013); `year` is 0 to 9999.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = (month <= 2 ? year - 1 : year) + 400
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }
}
