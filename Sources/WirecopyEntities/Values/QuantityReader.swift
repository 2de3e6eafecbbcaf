import WirecopyMessages

/// Reads sums of money and quantities: number, range, unit, total, how exact, subject, predicate.
///
/// Precision before recall: a bare number that nothing beside it explains is left out.
struct QuantityReader {
    private let source: ValueText
    private let numbers: NumberReader
    private let units: UnitReader
    private let money: MoneyReader
    private let counted: CountedReader
    private let approximations: ApproximationReader
    private let subjects: SubjectReader
    private let labels: NumberLabels

    private var text: AnalysedText { source.text }

    /// Prepares the readers of all parts.
    init(source: ValueText) {
        self.source = source
        numbers = NumberReader(text: source.text)
        units = UnitReader(source: source)
        money = MoneyReader(source: source)
        counted = CountedReader(source: source)
        approximations = ApproximationReader(text: source.text)
        subjects = SubjectReader(source: source)
        labels = NumberLabels(source: source)
    }

    /// A value, with the token behind what it takes up.
    struct Reading {
        var value: StatedValue
        var end: Int
    }

    /// The value whose number begins at a token of a sentence; nothing before `limit` is taken.
    func value(at start: Int, in sentence: Range<Int>, from limit: Int) -> Reading? {
        guard !source.isNamed(start), !labels.isLabel(start, sentence),
            let side = side(at: start, limit: limit, end: sentence.upperBound)
        else { return nil }
        var amount: StatedAmount
        var whole = side
        var isRange = false
        if let other = otherSide(of: side, sentence, limit) {
            amount = other.amount
            whole = other.side
            isRange = true
        } else {
            let text = side.number.value.text
            amount = StatedAmount(side.number.isVague ? .range(from: text, to: nil) : .exact(text))
        }
        guard whole.number.rest.isEmpty || whole.unit != nil else { return nil }
        amount.unit = whole.unit?.name
        if side.number.isVague { amount.approximation = .about }
        takeApproximation(&whole, &amount, limit: limit, sentence)
        let subject = subjects.take(&whole, &amount, sentence)
        guard isTelling(whole, amount, isRange: isRange, sentence) else { return nil }
        let range = text.range(whole.start..<whole.end)
        let content: StatedValue.Content =
            if let currency = whole.currency {
                .money(amount, currency: currency.code)
            } else {
                .quantity(amount)
            }
        return Reading(value: StatedValue(range, content), end: max(whole.end, subject))
    }

    // MARK: - Number, unit, range

    private func side(at start: Int, limit: Int, end: Int) -> NumberSide? {
        guard var number = numbers.number(at: start, limit: end) else { return nil }
        if isMillion(number, start, limit: end) {
            number.value = number.value.scaled(by: 6)
            number.power = 6
            number.isLarge = true
            number.rest = number.rest.upperBound..<number.rest.upperBound
        }
        var side = NumberSide(
            number: number,
            currency: money.before(start, limit: limit),
            start: start,
            end: number.tokens.upperBound
        )
        if let currency = side.currency {
            side.start = currency.edge
        } else if let currency = money.behind(number, limit: end) {
            side.currency = currency
            side.end = currency.edge
        } else if let unit = units.unit(of: number, limit: end) {
            side.unit = unit
            side.end = unit.end
        }
        if side.currency == nil, isNegative(start, limit: limit) {
            side.number.value = side.number.value.negative
            side.start = start - 1
        }
        return side
    }

    // "-5 °C": a minus that no word stands before.
    private func isNegative(_ start: Int, limit: Int) -> Bool {
        guard start > limit, source.isJoined(start) else { return false }
        let mark = text.tokens[start - 1]
        return (mark.isMark("-") || mark.folded == Self.minus && mark.kind == .mark)
            && !source.isJoined(start - 1)
    }

    /// "£200m", "2m people": the letter stands for a million, not for metres.
    private func isMillion(_ number: NumberPhrase, _ start: Int, limit: Int) -> Bool {
        guard number.rest.count == 1, text.bytes[number.rest.lowerBound] | 0x20 == Self.m else {
            return false
        }
        if money.before(start, limit: max(0, start - 2)) != nil { return true }
        return counted.plural(at: number.tokens.upperBound, limit: limit) != nil
    }

    /// The second number of "10 to 15", "5–6 %", "between $2 and $3 million", with the first.
    private func otherSide(
        of first: NumberSide,
        _ sentence: Range<Int>,
        _ limit: Int
    ) -> (side: NumberSide, amount: StatedAmount)? {
        if let hyphenated = hyphenated(first, sentence) { return hyphenated }
        guard first.number.rest.isEmpty || first.unit != nil, !first.number.isVague,
            first.end + 1 < sentence.upperBound
        else { return nil }
        let link = text.tokens[first.end]
        let before = first.start > limit ? source.word(first.start - 1) : 0
        let isJoined =
            source.isDash(first.end)
            ? source.isJoined(first.end) && source.isJoined(first.end + 1)
            : Self.to.contains(link) && before != Self.from
                || ValueWords.and.contains(link) && before == Self.between
        guard isJoined else { return nil }
        var next = first.end + 1
        if text.tokens[next].kind == .mark { next += 1 }
        guard next < sentence.upperBound,
            var second = side(at: next, limit: first.end + 1, end: sentence.upperBound),
            second.number.rest.isEmpty || second.unit != nil, !second.number.isVague
        else { return nil }
        return joined(first, &second, isBetween: before == Self.between)
    }

    private func joined(
        _ first: NumberSide,
        _ second: inout NumberSide,
        isBetween: Bool
    ) -> (side: NumberSide, amount: StatedAmount)? {
        var low = first.number.value
        // "Five to six million": the first has the scale of the second.
        if first.number.power == 0, second.number.power > 0,
            low.isLess(than: second.number.value.scaled(by: -second.number.power))
        {
            low = low.scaled(by: second.number.power)
        }
        guard low.isLess(than: second.number.value),
            first.unit == nil || first.unit == second.unit
                || first.unit?.name == second.unit?.name
        else { return nil }
        if first.currency != nil {
            guard second.currency == nil || second.currency?.code == first.currency?.code else {
                return nil
            }
            second.currency = first.currency
        }
        second.start = isBetween ? first.start - 1 : first.start
        second.number.isLarge = second.number.isLarge || first.number.isLarge
        let amount = StatedAmount(.range(from: low.text, to: second.number.value.text))
        return (second, amount)
    }

    // "10-15" is one token.
    private func hyphenated(
        _ side: NumberSide,
        _ sentence: Range<Int>
    ) -> (side: NumberSide, amount: StatedAmount)? {
        let rest = side.number.rest
        guard rest.count > 1, text.bytes[rest.lowerBound] == UInt8(ascii: "-"),
            let high = ExactDecimal(text.bytes[(rest.lowerBound + 1)..<rest.upperBound]),
            side.number.value.isLess(than: high)
        else { return nil }
        var number = side.number
        number.rest = rest.upperBound..<rest.upperBound
        let next = number.tokens.upperBound
        var low = side.number.value
        var top = high
        if next < sentence.upperBound, let power = ValueWords.scale[source.word(next)] {
            (low, top) = (low.scaled(by: power), top.scaled(by: power))
            number.tokens = number.tokens.lowerBound..<(next + 1)
            number.isLarge = true
            number.power = power
        }
        number.value = top
        var whole = side
        whole.number = number
        whole.end = number.tokens.upperBound
        if whole.currency == nil, let currency = money.behind(number, limit: sentence.upperBound) {
            (whole.currency, whole.end) = (currency, currency.edge)
        } else if let unit = units.unit(of: number, limit: sentence.upperBound) {
            (whole.unit, whole.end) = (unit, unit.end)
        }
        return (whole, StatedAmount(.range(from: low.text, to: top.text)))
    }

    // MARK: - What stands around it

    private func takeApproximation(
        _ side: inout NumberSide,
        _ amount: inout StatedAmount,
        limit: Int,
        _ sentence: Range<Int>
    ) {
        let isSmall = side.number.isWords && side.number.value.isLess(than: Self.small)
        let before = approximations.before(
            side.start,
            limit: max(limit, sentence.lowerBound),
            isSmall: isSmall && side.unit == nil && side.currency == nil
        )
        if let found = before {
            let isDuring =
                found == ApproximationReader.Found(approximation: .moreThan, count: 1)
                && ValueUnits.time.contains(side.unit?.name ?? "")
            guard !isDuring else { return }
            amount.approximation = found.approximation
            side.start -= found.count
        } else if isPlus(side.number.tokens.upperBound, sentence) {
            amount.approximation = .atLeast
            side.end = max(side.end, side.number.tokens.upperBound + 1)
        } else if let found = approximations.behind(side.end, limit: sentence.upperBound) {
            amount.approximation = found.approximation
            side.end += found.count
        }
    }

    // "18+ years".
    private func isPlus(_ index: Int, _ sentence: Range<Int>) -> Bool {
        index < sentence.upperBound && text.tokens[index].isMark("+") && source.isJoined(index)
    }

    // MARK: - What is no value

    private func isTelling(
        _ side: NumberSide,
        _ amount: StatedAmount,
        isRange: Bool,
        _ sentence: Range<Int>
    ) -> Bool {
        if side.isOne, side.number.isWords, side.currency == nil, amount.total == nil {
            if ValueWords.of.contains(text.tokens[min(side.end, text.tokens.count - 1)]) {
                return false
            }
            // "One day", "no one", "one of them".
            let isUnit = side.unit.map { $0.name != "day" && $0.name != "second" } ?? false
            guard isUnit || amount.subject != nil || hasState(amount) else { return false }
        }
        if side.unit?.name == "second", side.number.isWords, amount.subject == nil {
            return side.number.value != ExactDecimal(1)
        }
        if side.currency != nil || side.unit != nil || amount.total != nil { return true }
        if amount.subject != nil { return true }
        if amount.predicate != nil { return !isRange && !isYear(side.number) }
        if isRange { return false }
        return amount.approximation != nil && side.number.isLarge
            || side.number.isLarge && side.number.power > 0
            || side.number.isLarge && !side.number.isWords
                && source.text.bytes[
                    text.tokens[side.number.tokens.lowerBound].start..<side.number.rest.lowerBound
                ].contains(UInt8(ascii: ","))
    }

    /// "Quillcon 2019 returned": four digits without a comma name a year.
    private func isYear(_ number: NumberPhrase) -> Bool {
        !number.isWords && !number.isLarge && number.value.whole.map { Self.years ~= $0 } ?? false
    }

    private func hasState(_ amount: StatedAmount) -> Bool {
        amount.predicate.map { Self.states.contains(WordHash.folded($0)) } ?? false
    }

    private static let minus: UInt64 = 0x2212
    private static let m = UInt8(ascii: "m")
    private static let from = WordHash.folded("from")
    private static let between = WordHash.folded("between")
    private static let to = WordSet("to or")
    private static let small = ExactDecimal(13)
    private static let years = 1900...2059
    private static let states = WordSet("dead killed injured wounded missing arrested killing hurt")
}
