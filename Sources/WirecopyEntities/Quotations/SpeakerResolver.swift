import WirecopyMessages

/// Turns a speaker phrase into a speaker: pronouns and descriptions get the name they stand for.
struct SpeakerResolver {
    /// Sentences before the pronoun in which its person is looked for.
    private static let sentencesBack = 4

    let text: AnalysedText
    let names: LinkedNames

    /// The speaker that a phrase means; `last` is the entity that spoke last, if any.
    func speaker(_ phrase: SpeakerPhrase?, last: Int?) -> Speaker? {
        switch phrase {
        case nil: nil
        case .name(let span): named(names.entityOfSpan[span])
        case .pronoun(let token): pronoun(token, last: last)
        case .description(let tokens): described(tokens)
        }
    }

    /// The speaker with an entity's name.
    func named(_ entity: Int) -> Speaker {
        Speaker(name: names.entities[entity].name, entity: entity)
    }

    private func pronoun(_ token: Int, last: Int?) -> Speaker? {
        let isPersonal = SpeechWords.personalPronoun.contains(text.tokens[token])
        guard let sentence = text.sentenceIndex(ofToken: token) else { return nil }
        if Self.relative.contains(text.tokens[token]) {
            return spans(text.sentenceTokens[sentence].lowerBound..<token)
                .last { fits($0, isPersonal) }.map { named(names.entityOfSpan[$0]) }
        }
        // Names inside a quotation are not those of whom the reporter speaks.
        let whole = text.sentenceTokens[sentence].lowerBound..<token
        let ownStart =
            whole.last { text.tokens[$0].isDoubleQuote }.map { $0 + 1 } ?? whole.lowerBound
        if let own = spans(ownStart..<token).first(where: { fits($0, isPersonal) && !isOblique($0) }
        ) {
            return named(names.entityOfSpan[own])
        }
        for back in 1...Self.sentencesBack where sentence >= back {
            let found = spans(text.sentenceTokens[sentence - back]).filter { fits($0, isPersonal) }
            guard !found.isEmpty else { continue }
            // The one who spoke last goes on when the sentence names them.
            let goesOn = found.first { names.entityOfSpan[$0] == last } ?? found.first
            return goesOn.map { named(names.entityOfSpan[$0]) }
        }
        return last.map { named($0) }
    }

    /// "Speaking to Quill, he said": the one spoken to is not the speaker.
    private func isOblique(_ span: Int) -> Bool {
        let title = names.spans[span].title
        let start = title.isEmpty ? names.spans[span].tokens.lowerBound : title.lowerBound
        return start > 0 && Self.oblique.contains(text.tokens[start - 1])
    }

    private func fits(_ span: Int, _ isPersonal: Bool) -> Bool {
        let type = names.entities[names.entityOfSpan[span]].type
        return isPersonal ? type == .person : type == .organisation
    }

    private func spans(_ tokens: Range<Int>) -> Range<Int> {
        let first = names.firstSpanIndex(fromToken: tokens.lowerBound)
        return first..<max(first, names.firstSpanIndex(fromToken: tokens.upperBound))
    }

    // "the president" is the person who bears the title, "the ministry" the body that ends with it.
    private func described(_ tokens: Range<Int>) -> Speaker {
        let words = text.tokens[tokens]
        let isDefinite = words.first.map { Self.definite.contains($0) } ?? false
        if isDefinite, tokens.count <= 4, let head = words.last {
            if let entity = bearer(of: head, before: tokens.lowerBound) { return named(entity) }
        }
        return Speaker(name: lowerCased(tokens), entity: nil)
    }

    private func bearer(of head: Token, before token: Int) -> Int? {
        let roles = Self.synonyms.first { $0.word == head.folded }?.roles
        var index = names.firstSpanIndex(fromToken: token) - 1
        var looked = 0
        while index >= 0, looked < Self.spansBack {
            let span = names.spans[index]
            let entity = names.entityOfSpan[index]
            let titles = names.titleWords[entity]
            if titles.contains(head.folded)
                || roles?.contains(where: { titles.contains($0) }) ?? false
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
        guard let first = text.tokens[tokens].first, SpeechWords.determiner.contains(first) else {
            return description
        }
        return description.prefix(1).lowercased() + description.dropFirst()
    }

    /// Mentions before a description in which its bearer is looked for.
    private static let spansBack = 400
    private static let oblique = WordSet("of to with from by for against about")
    private static let definite = WordSet("the")
    private static let relative = WordSet("who")
    /// Descriptions that stand for the bearer of another title.
    private static let synonyms: [(word: UInt64, roles: [UInt64])] = [
        ("diplomat", ["secretary", "minister", "ambassador", "envoy"]),
        ("premier", ["minister"]),
        ("lawmaker", ["representative", "rep.", "sen.", "senator", "congressman", "mp"]),
        ("leader", ["president", "premier", "chancellor", "king"]),
        ("pontiff", ["pope"]),
    ].map { (WordHash.folded($0.0), $0.1.map(WordHash.folded)) }
}
