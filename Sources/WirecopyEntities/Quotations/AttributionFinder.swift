/// Finds the cue that says who speaks a quoted span, in the sentence around it.
struct AttributionFinder {
    /// Tokens between a closing mark and the verb that a search may cross.
    private static let reachTokens = 24

    let text: AnalysedText
    let lines: TextLines
    let subjects: SubjectFinder

    /// The cues on both sides of a span; `previous` is the span before it in the same line.
    func attributions(
        of span: QuotedSpan,
        previous: QuotedSpan?
    ) -> (before: Attribution?, after: Attribution?) {
        let line = lines.tokens[span.line]
        var before = before(span, line: line, previous: previous) ?? introduction(of: span)
        if before?.isPassive ?? false, before?.speaker == nil, span.close + 1 < line.upperBound,
            Self.by.contains(text.tokens[span.close + 1])
        {
            // `was described as "a gift" by Quill`.
            let agent = subjects.after(span.close + 1, limit: line.upperBound)
            before?.speaker = agent
            before?.isPassive = agent == nil
            before?.hasAgent = agent != nil
        }
        if let cue = before?.cue, before?.speaker == nil, opensSentence(cue.lowerBound) {
            // `Calling it "a gift", Quill left.`
            let comma = min(span.close + 1, line.upperBound - 1)
            let verb = text.tokens[comma].isMark(",") ? comma : span.close
            before?.speaker = subjects.after(verb, limit: line.upperBound)
        }
        return (before, after(span, line: line))
    }

    private func opensSentence(_ token: Int) -> Bool {
        guard let sentence = text.sentenceIndex(ofToken: token) else { return false }
        return text.sentenceTokens[sentence].lowerBound == token
    }

    // `Quill told reporters:` in the line before.
    private func introduction(of span: QuotedSpan) -> Attribution? {
        guard span.line > 0, span.open == lines.tokens[span.line].lowerBound else { return nil }
        let before = lines.tokens[span.line - 1]
        let mark = text.tokens[before.upperBound - 1]
        guard mark.isMark(":") || mark.isMark(",") else { return nil }
        let start = max(before.lowerBound, before.upperBound - SubjectFinder.reachTokens)
        for index in stride(from: before.upperBound - 1, to: start, by: -1)
        where SpeechWords.verb.contains(text.tokens[index]) {
            return Attribution(
                cue: index..<(index + 1),
                speaker: subjects.before(index, limit: start),
                side: .before,
                isLabel: false
            )
        }
        return nil
    }

    // `Quill said, "…"`, `Quill called it "…"`, `According to Quill, "…"`.
    private func before(
        _ span: QuotedSpan,
        line: Range<Int>,
        previous: QuotedSpan?
    ) -> Attribution? {
        let start = max(clauseStart(span, line), span.open - SubjectFinder.reachTokens)
        var index = span.open - 1
        while index >= start {
            if let previous, index == previous.close, previous.open >= start {
                // Words of an earlier quotation are not the reporter's.
                index = previous.open - 1
                continue
            }
            if let found = cue(at: index, limit: start, end: span.open) { return found }
            index -= 1
        }
        return nil
    }

    private func clauseStart(_ span: QuotedSpan, _ line: Range<Int>) -> Int {
        guard let sentence = text.sentenceIndex(ofToken: span.open) else { return line.lowerBound }
        return text.sentenceTokens[sentence].lowerBound
    }

    private func cue(at index: Int, limit: Int, end: Int) -> Attribution? {
        let token = text.tokens[index]
        guard !subjects.isNamePart(index) else { return nil }
        if let source = source(index, limit: end, .before) { return source }
        let isVerb = SpeechWords.verb.contains(token) || isPutting(index)
        guard isVerb || SpeechWords.labelling.contains(token), !isNoun(index) else { return nil }
        let isBy =
            index + 1 < end && Self.by.contains(text.tokens[index + 1]) && index > limit
        // "according to a statement released by Quill": the cue stands further left.
        if isBy, Self.issuing.contains(token) { return nil }
        if isBy || isPassive(index, limit) { return passive(index, end: end, isLabel: !isVerb) }
        // `"…," said Quill, "…"`: the verb stands between the quotation and its subject.
        let isInverted = isVerb && index > limit && text.tokens[index - 1].isDoubleQuote
        let speaker =
            isInverted
            ? subjects.after(index, limit: end) : subjects.before(index, limit: limit)
        return Attribution(
            cue: index..<(index + 1),
            speaker: speaker,
            side: .before,
            isLabel: !isVerb
        )
    }

    // "according to Quill", "in the words of Quill", "per Quill".
    private func source(_ index: Int, limit: Int, _ side: Attribution.Side) -> Attribution? {
        guard index + 1 < text.tokens.count else { return nil }
        let (token, next) = (text.tokens[index], text.tokens[index + 1])
        let isPer = Self.per.contains(token) && subjects.isNamePart(index + 1)
        let isPhrase =
            Self.according.contains(token) && Self.to.contains(next)
            || Self.words.contains(token) && Self.of.contains(next)
        guard isPer || isPhrase else { return nil }
        let last = isPer ? index : index + 1
        return Attribution(
            cue: index..<(last + 1),
            speaker: subjects.after(last, limit: limit),
            side: side,
            isLabel: false
        )
    }

    /// "as Quill put it".
    private func isPutting(_ index: Int) -> Bool {
        index + 1 < text.tokens.count && Self.put.contains(text.tokens[index])
            && Self.it.contains(text.tokens[index + 1])
    }

    /// "was called", "is described as": nobody in particular speaks.
    private func isPassive(_ index: Int, _ limit: Int) -> Bool {
        var before = index - 1
        while before >= limit, Self.passiveAdverb.contains(text.tokens[before]) { before -= 1 }
        return before >= limit && Self.being.contains(text.tokens[before])
    }

    // "described by the Harbour Board as": the speaker stands behind "by".
    private func passive(_ verb: Int, end: Int, isLabel: Bool) -> Attribution {
        let isNamed = verb + 1 < end && Self.by.contains(text.tokens[verb + 1])
        return Attribution(
            cue: verb..<(verb + 1),
            speaker: isNamed ? subjects.after(verb + 1, limit: end) : nil,
            side: .before,
            isLabel: isLabel,
            isPassive: !isNamed,
            hasAgent: isNamed
        )
    }

    private func isNoun(_ index: Int) -> Bool {
        guard SpeechWords.nounLike.contains(text.tokens[index]), index > 0 else { return false }
        // `the study reports "…"`.
        if index + 1 < text.tokens.count, text.tokens[index + 1].isDoubleQuote { return false }
        let before = text.tokens[index - 1]
        if index > 1, Self.article.contains(text.tokens[index - 2]), !isAdjective(before) {
            // `one tester notes "…"`, but "the early reports".
            return false
        }
        return !before.isCapitalised && !SpeechWords.pronoun.contains(before)
    }

    private func isAdjective(_ token: Token) -> Bool {
        let word = text.bytes[token.start..<token.end]
        return token.kind != .word || Self.adjectiveEnds.contains { word.suffix($0.count) == $0 }
    }

    /// Endings of adjectives; "s" and "news" of plurals, which take no verb in "s".
    private static let adjectiveEnds: [ArraySlice<UInt8>] = [
        "al", "ive", "ous", "ic", "ary", "ful", "est", "er", "ed", "ly", "s",
    ].map { Array($0.utf8)[...] }
    private static let article = WordSet("the a an one our another this")

    // `"…," said Quill`, `"…," the ministry said`, `"…", according to Quill`.
    private func after(_ span: QuotedSpan, line: Range<Int>) -> Attribution? {
        guard !span.isUnclosed else { return nil }
        var index = span.close + 1
        guard index < line.upperBound else { return nil }
        if let signed = signature(index, line) { return signed }
        let inner = text.tokens[span.close - 1]
        var isOpen = Self.isComma(inner) || inner.isMark("?") || inner.isMark("!")
        if Self.isComma(text.tokens[index]) {
            isOpen = true
            index += 1
        }
        guard index < line.upperBound else { return nil }
        let first = text.tokens[index]
        // `"…" said Quill` without a comma: a lower-case verb directly behind the mark.
        let isVerbFirst = SpeechWords.verb.contains(first) && !first.isCapitalised
        let isName = first.isCapitalised || SpeechWords.pronoun.contains(first)
        if isOpen || isVerbFirst || isName && !inner.isMark(".") {
            return clauseAfter(index, line)
        }
        // `"…." Quill said.`: only when the clause ends with its verb.
        if isName, let closed = clauseAfter(index, line), closed.cue.upperBound < line.upperBound,
            text.tokens[closed.cue.upperBound].isMark(".")
        {
            return closed
        }
        return fragmentAfter(index, line)
    }

    // `"…" — Ada Quill` at the end of a line: a dash and a name, without a verb.
    private func signature(_ index: Int, _ line: Range<Int>) -> Attribution? {
        let dash = text.tokens[index]
        guard dash.kind == .mark, Self.dashes.contains(dash.folded),
            let name = subjects.names.spanIndex(atToken: index + 1),
            subjects.names.spans[name].tokens.upperBound == line.upperBound
        else { return nil }
        return Attribution(cue: index..<index, speaker: .name(name), side: .after, isLabel: false)
    }

    private func clauseAfter(_ start: Int, _ line: Range<Int>) -> Attribution? {
        let end = min(line.upperBound, start + Self.reachTokens)
        var index = start
        while index < end {
            let token = text.tokens[index]
            if token.isDoubleQuote || token.isMark(";") || token.isMark(".") { return nil }
            if SpeechWords.clauseEnd.contains(token) { return nil }
            if let source = source(index, limit: line.upperBound, .after) { return source }
            if SpeechWords.verb.contains(token) || isPutting(index), !isNoun(index),
                !subjects.isNamePart(index)
            {
                let isInverted =
                    index == start
                    || index == start + 1 && !text.tokens[start].isCapitalised
                        && !SpeechWords.pronoun.contains(text.tokens[start])
                        && SpeechWords.betweenSubjectAndVerb.contains(text.tokens[start])
                let speaker =
                    isInverted
                    ? subjects.after(index, limit: line.upperBound)
                    : subjects.before(index, limit: start)
                guard let speaker else { return nil }
                return Attribution(
                    cue: index..<(index + 1),
                    speaker: speaker,
                    side: .after,
                    isLabel: false
                )
            }
            index += 1
        }
        return nil
    }

    // `… a "sharp increase" last week, according to Quill`: only within the same sentence.
    private func fragmentAfter(_ start: Int, _ line: Range<Int>) -> Attribution? {
        guard start < line.upperBound, !text.tokens[start].isCapitalised,
            let sentence = text.sentenceIndex(ofToken: start)
        else { return nil }
        let end = min(text.sentenceTokens[sentence].upperBound, start + Self.reachTokens)
        for index in start..<end {
            if text.tokens[index].isDoubleQuote { return nil }
            if let source = source(index, limit: line.upperBound, .after) { return source }
            // `…, Quill said.` closes the sentence that holds the words.
            let closes =
                index + 1 == end || text.tokens[index + 1].isMark(".")
                || text.tokens[index + 1].isDoubleQuote
            if closes, Self.closing.contains(text.tokens[index]),
                let speaker = subjects.before(index, limit: start)
            {
                return Attribution(
                    cue: index..<(index + 1),
                    speaker: speaker,
                    side: .after,
                    isLabel: false
                )
            }
        }
        return nil
    }

    private static func isComma(_ token: Token) -> Bool {
        token.isMark(",") || token.kind == .mark && token.folded == UInt64(Mark.emDash)
    }

    private static let according = WordSet("according")
    private static let to = WordSet("to")
    private static let words = WordSet("words")
    private static let per = WordSet("per")
    private static let of = WordSet("of")
    private static let put = WordSet("put puts")
    private static let it = WordSet("it")
    private static let dashes: Set<UInt64> = [0x2D, UInt64(Mark.enDash), UInt64(Mark.emDash)]
    private static let by = WordSet("by")
    private static let issuing = WordSet("issued released posted")
    private static let being = WordSet("was were is are been being be")
    private static let passiveAdverb = WordSet("also later often sometimes commonly widely once")
    private static let closing = WordSet("said says reported wrote added noted")
}
