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

    /// Whom a phrase means by rule, after what was said before.
    func candidate(_ phrase: SpeakerPhrase?, _ history: SpeechHistory) -> SpeakerCandidate? {
        switch phrase {
        case nil: nil
        case .name(let span): .entity(names.entityOfSpan[span])
        case .pronoun(let token): pronoun(token, history)
        case .description(let tokens): described(tokens, last: history.speaker)
        }
    }

    /// A candidate with its name, or the description as it stands inside of a sentence.
    func speaker(_ candidate: SpeakerCandidate) -> Speaker {
        switch candidate {
        case .entity(let entity): Speaker(name: names.entities[entity].name, entity: entity)
        case .described(let tokens): Speaker(name: lowerCased(tokens), entity: nil)
        }
    }

    private func pronoun(_ token: Int, _ history: SpeechHistory) -> SpeakerCandidate? {
        let pronoun = text.tokens[token]
        // The reporter, who has no name here.
        if Self.reporter.contains(pronoun) { return nil }
        let last = history.speaker
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
            let found = spans(tokens).filter { fits($0, pronoun) && !quoted.isQuoted[$0] }
            if found.isEmpty, goesOn(history, from: tokens, pronoun) { return last }
            if let people = opening(tokens, before: found.first) { return people }
            guard !found.isEmpty else { continue }
            // The one who spoke last goes on when the sentence is about them.
            let subjects = found.filter { !isOblique($0) }
            if let speaking = subjects.last(where: { isSpeaking($0) }) {
                return .entity(names.entityOfSpan[speaking])
            }
            let goesOn = subjects.first { .entity(names.entityOfSpan[$0]) == last }
            return (goesOn ?? subjects.first ?? found.first).map { .entity(names.entityOfSpan[$0]) }
        }
        if case .entity = last { return last }
        return nil
    }

    // "“It will close. We are sorry.” She added": who spoke the sentence before the pronoun.
    private func goesOn(
        _ history: SpeechHistory,
        from sentence: Range<Int>,
        _ pronoun: Token
    ) -> Bool {
        guard let utterance = history.last, let entity = history.entity,
            let name = quoted.mentions[entity].first, fits(name, pronoun)
        else { return false }
        return sentence.first.map { $0 < utterance.tokens.upperBound } ?? false
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
        return described(whole, last: nil)
    }

    /// "Quill wrote", "Quill later said".
    private func isSpeaking(_ span: Int) -> Bool {
        var index = names.spans[span].tokens.upperBound
        let end = min(text.tokens.count, index + 4)
        while index < end, SpeechWords.betweenSubjectAndVerb.contains(text.tokens[index]) {
            index += 1
        }
        return index < end && SpeechWords.verb.contains(text.tokens[index])
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
    private func described(_ tokens: Range<Int>, last: SpeakerCandidate?) -> SpeakerCandidate {
        let words = text.tokens[tokens]
        if let issuer = IssuerFinder(quoted: quoted).issuer(of: tokens, last: last) {
            // "the court's report": whom "the court" means.
            if case .described(let owner) = issuer.candidate, issuer.evidence == .owner {
                return described(owner, last: last)
            }
            return issuer.candidate
        }
        if let pointed = pointed(tokens) { return pointed }
        if let last, repeats(tokens, last) { return last }
        let isDefinite = words.first.map { Self.definite.contains($0) } ?? false
        if isDefinite, tokens.count <= 4, let head = words.last {
            if let entity = bearer(of: head, before: tokens.lowerBound) {
                return .entity(entity)
            }
            if let entity = body(tokens, head) { return .entity(entity) }
        }
        return .described(tokens)
    }

    // "the company" is the body of which the sentences before speak most.
    private func body(_ tokens: Range<Int>, _ head: Token) -> Int? {
        guard tokens.count == 2, Self.body.contains(head),
            let sentence = text.sentenceIndex(ofToken: tokens.lowerBound)
        else { return nil }
        let start = text.sentenceTokens[max(0, sentence - Self.sentencesBack)].lowerBound
        var best: (entity: Int, count: Int)?
        for name in spans(start..<tokens.lowerBound).suffix(Self.apposedSpans)
        where names.spans[name].type == .organisation && !quoted.isQuoted[name] {
            let entity = names.entityOfSpan[name]
            let count = quoted.mentions[entity].count
            if count >= best?.count ?? 0 { best = (entity, count) }
        }
        return best?.entity
    }

    // "the spokesperson" behind "a spokesperson of the board": the one who was described before.
    private func repeats(_ tokens: Range<Int>, _ last: SpeakerCandidate) -> Bool {
        guard case .described(let before) = last, tokens.count == 2,
            Self.definite.contains(text.tokens[tokens.lowerBound]), let head = tokens.last
        else { return false }
        return text.tokens[before].contains { $0.folded == text.tokens[head].folded }
    }

    // "the latter" of two names before it, "the former".
    private func pointed(_ tokens: Range<Int>) -> SpeakerCandidate? {
        guard tokens.count == 2, let word = tokens.last else { return nil }
        let isFormer = Self.former.contains(text.tokens[word])
        guard isFormer || Self.latter.contains(text.tokens[word]),
            let sentence = text.sentenceIndex(ofToken: word)
        else { return nil }
        let start = max(text.sentenceTokens[sentence].lowerBound, word - Self.tokensBack)
        let before = spans(start..<tokens.lowerBound).suffix(2)
        guard before.count == 2, let name = isFormer ? before.first : before.last else {
            return nil
        }
        return .entity(names.entityOfSpan[name])
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
                || looked < Self.apposedSpans && span.type == .person
                    && isApposed(head, to: span.tokens, before: token)
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

    // "archbishop Monsignor Ada Quill", "Ada Quill, the archbishop".
    func isApposed(_ head: Token, to name: Range<Int>, before end: Int) -> Bool {
        let before = max(0, name.lowerBound - SpeakerNumbers.apposedMax)..<name.lowerBound
        for index in before.reversed() {
            let token = text.tokens[index]
            guard token.kind == .word, !SpeechWords.verb.contains(token),
                !Self.oblique.contains(token), names.spanIndex(atToken: index) == nil
            else { break }
            if token.folded == head.folded { return true }
        }
        let next = name.upperBound
        guard next + 1 < end, text.tokens[next].isMark(",") else { return false }
        for token in text.tokens[(next + 1)..<end].prefix(SpeakerNumbers.apposedMax) {
            guard token.kind == .word, !SpeechWords.verb.contains(token),
                !Self.oblique.contains(token)
            else { break }
            if token.folded == head.folded { return true }
        }
        return false
    }

    /// The description with a small first letter, as it stands inside a sentence.
    private func lowerCased(_ tokens: Range<Int>) -> String {
        let description = ownedByName(tokens) ?? text.string(tokens)
        guard let first = tokens.first, names.spanIndex(atToken: first) == nil,
            !text.tokens[first].shape.contains(.allCapitals)
        else { return description }
        return description.prefix(1).lowercased() + description.dropFirst()
    }

    // "Larch's office" in the words of a reader who has not seen the text: "Ada Larch's office".
    private func ownedByName(_ tokens: Range<Int>) -> String? {
        guard let first = tokens.first, let span = names.spanIndex(atToken: first),
            names.spans[span].type == .person
        else { return nil }
        let owner = names.spans[span].tokens
        guard owner.lowerBound == first, owner.upperBound < tokens.upperBound,
            text.tokens[owner.upperBound].shape.contains(.possessive)
        else { return nil }
        return names.entities[names.entityOfSpan[span]].name
            + text.string(
                TextRange(
                    text.tokens[owner.upperBound - 1].end,
                    text.tokens[tokens.upperBound - 1].end
                )
            )
    }

    /// Mentions before a description in which its bearer is looked for.
    private static let spansBack = 400
    /// Of these so many whose apposition is looked at.
    private static let apposedSpans = 40
    private static let oblique = WordSet("of to with from by for against about")
    private static let definite = WordSet("the")
    /// What a body is called once its name was said; "the army" is more often none that was named.
    private static let body = WordSet(
        """
        company firm airline bank club agency organisation organization group charity institute
        university newspaper broadcaster association federation foundation retailer manufacturer
        """
    )
    private static let relative = WordSet("who")
    private static let former = WordSet("former")
    private static let latter = WordSet("latter")
    private static let reporter = WordSet("i we")
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
