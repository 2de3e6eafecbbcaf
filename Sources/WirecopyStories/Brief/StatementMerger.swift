/// Joins the utterances of one speaker that are one statement.
enum StatementMerger {
    /// Utterances of a speaker that are compared; somebody quoted more often in one story says the
    /// same many times.
    static let utterancesMax = 600
    /// Two utterances are one statement when the shorter one has this share of its words in the
    /// other, or of its pairs of words.
    private static let containmentMin = 0.8
    private static let pairsContainmentMin = 0.65
    /// Shorter utterances are one only when they are equal.
    private static let stemsMin = 3
    private static let pairsMin = 3

    /// The statements, each with the indexes of its utterances, in the order of the first ones.
    static func statements(_ utterances: [Utterance]) -> [[Int]] {
        var statements: [[Int]] = []
        for index in utterances.indices.prefix(utterancesMax) {
            let same = statements.firstIndex { statement in
                statement.contains { isSame(utterances[$0], utterances[index]) }
            }
            if let same { statements[same].append(index) } else { statements.append([index]) }
        }
        return statements
    }

    /// Whether two utterances are wordings of one statement.
    static func isSame(_ one: Utterance, _ other: Utterance) -> Bool {
        if min(one.pairs.count, other.pairs.count) >= pairsMin,
            MemberWords.containment(one.pairs, other.pairs) >= pairsContainmentMin
        {
            return true
        }
        guard min(one.stems.count, other.stems.count) >= stemsMin else {
            return one.pairs == other.pairs && one.stems == other.stems
        }
        return MemberWords.containment(one.stems, other.stems) >= containmentMin
    }
}
