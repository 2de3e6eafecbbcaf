package import DecisionForest
import Foundation
import SplitMix

/// Grows a forest tree by tree: each one corrects what those before it got wrong.
///
/// Second-order boosting of the logistic loss over histograms, leaf by leaf with the largest gain
/// first (T. Chen, C. Guestrin, "XGBoost", KDD 2016; G. Ke et al., "LightGBM", NIPS 2017). One
/// thread and a fixed order of sums: the same table gives the same bytes.
package struct ForestTrainer {
    /// How a forest is grown.
    package struct Settings: Sendable {
        /// Number of trees.
        package var trees = 250
        /// Leaves of a tree.
        package var leaves = 16
        /// The share of a tree's correction that is taken.
        package var rate: Float = 0.05
        /// The least weight of second derivatives in a leaf.
        package var leafWeightMin: Float = 12
        /// How strongly leaves are drawn towards zero.
        package var shrinkage: Float = 4
        /// The share of features that a tree may use, chosen anew for each.
        package var featureShare: Float = 0.3
        /// Whether the questions of a group are answered together: at most one is yes.
        package var isJoint = false
        /// Where the choices begin.
        package var seed: UInt64 = 1

        package init() {}
    }

    private let settings: Settings
    private let table: TrainingTable
    private let features: [FeatureBins]
    private var margins: [Float]
    private var gradients: [Float]
    private var curvatures: [Float]
    private var random: SplitMix64
    private var roots: [Int32] = []
    private var nodes: [DecisionForest.Node] = []

    /// Grows a forest from a table with at least one question.
    package static func forest(
        _ table: TrainingTable,
        _ settings: Settings
    ) throws(ForestFailure) -> DecisionForest {
        guard table.count > 0 else {
            throw ForestFailure("A forest needs questions to learn from.")
        }
        var trainer = ForestTrainer(table, settings)
        for _ in 0..<settings.trees { trainer.grow() }
        return try DecisionForest(
            featureCount: table.featureCount,
            base: 0,
            roots: trainer.roots,
            nodes: trainer.nodes
        )
    }

    private init(_ table: TrainingTable, _ settings: Settings) {
        self.table = table
        self.settings = settings
        features = table.columns.map { FeatureBins($0) }
        margins = Array(repeating: 0, count: table.count)
        gradients = margins
        curvatures = margins
        random = SplitMix64(seed: settings.seed)
    }

    // MARK: - A tree

    private mutating func grow() {
        correct()
        let usable = chosenFeatures()
        var leaves = [GrowingLeaf(rows: Array(0..<table.count), histogram: nil)]
        leaves[0].split = bestSplit(&leaves[0], usable)
        var tree = GrowingTree()
        while tree.leafCount < settings.leaves {
            guard let best = leaves.indices.max(by: { leaves[$0].gain < leaves[$1].gain }),
                let split = leaves[best].split
            else { break }
            let leaf = leaves.remove(at: best)
            var (left, right) = divide(leaf, split)
            (left.place, right.place) = tree.divide(leaf.place, split)
            let parent = leaf.histogram
            if left.rows.count <= right.rows.count {
                left.split = bestSplit(&left, usable)
                right.histogram = parent?.subtracting(left.histogram)
                right.split = bestSplit(&right, usable)
            } else {
                right.split = bestSplit(&right, usable)
                left.histogram = parent?.subtracting(right.histogram)
                left.split = bestSplit(&left, usable)
            }
            leaves += [left, right]
        }
        for leaf in leaves {
            let value = settings.rate * weight(of: leaf.rows)
            tree.values[leaf.place] = value
            for row in leaf.rows { margins[row] += value }
        }
        roots.append(Int32(nodes.count))
        tree.append(to: &nodes, features)
    }

    /// Takes the derivatives of the loss at the present margins.
    private mutating func correct() {
        let probabilities = settings.isJoint ? jointProbabilities() : margins.map(Self.share)
        for row in 0..<table.count {
            let probability = probabilities[row]
            gradients[row] = table.weights[row] * (probability - table.answers[row])
            curvatures[row] = table.weights[row] * max(probability * (1 - probability), 1e-6)
        }
    }

    private static func share(_ margin: Float) -> Float { 1 / (1 + exp(-margin)) }

    /// Within each group, shares of a whole of which none of its questions has the rest.
    private func jointProbabilities() -> [Float] {
        var probabilities = margins
        for (start, end) in zip(table.groupStarts, table.groupStarts.dropFirst() + [table.count]) {
            DecisionForest.shareOut(&probabilities[start..<end])
        }
        return probabilities
    }

    private func weight(of rows: [Int]) -> Float {
        var (gradient, curvature) = (Double(0), Double(0))
        for row in rows {
            gradient += Double(gradients[row])
            curvature += Double(curvatures[row])
        }
        return Float(-gradient / (curvature + Double(settings.shrinkage)))
    }

    private func divide(_ leaf: GrowingLeaf, _ split: Split) -> (GrowingLeaf, GrowingLeaf) {
        let bins = features[split.feature].bins
        var (left, right): ([Int], [Int]) = ([], [])
        for row in leaf.rows {
            if bins[row] <= split.bin { left.append(row) } else { right.append(row) }
        }
        return (GrowingLeaf(rows: left, histogram: nil), GrowingLeaf(rows: right, histogram: nil))
    }

    // MARK: - Splits

    private func bestSplit(_ leaf: inout GrowingLeaf, _ usable: [Int]) -> Split? {
        let histogram = leaf.histogram ?? histogram(of: leaf.rows, usable)
        leaf.histogram = histogram
        var best: Split?
        for (slot, feature) in usable.enumerated() where !features[feature].bounds.isEmpty {
            let split = histogram.bestSplit(
                slot,
                feature,
                bins: features[feature].bounds.count,
                settings
            )
            if let split, split.gain > best?.gain ?? 0 { best = split }
        }
        return best
    }

    private func histogram(of rows: [Int], _ usable: [Int]) -> Histogram {
        var histogram = Histogram(slots: usable.count)
        for (slot, feature) in usable.enumerated() {
            histogram.add(rows, features[feature].bins, gradients, curvatures, slot)
        }
        return histogram
    }

    // MARK: - Chance

    private mutating func chosenFeatures() -> [Int] {
        let count = max(1, Int(Float(features.count) * settings.featureShare))
        var order = Array(features.indices)
        for index in 0..<count {
            let other = index + Int(random.next() % UInt64(order.count - index))
            order.swapAt(index, other)
        }
        return order.prefix(count).sorted()
    }
}
