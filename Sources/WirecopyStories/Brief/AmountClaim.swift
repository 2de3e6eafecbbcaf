import WirecopyMessages

/// A number that one article states, so that it can be held against those of others.
struct AmountClaim {
    /// Index of the text.
    var text: Int
    /// Index of the sentence.
    var sentence: Int
    /// The words that state it.
    var range: TextRange
    /// What it is about, for people: `people killed`.
    var label: String
    /// The least and the most that the words can mean.
    var low: Double
    var high: Double
    /// Whether the text gives a bound or says "about".
    var isLoose: Bool
    /// Whether the text gives two bounds, or none that counts: "three to five", "dozens".
    var isRange: Bool
    /// What is counted; claims are only compared when this is equal.
    var subject: AmountSubject
    /// Words before the head of the subject, as stems: `russian` of "Russian soldiers".
    var modifiers: [UInt64]
}

/// What a number counts or measures.
struct AmountSubject: Hashable {
    /// Unit or currency; empty for things that are counted.
    var unit: String
    /// Stem of the last word of the subject; 0 when the text has none.
    var head: UInt64
    /// What happens to it; 0 when the text does not tell.
    var predicate: UInt64
    /// Whether it tells of people who came to harm.
    var isCasualty: Bool
}

extension AmountClaim {
    /// Reads a value; `nil` for a date, and for a number of which the text does not tell enough to
    /// compare it with another.
    init?(_ text: MemberText, index: Int, value: Int) {
        let stated = text.article.values[value]
        guard let amount = stated.amount, let sentence = text.sentence(at: stated.range.start),
            let bounds = Self.bounds(amount)
        else { return nil }
        let harm = HarmReader(text.sentences[sentence], in: text).kind(of: value)
        guard let subject = AmountSubject(amount, currency: stated.currency, harm: harm) else {
            return nil
        }
        self.text = index
        self.sentence = sentence
        range = stated.range
        label = AmountSubject.label(amount, harm: subject.isCasualty ? harm : nil)
        (low, high) = bounds
        isLoose = amount.approximation != nil || amount.exact == nil
        isRange = amount.exact == nil
        self.subject = subject
        let words = MemberWords.read(amount.subject ?? "").filter { $0.stem != 0 }
        modifiers = subject.isCasualty ? [] : words.dropLast().map(\.stem).sorted()
    }

    /// Makes the claim of a toll: "the number of dead at 27".
    init(_ toll: HarmReader.Toll, index: Int, sentence: Int) {
        text = index
        self.sentence = sentence
        range = toll.range
        label = toll.kind.label
        (low, high) = (Double(toll.number), Double(toll.number))
        isLoose = false
        isRange = false
        subject = AmountSubject(harm: toll.kind)
        modifiers = []
    }

    /// Whether a reader would say that the numbers differ.
    ///
    /// "At least 11" and "at least 34" can both be right, but tell of different counts; "about
    /// 1,000" and "1,012" are one number, and so are "dozens" and 60.
    func differs(from other: AmountClaim) -> Bool {
        guard let number = stated, let otherNumber = other.stated else {
            return low > other.high || other.low > high
        }
        let larger = max(abs(number), abs(otherNumber))
        guard larger > 0 else { return false }
        let distance = abs(number - otherNumber) / larger
        return distance > (isLoose || other.isLoose ? Self.roundingMax : 0)
    }

    /// The number that the text gives; `nil` for bounds.
    private var stated: Double? {
        if low == high { return low }
        guard !isRange else { return nil }
        return low.isFinite ? low : high
    }

    /// "About 1,000" may stand for a number that differs by a tenth.
    private static let roundingMax = 0.1

    private static func bounds(_ amount: StatedAmount) -> (Double, Double)? {
        switch amount.number {
        case .exact(let text):
            guard let number = Double(text) else { return nil }
            switch amount.approximation {
            case .atLeast, .moreThan: return (number, .infinity)
            case .atMost, .lessThan: return (-.infinity, number)
            case .about, nil: return (number, number)
            }
        case .range(let from, let to):
            guard let low = Double(from) else { return nil }
            return (low, to.flatMap(Double.init) ?? .infinity)
        }
    }
}

extension AmountSubject {
    /// People of whom no more is said, who came to harm.
    init(harm: HarmReader.Kind) {
        self.init(unit: "", head: 0, predicate: MemberWords.hash(harm.rawValue), isCasualty: true)
    }

    /// Reads what an amount is about; `nil` when the text does not tell enough.
    init?(_ amount: StatedAmount, currency: String?, harm: HarmReader.Kind?) {
        let words = MemberWords.read(amount.subject ?? "")
        let last = words.last { $0.stem != 0 }
        let unit = currency ?? amount.unit ?? ""
        if let harm, unit.isEmpty {
            self.init(harm: harm)
            let isAnybody = last.map { HarmReader.isAnybody($0) } ?? true
            head = isAnybody ? 0 : last?.stem ?? 0
            return
        }
        let predicate = MemberWords.read(amount.predicate ?? "").last { $0.stem != 0 }?.stem ?? 0
        // A length of time or a share without a subject may be that of anything.
        guard let head = last?.stem, !unit.isEmpty || predicate != 0 || words.count > 1 else {
            return nil
        }
        self.init(unit: unit, head: head, predicate: predicate, isCasualty: false)
    }

    /// What an amount is about in the text's words; of harm to people: `people killed`.
    static func label(_ amount: StatedAmount, harm: HarmReader.Kind?) -> String {
        let words = MemberWords.read(amount.subject ?? "")
        if let harm {
            let isAnybody = words.last.map { HarmReader.isAnybody($0) } ?? true
            return isAnybody
                ? harm.label : [amount.subject ?? "", harm.rawValue].joined(separator: " ")
        }
        let unit = amount.unit.map { $0.replacing("_", with: " ") }
        return [unit, amount.subject, amount.predicate].compactMap(\.self).joined(separator: " ")
    }
}
