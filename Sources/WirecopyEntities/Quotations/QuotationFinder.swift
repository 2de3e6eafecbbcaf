import WirecopyMessages

/// Finds what stands between quotation marks and says what kind it is and who spoke it.
struct QuotationFinder {
    /// Words up to which quoted text without a cue counts as a title, a name or distance marks.
    private static let notSpeechWordsMax = 5

    let text: AnalysedText
    let names: LinkedNames
    private let lines: TextLines
    private let attributions: AttributionFinder
    private let resolver: SpeakerResolver

    /// Prepares the search in a text with its names.
    init(text: AnalysedText, names: LinkedNames) {
        self.text = text
        self.names = names
        lines = TextLines(text)
        let subjects = SubjectFinder(text: text, names: names)
        attributions = AttributionFinder(text: text, lines: lines, subjects: subjects)
        resolver = SpeakerResolver(text: text, names: names)
    }

    /// The quotations in marks, in the text's order.
    func quotations() -> [Quotation] {
        let spans = QuotationMarkPairer(text: text, lines: lines).spans()
        var quotations: [Quotation] = []
        var spoken: (span: QuotedSpan, quotation: Quotation)?
        for (index, span) in spans.enumerated() where !span.content.isEmpty {
            let before = index > 0 ? spans[index - 1] : nil
            let previous = before?.line == span.line ? before : nil
            let quotation = quotation(span, previous: previous, spoken: spoken)
            if quotation.kind != .notSpeech { spoken = (span, quotation) }
            quotations.append(quotation)
        }
        return quotations
    }

    private func quotation(
        _ span: QuotedSpan,
        previous: QuotedSpan?,
        spoken: (span: QuotedSpan, quotation: Quotation)?
    ) -> Quotation {
        let range = TextRange(text.tokens[span.open].start, text.tokens[span.close].end)
        if isNamed(span) || isName(span) { return Quotation(range, kind: .notSpeech) }
        let last = spoken?.quotation.speaker?.entity
        var attribution = attributions.attribution(of: span, previous: previous)
        if attribution?.side == .before, attribution?.isLabel == false,
            isLonelyLabel(span, attribution)
        {
            attribution = nil
        }
        if let attribution {
            let speaker = resolver.speaker(attribution.speaker, last: last)
            let kind = kind(span, attribution, previous: previous, spoken: spoken, speaker)
            let cue = attribution.cue.isEmpty ? nil : text.string(attribution.cue).lowercased()
            return Quotation(range, kind: kind, speaker: speaker, cue: cue)
        }
        if let spoken, continues(span, spoken.span) {
            return Quotation(range, kind: .continued, speaker: spoken.quotation.speaker)
        }
        if let introduced = introduced(span, last: last) {
            return Quotation(range, kind: .direct, speaker: introduced.0, cue: introduced.1)
        }
        if let main = mainSpeaker(span, last: last) {
            let kind: QuotationKind = startsLower(span) ? .partial : .direct
            return Quotation(range, kind: kind, speaker: main)
        }
        return uncued(span, range, spoken: spoken)
    }

    // `Quill also took to the stage: "…"`: a colon or comma introduces what the sentence's subject
    // says.
    private func mainSpeaker(_ span: QuotedSpan, last: Int?) -> Speaker? {
        guard let sentence = text.sentenceIndex(ofToken: span.open) else { return nil }
        let start = text.sentenceTokens[sentence].lowerBound
        guard span.open > start, wordCount(span) > Self.notSpeechWordsMax else { return nil }
        let mark = text.tokens[span.open - 1]
        guard mark.isMark(":") || mark.isMark(",") else { return nil }
        return resolver.speaker(attributions.subjects.main(span.open, start), last: last)
    }

    // `known as the "Blue House"`, `the so-called "caliphate"`: names, not words of a speaker.
    private func isNamed(_ span: QuotedSpan) -> Bool {
        let start = max(lines.tokens[span.line].lowerBound, span.open - 4)
        let before = text.tokens[start..<span.open]
        guard wordCount(span) <= Self.notSpeechWordsMax else { return false }
        if before.contains(where: { Self.naming.contains($0) }) { return true }
        guard let verb = before.lastIndex(where: { Self.nicknaming.contains($0) }) else {
            return false
        }
        return verb > start && Self.being.contains(text.tokens[verb - 1])
    }

    // `according to the "Harbour Times"`: the marks are around a name and nothing else.
    private func isName(_ span: QuotedSpan) -> Bool {
        guard let name = names.spanIndex(atToken: span.content.lowerBound) else { return false }
        let tokens = names.spans[name].tokens
        let rest = text.tokens[tokens.upperBound..<max(tokens.upperBound, span.content.upperBound)]
        return names.spans[name].type != .person && tokens.upperBound <= span.content.upperBound
            && tokens.lowerBound == span.content.lowerBound && rest.allSatisfy { $0.kind == .mark }
    }

    /// A speech verb far before a short capitalised phrase does not make the phrase speech.
    private func isLonelyLabel(_ span: QuotedSpan, _ attribution: Attribution?) -> Bool {
        guard let attribution, span.open - attribution.cue.upperBound > 6 else { return false }
        return isTitleLike(span)
    }

    private func kind(
        _ span: QuotedSpan,
        _ attribution: Attribution,
        previous: QuotedSpan?,
        spoken: (span: QuotedSpan, quotation: Quotation)?,
        _ speaker: Speaker?
    ) -> QuotationKind {
        if attribution.isLabel { return isTitleLike(span) ? .notSpeech : .partial }
        if attribution.side == .before, let previous, let spoken, spoken.span == previous,
            attribution.cue.lowerBound > previous.close, startsLower(span),
            spoken.quotation.speaker == speaker, text.tokens[span.open - 1].isMark(",")
        {
            return .continued
        }
        let mark = text.tokens[max(span.open - 1, 0)]
        let isIntroduced = mark.isMark(",") || mark.isMark(":")
        if attribution.side == .after {
            return beginsSentence(span) || isIntroduced ? .direct : .partial
        }
        if startsLower(span), !isIntroduced { return .partial }
        return isIntroduced || wordCount(span) > 3 ? .direct : .partial
    }

    // A quotation without a cue behind another in the same line, or in the line after an open one.
    private func continues(_ span: QuotedSpan, _ previous: QuotedSpan) -> Bool {
        if previous.isUnclosed { return span.line == previous.line + 1 }
        guard previous.line == span.line else { return false }
        return beginsSentence(span) && wordCount(span) > 2
            || text.tokens[span.open - 1].isMark(",") && startsLower(span)
    }

    // `Quill told reporters:` in the line before, or in the sentence before.
    private func introduced(_ span: QuotedSpan, last: Int?) -> (Speaker?, String)? {
        let line = lines.tokens[span.line]
        guard span.open == line.lowerBound, span.line > 0 else { return nil }
        let before = lines.tokens[span.line - 1]
        let mark = text.tokens[before.upperBound - 1]
        guard mark.isMark(":") || mark.isMark(",") else { return nil }
        let start = max(before.lowerBound, before.upperBound - SubjectFinder.reachTokens)
        for index in stride(from: before.upperBound - 1, to: start, by: -1)
        where SpeechWords.verb.contains(text.tokens[index]) {
            let subject = attributions.subjects.before(index, limit: start)
            return (resolver.speaker(subject, last: last), text.string(index..<(index + 1)))
        }
        return nil
    }

    private func uncued(
        _ span: QuotedSpan,
        _ range: TextRange,
        spoken: (span: QuotedSpan, quotation: Quotation)?
    ) -> Quotation {
        let words = wordCount(span)
        if beginsSentence(span), words > Self.notSpeechWordsMax {
            // A paragraph of its own goes on with the speaker of the paragraph before.
            let isNext = spoken.map { $0.span.line + 1 >= span.line } ?? false
            return Quotation(
                range,
                kind: .direct,
                speaker: isNext ? spoken?.quotation.speaker : nil
            )
        }
        if words <= Self.notSpeechWordsMax || isTitleLike(span) {
            return Quotation(range, kind: .notSpeech)
        }
        return Quotation(range, kind: .partial)
    }

    private func wordCount(_ span: QuotedSpan) -> Int {
        text.tokens[span.content].count { $0.kind != .mark }
    }

    private func startsLower(_ span: QuotedSpan) -> Bool {
        guard let first = text.tokens[span.content].first(where: { $0.kind != .mark }) else {
            return false
        }
        return !first.isCapitalised && !text.tokens[span.open + 1].isMark("[")
    }

    private func beginsSentence(_ span: QuotedSpan) -> Bool {
        guard let sentence = text.sentenceIndex(ofToken: span.open) else { return false }
        return text.sentenceTokens[sentence].lowerBound == span.open
    }

    /// Whether nearly every longer word has a capital: `"The Quiet Harbour"`.
    private func isTitleLike(_ span: QuotedSpan) -> Bool {
        let words = text.tokens[span.content].filter { $0.kind == .word && $0.end - $0.start > 3 }
        guard let first = text.tokens[span.content].first(where: { $0.kind != .mark }) else {
            return true
        }
        let last = text.tokens[span.content.upperBound - 1]
        return first.isCapitalised && words.allSatisfy(\.isCapitalised) && wordCount(span) <= 10
            && !last.isMark("!") && !last.isMark("?")
    }

    private static let naming = WordSet(
        """
        known so-called nicknamed dubbed titled entitled named codenamed code-named meaning slogan
        hashtag song album film movie book novel episode series single headlined
        nickname aka stands
        """
    )
    private static let nicknaming = WordSet(
        "called termed labelled labeled branded considered deemed referred"
    )
    private static let being = WordSet("was were is are been being be a the")
}
