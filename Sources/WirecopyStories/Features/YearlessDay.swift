import WirecopyMessages

/// Reads a day of the calendar that is named without its year.
enum YearlessDay {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// `100 · month + day` of "May 22", "22 May" or "Sept. 3rd"; `nil` of "Tuesday" and all else.
    static func read(_ text: [UInt8], _ range: TextRange) -> UInt32? {
        let words = words(text, range)
        let day = words.lazy.compactMap { Int($0.prefix { $0.isNumber }) }.first
        guard let month = month(in: words), let day, (1...31).contains(day) else { return nil }
        return month + UInt32(day)
    }

    /// `100 · month` of "early August"; `nil` when no month is named.
    static func readMonth(_ text: [UInt8], _ range: TextRange) -> UInt32? {
        month(in: words(text, range))
    }

    private static func words(_ text: [UInt8], _ range: TextRange) -> [Substring] {
        guard range.start >= 0, range.start < range.end, range.end <= text.count else { return [] }
        return String(decoding: text[range.start..<range.end], as: UTF8.self).lowercased()
            .split { !$0.isLetter && !$0.isNumber }
    }

    private static func month(in words: [Substring]) -> UInt32? {
        let index = words.lazy.compactMap { word in
            months.firstIndex { word.hasPrefix($0) }
        }.first
        return index.map { UInt32(100 * ($0 + 1)) }
    }

    /// Days of the year between two yearless days, the shorter way round, with months of 31 days.
    static func distance(_ left: UInt32, _ right: UInt32) -> Int {
        let apart = abs(place(left) - place(right))
        return min(apart, 12 * 31 - apart)
    }

    /// The yearless form of a day, from milliseconds since 1970-01-01 UTC.
    static func of(milliseconds: Int) -> UInt32 {
        // Howard Hinnant's `civil_from_days` (2013).
        let day = (milliseconds / ArticleFeatures.millisecondsOfDay) + 719_468
        let ofEra = day - (day / 146_097) * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return UInt32(100 * month + ofYear - (153 * shifted + 2) / 5 + 1)
    }

    /// The first such day at or after an instant, in milliseconds since 1970-01-01 UTC; of a month
    /// its beginning.
    static func milliseconds(of day: UInt32, after instant: Int) -> Int {
        let apart = place(max(day, 1)) - place(of(milliseconds: instant))
        let days = apart < 0 ? apart + 12 * 31 : apart
        return instant + days * ArticleFeatures.millisecondsOfDay
    }

    private static func place(_ day: UInt32) -> Int { Int(day / 100) * 31 + Int(day % 100) }
}
