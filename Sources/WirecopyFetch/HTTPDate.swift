/// Reads the three forms of dates in HTTP (RFC 9110 section 5.6.7).
enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Seconds since 1970-01-01 UTC; `nil` when the text is no date.
    ///
    /// - `Sun, 06 Nov 1994 08:49:37 GMT`
    /// - `Sunday, 06-Nov-94 08:49:37 GMT` (years below 70 are of this century)
    /// - `Sun Nov  6 08:49:37 1994`
    static func secondsSince1970(_ text: String) -> Int? {
        // The name of the day says nothing that the rest does not.
        let words = text.lowercased().split { " ,-".contains($0) }.dropFirst().map(String.init)
        guard words.count >= 4 else { return nil }
        let isAsctime = Int(words[0]) == nil
        let date = isAsctime ? [words[1], words[0], words[3]] : Array(words[0...2])
        let clock = isAsctime ? words[2] : words[3]
        guard let day = Int(date[0]), 1...31 ~= day,
            let month = months.firstIndex(of: date[1]),
            let year = Int(date[2]).map(fullYear), 1970...9999 ~= year,
            let seconds = secondsOfDay(clock)
        else { return nil }
        return days(year: year, month: month + 1, day: day) * 86_400 + seconds
    }

    private static func fullYear(_ year: Int) -> Int {
        year >= 100 ? year : year + (year < 70 ? 2000 : 1900)
    }

    private static func secondsOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Days since 1970-01-01, as in Howard Hinnant's `days_from_civil` (2013).
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
