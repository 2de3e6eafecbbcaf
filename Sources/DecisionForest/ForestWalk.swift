/// A forest laid out for asking many questions at once.
///
/// The children of a split lie side by side, and a leaf is a split that leads to itself whatever is
/// asked. So a step is the same few instructions at every node, no jump has to be guessed, and
/// several questions go down a tree together: while one waits for memory, the others go on.
struct ForestWalk: Sendable, Equatable {
    /// A split; a leaf has an infinite threshold and itself as left child.
    private struct Step: Equatable {
        /// What a feature must not exceed to go left.
        var threshold: Float
        /// Which feature decides.
        var feature: Int32
        /// Index of the left child; the right one lies behind it.
        var left: Int32
    }

    /// A tree: its first step and the steps to its deepest leaf.
    private struct Tree: Equatable {
        let root: Int32
        let depth: Int
    }

    private var steps: [Step] = []
    /// The log-odds that each leaf adds; 0 at splits.
    private var odds: [Float] = []
    private var trees: [Tree] = []

    /// Lays out trees whose links were checked.
    init(roots: [Int32], nodes: [DecisionForest.Node]) {
        steps.reserveCapacity(nodes.count)
        odds.reserveCapacity(nodes.count)
        for root in roots { lay(root, nodes) }
        // What is no number has a sign too, and leads from leaf to leaf.
        makeRoom(trees.reduce(0) { max($0, $1.depth) })
    }

    private mutating func lay(_ root: Int32, _ nodes: [DecisionForest.Node]) {
        let first = Int32(steps.count)
        var depth = 0
        var level = [(node: Int(root), place: Int(first))]
        makeRoom(1)
        while true {
            var below: [(node: Int, place: Int)] = []
            for (node, place) in level {
                if nodes[node].isLeaf {
                    odds[place] = nodes[node].value
                    steps[place] = Step(threshold: .infinity, feature: 0, left: Int32(place))
                } else {
                    let left = steps.count
                    makeRoom(2)
                    steps[place] = Step(
                        threshold: nodes[node].value,
                        feature: nodes[node].feature,
                        left: Int32(left)
                    )
                    below.append((node + 1, left))
                    below.append((Int(nodes[node].right), left + 1))
                }
            }
            guard !below.isEmpty else { break }
            depth += 1
            level = below
        }
        trees.append(Tree(root: first, depth: depth))
    }

    private mutating func makeRoom(_ count: Int) {
        steps.append(
            contentsOf: repeatElement(Step(threshold: 0, feature: 0, left: 0), count: count)
        )
        odds.append(contentsOf: repeatElement(0, count: count))
    }

    /// Adds what trees say to the log-odds of questions.
    ///
    /// - Parameters:
    ///   - range: which trees.
    ///   - sums: the log-odds so far, one for each question.
    ///   - asked: which questions; the others are left as they are.
    ///   - numbers: all questions' numbers.
    ///   - width: how many of them one question has.
    ///   - sureOdds: a question whose log-odds are beyond is asked no more.
    func add(
        _ range: Range<Int>,
        to sums: inout [Float],
        asked: [Int],
        numbers: [Float],
        width: Int,
        sureOdds: Float
    ) {
        unsafe numbers.withUnsafeBufferPointer { numbers in
            unsafe steps.withUnsafeBufferPointer { steps in
                let level = unsafe Level(steps: steps, numbers: numbers)
                for first in stride(from: 0, to: asked.count, by: 4) {
                    // A lane without a question of its own repeats the last one.
                    let lanes = (0..<4).map { lane in
                        let question = asked[min(first + lane, asked.count - 1)]
                        return Lane(row: question * width, sum: sums[question])
                    }
                    let ends = unsafe walk(range, lanes, level, sureOdds)
                    for (question, end) in zip(asked[first...], ends) { sums[question] = end }
                }
            }
        }
    }

    /// A question on its way down.
    private struct Lane {
        /// Where its numbers begin.
        let row: Int
        var sum: Float
        var place: Int32 = 0

        /// Goes one level down. Indices were checked when the forest was read.
        @inline(__always)
        mutating func descend(_ level: Level) {
            let step = unsafe level.steps[Int(place)]
            let number = unsafe level.numbers[row &+ Int(step.feature)]
            // The sign of the difference: a comparison may become a jump, half of which are
            // guessed wrong.
            place = step.left &+ Int32((step.threshold - number).bitPattern >> 31)
        }

        /// Takes what a leaf says, unless it is sure; true if it took it.
        @inline(__always)
        mutating func take(_ odds: [Float], _ sureOdds: Float) -> Bool {
            guard abs(sum) <= sureOdds else { return false }
            sum += odds[Int(place)]
            return true
        }
    }

    /// What all lanes read.
    @unsafe
    private struct Level {
        let steps: UnsafeBufferPointer<Step>
        let numbers: UnsafeBufferPointer<Float>
    }

    /// Four questions together: their places stay in registers.
    private func walk(
        _ range: Range<Int>,
        _ lanes: [Lane],
        _ level: Level,
        _ sureOdds: Float
    ) -> [Float] {
        var (first, second, third, fourth) = (lanes[0], lanes[1], lanes[2], lanes[3])
        for tree in trees[range] {
            (first.place, second.place) = (tree.root, tree.root)
            (third.place, fourth.place) = (tree.root, tree.root)
            for _ in 0..<tree.depth {
                unsafe first.descend(level)
                unsafe second.descend(level)
                unsafe third.descend(level)
                unsafe fourth.descend(level)
            }
            let tookFirst = first.take(odds, sureOdds)
            let tookSecond = second.take(odds, sureOdds)
            let tookThird = third.take(odds, sureOdds)
            let tookFourth = fourth.take(odds, sureOdds)
            if !(tookFirst || tookSecond || tookThird || tookFourth) { break }
        }
        return [first.sum, second.sum, third.sum, fourth.sum]
    }
}
