import WirecopyMessages

/// Finds reported speech without quotation marks that has a clear cue: `Quill said that …`.
struct IndirectSpeechFinder {
    /// Statements that are kept; more are only made by hostile input.
    static let statementsMax = 20_000
    /// Fewer words are no statement: `Quill said so`.
    private static let wordsMin = 3

    private let quoted: QuotedText
    private let models: QuotationModels
    private let subjects: SubjectFinder
    private let resolver: SpeakerResolver

    private var text: AnalysedText { quoted.text }

    /// Prepares the search in a text with its names.
    init(_ quoted: QuotedText, _ models: QuotationModels) {
        self.quoted = quoted
        self.models = models
        subjects = SubjectFinder(text: quoted.text, names: quoted.names)
        resolver = SpeakerResolver(quoted: quoted)
    }

    /// The statements of all sentences without quotation marks, in the text's order.
    func statements() -> [Quotation] {
        let utterances = utterances()
        let speakers = SpeakerFinder(
            numbers: SpeakerNumbers(quoted: quoted, resolver: resolver)
        ).speakers(of: utterances) { question, _ in question.answer(models.speakers) }
        return zip(utterances, speakers).compactMap { utterance, speaker in
            guard let speaker, let cue = utterance.before?.cue else { return nil }
            var quotation = Quotation(
                text.range(utterance.tokens),
                kind: .indirect,
                speaker: resolver.speaker(speaker),
                cue: text.string(cue).lowercased()
            )
            SettingFinder(quoted: quoted).complete(&quotation, utterance)
            return quotation
        }
    }

    private func utterances() -> [Utterance] {
        var utterances: [Utterance] = []
        var line = 0
        for sentence in text.sentenceTokens where utterances.count < Self.statementsMax {
            while line + 1 < quoted.lines.tokens.count,
                quoted.lines.tokens[line].upperBound <= sentence.lowerBound
            {
                line += 1
            }
            if let utterance = utterance(in: sentence, line: line) { utterances.append(utterance) }
        }
        return utterances
    }

    private func utterance(in sentence: Range<Int>, line: Int) -> Utterance? {
        let tokens = text.tokens
        guard !tokens[sentence].contains(where: \.isDoubleQuote),
            let verb = sentence.first(where: { SpeechWords.reporting.contains(tokens[$0]) }),
            verb > sentence.lowerBound
        else { return nil }
        var start = verb + 1
        if SpeechWords.addressed.contains(tokens[verb]) { start = behindListener(start, sentence) }
        start = behindAdverbial(start, sentence)
        guard start < sentence.upperBound else { return nil }
        let hasThat = Self.that.contains(tokens[start])
        if hasThat { start += 1 }
        guard hasThat || Self.bare.contains(tokens[verb]) else { return nil }
        var end = sentence.upperBound
        while end > start, tokens[end - 1].kind == .mark, !tokens[end - 1].isMark(")") { end -= 1 }
        guard start < end, tokens[start..<end].count(where: { $0.kind != .mark }) >= Self.wordsMin,
            tokens[start].kind != .mark, !Self.notClause.contains(tokens[start]),
            let speaker = subjects.before(verb, limit: sentence.lowerBound)
        else { return nil }
        let cue = Attribution(
            cue: verb..<(verb + 1),
            speaker: speaker,
            side: .before,
            isLabel: false
        )
        return Utterance(tokens: start..<end, line: line, before: cue)
    }

    // "told reporters that", "told Quill News that".
    private func behindListener(_ start: Int, _ sentence: Range<Int>) -> Int {
        let end = min(start + 8, sentence.upperBound)
        if let that = (start..<end).first(where: { Self.that.contains(text.tokens[$0]) }) {
            return that
        }
        let name = (start..<min(start + 2, end)).compactMap {
            quoted.names.spanIndex(atToken: $0)
        }.first
        let behind = name.map { quoted.names.spans[$0].tokens.upperBound } ?? start + 1
        return min(behind, sentence.upperBound)
    }

    // "said Thursday", "said on Monday".
    private func behindAdverbial(_ start: Int, _ sentence: Range<Int>) -> Int {
        var index = start
        while index < sentence.upperBound, index < start + 3,
            NameWords.calendar.contains(text.tokens[index]) || Self.on.contains(text.tokens[index])
        {
            index += 1
        }
        return index
    }

    private static let that = WordSet("that")
    private static let on = WordSet("on")
    private static let bare = WordSet("said says told")
    private static let notClause = WordSet("in to by for at of goodbye so")
}
