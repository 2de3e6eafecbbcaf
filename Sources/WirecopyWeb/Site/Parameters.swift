import WirecopyMessages
import WirecopyStorage

/// The values of a query or a form.
struct Parameters: Sendable {
    private let values: [String: String]
    private let lists: [String: [String]]
    private let isStrict: Bool

    /// Reads `name=value&…`.
    ///
    /// - Parameters:
    ///   - text: the query, or the body of a form.
    ///   - names: what may occur; anything else is refused when `isStrict`, and passed over if not.
    ///   - lists: what may be given several times.
    ///   - isStrict: refuses what is unknown or given twice.
    /// - Throws: `badRequest`.
    init(
        _ text: some StringProtocol,
        names: Set<String>,
        lists: Set<String> = [],
        isStrict: Bool
    ) throws(WebFailure) {
        guard text.utf8.count <= WebLimits.bodyBytesMax else {
            throw WebFailure(.tooLarge, "The form has more than \(WebLimits.bodyBytesMax) bytes.")
        }
        var values: [String: String] = [:]
        var several: [String: [String]] = [:]
        let most = WebLimits.parametersMax + (lists.isEmpty ? 0 : WebLimits.entriesMax)
        let pairs = text.split(separator: "&", maxSplits: most)
        guard pairs.count <= most else {
            throw WebFailure(.badRequest, "More than \(most) parameters are given.")
        }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decoded(parts[0], plusIsBlank: true),
                let value = PercentCoding.decoded(
                    parts.count > 1 ? parts[1] : "",
                    plusIsBlank: true
                )
            else { throw WebFailure(.badRequest, "A parameter is not encoded as UTF-8.") }
            if lists.contains(name) {
                several[name, default: []].append(value)
                continue
            }
            guard names.contains(name) else {
                guard isStrict else { continue }
                let known = names.sorted().joined(separator: ", ")
                throw WebFailure(
                    .badRequest,
                    "There is no parameter \(name.prefix(40)) here; "
                        + (known.isEmpty ? "there are none." : "there are \(known).")
                )
            }
            guard values[name] == nil || !isStrict else {
                throw WebFailure(.badRequest, "The parameter \(name) is given twice.")
            }
            values[name] = value
        }
        self.values = values
        self.lists = several
        self.isStrict = isStrict
    }

    /// A value that is no plain text; forms give empty ones for what was left out, programs do not.
    private func given(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty && !isStrict ? nil : $0 }
    }

    /// A text without blanks at its ends; `nil` when it is not given or empty.
    ///
    /// - Throws: `badRequest` when it is longer than `max` characters or has control characters.
    func text(_ name: String, max: Int = WebLimits.textMax) throws(WebFailure) -> String? {
        guard let value = values[name] else { return nil }
        guard value.unicodeScalars.count <= max else {
            throw WebFailure(.badRequest, "The parameter \(name) has more than \(max) characters.")
        }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw WebFailure(.badRequest, "The parameter \(name) has control characters.")
        }
        let trimmed = value.drop { $0 == " " }
        let end = trimmed.lastIndex { $0 != " " }
        return end.map { String(trimmed[...$0]) }
    }

    /// All values of what may be given several times, in their order.
    func list(_ name: String) -> [String] { lists[name] ?? [] }

    /// A whole number in a range; `nil` when it is not given.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(WebFailure) -> Int? {
        guard let text = given(name) else { return nil }
        guard let number = Int(text), range.contains(number), String(number) == text else {
            throw WebFailure(
                .badRequest,
                "The parameter \(name) is a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)."
            )
        }
        return number
    }

    /// The first instant of a day, `2026-11-29`; `nil` when it is not given.
    func day(_ name: String) throws(WebFailure) -> Instant? {
        guard let text = given(name) else { return nil }
        guard let day = CalendarDay(text) else {
            throw WebFailure(.badRequest, "The parameter \(name) is a day such as 2026-11-29.")
        }
        return day.start
    }

    /// A stage; `nil` when it is not given.
    func stage(_ name: String) throws(WebFailure) -> StageName? {
        guard let text = given(name) else { return nil }
        guard let stage = StageName(rawValue: text) else {
            throw WebFailure(.badRequest, "A stage is fetch, parse, extract or store.")
        }
        return stage
    }

    /// A place in a text, `120-245` in bytes; `nil` when it is not given.
    func place(_ name: String) throws(WebFailure) -> Range<Int>? {
        guard let text = given(name) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let start = parts[0], let end = parts[1], 0 <= start, start <= end
        else {
            throw WebFailure(.badRequest, "The parameter \(name) is a place such as 120-245.")
        }
        return start..<end
    }

    /// The place where a list goes on; `nil` when it is not given.
    func cursor(_ name: String) throws(WebFailure) -> ListCursor? {
        guard let text = given(name) else { return nil }
        guard let cursor = ListCursor(text) else {
            throw WebFailure(.badRequest, "The parameter \(name) is the next of an answer.")
        }
        return cursor
    }

    /// Whether the parameter is there, with whatever value.
    func has(_ name: String) -> Bool { values[name] != nil }
}

/// A day of the Gregorian calendar.
struct CalendarDay {
    /// Its first instant, UTC.
    let start: Instant

    /// Reads `YYYY-MM-DD`; `nil` for anything else.
    ///
    /// Days are counted as in Howard Hinnant's `days_from_civil` (2013).
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isShaped = parts.count == 3 && parts.map(\.utf8.count) == [4, 2, 2]
        let hasDigits = text.utf8.allSatisfy { 48...57 ~= $0 || $0 == UInt8(ascii: "-") }
        guard isShaped, hasDigits, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), 1...12 ~= month, year >= 1
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        guard day >= 1, Instant.civil(days: days) == (year, month, day) else { return nil }
        start = Instant(milliseconds: days * 86_400_000)
    }
}
