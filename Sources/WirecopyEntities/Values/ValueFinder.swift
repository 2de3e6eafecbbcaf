import WirecopyMessages

/// Finds the dates, sums and quantities that a text states.
///
/// One pass; each place looks at a bounded number of tokens, and most at one.
struct ValueFinder {
    /// Values of one article that are kept; a page of results has a few thousand.
    static let valuesMax = 20_000

    private let source: ValueText
    private let resolver: DateResolver
    private let dates: DateReader
    private let quantities: QuantityReader
    private let tenses: TenseReader

    /// Prepares a text.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - names: its names; numbers that belong to one are no values.
    ///   - published: the day of publication, if known.
    init(text: AnalysedText, names: LinkedNames, published: CalendarDay?) {
        source = ValueText(text: text, names: names)
        resolver = DateResolver(published: published)
        dates = DateReader(source: source)
        quantities = QuantityReader(source: source)
        tenses = TenseReader(source: source)
    }

    /// The values in the text's order.
    func values() -> [StatedValue] {
        var values: [StatedValue] = []
        for sentence in source.text.sentenceTokens where values.count < Self.valuesMax {
            var index = sentence.lowerBound
            var free = index
            while index < sentence.upperBound, values.count < Self.valuesMax {
                guard mayBegin(index) else {
                    index += 1
                    continue
                }
                if let date = dates.date(at: index, in: sentence) {
                    let direction = tenses.direction(of: date.tokens, in: sentence)
                    let stated = resolver.date(date.expression, direction)
                    values.append(StatedValue(source.text.range(date.tokens), .date(stated)))
                    (index, free) = (date.tokens.upperBound, date.tokens.upperBound)
                } else if let found = quantities.value(at: index, in: sentence, from: free) {
                    values.append(found.value)
                    (index, free) = (found.end, found.end)
                } else {
                    index += 1
                }
            }
        }
        return values
    }

    /// Whether a token can begin a value.
    private func mayBegin(_ index: Int) -> Bool {
        let token = source.text.tokens[index]
        guard token.kind != .mark else { return false }
        if token.kind == .number || token.shape.contains(.digit) { return true }
        if Self.openers.contains(token.folded) { return true }
        return token.shape.contains(.hyphenated)
    }

    private static let openers: HashMap<Bool> = {
        var openers = HashMap(none: false)
        let tables = [
            ValueWords.small, ValueWords.vague, ValueWords.month, ValueWords.weekday,
            ValueWords.relativeDay,
        ]
        for word in tables.flatMap(\.keys) { openers.update(word) { $0 = true } }
        for word in ["a", "an", "half", "dozens", "tens", "last", "this", "next"] {
            openers.update(WordHash.folded(word)) { $0 = true }
        }
        return openers
    }()
}
