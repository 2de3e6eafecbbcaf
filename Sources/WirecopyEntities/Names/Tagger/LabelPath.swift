/// Scores of the labels of one token; lanes beyond `NameLabel.count` mean nothing.
package typealias LabelScores = SIMD32<Float>

/// What the kind of one token says of the next token's: a kind is a type, or outside.
package struct LabelTransitions: Sendable, Equatable {
    /// Number of kinds; the last is outside.
    package static let kinds = NameLabel.types.count + 1
    /// The kind outside of all names.
    package static let outside = NameLabel.types.count

    /// For each kind before the scores of a kind that begins behind it.
    package var rows: [SIMD16<Float>]
    /// For each type the score of going on with the name.
    package var goesOn: SIMD16<Float>

    /// Transitions that say nothing.
    package init() {
        rows = Array(repeating: .zero, count: Self.kinds)
        goesOn = .zero
    }

    /// Adds others, each times a factor.
    package mutating func add(_ other: LabelTransitions, times factor: Float) {
        for kind in rows.indices { rows[kind] += other.rows[kind] * factor }
        goesOn += other.goesOn * factor
    }
}

/// Finds the best row of labels for a chain of tokens (Viterbi 1967, first order).
///
/// A chain begins behind a token outside of all names; the inside of a type only follows its
/// beginning or inside. Reusable: its buffers grow to the longest chain.
package struct LabelPath: Sendable {
    private static let never = SIMD16<Float>(repeating: -.infinity)

    /// For each token and kind: where the best way into its beginning comes from, as twice the
    /// kind, and one when from its inside.
    private var origins: [SIMD16<Int32>] = []
    /// For each token and type: one when the best way into its inside comes from its inside.
    private var insides: [SIMD16<Int32>] = []

    /// Makes a path without buffers.
    package init() {}

    /// The best labels of the tokens from `first` on, `count` of them.
    ///
    /// `allowed` has, for each token of the chain, a bit for each label that it may have.
    package mutating func best(
        _ scores: [LabelScores],
        _ chain: Range<Int>,
        _ transitions: LabelTransitions,
        allowed: [UInt32] = []
    ) -> [UInt8] {
        origins.removeAll(keepingCapacity: true)
        insides.removeAll(keepingCapacity: true)
        var begun = Self.never
        var inner = Self.never
        begun[LabelTransitions.outside] = 0
        for index in chain {
            let row = scores[index]
            var begins = row.oddHalf
            begins[LabelTransitions.outside] = row[NameLabel.outside]
            var goesOn = Self.shifted(row.evenHalf)
            if !allowed.isEmpty {
                Self.forbid(allowed[index], &begins, &goesOn)
            }
            let (best, from) = entry(begun, inner, transitions)
            let fromInside = inner .> begun
            insides.append(SIMD16<Int32>.zero.replacing(with: 1, where: fromInside))
            origins.append(from)
            let longer = begun.replacing(with: inner, where: fromInside)
            inner = longer + transitions.goesOn + goesOn
            inner[LabelTransitions.outside] = -.infinity
            begun = best + begins
        }
        return walkBack(chain.count, begun, inner)
    }

    /// The best way into the beginning of each kind, and where it comes from.
    @inline(__always)
    private func entry(
        _ begun: SIMD16<Float>,
        _ inner: SIMD16<Float>,
        _ transitions: LabelTransitions
    ) -> (SIMD16<Float>, SIMD16<Int32>) {
        var best = Self.never
        var from = SIMD16<Int32>.zero
        for kind in 0..<LabelTransitions.kinds {
            let isInside = inner[kind] > begun[kind]
            let end = isInside ? inner[kind] : begun[kind]
            guard end > -.infinity else { continue }
            let scores = transitions.rows[kind] + end
            let wins = scores .> best
            best.replace(with: scores, where: wins)
            from.replace(with: Int32(2 * kind + (isInside ? 1 : 0)), where: wins)
        }
        return (best, from)
    }

    /// Inside labels stand one lane too far behind the outside label.
    @inline(__always)
    private static func shifted(_ lanes: SIMD16<Float>) -> SIMD16<Float> {
        var shifted = SIMD16<Float>.zero
        for lane in 0..<15 { shifted[lane] = lanes[lane + 1] }
        return shifted
    }

    private static func forbid(
        _ allowed: UInt32,
        _ begins: inout SIMD16<Float>,
        _ goesOn: inout SIMD16<Float>
    ) {
        for type in NameLabel.types.indices {
            if allowed >> UInt32(NameLabel.begin(type)) & 1 == 0 { begins[type] = -.infinity }
            if allowed >> UInt32(NameLabel.inside(type)) & 1 == 0 { goesOn[type] = -.infinity }
        }
        if allowed & 1 == 0 { begins[LabelTransitions.outside] = -.infinity }
    }

    private func walkBack(
        _ count: Int,
        _ begun: SIMD16<Float>,
        _ inner: SIMD16<Float>
    ) -> [UInt8] {
        var labels = [UInt8](repeating: UInt8(NameLabel.outside), count: count)
        var kind = LabelTransitions.outside
        var best = -Float.infinity
        var isInside = false
        for other in 0..<LabelTransitions.kinds {
            if begun[other] > best { (kind, best, isInside) = (other, begun[other], false) }
            if inner[other] > best { (kind, best, isInside) = (other, inner[other], true) }
        }
        for step in stride(from: count - 1, through: 0, by: -1) {
            if isInside {
                labels[step] = UInt8(NameLabel.inside(kind))
                isInside = insides[step][kind] == 1
                continue
            }
            if kind != LabelTransitions.outside { labels[step] = UInt8(NameLabel.begin(kind)) }
            let origin = Int(origins[step][kind])
            (kind, isInside) = (origin / 2, origin % 2 == 1)
        }
        return labels
    }
}
