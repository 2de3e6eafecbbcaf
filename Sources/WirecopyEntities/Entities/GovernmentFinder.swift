import WirecopyMessages

/// Says which names of capitals, seats and peoples stand for a government, where the grammar shows
/// it: as the subject of speech or decision ("Moscow has rejected"), or as the owner of one
/// ("Beijing's demands"). The names stay what they are; nothing is merged.
struct GovernmentFinder {
    /// Adverbs and auxiliaries between a subject and its verb.
    private static let betweenMax = 4
    /// Words between an owner and what it owns: "Moscow's latest demand".
    private static let adjectivesMax = 2

    let text: AnalysedText
    let names: LinkedNames
    let lexicon: Lexicon
    let governments: Governments

    /// For each name the government for which it stands; nil for all that stand for themselves.
    func governments(of entities: [Entity]) -> [GovernmentName?] {
        var found = [GovernmentName?](repeating: nil, count: names.spans.count)
        let countries = countries()
        // From the last name on, because "Washington and London said" ends with its verb.
        for index in names.spans.indices.reversed() {
            guard let country = country(of: names.spans[index]), isAgent(index, found) else {
                continue
            }
            let entity = countries[country]
            let name = entity.map { entities[$0].name } ?? country
            found[index] = GovernmentName(name: name, entity: entity)
        }
        return found
    }

    /// The entities of the countries that the text names, by the names of the lists.
    private func countries() -> [String: Int] {
        var countries: [String: Int] = [:]
        for (index, span) in names.spans.enumerated() where span.type == .politicalPlace {
            let canonical = lexicon.canonical(text.tokens[span.tokens])
            guard canonical >= 0 else { continue }
            let name = lexicon.canonicalNames[Int(canonical)]
            countries[name] = countries[name] ?? names.entityOfSpan[index]
        }
        return countries
    }

    private func country(of span: NameSpan) -> String? {
        switch span.type {
        case .politicalPlace, .organisation, .facility:
            return governments.country(of: span.tokens, in: text)
        case .group:
            // "The Russians rejected it": a people as a whole, with its article.
            let before = span.tokens.lowerBound - 1
            var last = text.tokens[span.tokens.upperBound - 1]
            guard before >= 0, Self.the.contains(text.tokens[before]), span.tokens.count == 1,
                text.bytes[last.end - 1] == UInt8(ascii: "s")
            else { return nil }
            last.exact = WordHash.exact(text.bytes[last.start..<(last.end - 1)])
            let canonical = lexicon.canonical([last])
            return canonical >= 0 ? lexicon.canonicalNames[Int(canonical)] : nil
        default: return nil
        }
    }

    private func isAgent(_ index: Int, _ found: [GovernmentName?]) -> Bool {
        let span = names.spans[index].tokens
        var before = span.lowerBound - 1
        if before >= 0, Self.the.contains(text.tokens[before]) { before -= 1 }
        let end = sentenceEnd(span.lowerBound)
        if isOwner(span.upperBound, end) { return true }
        if before >= 0, Self.oblique.contains(text.tokens[before]) { return false }
        if isActing(span.upperBound, end) { return true }
        // "Both Washington and London said".
        let next = index + 1
        guard span.upperBound < end, Self.and.contains(text.tokens[span.upperBound]),
            next < names.spans.count, found[next] != nil
        else { return false }
        return names.spans[next].start - span.upperBound <= 2
    }

    private func sentenceEnd(_ token: Int) -> Int {
        text.sentenceIndex(ofToken: token).map { text.sentenceTokens[$0].upperBound } ?? token
    }

    private func isActing(_ start: Int, _ end: Int) -> Bool {
        for index in start..<max(start, min(end, start + Self.betweenMax)) {
            let token = text.tokens[index]
            if Self.decision.contains(token) { return true }
            if SpeechWords.verb.contains(token) { return !SpeechWords.nounLike.contains(token) }
            guard Self.between.contains(token) || isAdverb(token) else { return false }
        }
        return false
    }

    private func isAdverb(_ token: Token) -> Bool {
        token.kind == .word && !token.isCapitalised && token.end - token.start > 4
            && text.bytes[token.end - 2] == UInt8(ascii: "l")
            && text.bytes[token.end - 1] == UInt8(ascii: "y")
    }

    private func isOwner(_ start: Int, _ end: Int) -> Bool {
        guard start < end, text.tokens[start].shape.contains(.possessive) else { return false }
        let limit = min(end, start + 2 + Self.adjectivesMax)
        for index in (start + 1)..<max(start + 1, limit) {
            if Self.owned.contains(text.tokens[index]) { return true }
            guard text.tokens[index].kind == .word else { return false }
        }
        return false
    }

    private static let the = WordSet("the")
    private static let and = WordSet("and")
    private static let oblique = WordSet(
        """
        in at near from to of with by for against about into on around outside between via through
        across inside toward towards over within beyond behind
        """
    )
    private static let between = WordSet(
        """
        has have had will would could may might can must should also later then again still now
        already never not is are was were been since itself both
        """
    )
    private static let decision = WordSet(
        """
        agreed agrees refused refuses refusing decided decides wants wanted hopes hoped rejected
        rejects rejecting accepted approved approves imposed imposes imposing ordered orders
        signalled signaled threatened threatens threatening considered considers considering plans
        planned supported supports backed backs backing opposed opposes sanctioned recalled
        expelled withdrew withdrawn deployed deploys launched launches invaded annexed attacked
        struck retaliated negotiated negotiates negotiating ruled lifted eased extended signed
        ratified banned allowed allows allowing permitted permits sent sends provided provides
        sought seeks pressed pressured offered offers responded intends intended denied believes
        fears feared views sees regards insists continues called calls appealed summoned dismissed
        dismisses go cancelled canceled suspended
        """
    )
    private static let owned = WordSet(
        """
        decision decisions demand demands offer offers response reaction position stance policy
        policies proposal proposals request requests plan plans refusal threat threats claim claims
        support ally allies ambassador envoy sanctions strategy invasion government leadership
        military forces troops army war aggression negotiators officials diplomats approval
        warning warnings denial concerns hesitation veto
        """
    )
}
