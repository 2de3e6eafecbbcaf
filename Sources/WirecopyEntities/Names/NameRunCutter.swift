/// A part of a run: one candidate for a name, with the titles before it.
struct NameCandidate: Equatable {
    var tokens: Range<Int>
    var title: Range<Int>
    /// Whether the first token's capital may be that of the sentence.
    var beginsSentence: Bool
    var isInHeadline: Bool
}

/// Cuts a run into candidates: at calendar words, places before titles, and titles.
///
/// "Ukrainian President Ada Quill" gives "Ukrainian" and "Ada Quill" with the title "President".
struct NameRunCutter {
    let text: AnalysedText
    let lexicon: Lexicon

    /// The candidates of a run, in order.
    func candidates(of run: NameRun) -> [NameCandidate] {
        var candidates: [NameCandidate] = []
        for piece in pieces(of: run) {
            cut(piece, run, into: &candidates)
        }
        return candidates
    }

    /// The run without calendar words and without small words at its ends.
    private func pieces(of nameRun: NameRun) -> [Range<Int>] {
        let run = nameRun.tokens
        var pieces: [Range<Int>] = []
        var start = run.lowerBound
        for index in run.lowerBound...run.upperBound {
            let isEnd = index == run.upperBound
            guard isEnd || isCalendar(index, run) || nameRun.isInHeadline && isPlain(index, run)
            else { continue }
            let begins = nameRun.beginsSentence && start == run.lowerBound
            let piece = trimmed(start..<index, beginsSentence: begins)
            if !piece.isEmpty { pieces.append(piece) }
            start = min(index + 1, run.upperBound)
        }
        return pieces
    }

    /// "Super Tuesday" and "Labor Day" stay whole; "May" and "March" are names only before a
    /// surname.
    private func isCalendar(_ index: Int, _ run: Range<Int>) -> Bool {
        guard NameWords.calendar.contains(text.tokens[index]) else { return false }
        let match = lexicon.longestMatch(text.tokens, from: run.lowerBound, limit: run.upperBound)
        return !(match.map { $0.tokens.contains(index) && $0.tokens.count > 1 } ?? false)
    }

    /// A common word of a headline, unless a list has a phrase with it: "Red Cross".
    private func isPlain(_ index: Int, _ run: Range<Int>) -> Bool {
        let token = text.tokens[index]
        // "US" is no common word, though "us" is one.
        let isAcronym = token.shape.contains(.allCapitals) && !lexicon.senses(token).isEmpty
        guard lexicon.isCommon(token), !isAcronym else { return false }
        let start = max(run.lowerBound, index - Lexicon.phraseTokensMax)
        return !(start...index).contains { from in
            let match = lexicon.longestMatch(text.tokens, from: from, limit: run.upperBound)
            return match.map { $0.tokens.contains(index) && $0.tokens.count > 1 } ?? false
        }
    }

    private func trimmed(_ range: Range<Int>, beginsSentence: Bool = false) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isTrimmable(start) || beginsSentence && isFunctionWord(start, end) {
            start += 1
        }
        while end > start, isTrimmable(end - 1) || isHonour(end - 1, start) { end -= 1 }
        return start..<end
    }

    private func isTrimmable(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.kind == .mark || token.shape.contains(.possessive)
            || !token.isCapitalised && !token.shape.contains(.digit)
            || NameWords.neverName.contains(token)
    }

    /// "The", "Yesterday" and the like begin no name, unless a list has it: "The Quill Times".
    private func isFunctionWord(_ index: Int, _ end: Int) -> Bool {
        guard Abbreviations.starters.contains(text.tokens[index]) else { return false }
        let match = lexicon.longestMatch(text.tokens, from: index, limit: end)
        return (match?.tokens.count ?? 0) < 2
    }

    /// Letters of honour behind a name: "Ada Quill QC".
    private func isHonour(_ index: Int, _ start: Int) -> Bool {
        index > start && NameWords.honour.contains(text.tokens[index])
    }

    private func cut(_ piece: Range<Int>, _ run: NameRun, into candidates: inout [NameCandidate]) {
        var start = piece.lowerBound
        var title = start..<start
        var index = start
        // "Office of the High Commissioner for Human Rights" is one name.
        if isBody(piece) { return append(piece, title, run, to: &candidates) }
        while index < piece.upperBound {
            guard let end = titleEnd(from: index, limit: piece.upperBound) else {
                index += 1
                continue
            }
            let before = trimmed(start..<index)
            // "Supreme Court Justice": what stands before a title is a name of its own.
            if !before.isEmpty { append(before, title, run, to: &candidates) }
            title = before.isEmpty && !title.isEmpty ? title.lowerBound..<end : index..<end
            (start, index) = (end, end)
        }
        let rest = trimmed(start..<piece.upperBound)
        if !rest.isEmpty { append(rest, title, run, to: &candidates) }
    }

    private func isBody(_ piece: Range<Int>) -> Bool {
        guard piece.count > 2, Self.of.contains(text.tokens[piece.lowerBound + 1]) else {
            return false
        }
        let first = text.tokens[piece.lowerBound]
        return NameWords.bodyOpener.contains(first) || NameWords.bodyHead.contains(first)
    }

    private func append(
        _ tokens: Range<Int>,
        _ title: Range<Int>,
        _ run: NameRun,
        to candidates: inout [NameCandidate]
    ) {
        var tokens = tokens
        let hasTitle = !title.isEmpty && title.upperBound == tokens.lowerBound
        // "Ukrainian Ada Quill": a people or country before a person or another name.
        if !hasTitle,
            let match = lexicon.longestMatch(
                text.tokens,
                from: tokens.lowerBound,
                limit: tokens.upperBound
            ), match.tokens.count < tokens.count, splits(match, tokens)
        {
            add(match.tokens, title, run, to: &candidates)
            tokens = match.tokens.upperBound..<tokens.upperBound
            tokens = trimmed(tokens)
            guard !tokens.isEmpty else { return }
        }
        add(tokens, title, run, to: &candidates)
    }

    private func add(
        _ tokens: Range<Int>,
        _ title: Range<Int>,
        _ run: NameRun,
        to candidates: inout [NameCandidate]
    ) {
        let touches = title.upperBound == tokens.lowerBound && !title.isEmpty
        candidates.append(
            NameCandidate(
                tokens: tokens,
                title: touches ? title : tokens.lowerBound..<tokens.lowerBound,
                beginsSentence: run.beginsSentence && tokens.lowerBound == run.tokens.lowerBound,
                isInHeadline: run.isInHeadline
            )
        )
    }

    /// Whether a country or people at the beginning is a mention of its own.
    private func splits(_ match: Lexicon.Match, _ tokens: Range<Int>) -> Bool {
        let rest = text.tokens[match.tokens.upperBound..<tokens.upperBound]
        // "Vermont Ada Quill": a province splits off only before a known first name.
        let isBeforePerson =
            !match.senses.isDisjoint(with: .politicalPlace)
            && match.senses.isDisjoint(with: [.firstName, .lastName])
            && (rest.first.map { lexicon.senses($0).contains(.firstName) } ?? false)
        guard isBeforePerson || !match.senses.isDisjoint(with: [.country, .demonym]) else {
            return false
        }
        if rest.allSatisfy({ lexicon.isCommon($0) }) { return false }
        return !rest.contains { token in
            NameWords.bodyHead.contains(token) || NameWords.bodyOpener.contains(token)
                || NameWords.facilityHead.contains(token) || NameWords.placeHead.contains(token)
                || NameWords.eventHead.contains(token) || NameWords.lawHead.contains(token)
                || NameWords.districtHead.contains(token) || token.kind != .word
                || NameWords.otherHead.contains(token)
        }
    }

    /// The end of a title that begins here: modifiers, a title word, and "of State".
    private func titleEnd(from start: Int, limit: Int) -> Int? {
        var index = start
        var end: Int?
        while index < limit {
            let token = text.tokens[index]
            if NameWords.title.contains(token), token.isCapitalised {
                index += 1
                end = index
            } else if NameWords.titleModifier.contains(token), token.isCapitalised {
                index += 1
            } else {
                break
            }
        }
        guard var end else { return nil }
        if end + 1 < limit, Self.of.contains(text.tokens[end]) {
            var tail = end + 1
            if Self.the.contains(text.tokens[tail]), tail + 1 < limit { tail += 1 }
            if NameWords.titleTail.contains(text.tokens[tail]) { end = tail + 1 }
        }
        // "Justice Department", "Governor's Office", "General Motors": the word opens a body.
        if end < limit, isBodyAhead(start, end, limit) { return nil }
        return end
    }

    private func isBodyAhead(_ start: Int, _ end: Int, _ limit: Int) -> Bool {
        let rest = text.tokens[end..<limit]
        guard let last = rest.last else { return false }
        let isBody =
            NameWords.bodyHead.contains(last) || NameWords.facilityHead.contains(last)
            || NameWords.eventHead.contains(last) || NameWords.placeHead.contains(last)
            || NameWords.lawHead.contains(last)
        return isBody && rest.count <= 2
    }

    private static let of = WordSet("of")
    private static let the = WordSet("the")
}
