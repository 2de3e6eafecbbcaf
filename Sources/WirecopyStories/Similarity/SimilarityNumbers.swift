import Foundation

/// What two articles have in common, as numbers for `StoryModel`.
package struct SimilarityNumbers: Sendable {
    /// Names of the numbers, in the model's order.
    package static let names = [
        "words", "names", "lead", "numbers", "statements", "days", "recent_days", "rarest", "gap",
        "gap_known", "length",
    ]

    /// The numbers, in the order of `names`.
    package let values: [Float]

    /// Days between two publications that are not known.
    private static let unknownGap: Float = 1
    /// More of them say no more.
    private static let statementsMax = 6
    private static let daysMax = 2
    /// How far from a publication the days of its own news lie: all that is in the news at that
    /// time may name them.
    private static let recentDays: Int32 = 3

    /// Compares two articles in one pass over their lists.
    package init(_ left: WeightedArticle, _ right: WeightedArticle) {
        let shared = SharedWords(left, right)
        let gap = Self.gap(left.features, right.features)
        let days = left.features.days.common(right.features.days)
        let recent = days.count {
            Self.isRecent($0, left.features) || Self.isRecent($0, right.features)
        }
        values = [
            shared.words,
            shared.names,
            shared.lead,
            Self.share(left.features.numbers, right.features.numbers),
            Float(
                min(
                    left.features.shingles.common(right.features.shingles).count,
                    Self.statementsMax
                )
            ),
            Float(min(days.count - recent, Self.daysMax)),
            Float(min(recent, Self.daysMax)),
            shared.rarest,
            gap ?? Self.unknownGap,
            gap == nil ? 0 : 1,
            log(Float(min(left.features.length, right.features.length) + 1)),
        ]
    }

    /// `ln(1 + days)` between the publications, when both are known.
    private static func gap(_ left: ArticleFeatures, _ right: ArticleFeatures) -> Float? {
        guard let left = left.publishedMilliseconds, let right = right.publishedMilliseconds else {
            return nil
        }
        return log1p(Float(abs(left - right)) / Float(ArticleFeatures.millisecondsOfDay))
    }

    private static func isRecent(_ day: Int32, _ features: ArticleFeatures) -> Bool {
        guard let published = features.publishedMilliseconds else { return false }
        let publication = Int32(clamping: published / ArticleFeatures.millisecondsOfDay)
        return abs(publication - day) <= recentDays
    }

    /// How much of the shorter list the other one has.
    private static func share(_ left: [UInt32], _ right: [UInt32]) -> Float {
        Float(left.common(right).count) / Float(max(1, min(left.count, right.count)))
    }
}

/// Cosines over the words that two articles share.
private struct SharedWords {
    var words: Float = 0
    var names: Float = 0
    var lead: Float = 0
    var rarest: Float = 0

    init(_ left: WeightedArticle, _ right: WeightedArticle) {
        let (leftWords, rightWords) = (left.words.span, right.words.span)
        var (i, j) = (0, 0)
        while i < leftWords.count, j < rightWords.count {
            let (a, b) = (leftWords[i], rightWords[j])
            if a.key == b.key {
                words += a.weight * b.weight
                names += a.nameWeight * b.nameWeight
                lead += a.leadWeight * b.leadWeight
                rarest = max(rarest, a.rarity)
            }
            i += a.key <= b.key ? 1 : 0
            j += b.key <= a.key ? 1 : 0
        }
    }
}

extension Array where Element: Comparable {
    /// The elements that two ascending lists share.
    fileprivate func common(_ other: [Element]) -> [Element] {
        var shared: [Element] = []
        var (i, j) = (0, 0)
        while i < self.count, j < other.count {
            let (a, b) = (self[i], other[j])
            if a == b { shared.append(a) }
            i += a <= b ? 1 : 0
            j += b <= a ? 1 : 0
        }
        return shared
    }
}
