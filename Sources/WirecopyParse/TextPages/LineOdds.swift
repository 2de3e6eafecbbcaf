import DecisionForest
import Foundation

/// What the first look at the lines of a page found: how likely each is part of the article's text,
/// and what that makes of its neighbours.
struct LineOdds: Sendable {
    /// By line, from 0 to 1.
    let chances: [Float]
    /// The stretch that most likely is the text; empty when no line likely is.
    let region: Range<Int>
    private let sums: [Float]
    private let byteSums: [Float]

    /// Numbers of one line.
    static let count = 19

    init(logOdds: [Float], _ page: TextLines) {
        chances = logOdds.map { 1 / (1 + exp(-$0)) }
        var (sums, byteSums): ([Float], [Float]) = ([0], [0])
        for (chance, line) in zip(chances, page.lines) {
            sums.append(sums[sums.count - 1] + chance)
            byteSums.append(byteSums[byteSums.count - 1] + chance * Float(line.form.bytes))
        }
        (self.sums, self.byteSums) = (sums, byteSums)
        region = Self.region(chances, page)
    }

    /// The best stretch (Kadane's algorithm): long lines of text speak louder than short ones, and
    /// a short line of something else hardly speaks against it.
    private static func region(_ chances: [Float], _ page: TextLines) -> Range<Int> {
        var (best, range) = (Float(0), 0..<0)
        var (sum, start) = (Float(0), 0)
        for (index, chance) in chances.enumerated() {
            if sum <= 0 { (sum, start) = (0, index) }
            let weight = Float(min(page.lines[index].form.bytes, bytesMax)).squareRoot()
            sum += (chance - 0.5) * (chance > 0.5 ? weight : max(weight, scrapWeight))
            if sum > best { (best, range) = (sum, start..<(index + 1)) }
        }
        return range
    }

    private static let bytesMax = 1000
    private static let scrapWeight: Float = 4

    /// What is known of a line and those around it.
    func numbers(of index: Int) -> [Float] {
        var row = NumberRow()
        row.add(chances[index])
        for step in [-3, -2, -1, 1, 2, 3] {
            row.add(chances.indices.contains(index + step) ? chances[index + step] : -1)
        }
        for reach in [5, 15] {
            row.add(mean((index - reach)..<index))
            row.add(mean((index + 1)..<(index + 1 + reach)))
        }
        row.add(region.contains(index))
        row.addAway(index - region.lowerBound)
        row.addAway(index - region.upperBound)
        row.add(min(region.count, 500))
        let all = max(1, byteSums[byteSums.count - 1])
        row.add(byteSums[index] / all)
        row.add(all)
        row.add(sums[index])
        row.add(sums[sums.count - 1] - sums[index + 1])
        return row.numbers
    }

    private func mean(_ range: Range<Int>) -> Float {
        let range = range.clamped(to: chances.indices)
        guard !range.isEmpty else { return -1 }
        return (sums[range.upperBound] - sums[range.lowerBound]) / Float(range.count)
    }
}
