import SplitMix
import Testing

@testable import WirecopyStories

@Suite struct StorySettlingTests {
    /// Log-odds by rows; only what is right of the diagonal is read.
    private static func odds(_ rows: [[Float]]) -> OddsMatrix {
        var odds = OddsMatrix(count: rows.count)
        for left in rows.indices {
            for right in rows.indices[(left + 1)...] { odds[left, right] = rows[left][right] }
        }
        return odds
    }

    /// Groups of article numbers, in the order of their first ones.
    private static func groups(_ labels: [Int]) -> [[Int]] {
        Dictionary(grouping: labels.indices) { labels[$0] }.values.sorted { $0[0] < $1[0] }
    }

    @Test func `clusters join as long as their articles are close on average`() {
        let odds = Self.odds([
            [0, 5, 4, -9, -9],
            [0, 0, 0, -9, -9],
            [0, 0, 0, -9, 1],
            [0, 0, 0, 0, 3],
            [0, 0, 0, 0, 0],
        ])
        #expect(Self.groups(AverageLinkage.labels(odds, above: 1)) == [[0, 1, 2], [3, 4]])
        #expect(Self.groups(AverageLinkage.labels(odds, above: 2.5)) == [[0, 1], [2], [3, 4]])
        #expect(Self.groups(AverageLinkage.labels(odds, above: 5)) == [[0], [1], [2], [3], [4]])
    }

    @Test func `the nearest clusters are what a search through all pairs finds`() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<50 {
            let rows = (0..<14).map { _ in
                (0..<14).map { _ in Float(random.next() % 2000) / 100 - 12 }
            }
            let odds = Self.odds(rows)
            #expect(AverageLinkage.labels(odds, above: 0) == Self.searched(odds))
        }
    }

    /// Average linkage as it is defined.
    private static func searched(_ odds: OddsMatrix) -> [Int] {
        var clusters = (0..<odds.count).map { [$0] }
        while true {
            var (best, pair) = (Float(0), (0, 0))
            for left in clusters.indices {
                for right in clusters.indices[(left + 1)...] {
                    let all = clusters[left].flatMap { one in
                        clusters[right].map { odds[one, $0] }
                    }
                    let mean = all.reduce(0, +) / Float(all.count)
                    if mean > best { (best, pair) = (mean, (left, right)) }
                }
            }
            guard pair.0 != pair.1 else { break }
            clusters[pair.0] = (clusters[pair.0] + clusters.remove(at: pair.1)).sorted()
        }
        var labels = [Int](repeating: 0, count: odds.count)
        for cluster in clusters { for one in cluster { labels[one] = cluster[0] } }
        return labels
    }

    @Test func `an article at the edge of a story joins its core`() {
        let odds = Self.odds([
            [0, 4, 4, 2, -9],
            [0, 0, 4, -1, -9],
            [0, 0, 0, -1, -9],
            [0, 0, 0, 0, -9],
            [0, 0, 0, 0, 0],
        ])
        #expect(AverageLinkage.labels(odds, above: 1) == [0, 0, 0, 3, 4])
        #expect(Self.groups(StorySettling.labels(odds)) == [[0, 1, 2, 3], [4]])
    }

    @Test func `two look-alikes that one article resembles both stay apart`() {
        let odds = Self.odds([
            [0, 4, 3, -3, -3],
            [0, 0, 3, -3, -3],
            [0, 0, 0, 2, 2],
            [0, 0, 0, 0, 4],
            [0, 0, 0, 0, 0],
        ])
        #expect(Self.groups(StorySettling.labels(odds)) == [[0, 1, 2], [3, 4]])
    }

    @Test func `most and best of a story count for the fit`() throws {
        #expect(StoryFit.of([Float]()) == nil)
        #expect(try #require(StoryFit.of([Float(2)])) == 2)
        #expect(abs(try #require(StoryFit.of([Float(3), -1])) - 1.8) < 0.001)
        let far = [Float](repeating: -100, count: 10)
        let near = [Float](repeating: 1, count: 12)
        #expect(try #require(StoryFit.of(near + far)) == 1)
    }

    @Test func `a pair is compared again when one of it was weighed anew`() {
        let frequencies = WordFrequencies(BackgroundWords(texts: 10, counts: [:]))
        func article(_ serial: UInt32) -> WeightedArticle {
            WeightedArticle(ArticleFeatures(), frequencies, serial: serial)
        }
        var pairs = PairOdds()
        #expect(pairs.logOdds(article(1), article(2)) { 7 } == 7)
        #expect(pairs.logOdds(article(2), article(1)) { 8 } == 7)
        #expect(pairs.logOdds(article(3), article(1)) { 9 } == 9)
    }
}
