import Foundation

/// An article's features with what its words weigh at this time: ready to be compared.
package struct WeightedArticle: Sendable {
    /// A word with its weights, each divided by the length of its vector.
    struct Word {
        let key: UInt32
        /// How rare it is.
        let rarity: Float
        /// Among all words, among the names, and among those of the beginning.
        let weight: Float
        let nameWeight: Float
        let leadWeight: Float
    }

    /// The features.
    package private(set) var features: ArticleFeatures
    /// The words of the features, in their order.
    let words: [Word]

    /// Weighs an article: each word by `(1 + ln count) · rarity` (Salton and Buckley 1988).
    package init(_ features: ArticleFeatures, _ frequencies: WordFrequencies) {
        self.features = features
        let rarities = features.words.map { frequencies.weight(of: $0.key) }
        var (all, names, lead): (Float, Float, Float) = (0, 0, 0)
        for (word, rarity) in zip(features.words, rarities) {
            let weight = Self.logarithms[Int(word.count)] * rarity
            let nameWeight = Self.logarithms[Int(word.salience)] * rarity
            all += weight * weight
            names += nameWeight * nameWeight
            lead += word.isLeading ? rarity * rarity : 0
        }
        let scales = [all, names, lead].map { 1 / max($0.squareRoot(), .leastNormalMagnitude) }
        words = zip(features.words, rarities).map { word, rarity in
            Word(
                key: word.key,
                rarity: rarity,
                weight: Self.logarithms[Int(word.count)] * rarity * scales[0],
                nameWeight: Self.logarithms[Int(word.salience)] * rarity * scales[1],
                leadWeight: word.isLeading ? rarity * scales[2] : 0
            )
        }
    }

    /// The words by which an article is found among others: those that weigh most, the heaviest
    /// first.
    func keys(_ limit: Int) -> [StoryKey] {
        let heaviest = words.sorted { ($1.weight, $0.key) < ($0.weight, $1.key) }
        return heaviest.prefix(limit).map { StoryKey(key: $0.key, weight: $0.rarity) }
    }

    /// `1 + ln n`, and 0 for 0.
    private static let logarithms: [Float] = (0...255).map { $0 == 0 ? 0 : 1 + log(Float($0)) }
}

extension WeightedArticle {
    /// The same article as if it had been published at another time, with all days that it names.
    package func shifted(to milliseconds: Int?) -> WeightedArticle {
        var article = self
        if let milliseconds, let published = features.publishedMilliseconds {
            let days = (milliseconds - published) / ArticleFeatures.millisecondsOfDay
            article.features.days = features.days.map { $0 + Int32(clamping: days) }
        }
        article.features.publishedMilliseconds = milliseconds
        return article
    }
}
