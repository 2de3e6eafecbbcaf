import WirecopyEntities

/// Answers of tokens as numbers, for one reading of many documents.
struct NameTable {
    /// A run of tokens, and the number of the document that it is from.
    struct Chain {
        var tokens: Range<Int>
        var document: Int
    }

    /// For each token, where its answers begin in `answers`; one more than tokens.
    private(set) var starts: [Int32] = [0]
    /// The answers of all tokens, as numbers, and the kinds of each as bits.
    private(set) var answers: [UInt32] = []
    private(set) var kinds: [UInt8] = []
    /// For each token a bit for each label that is right.
    private(set) var allowed: [UInt32] = []
    /// What an earlier reading says.
    private(set) var base: [LabelScores] = []
    /// The runs, in the order of the documents.
    private(set) var chains: [Chain] = []
    /// The hash of each answer, and how often it was given.
    private(set) var hashes: [UInt64] = []
    private(set) var counts: [UInt32] = []
    private var numbers = HashMap<UInt32>(none: .max, capacity: 1 << 20)

    var tokenCount: Int { allowed.count }

    /// Adds a token: its answers, and of which kinds they are.
    mutating func append(
        _ hashes: [UInt64],
        kinds answerKinds: AnswerKinds,
        allowed labels: UInt32,
        base scores: LabelScores?
    ) {
        for (place, hash) in hashes.enumerated() {
            kinds.append(answerKinds.bits(at: place))
            var number: UInt32 = 0
            let next = UInt32(self.hashes.count)
            numbers.update(hash) { value in
                if value == .max { value = next }
                number = value
            }
            if number == next {
                self.hashes.append(hash)
                counts.append(0)
            }
            counts[Int(number)] += 1
            answers.append(number)
        }
        starts.append(Int32(answers.count))
        allowed.append(labels)
        if let scores { base.append(scores) }
    }

    /// The answers of a token.
    func answers(of token: Int) -> ArraySlice<UInt32> {
        answers[Int(starts[token])..<Int(starts[token + 1])]
    }

    /// Makes the tokens from `start` on a chain.
    mutating func endChain(from start: Int, document: Int) {
        chains.append(Chain(tokens: start..<tokenCount, document: document))
    }

    /// Keeps only answers that `isKept`; the numbers change.
    mutating func prune(_ isKept: (Int) -> Bool) {
        var numbers = [UInt32](repeating: .max, count: hashes.count)
        var kept: [UInt64] = []
        var keptCounts: [UInt32] = []
        for old in hashes.indices where isKept(old) {
            numbers[old] = UInt32(kept.count)
            kept.append(hashes[old])
            keptCounts.append(counts[old])
        }
        var (pruned, prunedKinds, newStarts): ([UInt32], [UInt8], [Int32]) = ([], [], [0])
        pruned.reserveCapacity(answers.count)
        for token in 0..<tokenCount {
            for position in Int(starts[token])..<Int(starts[token + 1]) {
                let number = numbers[Int(answers[position])]
                guard number != .max else { continue }
                pruned.append(number)
                prunedKinds.append(kinds[position])
            }
            newStarts.append(Int32(pruned.count))
        }
        (answers, kinds, starts) = (pruned, prunedKinds, newStarts)
        (hashes, counts) = (kept, keptCounts)
        self.numbers = HashMap(none: .max)
    }
}
