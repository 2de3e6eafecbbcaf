import Foundation

/// An article's features with what its words weigh at this time: ready to be compared.
package struct WeightedArticle: Sendable {
    /// The features.
    package private(set) var features: ArticleFeatures
    /// Of each word: its rarity alone, its weight in the text, and its weight among the names.
    let rarities: [Float]
    let weights: [Float]
    let nameWeights: [Float]
    /// Lengths of the three vectors: all words, names, and the beginning's words.
    let length: Float
    let nameLength: Float
    let leadLength: Float

    /// Weighs an article: each word by `(1 + ln count) · rarity` (Salton and Buckley 1988).
    package init(_ features: ArticleFeatures, _ frequencies: WordFrequencies) {
        self.features = features
        rarities = features.words.map { frequencies.weight(of: $0.key) }
        weights = zip(features.words, rarities).map { Self.weight($0.count) * $1 }
        nameWeights = zip(features.words, rarities).map { Self.weight($0.salience) * $1 }
        length = Self.norm(weights)
        nameLength = Self.norm(nameWeights)
        leadLength = Self.norm(zip(features.words, rarities).map { $0.isLeading ? $1 : 0 })
    }

    /// The words by which an article is found among others: those that weigh most, the heaviest
    /// first.
    func keys(_ limit: Int) -> [StoryKey] {
        let order = features.words.indices.sorted {
            (weights[$1], features.words[$0].key) < (weights[$0], features.words[$1].key)
        }
        return order.prefix(limit).map {
            StoryKey(key: features.words[$0].key, weight: rarities[$0])
        }
    }

    private static let logarithms: [Float] = (0...255).map { $0 == 0 ? 0 : 1 + log(Float($0)) }

    private static func weight(_ count: UInt8) -> Float { logarithms[Int(count)] }

    private static func norm(_ vector: [Float]) -> Float {
        max(vector.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
    }
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
