import WirecopyMessages

/// Says in words what a value means.
enum ValueMeaning {
    /// `2024-05-28`, `at least 12 people, killed`, `44 of 64 drones`, `about 1,500,000 USD`.
    static func words(_ value: StatedValue) -> String {
        switch value.content {
        case .date(let date): words(date)
        case .money(let amount, let currency): words(amount, currency ?? "of a currency unknown")
        case .quantity(let amount): words(amount, nil)
        }
    }

    private static func words(_ date: StatedDate) -> String {
        guard let start = date.date else {
            return "a \(date.precision.rawValue); the day of publication is not known"
        }
        let whole = date.end.map { "\(start) to \($0)" } ?? start
        switch date.precision {
        case .day: return whole
        case .week: return "the week from \(whole)"
        case .month, .year: return whole
        case .decade: return "the ten years from \(whole)"
        }
    }

    private static func words(_ amount: StatedAmount, _ currency: String?) -> String {
        var parts: [String] = []
        switch amount.approximation {
        case .about: parts.append("about")
        case .atLeast: parts.append("at least")
        case .atMost: parts.append("at most")
        case .lessThan: parts.append("less than")
        case .moreThan: parts.append("more than")
        case nil: break
        }
        switch amount.number {
        case .exact(let number): parts.append(grouped(number))
        case .range(let from, let to?): parts.append("\(grouped(from)) to \(grouped(to))")
        case .range(let from, nil): parts.append("\(grouped(from)) or more")
        }
        if let total = amount.total { parts.append("of \(grouped(total))") }
        if let unit = amount.unit {
            parts.append(Self.unit(unit, isOne: amount.exact == "1"))
        } else if let currency {
            parts.append(currency)
        }
        if let subject = amount.subject {
            parts.append(parts.count > 1 && amount.unit != nil ? "· \(subject)" : subject)
        }
        let words = parts.joined(separator: " ")
        return amount.predicate.map { "\(words), \($0)" } ?? words
    }

    /// A unit for people: `kilometres per hour`, `percent`.
    static func unit(_ unit: String, isOne: Bool) -> String {
        var words = unit.split(separator: "_").map(String.init)
        guard !isOne, let first = words.first, first != "percent" else {
            return words.joined(separator: " ")
        }
        // "square kilometres", "percentage points", "nautical miles": the second word is counted.
        let isSecond = ["square", "cubic", "percentage", "nautical"].contains(first)
        let index = isSecond && words.count > 1 ? 1 : 0
        let plurals = ["foot": "feet", "inch": "inches", "century": "centuries"]
        words[index] = plurals[words[index]] ?? words[index] + "s"
        return words.joined(separator: " ")
    }

    /// `1500000.5` as `1,500,000.5`.
    static func grouped(_ number: String) -> String {
        let whole = number.prefix { $0 != "." }
        let digits = whole.drop { $0 == "-" }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (number.hasPrefix("-") ? "-" : "") + grouped + number.dropFirst(whole.count)
    }
}
