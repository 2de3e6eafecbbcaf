import WirecopyMessages

/// Finds and types names with a trained model: two readings over the chains of a text.
///
/// Tokens outside of chains - words in lower case, most of a text - are outside of names without
/// being asked. Linear in the number of tokens.
struct NameTagger {
    let model: NameModel

    /// The label of each token.
    func labels(_ text: AnalysedText, _ traits: TextTraits) -> [UInt8] {
        var labels = [UInt8](repeating: 0, count: text.tokens.count)
        var scores = [LabelScores](repeating: .zero, count: text.tokens.count)
        var features = NameFeatures(text: text, traits: traits.tokens)
        var path = LabelPath()
        traits.forEachChain(in: text) { chain, sentence in
            for index in chain {
                features.read(index, chain: chain, sentence: sentence)
                scores[index] = model.first.rows.scores(features.hashes)
            }
            let best = path.best(scores, chain, model.first.transitions)
            labels.replaceSubrange(chain, with: best)
        }
        var evidence = DocumentFeatures(text: text, traits: traits, labels: labels)
        for chain in traits.chains {
            for index in chain {
                evidence.read(index, chain: chain)
                scores[index] += model.second.rows.scores(evidence.hashes)
            }
            let best = path.best(scores, chain, model.second.transitions)
            labels.replaceSubrange(chain, with: best)
        }
        return labels
    }
}

extension TextTraits {
    /// Gives each chain with the sentence that holds it.
    func forEachChain(in text: AnalysedText, _ body: (Range<Int>, Range<Int>) -> Void) {
        var sentence = 0
        for chain in chains {
            while text.sentenceTokens[sentence].upperBound <= chain.lowerBound { sentence += 1 }
            body(chain, text.sentenceTokens[sentence])
        }
    }
}
