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
    static let backgroundShare: Float = 600

    /// Share of articles that have the counter's words, by the shipped counts.
    private let background: [Float]
    /// What the store has seen, a counter each.
    private var seen: [UInt32]
    /// What was added since, and is not kept anywhere yet.
    private var fresh: [UInt32]
    private var seenArticles = 0
    private var freshArticles = 0
    /// The logarithm of the number of articles in which each counter's words are expected.
    private var logarithms: [Float]

    /// Makes frequencies from the shipped counts alone.
    package init(_ background: BackgroundWords) {
        self.background = background.shares(counters: Self.counters)
        seen = [UInt32](repeating: 0, count: Self.counters)
        fresh = seen
        logarithms = self.background.map { log($0 * Self.backgroundShare) }
    }

    /// Counts the words of an article.
    package mutating func add(_ features: ArticleFeatures) {
        freshArticles += 1
        for word in features.words {
            let counter = Self.counter(of: word.key)
            fresh[counter] += 1
            logarithms[counter] = logarithm(counter)
        }
    }

    /// Articles whose words were counted, here or before.
    var articles: Int { seenArticles + freshArticles }

    /// What was counted since the last call, to be kept.
    package var unkept: Counts { Counts(articles: freshArticles, counters: fresh) }

    /// Whether so much was counted since the last time that it should be kept: an eighth of all,
    /// or a thousand articles.
    package var isKeepingDue: Bool {
        freshArticles >= min(max(Self.keptAtLeast, seenArticles / 8), Self.keptAtMost)
    }

    private static let keptAtLeast = 32
    private static let keptAtMost = 1024

    /// Takes what is kept, by this and by other programs, in place of what was counted here.
    package mutating func take(kept: Counts) {
        precondition(kept.counters.count == Self.counters, "There are other counters.")
        seen = kept.counters
        seenArticles = kept.articles
        fresh = [UInt32](repeating: 0, count: Self.counters)
        freshArticles = 0
        logarithms = (0..<Self.counters).map(logarithm)
    }

    /// Counts of words over a number of articles.
    package struct Counts: Sendable, Equatable {
        /// Articles that were counted.
        package var articles: Int
        /// `WordFrequencies.counters` numbers.
        package var counters: [UInt32]

        /// Takes counts.
        package init(articles: Int, counters: [UInt32]) {
            self.articles = articles
            self.counters = counters
        }
    }

    /// The weight of a word: 0 for one that every article has, about 8 for one that none has.
    package func weight(of key: UInt32) -> Float { weight(of: key, among: articlesLogarithm) }

    /// The weights of words, in their order.
    func weights(of words: [ArticleFeatures.Word]) -> [Float] {
        let articles = articlesLogarithm
        return words.map { weight(of: $0.key, among: articles) }
    }

    private var articlesLogarithm: Float { log(Self.backgroundShare + Float(articles)) }

    private func weight(of key: UInt32, among articles: Float) -> Float {
        max(0, articles - logarithms[Self.counter(of: key)])
    }

    private func logarithm(_ counter: Int) -> Float {
        let counted = Float(seen[counter]) + Float(fresh[counter])
        return log(background[counter] * Self.backgroundShare + counted)
    }

    /// Which counter is a word's.
    package static func counter(of key: UInt32) -> Int { Int(key) & (counters - 1) }
}
