import Foundation

/// In how many articles a word stands: what ships with the program, and what a store has seen.
///
/// A word's weight is its inverse document frequency. The shipped counts speak for as many articles
/// as `backgroundShare`; the store's own take over as it grows, so that a store about one war does
/// not think that two reports are one because both name the country.
package struct WordFrequencies: Sendable {
    /// Counters; words share one by the lowest bits of their key. With the words of a million
    /// articles about eight rare ones meet in each, which makes rare words a little less rare.
    package static let counters = 1 << 18
    /// Articles of the store for which the shipped counts stand.
    static let backgroundShare = 300.0

    /// Share of articles that have the counter's words, by the shipped counts.
    private let background: [Float]
    /// What the store has seen, a counter each.
    private var seen: [UInt32]
    /// Articles that the store has seen.
    package private(set) var articles: Int

    /// Makes frequencies from the shipped counts alone.
    package init(_ background: BackgroundWords) {
        self.background = background.shares(counters: Self.counters)
        seen = [UInt32](repeating: 0, count: Self.counters)
        articles = 0
    }

    /// Counts the words of an article.
    package mutating func add(_ features: ArticleFeatures) {
        articles += 1
        for word in features.words { seen[Self.counter(of: word.key)] += 1 }
    }

    /// Adds what was counted elsewhere; `counts` has `counters` numbers.
    package mutating func add(counts: [UInt32], articles: Int) {
        precondition(counts.count == Self.counters, "The counts are \(counts.count) numbers.")
        self.articles += articles
        for index in seen.indices { seen[index] &+= counts[index] }
    }

    /// The weight of a word: 0 for one that every article has, about 8 for one that none has.
    package func weight(of key: UInt32) -> Float {
        let counter = Self.counter(of: key)
        let expected = background[counter] * Float(Self.backgroundShare) + Float(seen[counter])
        return max(0, -log(expected / (Float(Self.backgroundShare) + Float(articles))))
    }

    /// Which counter is a word's.
    package static func counter(of key: UInt32) -> Int { Int(key) & (counters - 1) }
}
