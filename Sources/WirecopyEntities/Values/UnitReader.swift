/// Reads the unit behind a number.
struct UnitReader {
    /// A unit and what it takes up.
    struct Unit: Equatable {
        var name: String
        /// Token behind it.
        var end: Int
        /// Whether it is joined to its number and describes what follows: "44-year-old man".
        var isCompound = false
    }

    let source: ValueText

    private var text: AnalysedText { source.text }

    /// The unit of a number; nil when there is none, or when something unknown is joined to it.
    func unit(of number: NumberPhrase, limit: Int) -> Unit? {
        var next = number.tokens.upperBound
        guard number.rest.isEmpty else { return joined(number, limit: limit) }
        // "18+ years".
        if next < limit, text.tokens[next].isMark("+"), source.isJoined(next) { next += 1 }
        guard next < limit else { return nil }
        let token = text.tokens[next]
        if token.isMark("%") { return percent(next, limit: limit) }
        if token.kind == .mark, token.folded == Self.degree { return degree(next, limit: limit) }
        if ValueUnits.square.contains(token) || ValueUnits.cubic.contains(token) {
            guard next + 1 < limit, let unit = ValueUnits.unit[source.word(next + 1)] else {
                return nil
            }
            let kind = ValueUnits.cubic.contains(token) ? "cubic" : "square"
            return Unit(name: "\(kind)_\(unit)", end: next + 2)
        }
        if ValueUnits.twoWords.contains(token), next + 1 < limit {
            return twoWords(next)
        }
        guard let unit = ValueUnits.unit[token.folded], token.kind == .word else {
            return squareUnit(next)
        }
        // "A 44 year career": the singular says that it describes what follows.
        let isSingular = text.string(next..<(next + 1)) == unit && number.value != ExactDecimal(1)
        let found = behind(Unit(name: unit, end: next + 1), limit: limit)
        return Unit(name: found.name, end: found.end, isCompound: isSingular && unit != "percent")
    }

    // "5%", "5 percentage points".
    private func percent(_ mark: Int, limit: Int) -> Unit { Unit(name: "percent", end: mark + 1) }

    private func twoWords(_ next: Int) -> Unit? {
        let joined = TextPair(text, next, next + 1)
        guard let unit = Self.pairs[joined.hash] else { return nil }
        return Unit(name: unit, end: next + 2)
    }

    // "25 °C", "25 degrees Celsius".
    private func degree(_ mark: Int, limit: Int) -> Unit {
        guard mark + 1 < limit, let scale = Self.temperature[source.word(mark + 1)] else {
            return Unit(name: "degree", end: mark + 1)
        }
        return Unit(name: scale, end: mark + 2)
    }

    // "km2".
    private func squareUnit(_ next: Int) -> Unit? {
        Self.squares[source.word(next)].map { Unit(name: $0, end: next + 1) }
    }

    // "5km", "10-day", "44-year-old", "24-hour".
    private func joined(_ number: NumberPhrase, limit: Int) -> Unit? {
        let bytes = text.bytes
        var start = number.rest.lowerBound
        let isCompound = bytes[start] == UInt8(ascii: "-")
        if isCompound { start += 1 }
        let end =
            bytes[start..<number.rest.upperBound].firstIndex(of: UInt8(ascii: "-"))
            ?? number.rest.upperBound
        let reader = NumberReader(text: text)
        guard let unit = ValueUnits.unit[reader.hash(start..<end)] else { return nil }
        let rest = end..<number.rest.upperBound
        let next = number.tokens.upperBound
        if rest.isEmpty {
            let unit = Unit(name: unit, end: next, isCompound: isCompound)
            return isCompound ? unit : behind(unit, limit: limit)
        }
        guard unit == "year", reader.hash(rest) == Self.hyphenOld else {
            guard unit == "percent" || Self.isLength(unit) else { return nil }
            return Unit(name: unit, end: next, isCompound: true)
        }
        return Unit(name: "year_of_age", end: next, isCompound: true)
    }

    private static func isLength(_ unit: String) -> Bool { ValueUnits.perHour[unit] != nil }

    // "miles per hour", "km/h", "years old", "degrees Celsius", "km²".
    private func behind(_ unit: Unit, limit: Int) -> Unit {
        guard unit.end < limit else { return unit }
        let next = text.tokens[unit.end]
        if unit.name == "degree", let scale = Self.temperature[next.folded] {
            return Unit(name: scale, end: unit.end + 1)
        }
        if unit.name == "year" {
            if next.folded == Self.old { return Unit(name: "year_of_age", end: unit.end + 1) }
            if ValueWords.of.contains(next), source.word(unit.end + 1) == Self.age {
                return Unit(name: "year_of_age", end: unit.end + 2)
            }
        }
        if next.kind == .mark, next.folded == Self.squareMark, source.isJoined(unit.end) {
            return Unit(name: "square_\(unit.name)", end: unit.end + 1)
        }
        if unit.name == "metre", next.isMark("/"), unit.end + 1 < limit,
            source.word(unit.end + 1) == Self.second
        {
            return Unit(name: "metre_per_second", end: unit.end + 2)
        }
        if let speed = ValueUnits.perHour[unit.name], unit.end + 1 < limit {
            let isPer = Self.per.contains(next) || next.isMark("/") && source.isJoined(unit.end)
            if isPer, Self.hour.contains(text.tokens[unit.end + 1]) {
                return Unit(name: speed, end: unit.end + 2)
            }
        }
        return unit
    }

    private static let degree: UInt64 = 0xB0
    private static let squareMark: UInt64 = 0xB2
    private static let second = WordHash.folded("s")
    private static let old = WordHash.folded("old")
    private static let age = WordHash.folded("age")
    private static let hyphenOld = WordHash.folded("-old")
    private static let per = WordSet("per an a")
    private static let hour = WordSet("hour h hr")
    private static let temperature = [
        WordHash.folded("c"): "degree_celsius", WordHash.folded("c."): "degree_celsius",
        WordHash.folded("f."): "degree_fahrenheit", WordHash.folded("celsius"): "degree_celsius",
        WordHash.folded("f"): "degree_fahrenheit",
        WordHash.folded("fahrenheit"): "degree_fahrenheit",
    ]
    private static let squares = [
        WordHash.folded("km2"): "square_kilometre", WordHash.folded("m2"): "square_metre",
        WordHash.folded("m3"): "cubic_metre",
    ]
    private static let pairs: [UInt64: String] = [
        TextPair.hash("nautical", "mile"): "nautical_mile",
        TextPair.hash("nautical", "miles"): "nautical_mile",
        TextPair.hash("percentage", "point"): "percentage_point",
        TextPair.hash("percentage", "points"): "percentage_point",
        TextPair.hash("per", "cent"): "percent",
        TextPair.hash("metric", "ton"): "tonne",
        TextPair.hash("metric", "tons"): "tonne",
        TextPair.hash("metric", "tonnes"): "tonne",
    ]
}

/// Two words as one key.
struct TextPair {
    let hash: UInt64

    /// Two tokens of a text.
    init(_ text: AnalysedText, _ first: Int, _ second: Int) {
        hash = WordHash.join(text.tokens[first].folded, text.tokens[second].folded)
    }

    /// The key of two words in lower case.
    static func hash(_ first: String, _ second: String) -> UInt64 {
        WordHash.join(WordHash.folded(first), WordHash.folded(second))
    }
}
