import Foundation

/// What two articles have in common, as numbers for `StoryModel`.
package struct SimilarityNumbers: Sendable {
    /// Names of the numbers, in the model's order.
    package static let names = [
        "words", "names", "lead", "numbers", "statements", "days", "recent_days", "rarest", "gap",
        "gap_known", "length",
    ]

    /// The numbers, in the order of `names`; zeros behind them.
    let lanes: SIMD16<Float>

    /// The numbers, in the order of `names`.
    package var values: [Float] { Self.names.indices.map { lanes[$0] } }

    /// Days between two publications that are not known.
    private static let unknownGap: Float = 1
    /// More of them say no more.
    private static let statementsMax = 6
    private static let daysMax = 2
    /// How far from a publication the days of its own news lie: all that is in the news at that
    /// time may name them.
    private static let recentDays: Int32 = 3

    /// Compares two articles.
    package init(_ left: WeightedArticle, _ right: WeightedArticle) {
        self.init(WordLookup(left), right)
    }

    /// Compares an article with one of many.
    init(_ lookup: WordLookup, _ other: WeightedArticle) {
        let article = lookup.article
        let published = (
            article.features.publishedMilliseconds, other.features.publishedMilliseconds
        )
        let shared = lookup.shared(with: other)
        let gap = Self.gap(published.0, published.1)
        let statements = article.features.shingles.countShared(with: other.features.shingles)
        var (days, recent) = (0, 0)
        article.features.days.forEachShared(with: other.features.days) { day in
            days += 1
            if Self.isRecent(day, published.0) || Self.isRecent(day, published.1) { recent += 1 }
        }
        var lanes = SIMD16<Float>(repeating: 0)
        lanes[0] = shared.words
        lanes[1] = shared.names
        lanes[2] = shared.lead
        lanes[3] = Self.share(article.features.numbers, other.features.numbers)
        lanes[4] = Float(min(statements, Self.statementsMax))
        lanes[5] = Float(min(days - recent, Self.daysMax))
        lanes[6] = Float(min(recent, Self.daysMax))
        lanes[7] = shared.rarest.sum
        lanes[8] = gap ?? Self.unknownGap
        lanes[9] = gap == nil ? 0 : 1
        lanes[10] = log(Float(min(article.features.length, other.features.length) + 1))
        self.lanes = lanes
    }

    /// `ln(1 + days)` between the publications, when both are known.
    private static func gap(_ left: Int?, _ right: Int?) -> Float? {
        guard let left, let right else { return nil }
        return log1p(Float(abs(left - right)) / Float(ArticleFeatures.millisecondsOfDay))
    }

    private static func isRecent(_ day: Int32, _ published: Int?) -> Bool {
        guard let published else { return false }
        let publication = Int32(clamping: published / ArticleFeatures.millisecondsOfDay)
        return abs(publication - day) <= recentDays
    }

    /// How much of the shorter list the other one has.
    private static func share(_ left: [UInt32], _ right: [UInt32]) -> Float {
        Float(left.countShared(with: right)) / Float(max(1, min(left.count, right.count)))
    }
}

extension [UInt32] {
    /// How many elements two ascending lists share.
    fileprivate func countShared(with other: [Element]) -> Int {
        var count = 0
        forEachShared(with: other) { _ in count += 1 }
        return count
    }
}

extension Array where Element: Comparable {
    /// Calls `body` with the elements that two ascending lists share.
    fileprivate func forEachShared(with other: [Element], _ body: (Element) -> Void) {
        var (i, j) = (0, 0)
        while i < self.count, j < other.count {
            let (a, b) = (self[i], other[j])
            if a == b { body(a) }
            i += a <= b ? 1 : 0
            j += b <= a ? 1 : 0
        }
    }
}
