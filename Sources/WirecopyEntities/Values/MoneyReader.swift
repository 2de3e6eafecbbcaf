/// Reads the signs, codes and names of money beside a number.
struct MoneyReader {
    /// A currency and the tokens around it.
    struct Currency: Equatable {
        /// ISO 4217; nil when several countries have money of this name.
        var code: String?
        /// First token, or token behind the last.
        var edge: Int
    }

    let source: ValueText

    private var text: AnalysedText { source.text }

    /// The sign or code that stands directly before a number: "$", "US$", "EUR"; not before
    /// `limit`.
    func before(_ number: Int, limit: Int) -> Currency? {
        guard number > limit else { return nil }
        let sign = text.tokens[number - 1]
        if sign.kind == .mark {
            guard let code = ValueUnits.currencySign[UInt32(truncatingIfNeeded: sign.folded)] else {
                return nil
            }
            guard number - 2 >= limit, source.isJoined(number - 1), sign.isMark("$") else {
                return Currency(code: code, edge: number - 1)
            }
            let prefix = source.word(number - 2)
            guard let other = ValueUnits.dollarPrefix[prefix] ?? Self.american[prefix] else {
                return Currency(code: code, edge: number - 1)
            }
            return Currency(code: other, edge: number - 2)
        }
        guard let code = code(number - 1) else { return nil }
        return Currency(code: code, edge: number - 1)
    }

    /// The sign, code or name behind a number: "euros", "US dollars", "€".
    func behind(_ number: NumberPhrase, limit: Int) -> Currency? {
        let end = number.tokens.upperBound
        guard number.rest.isEmpty, end < limit else { return nil }
        let token = text.tokens[end]
        if token.kind == .mark {
            guard token.isMark("$") == false,
                let code = ValueUnits.currencySign[UInt32(truncatingIfNeeded: token.folded)]
            else { return nil }
            return Currency(code: code, edge: end + 1)
        }
        if let code = code(end) { return Currency(code: code, edge: end + 1) }
        if let code = ValueUnits.currency[token.folded] {
            // "44 won", "the 12 rand": only of sums.
            guard number.isLarge || !Self.verbs.contains(token) else { return nil }
            return Currency(code: code, edge: end + 1)
        }
        if let name = ValueUnits.sharedCurrency[token.folded] {
            return shared(name, of: nil, number, edge: end + 1)
        }
        guard end + 1 < limit, let name = ValueUnits.sharedCurrency[source.word(end + 1)] else {
            return nil
        }
        return shared(name, of: token, number, edge: end + 2)
    }

    private func shared(
        _ name: String,
        of people: Token?,
        _ number: NumberPhrase,
        edge: Int
    ) -> Currency? {
        if let people {
            let key = WordHash.join(people.folded, WordHash.folded(name))
            return ValueUnits.currencyOfPeople[key].map { Currency(code: $0, edge: edge) }
        }
        switch name {
        case "dollar": return Currency(code: "USD", edge: edge)
        // Pounds by the million are money, fewer are a weight.
        case "pound":
            return number.power >= Self.moneyPower ? Currency(code: "GBP", edge: edge) : nil
        default: return Currency(code: nil, edge: edge)
        }
    }

    private func code(_ index: Int) -> String? {
        let token = text.tokens[index]
        guard token.kind == .word, token.shape.contains(.allCapitals) else { return nil }
        return ValueUnits.currencyCode[token.folded]
    }

    private static let moneyPower = 6
    private static let verbs = WordSet("won rand dong")
    private static let american = [WordHash.folded("u.s."): "USD"]
}
