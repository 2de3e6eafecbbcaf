import WirecopyMessages

/// Finds the spans of a text that name something: rules and word lists propose, a trained tagger
/// decides.
///
/// Works in time linear in the number of tokens. A very long text is read in parts that know
/// nothing of each other, so that what is kept of its tokens is bounded.
struct MentionDetector {
    /// Tokens that are read together: a short novel; 20 MiB at most are kept of them meanwhile.
    static let partTokensMax = 1 << 16

    let lexicon: Lexicon
    let model: NameModel

    /// The names in a text, in order and not overlapping.
    func mentions(in text: AnalysedText) -> [NameSpan] {
        guard text.tokens.count > Self.partTokensMax else { return mentions(inPart: text) }
        var spans: [NameSpan] = []
        text.forEachPart(tokensMax: Self.partTokensMax) { part, firstToken in
            spans += mentions(inPart: part).map { $0.moved(by: firstToken) }
            return spans.count < NameRules.mentionsMax
        }
        return spans
    }

    private func mentions(inPart text: AnalysedText) -> [NameSpan] {
        let rules = NameRules(lexicon: lexicon).spans(in: text)
        let traits = TextTraits(
            text: text,
            lexicon: lexicon,
            classes: model.classes,
            rules: rules
        )
        let labels = NameTagger(model: model).labels(text, traits)
        var spans: [NameSpan] = []
        var rule = 0
        for chain in traits.chains where spans.count < NameRules.mentionsMax {
            for (offsets, type) in NameLabel.spans(labels[chain]) {
                let start = chain.lowerBound + offsets.lowerBound
                let type = NameLabel.types[type]
                let tokens = unbracketed(start..<(start + offsets.count), type, text)
                while rule < rules.count, rules[rule].tokens.upperBound <= tokens.lowerBound {
                    rule += 1
                }
                let proposal = rule < rules.count ? rules[rule] : nil
                spans.append(span(tokens, type, proposal, text))
            }
        }
        return spans
    }

    /// The part behind a bracket that closes what began before the name: "the inspector (of
    /// Larchford) Quill Motors".
    ///
    /// A person keeps a first name that an editor put in: `[Ada] Quillon`, "(the envoy Ada)
    /// Quillon".
    private func unbracketed(
        _ tokens: Range<Int>,
        _ type: EntityType,
        _ text: AnalysedText
    ) -> Range<Int> {
        let close = tokens.first { text.tokens[$0].isMark("]") || text.tokens[$0].isMark(")") }
        guard let close, close + 1 < tokens.upperBound,
            !tokens.contains(where: { text.tokens[$0].isMark("[") || text.tokens[$0].isMark("(") })
        else { return tokens }
        guard type == .person else { return (close + 1)..<tokens.upperBound }
        let before = tokens.lowerBound - 1
        guard before >= 0, text.tokens[before].isMark("[") || text.tokens[before].isMark("(")
        else { return tokens }
        return before..<tokens.upperBound
    }

    /// A span is sure when the rules say the same of it.
    private func span(
        _ tokens: Range<Int>,
        _ type: EntityType,
        _ proposal: NameSpan?,
        _ text: AnalysedText
    ) -> NameSpan {
        let agrees = proposal?.tokens == tokens && proposal?.type == type
        if proposal?.tokens == tokens, proposal?.type == .weapon, Self.mayBeWeapon.contains(type) {
            return NameSpan(tokens, .weapon, .strong)
        }
        var span = NameSpan(tokens, type, agrees ? .strong : .weak)
        guard type == .person else { return span }
        if let title = proposal?.title, !title.isEmpty, title.upperBound == tokens.lowerBound {
            span.title = title
            return span
        }
        var first = tokens.lowerBound
        while first > 0, isTitle(text.tokens[first - 1]) { first -= 1 }
        span.title = first..<tokens.lowerBound
        return span
    }

    /// What the tagger calls weapons, of which its corpora have few: the list knows better.
    private static let mayBeWeapon: Set<EntityType> = [.event, .product, .work, .other]

    private func isTitle(_ token: Token) -> Bool {
        token.isCapitalised
            && (NameWords.title.contains(token) || NameWords.titleModifier.contains(token))
    }
}
