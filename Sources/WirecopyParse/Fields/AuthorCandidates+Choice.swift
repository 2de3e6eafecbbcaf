/// Which of the candidates are authors, once each has its probability.
extension AuthorCandidates {
    /// The authors among the candidates, in the page's order.
    ///
    /// A site that has its own name stand beside an author's is no second author.
    ///
    /// - Parameter probabilities: how sure each candidate is, in the table's order.
    /// - Returns: indices of the table, ascending.
    func chosen(_ probabilities: [Double]) -> [Int] {
        let best = probabilities.max() ?? 0
        let line = min(Self.probabilityMin, max(best, Self.onlyProbabilityMin))
        let surest = probabilities.firstIndex(of: best)
        // Names of one text are authors together.
        let lineBeside = best >= line ? min(line, best * Self.besideShare) : line
        let order = probabilities.indices
            .filter { index in
                let isBeside = surest.map { areStatedTogether(index, $0) } ?? false
                return probabilities[index] >= (isBeside ? lineBeside : line)
            }
            .sorted { probabilities[$0] > probabilities[$1] }
        var chosen: [Int] = []
        var keys: [[UInt8]] = []
        for index in order where !isCutFromOther(index, probabilities) {
            let key = Array(table.candidates[index].key.utf8)
            // `Lee` beside `Ann Lee` is the same author.
            guard !keys.contains(where: { $0.holds(key) || key.holds($0) }) else { continue }
            keys.append(key)
            chosen.append(index)
        }
        let others = chosen.filter { table.candidates[$0].ranks[Place.site.rawValue] == 0 }
        return Array((others.isEmpty ? chosen : others).sorted().prefix(Byline.namesMax))
    }

    /// Whether two names stand in one text, or in values of one name that speak of the article.
    private func areStatedTogether(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (table.candidates[one], table.candidates[other])
        return one.evidence == other.evidence
            || Self.listPlaces.contains {
                one.ranks[$0.rawValue] > 0 && other.ranks[$0.rawValue] > 0
            }
    }

    /// Whether it was cut out of a longer name that is an author's too: `Ann San` of `Ann SanSone`.
    private func isCutFromOther(_ index: Int, _ probabilities: [Double]) -> Bool {
        guard facts[index].isGuess else { return false }
        let key = Array(table.candidates[index].key.utf8)
        return table.candidates.indices.contains { other in
            let longer = table.candidates[other].key.utf8
            return other != index && !facts[other].isGuess && longer.count > key.count
                && probabilities[other] >= Self.wholeProbabilityMin && Array(longer).holds(key)
        }
    }

    /// Above this a whole name is preferred to what was cut out of it.
    private static let wholeProbabilityMin = 0.5
    /// Places that have a value for each author.
    private static let listPlaces: [Place] = [.structured, .metaOther, .metaCreator]
    /// Above this a name is an author.
    private static let probabilityMin = 0.42
    /// How sure a name beside the best one must be, as a share of that.
    private static let besideShare = 0.8
    /// Above this the best name is, when no other is surer.
    private static let onlyProbabilityMin = 0.2
}
