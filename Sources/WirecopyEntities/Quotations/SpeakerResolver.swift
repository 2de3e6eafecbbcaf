import WirecopyMessages

/// Turns a speaker phrase into a speaker: pronouns and descriptions get the name they stand for.
struct SpeakerResolver {
    /// Sentences before the pronoun in which its person is looked for.
    private static let sentencesBack = 4
    /// Tokens of one sentence that are looked at; the longest of news have about 120.
    private static let tokensBack = 160

    let quoted: QuotedText

    private var text: AnalysedText { quoted.text }
    private var names: LinkedNames { quoted.names }

    /// Whom a phrase means by rule; `last` is the entity that spoke last, if any.
    func candidate(_ phrase: SpeakerPhrase?, last: Int?) -> SpeakerCandidate? {
        switch phrase {
        case nil: nil
        case .name(let span): .entity(names.entityOfSpan[span])
        case .pronoun(let token): pronoun(token, last: last)
        case .description(let tokens): described(tokens)
        }
    }

    /// A candidate with its name, or the description as it stands inside of a sentence.
    func speaker(_ candidate: SpeakerCandidate) -> Speaker {
        switch candidate {
        case .entity(let entity): Speaker(name: names.entities[entity].name, entity: entity)
        case .described(let tokens): Speaker(name: lowerCased(tokens), entity: nil)
        }
    }

    private func pronoun(_ token: Int, last: Int?) -> SpeakerCandidate? {
        let pronoun = text.tokens[token]
        guard let sentence = text.sentenceIndex(ofToken: token) else { return nil }
        if Self.relative.contains(text.tokens[token]) {
            return spans(text.sentenceTokens[sentence].lowerBound..<token)
                .last { fits($0, pronoun) }.map { .entity(names.entityOfSpan[$0]) }
        }
        // Names inside a quotation are not those of whom the reporter speaks.
        let start = max(text.sentenceTokens[sentence].lowerBound, token - Self.tokensBack)
        let whole = start..<token
        let ownStart =
            whole.last { text.tokens[$0].isDoubleQuote }.map { $0 + 1 } ?? whole.lowerBound
        if let own = spans(ownStart..<token).first(where: { fits($0, pronoun) && !isOblique($0) }
        ) {
            return .entity(names.entityOfSpan[own])
        }
        for back in 1...Self.sentencesBack where sentence >= back {
            let tokens = text.sentenceTokens[sentence - back].prefix(Self.tokensBack)
            let found = spans(tokens).filter { fits($0, pronoun) }
            if let people = opening(tokens, before: found.first) { return people }
            guard !found.isEmpty else { continue }
            // The one who spoke last goes on when the sentence names them.
            let goesOn = found.first { names.entityOfSpan[$0] == last } ?? found.first
            return goesOn.map { .entity(names.entityOfSpan[$0]) }
        }
        return last.map { .entity($0) }
    }

    // "One of the victims came. She said": people who are described at a sentence's beginning.
    private func opening(_ sentence: Range<Int>, before span: Int?) -> SpeakerCandidate? {
        let finder = DescriptionFinder(text: text, names: names)
        let phrases = finder.phrases(in: sentence, limit: 2)
        guard let first = phrases.first, first.lowerBound == sentence.lowerBound,
            finder.isHuman(first)
        else { return nil }
        let whole = phrases.last { $0.lowerBound == first.lowerBound } ?? first
        if let span, names.spans[span].start <= whole.upperBound + 1 { return nil }
        return described(whole)
    }

    /// "Speaking to Quill, he said": the one spoken to is not the speaker.
    private func isOblique(_ span: Int) -> Bool {
        let title = names.spans[span].title
        let start = title.isEmpty ? names.spans[span].tokens.lowerBound : title.lowerBound
        return start > 0 && Self.oblique.contains(text.tokens[start - 1])
    }

    /// Whether a pronoun can mean what a name stands for.
    private func fits(_ span: Int, _ pronoun: Token) -> Bool {
        let entity = names.entityOfSpan[span]
        let isPerson = names.entities[entity].type == .person
        guard SpeechWords.personalPronoun.contains(pronoun) else {
            return names.entities[entity].type == .organisation
        }
        switch quoted.genders[entity] {
        case .unknown: return isPerson
        case .male: return isPerson && !Self.she.contains(pronoun)
        case .female: return isPerson && !Self.he.contains(pronoun)
        }
    }

    private func spans(_ tokens: Range<Int>) -> Range<Int> {
        let first = names.firstSpanIndex(fromToken: tokens.lowerBound)
        return first..<max(first, names.firstSpanIndex(fromToken: tokens.upperBound))
    }

    // "the president" is the person who bears the title, "the ministry" the body that ends with it.
    private func described(_ tokens: Range<Int>) -> SpeakerCandidate {
        let words = text.tokens[tokens]
        let isDefinite = words.first.map { Self.definite.contains($0) } ?? false
        if isDefinite, tokens.count <= 4, let head = words.last {
            if let entity = bearer(of: head, before: tokens.lowerBound) {
                return .entity(entity)
            }
        }
        return .described(tokens)
    }

    /// Offices that a description also means: a "diplomat" is a minister, an ambassador, …
    static func roles(like head: Token) -> [UInt64] {
        synonyms.first { $0.word == head.folded }?.roles ?? []
    }

    private func bearer(of head: Token, before token: Int) -> Int? {
        let roles = Self.roles(like: head)
        var index = names.firstSpanIndex(fromToken: token) - 1
        var looked = 0
        while index >= 0, looked < Self.spansBack {
            let span = names.spans[index]
            let entity = names.entityOfSpan[index]
            let titles = names.titleWords[entity]
            if titles.contains(head.folded)
                || roles.contains(where: { titles.contains($0) })
            {
                return entity
            }
            if span.type == .organisation, span.tokens.count > 1,
                text.tokens[span.tokens].contains(where: { $0.folded == head.folded })
            {
                return entity
            }
            index -= 1
            looked += 1
        }
        return nil
    }

    /// The description with a small first letter, as it stands inside a sentence.
    private func lowerCased(_ tokens: Range<Int>) -> String {
        let description = text.string(tokens)
        guard let first = tokens.first, names.spanIndex(atToken: first) == nil,
            !text.tokens[first].shape.contains(.allCapitals)
        else { return description }
        return description.prefix(1).lowercased() + description.dropFirst()
    }

    /// Mentions before a description in which its bearer is looked for.
    private static let spansBack = 400
    private static let oblique = WordSet("of to with from by for against about")
    private static let definite = WordSet("the")
    private static let relative = WordSet("who")
    private static let he = WordSet("he")
    private static let she = WordSet("she")
    /// Descriptions that stand for the bearer of another title.
    private static let synonyms: [(word: UInt64, roles: [UInt64])] = [
        ("diplomat", ["secretary", "minister", "ambassador", "envoy"]),
        ("premier", ["minister"]),
        ("lawmaker", ["representative", "rep.", "sen.", "senator", "congressman", "mp"]),
        ("leader", ["president", "premier", "chancellor", "king"]),
        ("pontiff", ["pope"]),
    ].map { (WordHash.folded($0.0), $0.1.map(WordHash.folded)) }
}
