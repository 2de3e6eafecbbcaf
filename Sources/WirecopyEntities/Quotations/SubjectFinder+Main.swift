import WirecopyMessages

/// Who a sentence is about, for verbs that have no subject of their own.
extension SubjectFinder {
    /// Who a sentence is about before a place in it: whoever it describes or names first.
    func main(_ end: Int, limit: Int) -> SpeakerPhrase? {
        let limit = max(limit, end - Self.reachTokens)
        let candidates = spans(from: limit, to: end)
        let person = candidates.first { isPerson($0) && !isOblique($0, limit) }
        let first = person.map { names.spans[$0].tokens.lowerBound } ?? end
        if let described = opening(limit..<end, person: person) {
            return named(behind: described, limit: end).map { .name($0) } ?? .description(described)
        }
        for index in limit..<max(limit, first)
        where SpeechWords.personalPronoun.contains(text.tokens[index]) {
            return .pronoun(index)
        }
        if let person { return .name(person) }
        // "The governor tweeted her reasoning, saying": an office at the sentence's start.
        if limit + 1 < end, Self.the.contains(text.tokens[limit]),
            NameWords.title.contains(text.tokens[limit + 1])
        {
            return .description(limit..<(limit + 2))
        }
        return candidates.first { names.spans[$0].type == .organisation }.map { .name($0) }
    }

    // "One of the groups, the Harbour Board, said": the name in apposition.
    private func named(behind phrase: Range<Int>, limit: Int) -> Int? {
        guard phrase.upperBound + 2 < limit, text.tokens[phrase.upperBound].isMark(",") else {
            return nil
        }
        let start = phrase.upperBound + 1
        return names.spanIndex(atToken: Self.the.contains(text.tokens[start]) ? start + 1 : start)
    }

    // "An official of the board met Ada Quill, saying": people who are described at the beginning,
    // unless their name follows at once.
    private func opening(_ region: Range<Int>, person: Int?) -> Range<Int>? {
        let finder = DescriptionFinder(text: text, names: names)
        let phrases = finder.phrases(in: region, limit: 2)
        guard let first = phrases.first, first.lowerBound <= region.lowerBound + 1,
            finder.isHuman(first)
        else { return nil }
        let whole = phrases.last { $0.lowerBound == first.lowerBound } ?? first
        guard let person else { return whole }
        let start = names.spans[person].start
        return start > whole.upperBound + 1 || first.contains(start) ? whole : nil
    }

    // "…, calling it": the subject of a participle is that of the sentence.
    func isParticiple(_ verb: Int) -> Bool {
        let bytes = text.bytes[text.tokens[verb].start..<text.tokens[verb].end]
        return bytes.count > 5 && bytes.suffix(3).elementsEqual("ing".utf8)
    }

    // "with Ada Quill saying": a participle with a subject of its own.
    func isAccompanied(_ verb: Int, _ limit: Int) -> Bool {
        var index = verb - 1
        let limit = max(limit, verb - 8)
        while index >= limit, text.tokens[index].kind != .mark {
            if Self.with.contains(text.tokens[index]) { return index < verb - 1 }
            index -= 1
        }
        return false
    }

    // "with Ada Quill calling it", "the board recommending": words directly before a participle are
    // its subject when "with", "and" or a comma stands before them.
    func ownSubject(endingAt end: Int, limit: Int) -> SpeakerPhrase? {
        guard end > limit, text.tokens[end].kind == .word else { return nil }
        guard let phrase = phrase(endingAt: end, limit: limit), let start = start(of: phrase),
            start > limit
        else { return nil }
        let before = text.tokens[start - 1]
        guard before.isMark(",") || Self.joining.contains(before) else { return nil }
        return phrase
    }

    private func start(of phrase: SpeakerPhrase) -> Int? {
        switch phrase {
        case .name(let span): names.spans[span].start
        case .pronoun: nil
        case .description(let tokens): tokens.lowerBound
        }
    }

    /// Whether ", of" or ", from" stands before a name, with its article or without.
    func followsLink(_ span: Int, _ limit: Int) -> Bool {
        var before = names.spans[span].tokens.lowerBound - 1
        if before > limit, Self.the.contains(text.tokens[before]) { before -= 1 }
        return before > limit && Self.belonging.contains(text.tokens[before])
            && text.tokens[before - 1].isMark(",")
    }

    /// "to Quill", "of Quill": not what the sentence is about.
    private func isOblique(_ span: Int, _ limit: Int) -> Bool {
        let start = names.spans[span].start
        return start > limit && Self.oblique.contains(text.tokens[start - 1])
    }

    private static let the = WordSet("the")
    private static let with = WordSet("with")
    private static let joining = WordSet("with and")
    private static let belonging = WordSet("of from for at in")
    private static let oblique = WordSet("of to with from by for against about")
}
