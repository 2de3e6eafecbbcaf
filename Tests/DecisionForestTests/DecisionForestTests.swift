import DecisionForest
import ForestTraining
import Testing

@Suite struct DecisionForestTests {
    /// Yes where exactly one of two numbers is large: no single number tells.
    private static func table(_ count: Int) -> TrainingTable {
        var table = TrainingTable(featureCount: 3)
        for index in 0..<count {
            let (first, second) = (Float(index % 10), Float(index / 10 % 10))
            let isYes = (first > 5) != (second > 5)
            table.append([first, second, Float(index % 7)], answer: isYes ? 1 : 0, weight: 1)
        }
        return table
    }

    private static var settings: ForestTrainer.Settings {
        var settings = ForestTrainer.Settings()
        settings.trees = 40
        settings.leaves = 6
        settings.featureShare = 0.7
        settings.rate = 0.1
        settings.leafWeightMin = 2
        settings.shrinkage = 2
        return settings
    }

    @Test func `a forest learns what no single number tells`() throws {
        let forest = try ForestTrainer.forest(Self.table(1000), Self.settings)
        #expect(forest.logOdds([9, 1, 3]) > 1)
        #expect(forest.logOdds([1, 9, 3]) > 1)
        #expect(forest.logOdds([9, 9, 3]) < -1)
        #expect(forest.logOdds([1, 1, 3]) < -1)
    }

    @Test func `many questions get the answers that each gets alone`() throws {
        var settings = Self.settings
        settings.trees = 120
        let forest = try ForestTrainer.forest(Self.table(1000), settings)
        let questions: [[Float]] = [[9, 1, 3], [1, 9, 3], [9, 9, 3], [1, 1, 3], [6, 5, 0]]
        let answers = forest.answers(questions.flatMap { $0 })
        #expect(answers == questions.map { forest.logOdds($0) > 0 })
        #expect(forest.answers([]).isEmpty)
    }

    @Test func `each question ends at the leaf that its numbers lead to`() throws {
        let forest = try ForestTrainer.forest(Self.table(500), Self.settings)
        let questions: [[Float]] = (0..<13).map { number in
            [Float(number % 10), Float(number * 7 % 11), Float(number % 3)]
        }
        let expected = questions.map { Self.logOdds($0, forest) }
        #expect(forest.logOdds(ofAll: questions.flatMap { $0 }) == expected)
    }

    /// The sum over all trees, walked one by one as the nodes say.
    private static func logOdds(_ question: [Float], _ forest: DecisionForest) -> Float {
        var sum = forest.base
        for root in forest.roots {
            var index = Int(root)
            while !forest.nodes[index].isLeaf {
                let node = forest.nodes[index]
                let goesLeft = question[Int(node.feature)] <= node.value
                index = goesLeft ? index + 1 : Int(node.right)
            }
            sum += forest.nodes[index].value
        }
        return sum
    }

    @Test func `nodes with two parents are no tree`() {
        let leaf = DecisionForest.Node(feature: -1, value: 1, right: 0)
        let nodes = [
            DecisionForest.Node(feature: 0, value: 0, right: 3),
            DecisionForest.Node(feature: 0, value: 0, right: 3), leaf, leaf,
        ]
        #expect(throws: ForestFailure.self) {
            try DecisionForest(featureCount: 1, base: 0, roots: [0], nodes: nodes)
        }
    }

    @Test func `the same table gives the same bytes`() throws {
        let one = try ForestTrainer.forest(Self.table(300), Self.settings)
        let other = try ForestTrainer.forest(Self.table(300), Self.settings)
        #expect(one.bytes == other.bytes)
    }

    @Test func `joined forests answer with their mean`() throws {
        var settings = Self.settings
        let one = try ForestTrainer.forest(Self.table(300), settings)
        settings.seed = 2
        let other = try ForestTrainer.forest(Self.table(300), settings)
        let joined = try DecisionForest(averaging: [one, other])
        for row: [Float] in [[9, 1, 3], [1, 1, 3], [4, 7, 0]] {
            let mean = (one.logOdds(row) + other.logOdds(row)) / 2
            #expect(abs(joined.logOdds(row) - mean) < 0.001)
        }
        #expect(throws: ForestFailure.self) { try DecisionForest(averaging: []) }
    }

    /// Groups of two questions that look alike, one of which is yes.
    private static func twins(_ count: Int) -> TrainingTable {
        var table = TrainingTable(featureCount: 1)
        for index in 0..<count {
            table.beginGroup()
            table.append([1], answer: index % 2 == 0 ? 1 : 0, weight: 1)
            table.append([1], answer: index % 2 == 0 ? 0 : 1, weight: 1)
            table.beginGroup()
            table.append([0], answer: 0, weight: 1)
        }
        return table
    }

    @Test func `questions that exclude each other share the odds of a yes`() throws {
        var settings = Self.settings
        settings.featureShare = 1
        let alone = try ForestTrainer.forest(Self.twins(100), settings)
        settings.isJoint = true
        let together = try ForestTrainer.forest(Self.twins(100), settings)
        #expect(abs(alone.logOdds([1])) < 0.2)
        #expect(together.logOdds([1]) > 1)
        #expect(together.logOdds([0]) < -1)
    }

    @Test func `shares of odds and of none are a whole`() {
        var shares: [Float] = [0, 0, 0, 200, -3]
        DecisionForest.shareOut(&shares[0..<3])
        #expect(shares[0..<3].allSatisfy { abs($0 - 0.25) < 0.001 })
        DecisionForest.shareOut(&shares[3...])
        #expect(abs(shares[3] - 1) < 0.001)
        #expect(shares[4] < 0.001)
    }

    @Test func `a row without weight teaches nothing`() throws {
        var table = Self.table(300)
        for _ in 0..<300 { table.append([1, 1, 3], answer: 1, weight: 0) }
        let forest = try ForestTrainer.forest(table, Self.settings)
        #expect(forest.logOdds([1, 1, 3]) < 0)
    }

    @Test func `an empty table is refused`() {
        #expect(throws: ForestFailure.self) {
            try ForestTrainer.forest(TrainingTable(featureCount: 2), Self.settings)
        }
    }

    @Test func `a forest survives its file`() throws {
        let forest = try ForestTrainer.forest(Self.table(300), Self.settings)
        #expect(try DecisionForest(bytes: forest.bytes) == forest)
    }

    @Test func `no damaged file makes a forest that walks out of its nodes`() throws {
        let bytes = try ForestTrainer.forest(Self.table(200), Self.settings).bytes
        var read = 0
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x80
            guard let forest = try? DecisionForest(bytes: damaged) else { continue }
            read += 1
            if forest.featureCount == 3 { _ = forest.logOdds([9, 1, .nan]) }
        }
        #expect(read > 0)
        #expect(throws: ForestFailure.self) { try DecisionForest(bytes: bytes.dropLast()) }
        #expect(throws: ForestFailure.self) { try DecisionForest(bytes: bytes + [0]) }
    }
}

extension DecisionForest {
    fileprivate init(bytes: some Sequence<UInt8>) throws { try self.init(bytes: Array(bytes)) }
}
