/// Whether two articles report on one story: log-odds from `SimilarityNumbers`, linear.
///
/// Why linear: with 340 texts of 64 stories boosted trees gave the same, and a reader can be told
/// what counted (`contributions`).
package struct StoryModel: Sendable, Equatable {
    /// Log-odds when all numbers are 0.
    let base: Float
    /// What each number adds, in the order of `SimilarityNumbers.names`.
    let weights: [Float]

    /// The weights as they are multiplied, all at once.
    private let lanes: SIMD16<Float>

    /// Takes what was learned.
    package init(base: Float, weights: [Float]) {
        precondition(weights.count == SimilarityNumbers.names.count, "A weight a number.")
        precondition(weights.count <= SIMD16<Float>.scalarCount, "All numbers in one vector.")
        self.base = base
        self.weights = weights
        var lanes = SIMD16<Float>(repeating: 0)
        for (lane, weight) in weights.enumerated() { lanes[lane] = weight }
        self.lanes = lanes
    }

    /// Above 0 when the articles more likely belong together.
    package func logOdds(_ numbers: SimilarityNumbers) -> Float {
        base + (lanes * numbers.lanes).sum()
    }

    /// Compares an article with one of many.
    func logOdds(_ lookup: WordLookup, _ other: WeightedArticle) -> Float {
        logOdds(SimilarityNumbers(lookup, other))
    }

    /// Compares two articles.
    package func logOdds(_ left: WeightedArticle, _ right: WeightedArticle) -> Float {
        logOdds(SimilarityNumbers(left, right))
    }

    /// Reads `name`, a tab and a number a line.
    ///
    /// - Throws: `StoryFailure` when a number is missing or unknown.
    package init(table: String) throws(StoryFailure) {
        var numbers: [Substring: Float] = [:]
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t")
            guard columns.count == 2, let number = Float(columns[1]), number.isFinite else {
                throw StoryFailure(.resourceDamaged, "stories.tsv has the line \(line.prefix(80)).")
            }
            numbers[columns[0]] = number
        }
        let weights = SimilarityNumbers.names.compactMap { numbers[$0[...]] }
        guard let base = numbers["base"], weights.count == SimilarityNumbers.names.count,
            numbers.count == weights.count + 1
        else {
            throw StoryFailure(.resourceDamaged, "stories.tsv has other numbers than it should.")
        }
        self.init(base: base, weights: weights)
    }

    /// The form that `init(table:)` reads; equal models give equal bytes.
    package var table: String {
        let rows = zip(SimilarityNumbers.names, weights).map { "\($0)\t\($1)" }
        return (["base\t\(base)"] + rows).joined(separator: "\n") + "\n"
    }
}
