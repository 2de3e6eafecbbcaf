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
        // One row for each token of the chains, in their order.
        var scores: [LabelScores] = []
        var features = NameFeatures(text: text, traits: traits.tokens)
        var path = LabelPath()
        traits.forEachChain(in: text) { chain, sentence in
            for index in chain {
                features.read(index, chain: chain, sentence: sentence)
                scores.append(model.first.rows.scores(features.hashes))
            }
            let rows = (scores.count - chain.count)..<scores.count
            labels.replaceSubrange(chain, with: path.best(scores, rows, model.first.transitions))
        }
        var evidence = DocumentFeatures(text: text, traits: traits, labels: labels)
        var row = 0
        for chain in traits.chains {
            let start = row
            for index in chain {
                evidence.read(index, chain: chain)
                scores[row] += model.second.rows.scores(evidence.hashes)
                row += 1
            }
            let best = path.best(scores, start..<row, model.second.transitions)
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
