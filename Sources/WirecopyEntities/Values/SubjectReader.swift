import WirecopyMessages

/// Reads what a number counts: of how many, what, whose age, and what happens to it.
struct SubjectReader {
    let source: ValueText

    private var text: AnalysedText { source.text }
    private var counted: CountedReader { CountedReader(source: source) }

    /// Takes total, subject and predicate.
    ///
    /// - Returns: the token behind the subject.
    func take(
        _ side: inout NumberSide,
        _ amount: inout StatedAmount,
        _ sentence: Range<Int>
    ) -> Int {
        let end = sentence.upperBound
        if side.unit == nil, side.currency == nil { takeTotal(&side, &amount, end) }
        let subject = subject(of: side, amount, end)
        amount.subject = subject.map { text.string($0) }
        let behind = subject?.upperBound ?? side.end
        if isAged(side, sentence), amount.unit == nil {
            amount.unit = "year_of_age"
            return side.end
        }
        if let age = bearer(side, sentence), amount.unit == nil, amount.subject == nil {
            amount.unit = "year_of_age"
            amount.subject = age
            return side.end
        }
        if amount.subject == nil, side.currency == nil, side.unit == nil,
            let toll = toll(before: side.start, in: sentence)
        {
            amount.subject = toll
        }
        // "The 44-year-old man left": what he does is no news of his age.
        guard amount.unit != "year_of_age" else { return behind }
        let predicate = counted.predicate(before: side.start, behind: behind, in: sentence)
        amount.predicate = predicate.map { text.string($0) }
        return behind
    }

    // "44 of the 64", "12 out of 20".
    private func takeTotal(_ side: inout NumberSide, _ amount: inout StatedAmount, _ end: Int) {
        guard !side.number.isVague, case .exact = amount.number else { return }
        let out = source.word(side.end) == Self.out ? side.end + 1 : side.end
        guard let next = counted.behindOf(out, limit: end),
            let total = NumberReader(text: text).number(at: next, limit: end), total.rest.isEmpty,
            !total.isVague,
            side.number.value.isLess(than: total.value)
        else { return }
        amount.total = total.value.text
        side.end = total.tokens.upperBound
    }

    private func subject(of side: NumberSide, _ amount: StatedAmount, _ end: Int) -> Range<Int>? {
        let next = side.end
        guard next < end else { return nil }
        if let unit = side.unit {
            if let behind = counted.behindOf(next, limit: end) {
                return counted.mass(at: behind, limit: end)
            }
            // "44-year-old man", "a 5 percent increase".
            let isChange = unit.name == "percent" && Self.change.contains(text.tokens[next])
            let isRate =
                unit.name == "percent" && side.start > 0
                && ValueWords.indefinite.contains(text.tokens[side.start - 1])
            guard unit.isCompound || isChange || isRate else { return nil }
            return counted.mass(at: next, limit: end, isCompound: true)
        }
        if side.currency != nil {
            let isIn = Self.in.contains(text.tokens[next])
            let isWorth =
                Self.worth.contains(text.tokens[next]) && next + 2 < end
                && ValueWords.of.contains(text.tokens[next + 1])
            let behind = isIn ? next + 1 : isWorth ? next + 2 : next
            // "$5 billion approved last year", "$5 in euros": not what the money is for.
            guard behind < end, !isNumber(behind), !source.isPast(behind),
                ValueUnits.currency[source.word(behind)] == nil
            else { return nil }
            return counted.mass(at: behind, limit: end)
        }
        if let behind = counted.behindOf(next, limit: end) {
            // "Five of those involved": no noun.
            if source.isPast(behind) { return nil }
            return counted.plural(at: behind, limit: end)
                ?? (side.number.isVague ? body(at: behind) : nil)
        }
        if side.isOne, amount.total == nil {
            return counted.singular(at: next, limit: end)
        }
        return counted.plural(at: next, limit: end)
    }

    // "Hundreds of Quill Guards": a body or a people.
    private func body(at index: Int) -> Range<Int>? {
        guard let span = source.names.spanIndex(atToken: index),
            [.organisation, .group].contains(source.names.spans[span].type)
        else { return nil }
        return source.names.spans[span].tokens
    }

    private func isNumber(_ index: Int) -> Bool {
        text.tokens[index].kind == .number || ValueWords.month[source.word(index)] != nil
    }

    // "Ada Quill, 44, said".
    private func bearer(_ side: NumberSide, _ sentence: Range<Int>) -> String? {
        let comma = side.start - 1
        guard comma > sentence.lowerBound, text.tokens[comma].isMark(","),
            let age = side.number.value.whole, 1..<Self.agesMax ~= age, !side.number.isWords,
            side.end < sentence.upperBound,
            text.tokens[side.end].isMark(",") || text.tokens[side.end].isMark("."),
            let span = source.names.spanIndex(atToken: comma - 1),
            source.names.spans[span].type == .person
        else { return nil }
        return source.names.entities[source.names.entityOfSpan[span]].name
    }

    // "Died aged 79".
    private func isAged(_ side: NumberSide, _ sentence: Range<Int>) -> Bool {
        side.start > sentence.lowerBound && source.word(side.start - 1) == Self.aged
    }

    // "The death toll has risen to 44", "the number of cases rose from 12 to 44".
    private func toll(before start: Int, in sentence: Range<Int>) -> String? {
        guard start > sentence.lowerBound, Self.reaching.contains(text.tokens[start - 1]) else {
            return nil
        }
        let limit = max(sentence.lowerBound, start - Self.tollReach)
        for index in stride(from: start - 1, to: limit, by: -1) {
            if Self.toll.contains(text.tokens[index]) {
                let hasKind =
                    text.tokens[index - 1].kind == .word
                    && !Self.the.contains(text.tokens[index - 1])
                return text.string((hasKind ? index - 1 : index)..<(index + 1))
            }
            if Self.number.contains(text.tokens[index]),
                let behind = counted.behindOf(index + 1, limit: start)
            {
                return counted.plural(at: behind, limit: start).map { text.string($0) }
            }
        }
        return nil
    }

    private static let agesMax = 116
    private static let tollReach = 16
    private static let out = WordHash.folded("out")
    private static let `in` = WordSet("in")
    private static let worth = WordSet("worth")
    private static let aged = WordHash.folded("aged")
    private static let number = WordSet("number total")
    private static let reaching = WordSet(
        "to from at reached reaching was is hit surpassed exceeded totalled totaled stands than of"
    )
    private static let change = WordSet(
        """
        increase decrease rise drop fall decline cut gain stake share majority discount growth
        reduction jump chance probability interest tariff tariffs tax turnout pay
        """
    )
    private static let toll = WordSet("toll")
    private static let the = WordSet("the a its this that")
}
