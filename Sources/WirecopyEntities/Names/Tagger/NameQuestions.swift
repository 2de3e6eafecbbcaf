package import WirecopyMessages

/// A text as the tagger reads it: for training, which needs its questions and not its answers.
package struct NameQuestions: Sendable {
    /// Hashes of a token's answers.
    package typealias Hashes = [UInt64]

    /// The range of each token in bytes of the text.
    package let tokens: [TextRange]
    /// Tokens of each sentence.
    package let sentences: [Range<Int>]
    /// Runs of tokens that are read; all other tokens are outside of names.
    package let chains: [Range<Int>]
    /// What the rules alone find.
    package let ruleSpans: [(tokens: Range<Int>, type: Int)]
    private let text: AnalysedText
    private let traits: TextTraits

    /// The words of each sentence, by the hashes that `WordClasses` knows them by.
    ///
    /// - Throws: `EntityFailure` when a list is missing or broken.
    package static func words(of bytes: [UInt8]) throws(EntityFailure) -> [[UInt64]] {
        let text = AnalysedText(bytes)
        let lexicon = try Lexicon.shipped()
        let traits = TextTraits(text: text, lexicon: lexicon, classes: .none, rules: [])
        return text.sentenceTokens.map { $0.map { traits.tokens[$0].word } }
    }

    /// Reads a text with the shipped word lists.
    ///
    /// - Throws: `EntityFailure` when a list is missing or broken.
    package init(_ bytes: [UInt8], classes: WordClasses) throws(EntityFailure) {
        let lexicon = try Lexicon.shipped()
        text = AnalysedText(bytes)
        let rules = NameRules(lexicon: lexicon).spans(in: text)
        traits = TextTraits(text: text, lexicon: lexicon, classes: classes, rules: rules)
        tokens = text.tokens.map { TextRange($0.start, $0.end) }
        sentences = text.sentenceTokens
        chains = traits.chains
        ruleSpans = rules.map { span in
            (span.tokens, NameLabel.types.firstIndex(of: span.type) ?? 0)
        }
    }

    /// Whether some tokens are a title without a name: "Prime Minister", "Secretary of State".
    package func isTitle(_ tokens: ClosedRange<Int>) -> Bool {
        let last = text.tokens[tokens.upperBound]
        return NameWords.title.contains(last)
            || NameWords.titleTail.contains(last)
                && tokens.contains { NameWords.title.contains(text.tokens[$0]) }
    }

    /// The answers of all tokens of chains, in their order, for the first reading.
    package func firstReading(_ body: (Int, Hashes, AnswerKinds) -> Void) {
        var features = NameFeatures(text: text, traits: traits.tokens)
        traits.forEachChain(in: text) { chain, sentence in
            for index in chain {
                features.read(index, chain: chain, sentence: sentence)
                body(index, features.hashes, features.kinds)
            }
        }
    }

    /// The answers for the second reading; `labels` has the first one's label of each token.
    package func secondReading(_ labels: [UInt8], _ body: (Int, Hashes) -> Void) {
        var features = DocumentFeatures(text: text, traits: traits, labels: labels)
        for chain in chains {
            for index in chain {
                features.read(index, chain: chain)
                body(index, features.hashes)
            }
        }
    }

    /// The label that a model gives each token.
    package func labels(_ model: NameModel) -> [UInt8] {
        NameTagger(model: model).labels(text, traits)
    }
}
