/// Questions with known answers, from which a forest learns.
package struct TrainingTable: Sendable {
    /// Numbers of each question.
    package let featureCount: Int
    /// One column a feature.
    private(set) var columns: [[Float]]
    /// The share of yes in each answer, from 0 to 1.
    private(set) var answers: [Float] = []
    /// How much each answer counts; zero or more.
    private(set) var weights: [Float] = []
    /// Where each group of questions begins, ascending; questions of one group lie together.
    private(set) var groupStarts: [Int] = []

    /// Makes an empty table.
    package init(featureCount: Int) {
        self.featureCount = featureCount
        columns = Array(repeating: [], count: featureCount)
    }

    /// Number of questions.
    package var count: Int { answers.count }

    /// Begins a group: the questions that follow have at most one yes among them.
    package mutating func beginGroup() {
        if groupStarts.last != count { groupStarts.append(count) }
    }

    /// Adds a question of `featureCount` numbers.
    package mutating func append(_ features: [Float], answer: Float, weight: Float) {
        precondition(features.count == featureCount, "A row has the wrong number of features.")
        for (index, feature) in features.enumerated() { columns[index].append(feature) }
        answers.append(answer)
        weights.append(weight)
    }
}
