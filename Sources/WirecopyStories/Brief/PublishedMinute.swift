/// Minutes since 1970-01-01 UTC of a date as pages give it; orders articles of one story.
enum PublishedMinute {
    /// Reads `2024-05-29` or `2024-05-29T14:03:00+02:00`.
    ///
    /// - Returns: `nil` for anything shorter than a day. A date without a time is its day's start;
    ///   one without an offset is taken as UTC.
    static func read(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard let year = number(bytes, 0, 4), let month = number(bytes, 5, 7),
            let day = number(bytes, 8, 10), 1...12 ~= month, 1...31 ~= day
        else { return nil }
        let midnight = daysSince1970(year, month, day) * 1440
        guard let hour = number(bytes, 11, 13), let minute = number(bytes, 14, 16) else {
            return midnight
        }
        return midnight + hour * 60 + minute - offset(bytes.dropFirst(16))
    }

    /// Minutes by which the clock at the end of a date is ahead of UTC.
    private static func offset(_ rest: ArraySlice<UInt8>) -> Int {
        guard let sign = rest.firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == 0x2D }) else {
            return 0
        }
        let digits = rest[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }
        guard let hours = number(digits, 0, 2), let minutes = number(digits, 2, 4) else { return 0 }
        return (hours * 60 + minutes) * (rest[sign] == UInt8(ascii: "+") ? 1 : -1)
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard bytes.count >= end else { return nil }
        return bytes[start..<end].reduce(Int?.some(0)) { sum, byte in
            guard let sum, case let digit = byte &- UInt8(ascii: "0"), digit < 10 else {
                return nil
            }
            return sum * 10 + Int(digit)
        }
    }

    /// Days of the proleptic Gregorian calendar (Hinnant 2013, `days_from_civil`).
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
