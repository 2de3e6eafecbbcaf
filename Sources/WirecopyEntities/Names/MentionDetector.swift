import WirecopyMessages

/// Finds the spans of a text that name something: rules and word lists propose, a trained tagger
/// decides.
///
/// Works in time linear in the number of tokens.
struct MentionDetector {
    let lexicon: Lexicon
    let model: NameModel

    /// The names in a text, in order and not overlapping.
    func mentions(in text: AnalysedText) -> [NameSpan] {
        let rules = NameRules(lexicon: lexicon).spans(in: text)
        let traits = TextTraits(text: text, lexicon: lexicon, rules: rules)
        let labels = NameTagger(model: model).labels(text, traits)
        var spans: [NameSpan] = []
        var rule = 0
        for chain in traits.chains where spans.count < NameRules.mentionsMax {
            for (offsets, type) in NameLabel.spans(labels[chain]) {
                let start = chain.lowerBound + offsets.lowerBound
                let tokens = unbracketed(start..<(start + offsets.count), text)
                while rule < rules.count, rules[rule].tokens.upperBound <= tokens.lowerBound {
                    rule += 1
                }
                let proposal = rule < rules.count ? rules[rule] : nil
                spans.append(span(tokens, NameLabel.types[type], proposal, text))
            }
        }
        return spans
    }

    /// The part behind a bracket that closes what began before the name: `[Ada] Quillon`.
    private func unbracketed(_ tokens: Range<Int>, _ text: AnalysedText) -> Range<Int> {
        let close = tokens.first { text.tokens[$0].isMark("]") || text.tokens[$0].isMark(")") }
        guard let close, close + 1 < tokens.upperBound,
            !tokens.contains(where: { text.tokens[$0].isMark("[") || text.tokens[$0].isMark("(") })
        else { return tokens }
        return (close + 1)..<tokens.upperBound
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
