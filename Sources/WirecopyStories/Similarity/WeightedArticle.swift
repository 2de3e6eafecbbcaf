import Foundation

/// An article's features with how rare its words are at this time: ready to be compared.
///
/// Immutable. A class, since scenes hold, sort and hand on hundreds of them.
package final class WeightedArticle: Sendable {
    /// The features.
    package let features: ArticleFeatures
    /// Tells it from all others of its keeper, also from the same article weighed at another time;
    /// 0 without a keeper.
    let serial: UInt32
    /// The words of the features alone, in their order: most comparisons look at nothing else.
    let wordKeys: [UInt32]
    /// How rare each word of the features is, in their order.
    let rarities: [Float]
    /// What makes the vectors of all words, of the names and of the beginning as long as 1.
    let scales: Scales

    /// One over the lengths of an article's vectors.
    struct Scales {
        let words: Float
        let names: Float
        let lead: Float
    }

    /// Weighs an article: each word by `(1 + ln count) · rarity` (Salton and Buckley 1988).
    package convenience init(
        _ features: ArticleFeatures,
        _ frequencies: WordFrequencies,
        serial: UInt32 = 0
    ) {
        self.init(features, rarities: frequencies.weights(of: features.words), serial: serial)
    }

    private init(_ features: ArticleFeatures, rarities: [Float], serial: UInt32) {
        self.features = features
        self.serial = serial
        self.rarities = rarities
        wordKeys = features.words.map(\.key)
        let allLogarithms = Self.logarithms
        let logarithms = allLogarithms.span
        var (all, names, lead): (Float, Float, Float) = (0, 0, 0)
        for index in rarities.indices {
            let (word, rarity) = (features.words[index], rarities[index])
            let weight = logarithms[Int(word.count)] * rarity
            let nameWeight = logarithms[Int(word.salience)] * rarity
            all += weight * weight
            names += nameWeight * nameWeight
            lead += word.isLeading ? rarity * rarity : 0
        }
        scales = Scales(words: Self.scale(all), names: Self.scale(names), lead: Self.scale(lead))
    }

    private static func scale(_ sum: Float) -> Float {
        1 / max(sum.squareRoot(), .leastNormalMagnitude)
    }

    /// The words by which an article is found among others: those that weigh most, the heaviest
    /// first.
    func keys(_ limit: Int) -> [StoryKey] {
        let logarithms = Self.logarithms
        var ranks = GreatestNumbers(limit)
        for index in rarities.indices {
            // Weights are not negative, and such numbers are in the order of their bits.
            let weight = logarithms[Int(features.words[index].count)] * rarities[index]
            ranks.meet(UInt64(weight.bitPattern) << 32 | UInt64(UInt32.max - UInt32(index)))
        }
        return ranks.numbers.map { rank in
            let index = Int(UInt32.max - UInt32(truncatingIfNeeded: rank))
            return StoryKey(key: features.words[index].key, weight: rarities[index])
        }
    }

    /// `1 + ln n`, and 0 for 0.
    static let logarithms: [Float] = (0...255).map { $0 == 0 ? 0 : 1 + log(Float($0)) }
}

extension WeightedArticle {
    /// The same article as if it had been published at another time, with all days that it names.
    package func shifted(to milliseconds: Int?) -> WeightedArticle {
        var features = features
        if let milliseconds, let published = features.publishedMilliseconds {
            let days = (milliseconds - published) / ArticleFeatures.millisecondsOfDay
            features.days = features.days.map { $0 + Int32(clamping: days) }
        }
        features.publishedMilliseconds = milliseconds
        return WeightedArticle(features, rarities: rarities, serial: 0)
    }
}
