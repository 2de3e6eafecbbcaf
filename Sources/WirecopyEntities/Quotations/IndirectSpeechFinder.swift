import WirecopyMessages

/// Finds reported speech without quotation marks that has a clear cue: `Quill said that …`.
struct IndirectSpeechFinder {
    /// Statements that are kept; more are only made by hostile input.
    static let statementsMax = 20_000
    /// Fewer words are no statement: `Quill said so`.
    private static let wordsMin = 3

    let text: AnalysedText
    let names: LinkedNames
    private let subjects: SubjectFinder
    private let resolver: SpeakerResolver

    /// Prepares the search in a text with its names.
    init(text: AnalysedText, names: LinkedNames) {
        self.text = text
        self.names = names
        subjects = SubjectFinder(text: text, names: names)
        resolver = SpeakerResolver(text: text, names: names)
    }

    /// The statements of all sentences without quotation marks, in the text's order.
    func statements() -> [Quotation] {
        var statements: [Quotation] = []
        var last: Int?
        for sentence in text.sentenceTokens where statements.count < Self.statementsMax {
            guard let statement = statement(in: sentence, last: last) else { continue }
            last = statement.speaker?.entity ?? last
            statements.append(statement)
        }
        return statements
    }

    private func statement(in sentence: Range<Int>, last: Int?) -> Quotation? {
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
            let phrase = subjects.before(verb, limit: sentence.lowerBound),
            let speaker = resolver.speaker(phrase, last: last), speaker.entity != nil
        else { return nil }
        return Quotation(
            TextRange(tokens[start].start, tokens[end - 1].end),
            kind: .indirect,
            speaker: speaker,
            cue: text.string(verb..<(verb + 1)).lowercased()
        )
    }

    // "told reporters that", "told Quill News that".
    private func behindListener(_ start: Int, _ sentence: Range<Int>) -> Int {
        let end = min(start + 8, sentence.upperBound)
        return (start..<end).first { Self.that.contains(text.tokens[$0]) }
            ?? min(start + 1, sentence.upperBound)
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
