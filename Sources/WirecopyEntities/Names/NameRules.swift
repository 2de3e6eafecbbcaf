import WirecopyMessages

/// Finds the spans of a text that name something, by rules and word lists.
///
/// Two readings: the first types each candidate by itself, the second lets the sure ones decide
/// about the others. Works in time linear in the number of tokens.
struct NameRules {
    /// Mentions of one article that are kept; a long book of names stays below it.
    static let mentionsMax = 50_000

    let lexicon: Lexicon

    /// The names in a text, in order and not overlapping.
    func spans(in text: AnalysedText) -> [NameSpan] {
        let finder = NameRunFinder(text: text, lexicon: lexicon)
        let cutter = NameRunCutter(text: text, lexicon: lexicon)
        let classifier = NameClassifier(text: text, lexicon: lexicon)
        var found: [(span: NameSpan, beginsSentence: Bool)] = []
        for sentence in text.sentenceTokens where found.count < Self.mentionsMax {
            for run in finder.runs(in: sentence) {
                for candidate in cutter.candidates(of: run) {
                    guard let span = classifier.span(of: candidate) else { continue }
                    found.append((span, candidate.beginsSentence))
                }
            }
        }
        let evidence = NameEvidence(spans: found, text: text)
        return found.compactMap { found in
            evidence.judged(found.span, text, beginsSentence: found.beginsSentence)
        }.map { extended($0, text) }
    }

    /// "COVID-19 pandemic", "2020 Quill elections": a common noun that completes an event's name.
    private func extended(_ span: NameSpan, _ text: AnalysedText) -> NameSpan {
        var span = span
        var next = span.tokens.upperBound
        guard next < text.tokens.count else { return span }
        if span.type == .other || span.type == .event,
            Self.eventNoun.contains(text.tokens[next])
        {
            span.tokens = span.tokens.lowerBound..<(next + 1)
            span.type = .event
            return span
        }
        let before = span.tokens.lowerBound - 1
        guard before >= 0, text.tokens[before].kind == .number,
            text.tokens[before].end - text.tokens[before].start == 4
        else { return span }
        if Self.electionKind.contains(text.tokens[next]) { next += 1 }
        guard next < text.tokens.count, Self.election.contains(text.tokens[next]) else {
            return span
        }
        var event = NameSpan(before..<(next + 1), .event, .strong)
        event.title = before..<before
        return event
    }

    private static let eventNoun = WordSet("pandemic outbreak epidemic")
    private static let election = WordSet("election elections referendum")
    private static let electionKind = WordSet(
        "presidential general federal parliamentary legislative local regional midterm state"
    )
}
