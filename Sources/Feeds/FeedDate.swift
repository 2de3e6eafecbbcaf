/// A date as a feed writes it.
package struct FeedDate: Sendable, Hashable {
    /// The text.
    package let text: String

    /// Takes a text; `nil` when it is empty.
    package init?(_ text: String) {
        self.text = text.feedTrimmed
        guard !self.text.isEmpty else { return nil }
    }

    /// Seconds since 1970-01-01 UTC; `nil` for what no program wrote.
    ///
    /// Reads RFC 822 and its relatives, RFC 3339 and ISO 8601 in whole or in part, `asctime` and
    /// Unix time. Without a time midnight, without a zone UTC is assumed.
    package var secondsSince1970: Int? {
        var reader = FeedDateReader(text)
        return reader.seconds()
    }
}

/// Reads a date word by word.
private struct FeedDateReader {
    private var words: [Substring]
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var isISO = false
    private var clock = 0
    private var offset = 0

    /// Longer texts are no dates.
    private static let lengthMaxBytes = 80
    private static let years = 1970...2200

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Hours east of UTC, in quarters, of zones that feeds name (RFC 822 and common ones).
    private static let zones = [
        "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "est": -20, "edt": -16, "cst": -24,
        "cdt": -20, "mst": -28, "mdt": -24, "pst": -32, "pdt": -28, "bst": 4, "cet": 4,
        "cest": 8, "mez": 4, "mesz": 8, "west": 4, "eet": 8, "eest": 12, "msk": 12, "ist": 22,
        "jst": 36, "kst": 36, "aest": 40, "aedt": 44, "acst": 38, "awst": 32, "nzst": 48,
        "nzdt": 52, "hkt": 32, "sgt": 32, "akst": -36, "akdt": -32, "hst": -40,
    ]

    init(_ text: String) {
        let isShort = text.utf8.count <= Self.lengthMaxBytes
        words = isShort ? text.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" } : []
    }

    mutating func seconds() -> Int? {
        if words.count == 1, let stamp = Self.unixTime(words[0]) { return stamp }
        for word in words.prefix(8) { read(word) }
        guard isISO || month != nil && day != nil, let year, Self.years ~= year,
            let day = Self.days(year, month ?? 1, day ?? 1)
        else { return nil }
        return day * 86_400 + clock - offset
    }

    private static func unixTime(_ word: Substring) -> Int? {
        guard word.utf8.count == 10 || word.utf8.count == 13, let number = Int(word) else {
            return nil
        }
        return word.utf8.count == 13 ? number / 1000 : number
    }

    private mutating func read(_ word: Substring) {
        if readISO(word) || readClock(word) || readZone(word) { return }
        if word.contains("-") || word.contains("."), year == nil, !word.hasPrefix("-") {
            for part in word.split(whereSeparator: { $0 == "-" || $0 == "." }) { readPart(part) }
        } else {
            readPart(word)
        }
    }

    /// A number or the name of a month.
    private mutating func readPart(_ word: Substring) {
        if let number = Int(word.prefix { $0.isNumber }) {
            if day == nil, 1...31 ~= number, word.utf8.count <= 4,
                Int(word) == nil || word.count <= 2
            {
                day = number
            } else if year == nil {
                year = number < 70 ? 2000 + number : number < 100 ? 1900 + number : number
            }
        } else if month == nil, word.utf8.count >= 3 {
            month = Self.months.firstIndex(of: word.prefix(3).lowercased()).map { $0 + 1 }
        }
    }

    /// `2026-11-29T10:00:00.5+01:00` and its beginnings, and the same without signs.
    private mutating func readISO(_ word: Substring) -> Bool {
        let digits = word.prefix { $0.isNumber }
        guard year == nil, digits.utf8.count == 4 || digits.utf8.count == 8 else { return false }
        let isBasic = digits.utf8.count == 8
        var rest = word.dropFirst(4)
        guard isBasic || rest.first == "-" || rest.isEmpty && month == nil && words.count == 1
        else { return false }
        isISO = true
        year = Int(digits.prefix(4))
        month = Self.number(&rest, after: isBasic ? "" : "-")
        day = Self.number(&rest, after: isBasic ? "" : "-")
        guard let mark = rest.first, mark == "T" || mark == "t" else { return true }
        rest = rest.dropFirst()
        let time = rest.prefix { $0.isNumber || $0 == ":" || $0 == "." }
        _ = readClock(time, isBasic: isBasic)
        _ = readZone(rest.dropFirst(time.count))
        return true
    }

    private static func number(_ rest: inout Substring, after sign: String) -> Int? {
        guard rest.hasPrefix(sign) else { return nil }
        let digits = rest.dropFirst(sign.count).prefix(2).prefix { $0.isNumber }
        guard let number = Int(digits) else { return nil }
        rest = rest.dropFirst(sign.count + digits.count)
        return number
    }

    private mutating func readClock(_ word: Substring, isBasic: Bool = false) -> Bool {
        if ["pm", "PM", "Pm"].contains(word), clock < 43_200 {
            clock += 43_200
            return true
        }
        guard word.contains(":") || isBasic else { return false }
        let time = word.prefix { $0.isNumber || $0 == ":" || $0 == "." }
        var parts = time.split(separator: ":").map { $0.prefix { $0.isNumber } }
        if isBasic, parts.count == 1 {
            let digits = parts[0]
            parts = [
                digits.prefix(2), digits.dropFirst(2).prefix(2), digits.dropFirst(4).prefix(2),
            ]
        }
        let numbers = parts.map { Int($0) ?? 0 }
        guard let hour = numbers.first, hour < 25 else { return false }
        let (minute, second) = (numbers.dropFirst().first ?? 0, numbers.dropFirst(2).first ?? 0)
        guard minute < 60, second < 61 else { return true }
        clock = hour * 3600 + minute * 60 + second
        _ = readZone(word.dropFirst(time.count))
        return true
    }

    private mutating func readZone(_ word: Substring) -> Bool {
        var name = word.lowercased()[...]
        if name.hasPrefix("gmt") || name.hasPrefix("utc"), name.count > 3 {
            name = name.dropFirst(3)
        }
        if let quarters = Self.zones[String(name)] {
            offset = quarters * 900
            return true
        }
        guard let sign = name.first, sign == "+" || sign == "-" else { return false }
        let digits = name.dropFirst().filter { $0.isNumber }
        guard 1...4 ~= digits.count, let number = Int(digits) else { return false }
        let minutes = digits.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
        guard minutes <= 14 * 60 else { return false }
        offset = (sign == "-" ? -1 : 1) * minutes * 60
        return true
    }

    /// Days since 1970-01-01, as in Howard Hinnant's `days_from_civil` (2013); `nil` when the
    /// calendar has no such day.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard 1...12 ~= month, 1...lengths[month - 1] ~= day else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
