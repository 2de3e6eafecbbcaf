import WirecopyMessages

/// How well a sentence stands alone, as a line of a brief.
struct SentenceFitness {
    /// Fewer words are rarely a whole sentence.
    private static let wordsMin = 6
    /// Sentences with fewer words say little.
    private static let wordsUsual = 10
    /// Longer ones are hard to read in a list.
    private static let wordsLong = 45
    /// Beyond this a "sentence" is a list or a page whose full stops are missing.
    private static let wordsMax = 90

    private let text: MemberText

    /// Judges the sentences of a text.
    init(_ text: MemberText) { self.text = text }

    /// From 0 (never a line) to 1.
    func fitness(of index: Int) -> Float {
        let sentence = text.sentences[index]
        guard Self.isProse(sentence.kind), isWhole(sentence) else { return 0 }
        return place(of: index) * opening(of: index) * form(of: index)
    }

    /// Whether it does not lean on what stands before it, and may be shown without that.
    func standsAlone(_ index: Int) -> Bool { opening(of: index) >= Self.leansLittle }

    /// Whether a paragraph of a kind is the article's own running text.
    static func isProse(_ kind: ParagraphKind) -> Bool {
        switch kind {
        case .lede, .body, .list, .quote: true
        case .heading, .table, .caption, .credit, .dateline, .correction: false
        }
    }

    private func isWhole(_ sentence: MemberSentence) -> Bool {
        guard Self.wordsMin...Self.wordsMax ~= sentence.words.count else { return false }
        guard let last = text.text(sentence.range).unicodeScalars.last else { return false }
        if last == "?" || last == ":" || last == "…" { return false }
        // A lede that a page sets apart often has no full stop.
        return ".!”\"’)»".unicodeScalars.contains(last) || sentence.kind == .lede
    }

    /// News tells the most important first (the inverted pyramid), and all of it in its first
    /// sentence.
    private func place(of index: Int) -> Float {
        if isFirst(index) { return 1 }
        let prose = text.article.article.paragraphs[..<text.sentences[index].paragraph]
            .count { Self.isProse($0.kind) }
        return max(0.35, 0.8 / (1 + 0.12 * Float(max(0, prose - 1))))
    }

    /// How much a sentence leans on the one before it, by its first words.
    private func opening(of index: Int) -> Float {
        let words = text.sentences[index].words
        guard let first = words.first else { return 0 }
        // Nothing stands before the first sentence: "After his visit to Kyiv, Antony Blinken ..."
        // names whom it means.
        if isFirst(index) { return 1 }
        if Self.pronouns.contains(first.hash) { return 0.2 }
        if Self.connectives.contains(first.hash) { return 0.35 }
        if words.count > 2, Self.introductions.contains(first.hash),
            Self.pronouns.contains(words[1].hash) || Self.connectives.contains(words[1].hash)
        {
            return 0.35
        }
        if first.hash == Self.the, words.count > 1, !isNamed(words[1]) { return 0.7 }
        return leansByPronoun(words) ? 0.6 : 1
    }

    /// Whether a sentence is the first of the article's running text.
    func isFirst(_ index: Int) -> Bool {
        !text.sentences[..<index].contains { Self.isProse($0.kind) }
    }

    /// "the" before a name is no reference to what was told before: "The United States".
    private func isNamed(_ word: MemberWord) -> Bool { word.isCapitalised }

    /// A pronoun among the first words without a name before it: "In fact, he said".
    private func leansByPronoun(_ words: [MemberWord]) -> Bool {
        for word in words.prefix(Self.openingWords) {
            if word.isCapitalised, word.range.start != words.first?.range.start { return false }
            if Self.personal.contains(word.hash) { return true }
        }
        return false
    }

    private func form(of index: Int) -> Float {
        let sentence = text.sentences[index]
        var form: Float = 1
        let words = sentence.words.count
        if words < Self.wordsUsual { form *= 0.6 }
        if words > Self.wordsLong { form *= 0.7 }
        if sentence.names.isEmpty { form *= 0.5 }
        let quoted = Float(sentence.quotedBytes) / Float(max(sentence.range.count, 1))
        if quoted > 0.6 { form *= 0.15 } else if quoted > 0.3 { form *= 0.5 }
        // What persons said has its own part of the brief.
        if sentence.isSaid, !isFirst(index) { form *= 0.6 }
        return form
    }

    private static let leansLittle: Float = 0.65
    private static let openingWords = 5
    private static let the = MemberWords.hash("the")
    /// "He is said to want", "The letter" no; "These talks" leans, "Ukraine has" does not.
    private static let pronouns = MemberWords.hashes(
        "he she it they his her its their this that these those him them we i you our my such both"
    )
    private static let personal = MemberWords.hashes("he she they it his her their its him them")
    private static let connectives = MemberWords.hashes(
        """
        but and or so however meanwhile also still yet instead then thus therefore moreover
        furthermore nevertheless nonetheless besides otherwise hence interestingly formally
        additionally similarly likewise consequently accordingly elsewhere separately earlier later
        """
    )
    /// "For this reason", "Despite that": a preposition before a pronoun.
    private static let introductions = MemberWords.hashes(
        "for despite after before with in on at to from of by because while as during since"
    )
}
