/// Boosted decision trees for yes-or-no questions: each tree adds to the log-odds of yes.
///
/// A forest is read from the bytes that `ForestTraining` writes and knows nothing of what its
/// features mean. Nodes lie in one array, a tree's root first, and a node's left child right behind
/// it, so that a walk reads memory mostly forwards. J. H. Friedman, "Greedy function approximation:
/// a gradient boosting machine", Annals of Statistics 2001, is the method.
package struct DecisionForest: Sendable, Equatable {
    /// A split, or a leaf.
    package struct Node: Sendable, Equatable {
        /// Which feature decides; a leaf has none.
        package var feature: Int32
        /// What a feature must not exceed to go left; the log-odds that a leaf adds.
        package var value: Float
        /// Index of the right child.
        package var right: Int32

        /// Makes a node; `feature` is -1 for a leaf.
        package init(feature: Int32, value: Float, right: Int32) {
            self.feature = feature
            self.value = value
            self.right = right
        }

        /// Whether nothing follows.
        package var isLeaf: Bool { feature < 0 }
    }

    /// Number of features that a question has.
    package let featureCount: Int
    /// Log-odds before any tree.
    package let base: Float
    /// Indices of the trees' first nodes, ascending.
    package let roots: [Int32]
    /// All trees, one behind the other.
    package let nodes: [Node]
    private let walk: ForestWalk

    /// Joins trees that were checked or made here; `ForestFailure` when they are no trees.
    package init(
        featureCount: Int,
        base: Float,
        roots: [Int32],
        nodes: [Node]
    ) throws(ForestFailure) {
        self.featureCount = featureCount
        self.base = base
        self.roots = roots
        self.nodes = nodes
        try Self.check(featureCount: featureCount, roots: roots, nodes: nodes)
        walk = ForestWalk(roots: roots, nodes: nodes)
    }

    /// Joins forests of the same question: the log-odds are the mean of theirs.
    ///
    /// Forests that grew from different choices of features err in different places.
    /// - Throws: `ForestFailure` when there is none, or they ask different questions.
    package init(averaging forests: [DecisionForest]) throws(ForestFailure) {
        guard let first = forests.first,
            forests.allSatisfy({ $0.featureCount == first.featureCount })
        else { throw ForestFailure("Forests of different questions cannot be joined.") }
        let share = 1 / Float(forests.count)
        var (roots, nodes): ([Int32], [Node]) = ([], [])
        for forest in forests {
            let start = Int32(nodes.count)
            roots += forest.roots.map { $0 + start }
            nodes += forest.nodes.map { node in
                node.isLeaf
                    ? Node(feature: -1, value: node.value * share, right: node.right)
                    : Node(feature: node.feature, value: node.value, right: node.right + start)
            }
        }
        try self.init(
            featureCount: first.featureCount,
            base: forests.reduce(0) { $0 + $1.base } * share,
            roots: roots,
            nodes: nodes
        )
    }

    /// The log-odds of yes: above zero where yes is likelier than no.
    ///
    /// - Parameter features: `featureCount` numbers.
    /// - Returns: the sum over all trees.
    package func logOdds(_ features: [Float]) -> Float {
        precondition(features.count == featureCount, "A forest got the wrong number of features.")
        return logOdds(ofAll: features)[0]
    }

    /// The log-odds of questions of `featureCount` numbers that lie one behind the other.
    package func logOdds(ofAll numbers: [Float]) -> [Float] {
        sums(numbers, sureOdds: .infinity)
    }

    /// Whether yes is likelier than no, for questions of `featureCount` numbers that lie one behind
    /// the other.
    ///
    /// Trees behind the first `sureTrees` are not asked once the log-odds are beyond `sureOdds`:
    /// what each still adds grows smaller, and most questions are easy.
    package func answers(_ numbers: [Float]) -> [Bool] {
        sums(numbers, sureOdds: Self.sureOdds).map { $0 > 0 }
    }

    private static let sureTrees = 64
    private static let sureOdds: Float = 3

    private func sums(_ numbers: [Float], sureOdds: Float) -> [Float] {
        precondition(
            featureCount > 0 && numbers.count % featureCount == 0,
            "A forest got half a question."
        )
        let count = numbers.count / featureCount
        var sums = Array(repeating: base, count: count)
        var asked = Array(0..<count)
        let first = min(Self.sureTrees, roots.count)
        for (trees, sure) in [(0..<first, Float.infinity), (first..<roots.count, sureOdds)] {
            walk.add(
                trees,
                to: &sums,
                asked: asked,
                numbers: numbers,
                width: featureCount,
                sureOdds: sure
            )
            asked.removeAll { abs(sums[$0]) > sureOdds }
        }
        return sums
    }

    /// Every walk from a root must end inside of the array, whatever the features are.
    private static func check(
        featureCount: Int,
        roots: [Int32],
        nodes: [Node]
    ) throws(ForestFailure) {
        var hasParent = Array(repeating: false, count: nodes.count)
        for (tree, root) in roots.enumerated() {
            let end = tree + 1 < roots.count ? Int(roots[tree + 1]) : nodes.count
            guard root >= 0, Int(root) < end, end <= nodes.count else {
                throw ForestFailure("Tree \(tree) of the forest has no nodes.")
            }
            for index in Int(root)..<end where !nodes[index].isLeaf {
                let node = nodes[index]
                guard Int(node.feature) < featureCount, Int(node.right) > index + 1,
                    Int(node.right) < end
                else {
                    throw ForestFailure("Node \(index) of the forest leads nowhere.")
                }
                for child in [index + 1, Int(node.right)] {
                    guard !hasParent[child] else {
                        throw ForestFailure("Node \(child) of the forest has two parents.")
                    }
                    hasParent[child] = true
                }
            }
        }
    }
}

/// Why bytes are no forest.
package struct ForestFailure: Error, Equatable {
    /// A full sentence.
    package let message: String

    /// Makes a failure with a full sentence as its message.
    package init(_ message: String) { self.message = message }
}
