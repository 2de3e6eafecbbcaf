import WirecopyMessages

/// Finds the phrase that stands as subject before or behind a verb of speech.
///
/// No parser: nearest names, pronouns and noun phrases, with care for appositions between commas,
/// for "of" and "for", and for titles. Every search looks at a bounded number of tokens.
struct SubjectFinder {
    /// Tokens that a search may cross: a long apposition has about thirty.
    static let reachTokens = 40
    /// Longest description that is taken over.
    private static let descriptionTokensMax = 10

    let text: AnalysedText
    let names: LinkedNames

    private var descriptions: DescriptionFinder { DescriptionFinder(text: text, names: names) }

    /// The subject that ends before `verb`, not further left than `limit`.
    func before(_ verb: Int, limit: Int) -> SpeakerPhrase? {
        let limit = max(limit, verb - Self.reachTokens)
        var index = skipBetween(verb - 1, limit)
        if isParticiple(verb), !isAccompanied(verb, limit) {
            return ownSubject(endingAt: index, limit: limit) ?? main(verb, limit: limit)
        }
        // "Quill left and on the radio called it": the place of speaking.
        if let place = names.spanIndex(atToken: index), !isPerson(place) {
            let before = names.spans[place].tokens.lowerBound - 1
            if before > limit, Self.via.contains(text.tokens[before]) {
                index = skipBetween(before - 1, limit)
            }
        }
        // "a statement which said": what the clause belongs to.
        if index > limit, Self.relative.contains(text.tokens[index]) { index -= 1 }
        guard index >= limit else { return nil }
        // "Quill praised Larch and said": the sentence's subject goes on.
        if Self.coordination.contains(text.tokens[index]) { return main(verb, limit: limit) }
        if text.tokens[index].isMark(",") { index = beforeApposition(index, limit) }
        if text.tokens[index].isMark(")") { index = beforeBracket(index, limit) }
        guard index >= limit else { return nil }
        return phrase(endingAt: index, limit: limit) ?? main(verb, limit: limit)
    }

    /// The subject that begins behind `verb`, before `limit`: `said Quill`, `said the ministry`.
    func after(_ verb: Int, limit: Int) -> SpeakerPhrase? {
        let start = verb + 1
        let limit = min(limit, start + Self.reachTokens)
        guard start < limit else { return nil }
        if SpeechWords.pronoun.contains(text.tokens[start]) { return .pronoun(start) }
        let end = phraseEnd(from: start, limit: limit)
        if let document = document(from: start, limit: end) { return .description(document) }
        if let person = spans(from: start, to: end).first(where: { isPerson($0) && !owns($0) }) {
            return .name(person)
        }
        if let person = appositePerson(from: end, limit: limit) { return .name(person) }
        if let first = spans(from: start, to: end).first {
            return nameOrDescription(first, start, end)
        }
        guard SpeechWords.determiner.contains(text.tokens[start]) else { return nil }
        guard end > start + 1 else { return nil }
        return .description(start..<min(end, start + Self.descriptionTokensMax))
    }

    // "according to a statement by Quill's office".
    private func document(from start: Int, limit: Int) -> Range<Int>? {
        guard SpeechWords.determiner.contains(text.tokens[start]),
            let phrase = descriptions.phrases(in: start..<limit, limit: 1).first,
            phrase.lowerBound == start, let head = phrase.last,
            IssuerFinder.document.contains(text.tokens[head])
        else { return nil }
        return phrase
    }

    // "said the Board's chair, Ada Quill": the name stands behind the comma.
    private func appositePerson(from comma: Int, limit: Int) -> Int? {
        guard comma + 1 < limit, text.tokens[comma].isMark(",") else { return nil }
        for span in spans(from: comma + 1, to: limit) {
            let name = names.spans[span]
            let start = name.title.isEmpty ? name.tokens.lowerBound : name.title.lowerBound
            guard text.tokens[start - 1].isMark(",") else { continue }
            return isPerson(span) && !owns(span) ? span : nil
        }
        return nil
    }

    /// "Quill's partner Larch": the owner is not the one who speaks.
    private func owns(_ span: Int) -> Bool {
        let next = names.spans[span].tokens.upperBound
        return next < text.tokens.count && text.tokens[next].shape.contains(.possessive)
    }

    private func skipBetween(_ start: Int, _ limit: Int) -> Int {
        var index = start
        while index >= limit, isBetween(text.tokens[index]) { index -= 1 }
        return index
    }

    private func isBetween(_ token: Token) -> Bool {
        guard token.kind == .word else { return false }
        if SpeechWords.betweenSubjectAndVerb.contains(token) { return true }
        guard !token.isCapitalised, token.end - token.start > 4 else { return false }
        return text.bytes[token.end - 2] == UInt8(ascii: "l")
            && text.bytes[token.end - 1] == UInt8(ascii: "y")
    }

    // "Ada Quill, a member of the board, said": the subject stands before the first comma;
    // "the chair of the board, Ada Quill, said": it stands between the two.
    private func beforeApposition(_ comma: Int, _ limit: Int) -> Int {
        var index = comma - 1
        while index >= limit, !text.tokens[index].isDoubleQuote {
            if text.tokens[index].isMark(")") { index = beforeBracket(index, limit) + 1 }
            defer { index -= 1 }
            guard text.tokens[index].isMark(","), index > limit else { continue }
            let before =
                text.tokens[index - 1].isMark(")") ? beforeBracket(index - 1, limit) : index - 1
            if Self.relative.contains(text.tokens[index + 1]) { return before }
            guard before >= limit, let left = names.spanIndex(atToken: before) else { continue }
            if !isPerson(left), let name = names.spanIndex(atToken: comma - 1), isPerson(name),
                names.spans[name].start == index + 1
            {
                return comma - 1
            }
            // "Ada Quill, of the Harbour Board, one of four sisters, said".
            if !isPerson(left), followsLink(left, limit) { continue }
            // In a list the name directly before the verb's comma counts.
            return before
        }
        return comma - 1
    }

    private func beforeBracket(_ bracket: Int, _ limit: Int) -> Int {
        var index = bracket
        while index >= limit, !text.tokens[index].isMark("(") { index -= 1 }
        return index >= limit ? index - 1 : bracket - 1
    }

    func phrase(endingAt end: Int, limit: Int) -> SpeakerPhrase? {
        let token = text.tokens[end]
        if SpeechWords.pronoun.contains(token) { return .pronoun(end) }
        guard let span = names.spanIndex(atToken: end) else {
            return token.kind == .word ? description(endingAt: end, limit: limit) : nil
        }
        if let document = document(actedOnBy: span, limit) { return .description(document) }
        if !isPerson(span), memberOf(span, limit) == nil,
            let phrase = descriptions.phrase(endingAt: end, from: limit)
        {
            return .description(phrase)
        }
        var current = span
        // "Ada Quill of the Harbour Board said": the person, not the board.
        for _ in 0..<4 {
            let start = names.spans[current].tokens.lowerBound
            var before = start - 1
            // "Ada Quill of Larchland's Harbour Board said".
            if before > limit, text.tokens[before].shape.contains(.possessive), !isPerson(current),
                let owner = names.spanIndex(atToken: before - 1),
                names.spans[owner].tokens.lowerBound - 1 > limit,
                Self.link.contains(text.tokens[names.spans[owner].tokens.lowerBound - 1])
            {
                before = names.spans[owner].tokens.lowerBound - 1
            }
            if before >= limit, Self.the.contains(text.tokens[before]) { before -= 1 }
            guard before > limit, Self.link.contains(text.tokens[before]) else {
                if let member = memberOf(current, limit) { return .name(member) }
                return .name(current)
            }
            guard let other = names.spanIndex(atToken: before - 1) else {
                if isPerson(current) { break }
                return description(endingAt: end, limit: limit) ?? .name(span)
            }
            current = other
        }
        return .name(current)
    }

    // "a letter seen by Quill says": the letter, not who saw it.
    private func document(actedOnBy span: Int, _ limit: Int) -> Range<Int>? {
        var by = names.spans[span].start - 1
        if by > limit, Self.the.contains(text.tokens[by]) { by -= 1 }
        guard by - 2 >= limit, Self.by.contains(text.tokens[by]),
            let phrase = descriptions.phrase(endingAt: by - 2, from: limit), let head = phrase.last,
            IssuerFinder.document.contains(text.tokens[head])
        else { return nil }
        return phrase
    }

    // "Ada Quill of the victims' group Larch Voices said": small words before the body's name.
    private func memberOf(_ span: Int, _ limit: Int) -> Int? {
        guard !isPerson(span), span > 0, isPerson(span - 1) else { return nil }
        let link = names.spans[span - 1].tokens.upperBound
        let start = names.spans[span].tokens.lowerBound
        guard link >= limit, start - link <= Self.descriptionTokensMax,
            Self.link.contains(text.tokens[link]),
            !text.tokens[link..<start].contains(where: { $0.kind == .mark })
        else { return nil }
        return span - 1
    }

    private func description(endingAt end: Int, limit: Int) -> SpeakerPhrase? {
        var start = end
        let limit = max(limit, end - Self.descriptionTokensMax)
        while start > limit {
            let token = text.tokens[start - 1]
            let isPart =
                token.kind != .mark && !SpeechWords.verb.contains(token)
                && !SpeechWords.clauseEnd.contains(token) && !Self.breaks.contains(token)
            guard isPart else { break }
            start -= 1
        }
        // A description begins with its determiner or with the people it names.
        let determiner = (start...end).last {
            SpeechWords.determiner.contains(text.tokens[$0]) && ($0 <= start + 1 || !isInside($0))
        }
        if let determiner, determiner < end {
            var from = determiner
            while from > start, Self.link.contains(text.tokens[from - 1]),
                let earlier = (start..<(from - 1)).last(where: {
                    SpeechWords.determiner.contains(text.tokens[$0]) || isPlural($0)
                })
            {
                from = earlier
            }
            return .description(from..<(end + 1))
        }
        return isPlural(end) ? .description(start..<(end + 1)) : nil
    }

    private func isInside(_ index: Int) -> Bool {
        index > 0 && Self.link.contains(text.tokens[index - 1])
    }

    private func isPlural(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.kind == .word && text.bytes[token.end - 1] == UInt8(ascii: "s")
            || Self.people.contains(token)
    }

    private func nameOrDescription(_ span: Int, _ start: Int, _ end: Int) -> SpeakerPhrase {
        let tokens = names.spans[span].tokens
        let isNoun =
            tokens.upperBound < end && text.tokens[tokens.upperBound].kind == .word
            && !Self.afterName.contains(text.tokens[tokens.upperBound])
        let isAdjective =
            names.spans[span].type == .group || names.spans[span].type == .politicalPlace
        let isIndefinite = Self.indefinite.contains(text.tokens[start])
        guard isNoun, isAdjective || isIndefinite || tokens.lowerBound > start + 1 else {
            return .name(span)
        }
        return .description(start..<min(end, start + Self.descriptionTokensMax))
    }

    private func phraseEnd(from start: Int, limit: Int) -> Int {
        var index = start
        while index < limit {
            let token = text.tokens[index]
            if token.kind == .mark, !token.isMark("("), !token.isMark(")"), !token.isMark("-") {
                break
            }
            if index > start,
                SpeechWords.clauseEnd.contains(token) || Self.prepositions.contains(token)
            {
                break
            }
            // `Calling it "a gift" the minister said`.
            if index > start + 1, SpeechWords.verb.contains(token), !isNamePart(index) { break }
            index += 1
        }
        return index
    }

    func spans(from start: Int, to end: Int) -> Range<Int> {
        let first = names.firstSpanIndex(fromToken: start)
        var last = first
        while last < names.spans.count, names.spans[last].tokens.lowerBound < end { last += 1 }
        return first..<last
    }

    func isPerson(_ span: Int) -> Bool { names.spans[span].type == .person }

    /// Whether a token is a capitalised part of a name: "States" is then no verb.
    func isNamePart(_ token: Int) -> Bool {
        text.tokens[token].isCapitalised && names.spanIndex(atToken: token) != nil
    }

    private static let relative = WordSet("which who whose")
    private static let coordination = WordSet("and but")
    private static let the = WordSet("the")
    private static let by = WordSet("by")
    private static let via = WordSet("on via")
    private static let link = WordSet("of for from at with in")
    private static let breaks = WordSet("and but or so as to where when while who")
    private static let indefinite = WordSet("a an")
    private static let people = WordSet("police people")
    private static let afterName = WordSet(
        "in at on during of for from to via per after before as who and"
    )
    private static let prepositions = WordSet("in at on during to via after before as about")
}
