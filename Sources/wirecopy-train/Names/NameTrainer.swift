import SplitMix
import WirecopyEntities

/// Learns a reading's weights: a structured perceptron with a margin and averaged weights.
///
/// M. Collins 2002 is the method; the margin is that of Taskar, Guestrin, Koller 2003; words are
/// hidden now and then, so that names are also learned from what stands around them.
struct NameTrainer {
    /// How to learn.
    struct Settings {
        var epochs = 8
        var seed: UInt64 = 1
        /// What each wrong label adds to the score of a wrong row.
        var margin: Float = 15
        /// Share of tokens whose word is hidden; shares of which the lists' and the rules' answers
        /// are.
        var hidden: Float = 0.1
        var hiddenLists: Float = 0.1
        var hiddenRules: Float = 0.15
        /// Share of answers that are left out.
        var dropout: Float = 0.2
        /// What one change of a weight is worth in a score.
        var unit: Float = 1
    }

    private let table: NameTable
    private let settings: Settings
    /// In units; sixteen bits, so that a row is one line of memory.
    private var weights: [SIMD32<Int16>]
    /// What to take from the weights for their mean: each change times its time, in units.
    private var sums: [LabelScores]
    private var transitions = LabelTransitions()
    private var transitionSums = LabelTransitions()
    private var time: Float = 1
    private var random: SplitMix64
    private var path = LabelPath()
    private var dropped: [Bool] = []
    /// For each chain how often it was right when it was last read, in a row.
    private var easy: [UInt8]

    /// Begins with no weights, and with transitions of an earlier reading.
    init(_ table: NameTable, _ settings: Settings, _ start: LabelTransitions = LabelTransitions()) {
        transitions = start
        self.table = table
        self.settings = settings
        weights = Array(repeating: .zero, count: table.hashes.count)
        sums = Array(repeating: .zero, count: table.hashes.count)
        easy = Array(repeating: 0, count: table.chains.count)
        random = SplitMix64(seed: settings.seed)
    }

    /// Learns from the documents that `isTrained`: means of weights by answer, and transitions.
    mutating func train(_ isTrained: (Int) -> Bool) -> (rows: [LabelScores], LabelTransitions) {
        var order = table.chains.indices.filter { isTrained(table.chains[$0].document) }
        for _ in 0..<settings.epochs {
            order.shuffle(using: &random)
            for chain in order {
                // What was right twice is read again every third time.
                if easy[chain] > 1, random.next() % 3 != 0 { continue }
                let isRight = learn(table.chains[chain])
                easy[chain] = isRight ? min(easy[chain] + 1, 3) : 0
            }
        }
        var averaged = transitions
        for kind in averaged.rows.indices {
            averaged.rows[kind] -= transitionSums.rows[kind] / time
        }
        averaged.goesOn -= transitionSums.goesOn / time
        let (time, unit) = (time, settings.unit)
        let rows = zip(weights, sums).map { (LabelScores($0) - $1 / time) * unit }
        return (rows, averaged)
    }

    /// Reads a chain and corrects the weights; whether it was right, by the margin.
    private mutating func learn(
        _ chain: NameTable.Chain
    ) -> Bool {
        let count = chain.tokens.count
        var scores = [LabelScores](repeating: .zero, count: count)
        dropped.removeAll(keepingCapacity: true)
        var masks: [UInt32] = []
        for (step, token) in chain.tokens.enumerated() {
            scores[step] = score(token)
            masks.append(table.allowed[token])
        }
        // Where several labels are right, the likeliest of them is taught (latent perceptron).
        let isSingle = masks.allSatisfy { $0.nonzeroBitCount == 1 }
        let right =
            isSingle
            ? masks.map { UInt8($0.trailingZeroBitCount) }
            : path.best(scores, 0..<count, transitions, allowed: masks)
        for step in 0..<count where masks[step] != .max {
            scores[step] += settings.margin
            scores[step][Int(right[step])] -= settings.margin
        }
        let found = path.best(scores, 0..<count, transitions)
        time += 1
        guard found != right else { return true }
        update(chain.tokens, right, found)
        return false
    }

    /// The scores of a token without what is hidden or dropped, which `dropped` remembers.
    private mutating func score(_ token: Int) -> LabelScores {
        var score = table.base.isEmpty ? LabelScores.zero : table.base[token]
        let range = Int(table.starts[token])..<Int(table.starts[token + 1])
        let hidden = hiddenKinds()
        let threshold = UInt32(settings.dropout * 65536)
        var sum = SIMD32<Int16>.zero
        var bits: UInt64 = 0
        for (place, position) in range.enumerated() {
            var isDropped = table.kinds[position] & hidden != 0
            if threshold > 0 {
                if place & 3 == 0 { bits = random.next() }
                if UInt32(bits & 0xFFFF) < threshold { isDropped = true }
                bits >>= 16
            }
            dropped.append(isDropped)
            if !isDropped { sum &+= weights[Int(table.answers[position])] }
        }
        let unit = threshold > 0 ? settings.unit / (1 - settings.dropout) : settings.unit
        score += LabelScores(sum) * unit
        return score
    }

    /// The kinds of answers that are hidden this time, as bits.
    private mutating func hiddenKinds() -> UInt8 {
        var bits: UInt8 = 0
        func hide(_ kind: AnswerKinds.Kind, _ share: Float) {
            if share > 0, random.share() < share { bits |= 1 << kind.rawValue }
        }
        hide(.identity, settings.hidden)
        hide(.lists, settings.hiddenLists)
        hide(.rules, settings.hiddenRules)
        return bits
    }

    private mutating func update(
        _ tokens: Range<Int>,
        _ right: [UInt8],
        _ found: [UInt8]
    ) {
        var place = 0
        for (step, token) in tokens.enumerated() {
            let range = Int(table.starts[token])..<Int(table.starts[token + 1])
            defer { place += range.count }
            guard right[step] != found[step] else { continue }
            let (wanted, unwanted) = (Int(right[step]), Int(found[step]))
            for position in range where !dropped[place + position - range.lowerBound] {
                let answer = Int(table.answers[position])
                weights[answer][wanted] &+= 1
                weights[answer][unwanted] &-= 1
                sums[answer][wanted] += time
                sums[answer][unwanted] -= time
            }
        }
        updateTransitions(right, settings.unit)
        updateTransitions(found, -settings.unit)
    }

    private mutating func updateTransitions(_ labels: [UInt8], _ size: Float) {
        var before = LabelTransitions.outside
        for label in labels {
            let type = NameLabel.type(Int(label))
            let kind = type < 0 ? LabelTransitions.outside : type
            if NameLabel.isInside(Int(label)) {
                transitions.goesOn[kind] += size
                transitionSums.goesOn[kind] += size * time
            } else {
                transitions.rows[before][kind] += size
                transitionSums.rows[before][kind] += size * time
            }
            before = kind
        }
    }
}

extension SplitMix64 {
    /// A number from 0 to 1, without 1.
    fileprivate mutating func share() -> Float { Float(next() >> 40) / Float(1 << 24) }
}
