import DecisionForest

/// Where a leaf would be divided.
struct Split {
    let feature: Int
    /// The last range that goes left.
    let bin: UInt8
    let gain: Float
}

/// A leaf of a tree that is still growing.
struct GrowingLeaf {
    let rows: [Int]
    var histogram: Histogram?
    var split: Split?
    /// Its node in the tree.
    var place = 0

    init(rows: [Int], histogram: Histogram?) {
        self.rows = rows
        self.histogram = histogram
    }

    var gain: Float { split?.gain ?? -1 }
}

/// A tree that is still growing: nodes in the order in which they were made.
struct GrowingTree {
    private var splits: [Split?] = [nil]
    private var children: [(left: Int, right: Int)] = [(0, 0)]
    var values: [Float] = [0]

    var leafCount: Int { splits.count { $0 == nil } }

    /// Turns a leaf into a split with two leaves, and gives their places.
    mutating func divide(_ place: Int, _ split: Split) -> (left: Int, right: Int) {
        let left = splits.count
        splits[place] = split
        children[place] = (left, left + 1)
        splits += [nil, nil]
        children += [(0, 0), (0, 0)]
        values += [0, 0]
        return (left, left + 1)
    }

    /// Writes the tree behind others, each left child right behind its parent.
    func append(to nodes: inout [DecisionForest.Node], _ features: [FeatureBins]) {
        append(0, to: &nodes, features)
    }

    private func append(
        _ place: Int,
        to nodes: inout [DecisionForest.Node],
        _ features: [FeatureBins]
    ) {
        guard let split = splits[place] else {
            nodes.append(DecisionForest.Node(feature: -1, value: values[place], right: 0))
            return
        }
        let index = nodes.count
        let bound = features[split.feature].bounds[Int(split.bin)]
        nodes.append(DecisionForest.Node(feature: Int32(split.feature), value: bound, right: 0))
        append(children[place].left, to: &nodes, features)
        nodes[index].right = Int32(nodes.count)
        append(children[place].right, to: &nodes, features)
    }
}

/// Sums of first and second derivatives by range, for the features that a tree may use.
struct Histogram {
    private static let binsMax = FeatureBins.boundsMax + 1
    private var gradients: [Float]
    private var curvatures: [Float]

    init(slots: Int) {
        gradients = Array(repeating: 0, count: slots * Self.binsMax)
        curvatures = gradients
    }

    mutating func add(
        _ rows: [Int],
        _ bins: [UInt8],
        _ gradients: [Float],
        _ curvatures: [Float],
        _ slot: Int
    ) {
        let start = slot * Self.binsMax
        for row in rows {
            let place = start &+ Int(bins[row])
            self.gradients[place] += gradients[row]
            self.curvatures[place] += curvatures[row]
        }
    }

    /// What is left of a leaf's sums when one of its two parts has these.
    func subtracting(_ part: Histogram?) -> Histogram? {
        guard let part else { return nil }
        var rest = self
        for index in gradients.indices {
            rest.gradients[index] -= part.gradients[index]
            rest.curvatures[index] -= part.curvatures[index]
        }
        return rest
    }

    /// The best place to divide by one feature; `nil` when none gains.
    func bestSplit(
        _ slot: Int,
        _ feature: Int,
        bins: Int,
        _ settings: ForestTrainer.Settings
    ) -> Split? {
        let range = (slot * Self.binsMax)..<(slot * Self.binsMax + bins + 1)
        let gradient = gradients[range].reduce(0, +)
        let curvature = curvatures[range].reduce(0, +)
        func score(_ gradient: Float, _ curvature: Float) -> Float {
            gradient * gradient / (curvature + settings.shrinkage)
        }
        let whole = score(gradient, curvature)
        var (leftGradient, leftCurvature) = (Float(0), Float(0))
        var best: Split?
        for bin in 0..<bins {
            leftGradient += gradients[range.lowerBound + bin]
            leftCurvature += curvatures[range.lowerBound + bin]
            let rightCurvature = curvature - leftCurvature
            guard leftCurvature >= settings.leafWeightMin,
                rightCurvature >= settings.leafWeightMin
            else { continue }
            let gain =
                score(leftGradient, leftCurvature)
                + score(gradient - leftGradient, rightCurvature) - whole
            if gain > best?.gain ?? 0 {
                best = Split(feature: feature, bin: UInt8(bin), gain: gain)
            }
        }
        return best
    }
}
