import Foundation
import WirecopyStories

/// Logistic regression by Newton's method, with numbers brought to one scale, both answers given
/// equal weight, and a quadratic penalty (Hastie, Tibshirani and Friedman, section 4.4).
enum LogisticRegression {
    /// How strongly weights are drawn to 0, for numbers of one scale.
    private static let penalty = 3.0
    /// Newton's steps; ten lessons' worth of numbers settle in seven.
    private static let steps = 25

    /// Learns a model; a pair whose log-odds are `border` gets 0.
    static func model(of lessons: [StoryLesson], border: Float) -> StoryModel {
        let scale = Scale(lessons)
        let rows = lessons.map { scale.row($0.numbers) }
        let yes = Double(max(1, lessons.count(where: \.isOneStory)))
        let no = Double(max(1, lessons.count)) - yes
        let half = Double(lessons.count) / 2
        var weights = [Double](repeating: 0, count: rows.first?.count ?? 1)
        for _ in 0..<steps {
            var gradient = weights.enumerated().map { $0.offset == 0 ? 0 : -penalty * $0.element }
            var curve = weights.indices.map { row in
                weights.indices.map { $0 == row && row > 0 ? penalty : 0 }
            }
            for (row, lesson) in zip(rows, lessons) {
                let share = half / (lesson.isOneStory ? yes : no)
                let chance = 1 / (1 + exp(-zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 }))
                let error = (lesson.isOneStory ? 1 : 0) - chance
                for i in row.indices {
                    gradient[i] += share * error * row[i]
                    for j in row.indices {
                        curve[i][j] += share * chance * (1 - chance) * row[i] * row[j]
                    }
                }
            }
            for (index, step) in solve(curve, gradient).enumerated() { weights[index] += step }
        }
        return scale.model(weights, border: border)
    }

    /// Solves a system of linear equations (Gauss, with the largest pivot).
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var rows = zip(matrix, right).map { $0 + [$1] }
        for column in rows.indices {
            let pivot = rows.indices[column...].max {
                abs(rows[$0][column]) < abs(rows[$1][column])
            }
            rows.swapAt(column, pivot ?? column)
            guard abs(rows[column][column]) > 1e-12 else { continue }
            for row in rows.indices where row != column {
                let factor = rows[row][column] / rows[column][column]
                for index in column...rows.count {
                    rows[row][index] -= factor * rows[column][index]
                }
            }
        }
        return rows.indices.map {
            abs(rows[$0][$0]) > 1e-12 ? rows[$0][rows.count] / rows[$0][$0] : 0
        }
    }
}

/// Means and deviations of numbers.
private struct Scale {
    let means: [Double]
    let deviations: [Double]

    init(_ lessons: [StoryLesson]) {
        let count = Double(max(1, lessons.count))
        let columns = lessons.first?.numbers.indices.map { column in
            lessons.map { Double($0.numbers[column]) }
        }
        let means = (columns ?? []).map { $0.reduce(0, +) / count }
        deviations = zip(columns ?? [], means).map { column, mean in
            let square = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            return max(square.squareRoot(), 1e-9)
        }
        self.means = means
    }

    /// The numbers on one scale, behind a 1 for the base.
    func row(_ numbers: [Float]) -> [Double] {
        [1] + numbers.indices.map { (Double(numbers[$0]) - means[$0]) / deviations[$0] }
    }

    /// The model on the numbers as they come.
    func model(_ weights: [Double], border: Float) -> StoryModel {
        let raw = zip(weights.dropFirst(), deviations).map { $0 / $1 }
        let base = weights[0] - zip(raw, means).reduce(0) { $0 + $1.0 * $1.1 } - Double(border)
        return StoryModel(base: Float(base), weights: raw.map { Float($0) })
    }
}
