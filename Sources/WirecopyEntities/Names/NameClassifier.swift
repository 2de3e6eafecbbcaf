import WirecopyMessages

/// Says what a candidate names, from its own words and its neighbours; nil when it names nothing.
///
/// The questions are asked from the surest to the least sure; the first that knows answers.
struct NameClassifier {
    /// Longest run of words that can be a person's name.
    private static let personTokensMax = 5

    let text: AnalysedText
    let lexicon: Lexicon

    /// The candidate as a typed span, or nil.
    func span(of candidate: NameCandidate) -> NameSpan? {
        let tokens = candidate.tokens
        guard tokens.contains(where: { text.tokens[$0].isCapitalised }) else { return nil }
        if !candidate.title.isEmpty, let person = titled(candidate) { return person }
        if isPeople(tokens) { return NameSpan(tokens, .group, .strong) }
        if let listed = listed(tokens) { return listed }
        let person = person(tokens)
        // "Doris Day" and "Joe Hill" before "Harbour Day" and "Larch Hill".
        if let person, tokens.count == 2, isAmbiguous(tokens) {
            return person
        }
        if let formed = formed(tokens) { return formed }
        if let person { return person }
        return tokens.count == 1 ? single(candidate) : several(candidate)
    }

    /// Surnames that are also heads; a building stands behind "the" or a preposition.
    private func isAmbiguous(_ tokens: Range<Int>) -> Bool {
        let head = text.tokens[tokens.upperBound - 1]
        if NameWords.eventHead.contains(head) || NameWords.placeHead.contains(head) { return true }
        guard NameWords.facilityHead.contains(head) else { return false }
        guard tokens.lowerBound > 0 else { return true }
        let before = text.tokens[tokens.lowerBound - 1]
        return !Self.the.contains(before) && !NameWords.placePreposition.contains(before)
    }

    // What stands behind a title is a person, unless it is plainly something else.
    private func titled(_ candidate: NameCandidate) -> NameSpan? {
        let tokens = candidate.tokens
        guard tokens.count <= Self.personTokensMax else { return nil }
        let match = wholeMatch(tokens)
        if let match, !match.senses.isDisjoint(with: [.country, .demonym, .organisation, .medium]) {
            return nil
        }
        if formed(tokens) != nil { return nil }
        if tokens.count == 1, text.tokens[tokens.lowerBound].shape.contains(.allCapitals) {
            return nil
        }
        var span = NameSpan(tokens, .person, .strong)
        span.title = candidate.title
        return span
    }

    private func wholeMatch(_ tokens: Range<Int>) -> Lexicon.Match? {
        let match = lexicon.longestMatch(
            text.tokens,
            from: tokens.lowerBound,
            limit: tokens.upperBound
        )
        return match?.tokens == tokens ? match : nil
    }

    // The lists know the whole candidate.
    private func listed(_ tokens: Range<Int>) -> NameSpan? {
        guard let match = wholeMatch(tokens) else { return nil }
        let senses = match.senses
        let isPersonal = !senses.isDisjoint(with: [.firstName, .lastName])
        if senses.contains(.event) { return NameSpan(tokens, .event, .strong) }
        if senses.contains(.country) { return NameSpan(tokens, .politicalPlace, .strong) }
        if senses.contains(.demonym) {
            let next = tokens.upperBound
            let isLanguage = next < text.tokens.count && Self.language.contains(text.tokens[next])
            return NameSpan(tokens, isLanguage ? .other : .group, .strong)
        }
        if senses.contains(.region) { return NameSpan(tokens, .place, .strong) }
        if senses.contains(.weapon) {
            return NameSpan(tokens, .weapon, isPersonal ? .weak : .strong)
        }
        if senses.contains(.law) { return NameSpan(tokens, .law, .strong) }
        if senses.contains(.product) { return NameSpan(tokens, .product, .strong) }
        if senses.contains(.other) { return NameSpan(tokens, .other, .strong) }
        if senses.contains(.seat) {
            return NameSpan(tokens, isPlaced(tokens) ? .facility : .organisation, .strong)
        }
        if !senses.isDisjoint(with: .body) {
            return NameSpan(tokens, .organisation, isPersonal ? .weak : .strong)
        }
        if senses.contains(.person) { return NameSpan(tokens, .person, .strong) }
        if !senses.isDisjoint(with: .politicalPlace) {
            guard isPersonal || tokens.count == 1 else {
                return NameSpan(tokens, .politicalPlace, .strong)
            }
            return NameSpan(tokens, .politicalPlace, isPersonal ? .guess : .weak)
        }
        return nil
    }

    /// "at the White House": a place, not those who govern.
    private func isPlaced(_ tokens: Range<Int>) -> Bool {
        var before = tokens.lowerBound - 1
        if before >= 0, Self.the.contains(text.tokens[before]) { before -= 1 }
        return before >= 0 && NameWords.placePreposition.contains(text.tokens[before])
    }

    // The candidate's first or last word says what kind of thing it is.
    private func formed(_ tokens: Range<Int>) -> NameSpan? {
        guard tokens.count > 1 else { return nil }
        let first = text.tokens[tokens.lowerBound]
        let last = text.tokens[tokens.upperBound - 1]
        let link = tokens.first { Self.of.contains(text.tokens[$0]) }
        // In "University of Quill" the word before "of" is the head.
        let head = link.map { text.tokens[$0 - 1] } ?? last
        if last.kind == .number { return numbered(tokens, first) }
        if NameWords.eventOpener.contains(first) { return NameSpan(tokens, .event, .strong) }
        if link != nil, NameWords.bodyOpener.contains(head) || NameWords.bodyHead.contains(head) {
            return NameSpan(tokens, .organisation, .strong)
        }
        if let type = Self.headType(head) { return NameSpan(tokens, type, .strong) }
        if NameWords.placeOpener.contains(first) { return NameSpan(tokens, .place, .strong) }
        if Self.county.contains(first) { return NameSpan(tokens, .politicalPlace, .strong) }
        if Self.placeOpenerOfGPE.contains(first) { return NameSpan(tokens, .politicalPlace, .weak) }
        if link != nil, NameWords.districtOpener.contains(first) {
            return NameSpan(tokens, .politicalPlace, .strong)
        }
        if NameWords.productOpener.contains(first) { return NameSpan(tokens, .product, .weak) }
        return nil
    }

    private static func headType(_ head: Token) -> EntityType? {
        if NameWords.bodyHead.contains(head) { return .organisation }
        if NameWords.facilityHead.contains(head) { return .facility }
        if NameWords.placeHead.contains(head) { return .place }
        if NameWords.districtHead.contains(head) { return .politicalPlace }
        if NameWords.eventHead.contains(head) { return .event }
        if NameWords.lawHead.contains(head) { return .law }
        if NameWords.otherHead.contains(head) { return .other }
        return nil
    }

    private func numbered(_ tokens: Range<Int>, _ first: Token) -> NameSpan? {
        if NameWords.lawOpener.contains(first) { return NameSpan(tokens, .law, .strong) }
        return NameSpan(tokens, .product, .weak)
    }

    // First names, initials and particles make a person.
    private func person(_ tokens: Range<Int>) -> NameSpan? {
        guard tokens.count > 1, tokens.count <= Self.personTokensMax else { return nil }
        let words = text.tokens[tokens]
        guard let first = words.first, let last = words.last,
            !words.contains(where: { $0.shape.contains(.digit) || $0.kind != .word }),
            !first.shape.contains(.allCapitals) || first.shape.contains(.abbreviation)
        else { return nil }
        let hasFirstName = lexicon.senses(first).contains(.firstName)
        let hasInitial = words.contains {
            $0.end - $0.start == 2 && $0.shape.contains(.abbreviation)
        }
        let hasParticle = words.dropFirst().contains {
            NameWords.particle.contains($0) && !$0.isCapitalised
        }
        let hasGeneration = NameWords.generation.contains(last)
        guard hasFirstName || hasInitial || hasParticle || hasGeneration else { return nil }
        return NameSpan(tokens, .person, .strong)
    }

    // One word that no list knows: only its shape and its neighbours speak.
    private func single(_ candidate: NameCandidate) -> NameSpan? {
        let index = candidate.tokens.lowerBound
        let token = text.tokens[index]
        let senses = lexicon.senses(token)
        if token.shape.contains(.allCapitals) {
            let isShort = token.end - token.start <= 6
            return isShort && !candidate.isInHeadline
                ? NameSpan(candidate.tokens, .organisation, .weak) : nil
        }
        if token.shape.contains(.digit) { return NameSpan(candidate.tokens, .product, .guess) }
        if candidate.beginsSentence || candidate.isInHeadline {
            if lexicon.isCommon(token) { return NameSpan(candidate.tokens, .person, .doubtful) }
        }
        if let type = neighbourType(candidate.tokens) {
            return NameSpan(candidate.tokens, type, .weak)
        }
        if !senses.isDisjoint(with: [.firstName, .lastName]) {
            return NameSpan(candidate.tokens, .person, .weak)
        }
        if index > 0, NameWords.placePreposition.contains(text.tokens[index - 1]) {
            return NameSpan(candidate.tokens, .politicalPlace, .guess)
        }
        if lexicon.isCommon(token) || NameWords.title.contains(token) { return nil }
        if isSpeaking(index) { return NameSpan(candidate.tokens, .person, .guess) }
        return NameSpan(candidate.tokens, .organisation, .doubtful)
    }

    /// "Quill newspaper", "the company Quill", "the town of Quill": a common noun beside it says
    /// it.
    private func neighbourType(_ tokens: Range<Int>) -> EntityType? {
        if tokens.upperBound < text.tokens.count {
            let next = text.tokens[tokens.upperBound]
            if Self.bodyNoun.contains(next) { return .organisation }
            if Self.placeNoun.contains(next) { return .politicalPlace }
        }
        guard tokens.lowerBound > 0 else { return nil }
        let before = text.tokens[tokens.lowerBound - 1]
        if Self.bodyNoun.contains(before) { return .organisation }
        guard tokens.lowerBound > 1, Self.of.contains(before) else { return nil }
        return Self.placeNoun.contains(text.tokens[tokens.lowerBound - 2]) ? .politicalPlace : nil
    }

    // Several words that nothing is known of: mostly a person, with common words a body or a work.
    private func several(_ candidate: NameCandidate) -> NameSpan? {
        var tokens = candidate.tokens
        if candidate.beginsSentence || candidate.isInHeadline {
            while let first = tokens.first, lexicon.isCommon(text.tokens[first]) {
                tokens = (first + 1)..<tokens.upperBound
            }
            guard !tokens.isEmpty else { return nil }
            guard tokens.count == candidate.tokens.count else {
                let rest = NameCandidate(
                    tokens: tokens,
                    title: tokens.lowerBound..<tokens.lowerBound,
                    beginsSentence: false,
                    isInHeadline: candidate.isInHeadline
                )
                return span(of: rest)
            }
            if candidate.isInHeadline { return nil }
        }
        let words = text.tokens[tokens]
        if words.allSatisfy({ lexicon.isCommon($0) || !$0.isCapitalised }) {
            return words.allSatisfy {
                NameWords.title.contains($0) || NameWords.titleModifier.contains($0)
            }
                ? nil : NameSpan(tokens, .organisation, .guess)
        }
        let isLocated =
            tokens.lowerBound > 0
            && Self.located.contains(text.tokens[tokens.lowerBound - 1])
        if tokens.count == 2, isLocated || words.first.map({ Self.compass.contains($0) }) ?? false {
            return NameSpan(tokens, .politicalPlace, .weak)
        }
        let isPerson =
            tokens.count <= 3 && !words.contains { lexicon.isCommon($0) }
            && !words.contains { $0.shape.contains(.allCapitals) || $0.shape.contains(.digit) }
        return NameSpan(tokens, isPerson ? .person : .organisation, .weak)
    }

    /// Plurals of peoples: "Ukrainians", "Muslims".
    private func isPeople(_ tokens: Range<Int>) -> Bool {
        guard tokens.count <= 3, let last = text.tokens[tokens].last else { return false }
        let bytes = text.bytes[last.start..<last.end]
        guard bytes.count > 4, bytes.last == UInt8(ascii: "s") else { return false }
        var words = Array(text.tokens[tokens])
        words[words.count - 1].exact = bytes.dropLast().reduce(WordHash.seed) {
            WordHash.mix($0, $1)
        }
        let match = lexicon.longestMatch(words, from: 0, limit: words.count)
        return match?.tokens.count == words.count && match?.senses.contains(.demonym) ?? false
    }

    private func isSpeaking(_ index: Int) -> Bool {
        let next = index + 1
        if next < text.tokens.count, SpeechWords.verb.contains(text.tokens[next]) { return true }
        return index > 0 && SpeechWords.verb.contains(text.tokens[index - 1])
    }

    private static let of = WordSet("of for")
    private static let bodyNoun = WordSet(
        """
        newspaper newspapers magazine television tv radio broadcaster network company firm group
        party airline band club team militants militia fighters rebels movement charity startup
        """
    )
    private static let placeNoun = WordSet(
        "village town city province region district oblast county suburb neighborhood neighbourhood"
    )
    private static let located = WordSet("in at near")
    private static let the = WordSet("the")
    private static let county = WordSet("county")
    private static let compass = WordSet(
        "north south east west northern southern eastern western central upper lower"
    )
    private static let language = WordSet("language languages")
    private static let placeOpenerOfGPE = WordSet("san santa saint st. fort new los las el port")
}
