import DecisionForest
import WirecopyMessages

/// Finds what stands between quotation marks and says what kind it is and who spoke it.
struct QuotationFinder {
    let quoted: QuotedText
    let models: QuotationModels
    private let attributions: AttributionFinder
    private let resolver: SpeakerResolver

    private var text: AnalysedText { quoted.text }

    /// Prepares the search in a text with its names.
    init(_ quoted: QuotedText, _ models: QuotationModels) {
        self.quoted = quoted
        self.models = models
        let subjects = SubjectFinder(text: quoted.text, names: quoted.names)
        attributions = AttributionFinder(
            text: quoted.text,
            lines: quoted.lines,
            subjects: subjects
        )
        resolver = SpeakerResolver(quoted: quoted)
    }

    /// The quotations in marks, in the text's order.
    func quotations() -> [Quotation] {
        let utterances = utterances()
        var isSpoken = models.spoken.answers(
            SpokenNumbers(quoted).rows(utterances).flatMap(\.self)
        )
        // What one paragraph leaves open and the next opens anew is of one kind.
        for index in quoted.spans.indices.dropFirst() where goesOn(index - 1) {
            isSpoken[index] = isSpoken[index - 1]
        }
        let spoken = quoted.spans.indices.filter { isSpoken[$0] && !isEmpty($0) }
        let speakers = SpeakerFinder(
            numbers: SpeakerNumbers(quoted: quoted, resolver: resolver)
        ).speakers(of: spoken.map { utterances[$0] }) { question, _ in
            question.answer(models.speakers)
        }
        var quotations: [Quotation] = []
        var next = 0
        for index in quoted.spans.indices where !isEmpty(index) {
            guard next < spoken.count, spoken[next] == index else {
                quotations.append(Quotation(range(index), kind: .notSpeech))
                continue
            }
            let isContinued =
                next > 0 && speakers[next] != nil && speakers[next] == speakers[next - 1]
                && continues(index, spoken[next - 1], utterances[index])
            let kind = isContinued ? .continued : kind(index, utterances[index])
            quotations.append(quotation(index, kind, utterances[index], speakers[next]))
            next += 1
        }
        return quotations
    }

    /// Each span with the cues beside it.
    func utterances() -> [Utterance] {
        var utterances = ownUtterances()
        // `“The sea is calm.¶“It will not stay so,” Quill said`: the cue of all its paragraphs.
        for index in utterances.indices.dropLast().reversed()
        where goesOn(index) && utterances[index].attribution?.speaker == nil {
            utterances[index].after = utterances[index + 1].attribution
        }
        return utterances
    }

    // Whether the next paragraph goes on with it.
    private func goesOn(_ index: Int) -> Bool {
        quoted.spans[index].isUnclosed
            && quoted.spans[index + 1].line == quoted.spans[index].line + 1
    }

    private func ownUtterances() -> [Utterance] {
        quoted.spans.indices.map { index in
            let span = quoted.spans[index]
            let previous = index > 0 ? quoted.spans[index - 1] : nil
            let cues = attributions.attributions(
                of: span,
                previous: previous?.line == span.line ? previous : nil
            )
            return Utterance(
                tokens: span.open..<(span.close + 1),
                line: span.line,
                before: cues.before,
                after: cues.after,
                isUnclosed: span.isUnclosed
            )
        }
    }

    /// Whether nothing stands between the marks.
    func isEmpty(_ index: Int) -> Bool { quoted.spans[index].content.isEmpty }

    /// The bytes of a span with its marks.
    func range(_ index: Int) -> TextRange {
        let span = quoted.spans[index]
        return TextRange(text.tokens[span.open].start, text.tokens[span.close].end)
    }

    private func quotation(
        _ index: Int,
        _ kind: QuotationKind,
        _ utterance: Utterance,
        _ speaker: SpeakerCandidate?
    ) -> Quotation {
        let cue = utterance.attribution?.cue ?? 0..<0
        var quotation = Quotation(
            range(index),
            kind: kind,
            speaker: speaker.map(resolver.speaker),
            cue: cue.isEmpty ? nil : text.string(cue).lowercased()
        )
        SettingFinder(quoted: quoted).complete(&quotation, utterance)
        return quotation
    }

    // MARK: - Kinds

    private func kind(_ index: Int, _ utterance: Utterance) -> QuotationKind {
        let span = quoted.spans[index]
        let mark = text.tokens[max(span.open - 1, 0)]
        let isIntroduced = mark.isMark(",") || mark.isMark(":")
        guard let attribution = utterance.attribution else {
            return beginsSentence(span) || isIntroduced ? .direct : .partial
        }
        if attribution.isLabel { return .partial }
        if attribution.side == .after {
            return beginsSentence(span) || isIntroduced ? .direct : .partial
        }
        if startsLower(span), !isIntroduced { return .partial }
        return isIntroduced || wordCount(span) > 3 ? .direct : .partial
    }

    // The same speaker goes on behind the cue, or in the next paragraph.
    private func continues(_ index: Int, _ previous: Int, _ utterance: Utterance) -> Bool {
        let (span, last) = (quoted.spans[index], quoted.spans[previous])
        if last.isUnclosed { return span.line == last.line + 1 }
        guard last.line == span.line else { return false }
        let hasOwnCue = utterance.before.map { $0.cue.lowerBound > last.close } ?? false
        let isSplit = text.tokens[span.open - 1].isMark(",") && startsLower(span)
        if hasOwnCue { return isSplit }
        return isSplit || utterance.after == nil && beginsSentence(span) && wordCount(span) > 2
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
}
