import WirecopyMessages

/// Numbers and moments as markup.
enum Figure {
    /// `12,345`.
    static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var grouped = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }

    /// `12,345 pages`, `1 page`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A moment of our machines, to the minute and in UTC: `29 Nov 2026, 13:50`.
    static func moment(_ milliseconds: Int) -> HTML {
        let text = Instant(milliseconds: milliseconds).rfc3339
        return
            "<time datetime=\"\(text)\">\(day(text)), \(clock(text))</time>"
    }

    /// The day of a date that a page gave, or the whole of what it gave when that is no date.
    static func published(_ date: String) -> HTML {
        guard let day = civilDay(date) else { return "<bdi>\(String(date.prefix(40)))</bdi>" }
        let hasTime = date.count >= 16 && date.dropFirst(10).first == "T"
        let time = hasTime ? ", " + String(date.dropFirst(11).prefix(5)) : ""
        return "<time datetime=\"\(date)\">\(day)\(time)</time>"
    }

    /// `0.34` as `34 %`.
    static func share(_ value: Double) -> String {
        "\(Int((min(max(value, 0), 1) * 100).rounded())) %"
    }

    private static func clock(_ rfc3339: String) -> String {
        String(rfc3339.dropFirst(11).prefix(5))
    }

    private static func day(_ rfc3339: String) -> String { civilDay(rfc3339) ?? rfc3339 }

    /// `2026-11-29…` as `29 Nov 2026`; `nil` when the text begins otherwise.
    static func civilDay(_ text: String) -> String? {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]),
            let month = Int(parts[1]), 1...12 ~= month, let day = Int(parts[2]), 1...31 ~= day
        else { return nil }
        return "\(day) \(months[month - 1]) \(year)"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
