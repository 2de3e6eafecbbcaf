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
                let tokens = start..<(start + offsets.count)
                while rule < rules.count, rules[rule].tokens.upperBound <= start { rule += 1 }
                let proposal = rule < rules.count ? rules[rule] : nil
                spans.append(span(tokens, NameLabel.types[type], proposal, text))
            }
        }
        return spans
    }

    /// A span is sure when the rules say the same of it.
    private func span(
        _ tokens: Range<Int>,
        _ type: EntityType,
        _ proposal: NameSpan?,
        _ text: AnalysedText
    ) -> NameSpan {
        let agrees = proposal?.tokens == tokens && proposal?.type == type
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

    private func isTitle(_ token: Token) -> Bool {
        token.isCapitalised
            && (NameWords.title.contains(token) || NameWords.titleModifier.contains(token))
    }
}
