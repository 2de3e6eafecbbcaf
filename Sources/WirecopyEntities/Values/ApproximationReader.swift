import WirecopyMessages

/// Reads the words beside a number that say how exact it is.
struct ApproximationReader {
    /// What the words say, and how many tokens they are.
    struct Found: Equatable {
        var approximation: StatedAmount.Approximation
        var count: Int
    }

    let text: AnalysedText

    /// The words before a number: "about", "at least", "no fewer than"; not before `limit`.
    ///
    /// Beside a small number in words (`isSmall`) "over" and its like are prepositions.
    func before(_ number: Int, limit: Int, isSmall: Bool = false) -> Found? {
        guard number > limit else { return nil }
        let last = text.tokens[number - 1]
        if last.isMark("~") { return Found(approximation: .about, count: 1) }
        guard last.kind == .word else { return nil }
        if number - 1 > limit {
            let pair = TextPair(text, number - 2, number - 1).hash
            let isThree = number - 2 > limit
            if let found = Self.pairs[pair] {
                // "no more than" turns "more than" round.
                if isThree, Self.no.contains(text.tokens[number - 3]),
                    let turned = Self.turned[found]
                {
                    return Found(approximation: turned, count: 3)
                }
                return Found(approximation: found, count: 2)
            }
            // "as many as", "a minimum of", "an estimated".
            if isThree, Self.as.contains(text.tokens[number - 3]), Self.as.contains(last) {
                if Self.much.contains(text.tokens[number - 2]) {
                    return Found(approximation: .atMost, count: 3)
                }
                if Self.little.contains(text.tokens[number - 2]) {
                    return Found(approximation: .atLeast, count: 3)
                }
            }
            if Self.estimated.contains(last), Self.an.contains(text.tokens[number - 2]) {
                return Found(approximation: .about, count: 2)
            }
        }
        // "Elected over two others": beside a small number the word is a preposition.
        if isSmall, Self.prepositions.contains(last) { return nil }
        return Self.single[last.folded].map { Found(approximation: $0, count: 1) }
    }

    /// The words behind a number: "or more", "or so".
    func behind(_ end: Int, limit: Int) -> Found? {
        guard end < limit else { return nil }
        guard end + 1 < limit, Self.or.contains(text.tokens[end]) else { return nil }
        return Self.behind[text.tokens[end + 1].folded].map { Found(approximation: $0, count: 2) }
    }

    private static func words(
        _ rows: [(String, StatedAmount.Approximation)]
    ) -> [UInt64: StatedAmount.Approximation] {
        var table: [UInt64: StatedAmount.Approximation] = [:]
        for (words, approximation) in rows {
            for word in words.split(separator: " ") {
                table[WordHash.folded(String(word))] = approximation
            }
        }
        return table
    }

    private static let single = words([
        ("about around approximately roughly nearly almost some circa approx. estimated", .about),
        ("over above exceeding", .moreThan), ("under below", .lessThan), ("minimum", .atLeast),
    ])
    private static let behind = words([("more", .atLeast), ("so", .about), ("less fewer", .atMost)])
    private static let pairs: [UInt64: StatedAmount.Approximation] = [
        TextPair.hash("at", "least"): .atLeast, TextPair.hash("more", "than"): .moreThan,
        TextPair.hash("greater", "than"): .moreThan, TextPair.hash("less", "than"): .lessThan,
        TextPair.hash("fewer", "than"): .lessThan, TextPair.hash("up", "to"): .atMost,
        TextPair.hash("at", "most"): .atMost, TextPair.hash("close", "to"): .about,
        TextPair.hash("minimum", "of"): .atLeast, TextPair.hash("maximum", "of"): .atMost,
        TextPair.hash("upwards", "of"): .moreThan, TextPair.hash("upward", "of"): .moreThan,
        TextPair.hash("just", "over"): .moreThan, TextPair.hash("just", "under"): .lessThan,
        TextPair.hash("well", "over"): .moreThan,
    ]
    private static let turned: [StatedAmount.Approximation: StatedAmount.Approximation] = [
        .moreThan: .atMost, .lessThan: .atLeast,
    ]
    private static let prepositions = WordSet("over above under below around about")
    private static let no = WordSet("no not")
    private static let `as` = WordSet("as")
    private static let much = WordSet("many much high long far large big")
    private static let little = WordSet("few little low")
    private static let an = WordSet("an")
    private static let estimated = WordSet("estimated")
    private static let or = WordSet("or")
}
