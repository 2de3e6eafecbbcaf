import WirecopyMessages

/// What a whole document says about the names in it.
///
/// A surname that stands once behind a title is a person everywhere; a word that is once surely a
/// place outvotes guesses.
struct NameEvidence {
    private var votes: [UInt64: [EntityType: Int]] = [:]
    /// Words of sure persons' names, by the hash of one token.
    private var personWords: Set<UInt64> = []
    /// First words of companies' names: "Quill" of "Quill Motor Company".
    private var companyWords: Set<UInt64> = []
    /// How often doubtful and guessed forms stand inside a sentence.
    private var insideCounts: [UInt64: Int] = [:]
    /// Words that the document also writes in lower case.
    private var lowerCase: Set<UInt64> = []

    /// Gathers what the sure spans say, and which words occur in lower case.
    init(spans: [(span: NameSpan, beginsSentence: Bool)], text: AnalysedText) {
        for (span, beginsSentence) in spans where !beginsSentence {
            insideCounts[Self.key(span.tokens, text), default: 0] += 1
        }
        for (span, _) in spans where span.evidence > .guess {
            let weight = span.evidence == .strong ? 3 : 1
            votes[Self.key(span.tokens, text), default: [:]][span.type, default: 0] += weight
            if span.type == .organisation, Self.isCompany(span.tokens, text) {
                companyWords.insert(text.tokens[span.tokens.lowerBound].exact)
            }
            guard span.type == .person, span.evidence == .strong || span.tokens.count > 1 else {
                continue
            }
            for token in text.tokens[span.tokens]
            where token.end - token.start > 2 && token.isCapitalised {
                personWords.insert(token.exact)
            }
        }
        for token in text.tokens where token.kind == .word && !token.isCapitalised {
            lowerCase.insert(token.folded)
        }
    }

    /// The span as the document would have it, or nil when it is no name after all.
    func judged(_ span: NameSpan, _ text: AnalysedText, beginsSentence: Bool) -> NameSpan? {
        guard span.evidence < .strong else { return span }
        var span = span
        let first = text.tokens[span.tokens.lowerBound]
        if span.tokens.count == 1, personWords.contains(first.exact) {
            span.type = .person
            return span
        }
        if span.tokens.count == 1, companyWords.contains(first.exact) {
            span.type = .organisation
            return span
        }
        if let types = votes[Self.key(span.tokens, text)],
            let best = types.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })
        {
            span.type = best.key
            return span
        }
        if span.evidence == .doubtful {
            // Once proves nothing; twice, or once inside a sentence besides this one, does.
            let inside = insideCounts[Self.key(span.tokens, text)] ?? 0
            guard inside >= (beginsSentence ? 1 : 2), !lowerCase.contains(first.folded) else {
                return nil
            }
            span.type = .organisation
        }
        if span.evidence == .guess, beginsSentence, lowerCase.contains(first.folded) { return nil }
        return span
    }

    /// Whether a name ends with a word for a company: its first word may stand for it.
    private static func isCompany(_ range: Range<Int>, _ text: AnalysedText) -> Bool {
        guard range.count > 1, let last = text.tokens[range].last else { return false }
        return companyHead.contains(last)
    }

    private static let companyHead = WordSet(
        """
        company corporation corp corp. inc inc. ltd group airlines motors holdings industries
        systems
        """
    )

    private static func key(_ range: Range<Int>, _ text: AnalysedText) -> UInt64 {
        text.tokens[range].reduce(WordHash.seed) { WordHash.join($0, $1.exact) }
    }
}
