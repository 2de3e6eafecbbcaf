import WirecopyMessages

/// Reads what harm came to people whom a sentence counts.
///
/// Tolls are the numbers in which reports of one event differ first. The extractor gives the verb
/// beside a number; "at least nineteen people are known to have died" and "the number of dead at
/// 27" are read here.
struct HarmReader {
    /// What came to people.
    enum Kind: String, CaseIterable {
        case killed, injured, missing, arrested, displaced

        /// `people killed`.
        var label: String { "people " + rawValue }
    }

    /// A number that a sentence gives as a toll, without saying whom it counts.
    struct Toll {
        var kind: Kind
        var number: Int
        var range: TextRange
    }

    /// Words between a number and the word of harm.
    private static let wordsBetweenMax = 6
    /// Digits of a toll; longer ones are no counts of people.
    private static let digitsMax = 7

    private let sentence: MemberSentence
    private let text: MemberText

    /// Prepares reading a sentence.
    init(_ sentence: MemberSentence, in text: MemberText) {
        self.sentence = sentence
        self.text = text
    }

    /// What came to the people whom a value counts; `nil` when it counts something else, or those
    /// who came to no harm.
    func kind(of value: Int) -> Kind? {
        let stated = text.article.values[value]
        // "Four of the seven women who were killed" counts among others who came to harm.
        guard let amount = stated.amount, amount.unit == nil, amount.total == nil,
            stated.kind == .quantity
        else { return nil }
        guard !isDenied(stated.range), !isAge(stated.range) else { return nil }
        let subject = MemberWords.read(amount.subject ?? "")
        let own = MemberWords.read(amount.predicate ?? "") + subject
        if let kind = own.lazy.compactMap({ Self.kinds[$0.hash] }).first { return kind }
        // Words further off may belong to something else, unless people are counted.
        let isAnybody = subject.last.map { Self.people.contains($0.hash) } ?? false
        return isAnybody ? near(stated.range) : nil
    }

    /// The tolls of a sentence beside its values.
    var tolls: [Toll] {
        let words = sentence.words
        return words.indices.compactMap { index in
            guard let kind = Self.tollWords[words[index].hash] else { return nil }
            let after = words[(index + 1)...].prefix(Self.wordsBetweenMax)
            guard let place = after.firstIndex(where: { number($0) != nil }), place > index + 1,
                Self.leading.contains(words[place - 1].hash), let number = number(words[place]),
                !isValue(words[place].range)
            else { return nil }
            return Toll(kind: kind, number: number, range: words[place].range)
        }
    }

    /// The nearest word of harm after a number, else before it, with no other number between.
    private func near(_ range: TextRange) -> Kind? {
        let after = sentence.words.filter { $0.range.start >= range.end }
        for word in after.prefix(Self.wordsBetweenMax) {
            if isValue(word.range) { break }
            if let kind = Self.kinds[word.hash] { return kind }
        }
        let before = sentence.words.filter { $0.range.end <= range.start }
        for word in before.suffix(2).reversed() where !isValue(word.range) {
            if let kind = Self.kinds[word.hash] { return kind }
        }
        return nil
    }

    /// "none of its 2,300 employees had been hurt".
    private func isDenied(_ range: TextRange) -> Bool {
        sentence.words.filter { $0.range.end <= range.start }.suffix(3)
            .contains { Self.denials.contains($0.hash) }
    }

    /// "A woman of 74 died".
    private func isAge(_ range: TextRange) -> Bool {
        let before = sentence.words.filter { $0.range.end <= range.start }.suffix(2).map(\.hash)
        return before.count == 2 && before[1] == Self.of && Self.somebody.contains(before[0])
    }

    private static let of = MemberWords.hash("of")
    private static let somebody = MemberWords.hashes("man woman boy girl child patient person")

    private func isValue(_ range: TextRange) -> Bool {
        sentence.values.contains { text.article.values[$0].range.overlaps(range) }
    }

    private func number(_ word: MemberWord) -> Int? {
        guard word.range.count <= Self.digitsMax else { return nil }
        return Int(text.text(word.range))
    }

    /// Whether a word counts people of whom no more is said: "people", "residents", "deaths".
    static func isAnybody(_ word: MemberWord) -> Bool {
        people.contains(word.hash) || kinds[word.hash] != nil
    }

    private static let people = MemberWords.hashes(
        """
        people persons person others residents civilians victims casualties men women individuals
        lives
        """
    )

    /// Verbs and nouns of harm, by what came of it: "died", "dead" and "claimed lives" are killed.
    private static let kinds = table([
        (.killed, "killed killing kills dead died deaths fatalities perished slain lives"),
        (.injured, "injured injuring wounded wounding hurt injuries"),
        (.missing, "missing unaccounted"), (.arrested, "arrested detained"),
        (.displaced, "displaced evacuated homeless"),
    ])

    private static let tollWords = table([
        (.killed, "dead deaths toll fatalities"), (.injured, "injured wounded injuries"),
        (.missing, "missing"),
    ])

    /// "at 27", "to 27", "stands at 27", "toll of 27"; not "dead on August 27".
    private static let leading = MemberWords.hashes("at to of was is reached hit passed")
    private static let denials = MemberWords.hashes("none no neither without")

    private static func table(_ rows: [(Kind, String)]) -> [UInt64: Kind] {
        var table: [UInt64: Kind] = [:]
        for (kind, words) in rows {
            for word in MemberWords.hashes(words) { table[word] = kind }
        }
        return table
    }
}
