/// A number in a text, in digits or in words.
struct NumberPhrase {
    /// Its tokens, with the scale behind it: "1.5 million".
    var tokens: Range<Int>
    var value: ExactDecimal
    /// Bytes of its last token behind the digits: the "km" of "5km", the "-day" of "10-day".
    var rest: Range<Int>
    /// Whether only the size is known: "dozens", "tens of thousands".
    var isVague = false
    /// Whether a scale, a comma or a decimal point says that it is an amount, not a label.
    var isLarge = false
    /// Whether it is written in words.
    var isWords = false
    /// The power of ten that the scale behind it gave: 6 in "1.5 million".
    var power = 0
}

/// Reads numbers; every reading looks at a bounded number of tokens.
struct NumberReader {
    /// Words of one number: "two hundred and thirty-four thousand five hundred and six".
    private static let wordsMax = 12
    /// Scales behind a number: "hundred thousand".
    private static let scalesMax = 2

    let text: AnalysedText

    /// The number that begins at a token and ends before `limit`.
    func number(at start: Int, limit: Int) -> NumberPhrase? {
        guard start < limit else { return nil }
        let token = text.tokens[start]
        guard token.kind != .mark else { return nil }
        if ByteClass.table[Int(text.bytes[token.start])] == .digit {
            return digits(at: start, limit: limit)
        }
        return words(at: start, limit: limit)
    }

    private func digits(at start: Int, limit: Int) -> NumberPhrase? {
        let token = text.tokens[start]
        var end = token.start
        while end < token.end, Self.isNumeric(text.bytes[end]) { end += 1 }
        while end > token.start, !Self.isDigit(text.bytes[end - 1]) { end -= 1 }
        guard let value = ExactDecimal(text.bytes[token.start..<end]) else { return nil }
        var number = NumberPhrase(
            tokens: start..<(start + 1),
            value: value,
            rest: end..<token.end
        )
        number.isLarge =
            end - token.start > 1
            && text.bytes[token.start..<end].contains { !Self.isDigit($0) }
        if number.rest.isEmpty { return scaled(number, limit: limit) }
        return suffixed(number)
    }

    // "5bn", "1.5-million".
    private func suffixed(_ number: NumberPhrase) -> NumberPhrase {
        var number = number
        let isHyphen = text.bytes[number.rest.lowerBound] == UInt8(ascii: "-")
        let rest = hash(number.rest.dropFirst(isHyphen ? 1 : 0))
        if let power = isHyphen ? ValueWords.scale[rest] : ValueWords.scaleSuffix[rest] {
            // "200m" is a length as often as a number: the reader of quantities decides.
            let isMetres = !isHyphen && rest == Self.metres
            guard !isMetres else { return number }
            number.value = number.value.scaled(by: power)
            number.power = power
            number.rest = number.rest.upperBound..<number.rest.upperBound
            number.isLarge = true
        }
        return number
    }

    /// A number with the scale behind it, and "and a half".
    private func scaled(_ number: NumberPhrase, limit: Int) -> NumberPhrase {
        var number = number
        var next = number.tokens.upperBound
        if isAndHalf(next, limit) {
            number.value = number.value.andHalf
            next += 3
            number.tokens = number.tokens.lowerBound..<next
        }
        for _ in 0..<Self.scalesMax {
            guard next < limit, let power = ValueWords.scale[text.tokens[next].folded] else {
                break
            }
            number.value = number.value.scaled(by: power)
            number.power += power
            number.isLarge = true
            next += 1
            number.tokens = number.tokens.lowerBound..<next
        }
        number.rest = text.tokens[next - 1].end..<text.tokens[next - 1].end
        return number
    }

    private func isAndHalf(_ next: Int, _ limit: Int) -> Bool {
        next + 2 < limit && ValueWords.and.contains(text.tokens[next])
            && ValueWords.indefinite.contains(text.tokens[next + 1])
            && ValueWords.half.contains(text.tokens[next + 2])
    }

    private func words(at start: Int, limit: Int) -> NumberPhrase? {
        let limit = min(limit, start + Self.wordsMax)
        let token = text.tokens[start]
        if let vague = vague(at: start, limit: limit) { return vague }
        if ValueWords.half.contains(token) { return half(at: start, limit: limit) }
        if ValueWords.indefinite.contains(token) {
            guard start + 1 < limit else { return nil }
            let next = text.tokens[start + 1]
            if ValueWords.dozen.contains(next) { return phrase(start..<(start + 2), 12) }
            guard ValueWords.scale[next.folded] != nil else { return nil }
            return scaled(phrase(start..<(start + 1), 1), limit: limit)
        }
        return spelled(at: start, limit: limit)
    }

    private func phrase(_ tokens: Range<Int>, _ value: Int) -> NumberPhrase {
        let end = text.tokens[tokens.upperBound - 1].end
        var phrase = NumberPhrase(tokens: tokens, value: ExactDecimal(value), rest: end..<end)
        phrase.isWords = true
        return phrase
    }

    // "dozens", "tens of thousands", "hundreds of thousands": the least that they can mean.
    private func vague(at start: Int, limit: Int) -> NumberPhrase? {
        let token = text.tokens[start]
        if ValueWords.dozens.contains(token) {
            var dozens = phrase(start..<(start + 1), 24)
            dozens.isVague = true
            return dozens
        }
        let factor: (value: Int, power: Int)? =
            ValueWords.tens.contains(token)
            ? (1, 1) : ValueWords.vague[token.folded].map { (2, $0) }
        guard let factor else { return nil }
        let isJoined = start + 2 < limit && ValueWords.of.contains(text.tokens[start + 1])
        let scale = isJoined ? ValueWords.vague[text.tokens[start + 2].folded] : nil
        guard scale != nil || factor.value > 1 else { return nil }
        var number = phrase(start..<(start + (scale == nil ? 1 : 3)), factor.value)
        if factor.value == 1 { number.value = ExactDecimal(2) }
        number.value = number.value.scaled(by: factor.power + (scale ?? 0))
        number.isVague = true
        return number
    }

    // "half a million", "half a dozen".
    private func half(at start: Int, limit: Int) -> NumberPhrase? {
        guard start + 2 < limit, ValueWords.indefinite.contains(text.tokens[start + 1]) else {
            return nil
        }
        let next = text.tokens[start + 2]
        if ValueWords.dozen.contains(next) { return phrase(start..<(start + 3), 6) }
        var number = phrase(start..<(start + 2), 5)
        number.value = number.value.scaled(by: -1)
        if ValueWords.scale[next.folded] != nil { return scaled(number, limit: limit) }
        return ValueUnits.unit[next.folded] == nil ? nil : number
    }

    // "twenty-three", "two hundred and fifty thousand", "three dozen".
    private func spelled(at start: Int, limit: Int) -> NumberPhrase? {
        var (total, current) = (0, 0)
        var index = start
        var rest: Range<Int>?
        var lastPower = 0
        while index < limit, rest == nil {
            let token = text.tokens[index]
            if let (value, behind) = smallNumber(token), index == start || isAddend(current, value)
            {
                current += value
                if !behind.isEmpty { rest = behind }
            } else if index > start, let power = ValueWords.scale[token.folded], current > 0 {
                let factor = (0..<power).reduce(1) { factor, _ in factor * 10 }
                if power == 2 {
                    // "Hundred hundred" is no number, and enough of them would overflow.
                    guard current < 100 else { break }
                    current *= factor
                } else {
                    (total, current) = (total + current * factor, 0)
                    lastPower = power
                }
            } else if index > start, ValueWords.dozen.contains(token), total == 0,
                current < 100
            {
                current *= 12
            } else if index + 1 < limit, ValueWords.and.contains(token),
                current >= 100 && current % 100 == 0, smallNumber(text.tokens[index + 1]) != nil
            {
                index += 1
                continue
            } else {
                break
            }
            index += 1
        }
        guard index > start else { return nil }
        var number = phrase(start..<index, total + current)
        number.rest = rest ?? number.rest
        number.isLarge = total + current >= 100
        number.power = current == 0 ? lastPower : 0
        if rest == nil, isAndHalf(index, limit) { return scaled(number, limit: limit) }
        return number
    }

    /// Whether a number may follow another: "two hundred fifty", not "five six".
    private func isAddend(_ current: Int, _ value: Int) -> Bool {
        current == 0 || current % 100 == 0 && value < 100
    }

    /// The number of a word, and what of it stands behind: "twenty-three", "two|-day".
    private func smallNumber(_ token: Token) -> (value: Int, rest: Range<Int>)? {
        if let value = ValueWords.small[token.folded] { return (value, token.end..<token.end) }
        guard token.shape.contains(.hyphenated),
            let hyphen = text.bytes[token.start..<token.end].firstIndex(of: UInt8(ascii: "-")),
            let first = ValueWords.small[hash(token.start..<hyphen)]
        else { return nil }
        let behind = text.bytes[(hyphen + 1)..<token.end]
        let end = behind.firstIndex(of: UInt8(ascii: "-")) ?? token.end
        if first >= 20, let second = ValueWords.small[hash((hyphen + 1)..<end)], second < 10 {
            return (first + second, end..<token.end)
        }
        return (first, hyphen..<token.end)
    }

    /// The folded hash of some bytes.
    func hash(_ range: Range<Int>) -> UInt64 {
        text.bytes[range].reduce(WordHash.seed) { WordHash.mix($0, WordHash.fold($1)) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
    }

    private static let metres = WordHash.folded("m")
}
