import Foundation
import SplitMix
import WirecopyEntities

/// Parts words into classes by their vectors (spherical k-means; Dhillon, Modha 2001).
struct WordClassTrainer {
    /// Numbers of classes that served best on sources that were left out; both below what
    /// `WordClasses` holds.
    private static let coarseCount = 64
    private static let fineCount = 512
    /// Few words change their class later.
    private static let rounds = 10
    /// Classes begin as one of the frequent words, whose vectors are surest.
    private static let seedsMax = 4_000

    /// The classes of the words of some sentences.
    func classes(of sentences: [[UInt64]]) -> WordClasses {
        let vectors = WordVectors(sentences)
        let coarse = parts(vectors, count: Self.coarseCount)
        let fine = parts(vectors, count: Self.fineCount)
        return WordClasses(
            vectors.words.indices.map { index in
                let pair = WordClasses.Pair(
                    coarse: UInt8(coarse[index] + 1),
                    fine: UInt16(fine[index] + 1)
                )
                return (vectors.words[index], pair)
            }
        )
    }

    /// For each word the number of its class.
    private func parts(_ words: WordVectors, count: Int) -> [Int] {
        var random = SplitMix64(seed: UInt64(count))
        let vectors = words.vectors
        var centres = vectors.indices.prefix(Self.seedsMax).shuffled(using: &random)
            .prefix(count).map { vectors[$0] }
        let weights = words.counts.map { log(1 + Float($0)) }
        var classes = [Int](repeating: 0, count: vectors.count)
        for _ in 0..<Self.rounds {
            let blocks = Self.blocks(of: centres)
            var sums = [WordVectors.Vector](repeating: .zero, count: centres.count)
            for (index, vector) in vectors.enumerated() {
                classes[index] = nearest(vector, blocks, count: centres.count)
                sums[classes[index]] += vector * weights[index]
            }
            // A class that lost all words keeps its centre.
            for (index, sum) in sums.enumerated() where sum != .zero {
                centres[index] = sum.ofLengthOne
            }
        }
        return classes
    }

    /// A few centres, turned: for each number of a vector a row with that of each centre. So one
    /// word is compared with all of them without sums across a row.
    private typealias Block = [SIMD16<Float>]

    private static func blocks(of centres: [WordVectors.Vector]) -> [Block] {
        let lanes = SIMD16<Float>.scalarCount
        return stride(from: 0, to: centres.count, by: lanes).map { first in
            (0..<WordVectors.Vector.scalarCount).map { number in
                var row = SIMD16<Float>.zero
                for centre in first..<min(first + lanes, centres.count) {
                    row[centre - first] = centres[centre][number]
                }
                return row
            }
        }
    }

    private func nearest(_ vector: WordVectors.Vector, _ blocks: [Block], count: Int) -> Int {
        let numbers = vector.indices.map { vector[$0] }
        let lanes = SIMD16<Float>.scalarCount
        var (best, closest) = (0, -Float.infinity)
        for (number, block) in blocks.enumerated() {
            var products = SIMD16<Float>.zero
            for (row, factor) in zip(block, numbers) { products += row * factor }
            for lane in 0..<min(lanes, count - number * lanes) where products[lane] > closest {
                (best, closest) = (number * lanes + lane, products[lane])
            }
        }
        return best
    }
}
