import Foundation
import SplitMix
import WirecopyEntities

/// What stands around words, as a vector each: words in like company have like vectors.
///
/// Counts of the frequent words one and two places before and behind, as positive pointwise mutual
/// information with a smoothed chance (Levy, Goldberg, Dagan 2015), pressed into the space of most
/// variance by subspace iteration from random beginnings (Halko, Martinsson, Tropp 2011).
struct WordVectors {
    typealias Vector = SparseRows.Dense

    /// Words that are seen less often say too little.
    private static let countMin = 4
    /// More words than these make the table large, and they are rare.
    private static let wordsMax = 30_000
    /// Frequent words that are told apart around a word.
    private static let contextsMax = 2_000
    /// Where they stand, and what a place counts.
    private static let places: [(offset: Int, weight: Float)] = [
        (-2, 0.6), (-1, 1), (1, 1), (2, 0.6),
    ]
    /// The largest differences are found after few turns.
    private static let turns = 3
    /// Chances of rare contexts are raised by this power.
    private static let smoothing = 0.75
    private static let seed: UInt64 = 1

    /// The words by hash, the frequent ones first.
    private(set) var words: [UInt64] = []
    /// How often each was seen.
    private(set) var counts: [Int] = []
    /// For each word its vector, of length one.
    private(set) var vectors: [Vector] = []

    /// Reads sentences of words.
    init(_ sentences: [[UInt64]]) {
        countWords(sentences)
        guard !words.isEmpty else { return }
        let matrix = matrix(of: sentences)
        var random = SplitMix64(seed: Self.seed)
        var basis = (0..<matrix.columnCount).map { _ in
            var row = Vector.zero
            for lane in 0..<Vector.scalarCount {
                row[lane] = Float(Int64(bitPattern: random.next()) >> 40) / Float(1 << 23)
            }
            return row
        }
        for _ in 0..<Self.turns {
            SparseRows.makeOrthonormal(&basis)
            basis = matrix.turnedTimes(matrix.times(basis))
        }
        SparseRows.makeOrthonormal(&basis)
        vectors = matrix.times(basis).map { $0.ofLengthOne }
    }

    private mutating func countWords(_ sentences: [[UInt64]]) {
        var counts = HashMap(none: 0)
        for sentence in sentences {
            for word in sentence { counts.update(word) { $0 += 1 } }
        }
        var kept: [(word: UInt64, count: Int)] = []
        counts.forEach { word, count in
            if count >= Self.countMin { kept.append((word, count)) }
        }
        kept.sort { ($0.count, $0.word) > ($1.count, $1.word) }
        words = kept.prefix(Self.wordsMax).map(\.word)
        self.counts = kept.prefix(Self.wordsMax).map(\.count)
    }

    /// Contexts of a place: frequent words, other words, and the sentence's edge.
    private static let contextCount = contextsMax + 2

    private func matrix(of sentences: [[UInt64]]) -> SparseRows {
        let columnCount = Self.places.count * Self.contextCount
        var cells = cells(of: sentences, columnCount)
        cells.sort()
        var (found, times): ([(row: Int, column: Int)], [Float]) = ([], [])
        var (rowSums, columnSums) = (
            [Float](repeating: 0, count: words.count), [Float](repeating: 0, count: columnCount)
        )
        var previous = -1
        for cell in cells {
            let (row, column) = (cell / columnCount, cell % columnCount)
            rowSums[row] += 1
            columnSums[column] += 1
            if cell == previous {
                times[times.count - 1] += 1
            } else {
                found.append((row, column))
                times.append(1)
                previous = cell
            }
        }
        let chances = columnSums.map { Float(pow(Double($0), Self.smoothing)) }
        let chanceSum = chances.reduce(0, +)
        var matrix = SparseRows(columnCount: columnCount)
        var position = 0
        for row in words.indices {
            while position < found.count, found[position].row == row {
                let column = found[position].column
                let share = times[position] / rowSums[row] / (chances[column] / chanceSum)
                if share > 1 {
                    let weight = Self.places[column / Self.contextCount].weight
                    matrix.append(log(share) * weight, column: column)
                }
                position += 1
            }
            matrix.endRow()
        }
        return matrix
    }

    /// For each word and each place around it the number of the row and column that it counts in.
    private func cells(of sentences: [[UInt64]], _ columnCount: Int) -> [Int] {
        var numbers = HashMap(none: Int32(-1), capacity: words.count)
        for (number, word) in words.enumerated() { numbers.update(word) { $0 = Int32(number) } }
        var cells: [Int] = []
        for sentence in sentences {
            let row = sentence.map { Int(numbers[$0] ?? -1) }
            for (index, word) in row.enumerated() where word >= 0 {
                for (place, (offset, _)) in Self.places.enumerated() {
                    let other = index + offset
                    let context: Int
                    if row.indices.contains(other) {
                        let number = row[other]
                        context =
                            number >= 0 && number < Self.contextsMax ? number : Self.contextsMax
                    } else {
                        context = Self.contextsMax + 1
                    }
                    cells.append(word * columnCount + place * Self.contextCount + context)
                }
            }
        }
        return cells
    }
}

extension SIMD32<Float> {
    /// The same direction; of nothing, nothing.
    var ofLengthOne: Self {
        let length = (self * self).sum().squareRoot()
        return length > 0 ? self / length : self
    }
}
