/// Which episode of its story an article belongs to.
///
/// An episode is a time in which a story is in the news: articles whose publications lie close
/// together. An article that does not tell its publication goes where it fits best.
enum EpisodeChooser {
    /// Without a report for so long, the next one is of a new development. Of 64 invented stories
    /// (texts of outlets that come back days to weeks later) it cuts 60 as they were written; 3 days
    /// cut 59, 2 days 43.
    static let pauseMilliseconds = 4 * ArticleFeatures.millisecondsOfDay
    /// Log-odds on average that an article without a date needs to be of an episode.
    static let undatedLogOdds: Float = 1

    /// An episode, or `nil` for a new one; and others that the article shows to be the same.
    struct Choice: Equatable {
        var episode: Int64?
        var joined: [Int64] = []
    }

    /// Chooses among the episodes of a story.
    ///
    /// - Parameters:
    ///   - published: when the article was published, if it tells.
    ///   - fits: how well it fits each episode, as log-odds.
    static func choose(
        published: Int?,
        _ spans: [EpisodeSpan],
        fits: [Int64: Float]
    ) -> Choice {
        guard let published else { return byFit(spans, fits) }
        let near = spans.compactMap { span in
            span.publishedMilliseconds.map { (span.episode, distance(published, $0)) }
        }
        .filter { $0.1 <= pauseMilliseconds }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        guard !near.isEmpty else { return byFit(spans.filter { $0.publishedMilliseconds == nil }, fits) }
        let kept = near.map(\.0).min()
        return Choice(episode: kept, joined: near.map(\.0).filter { $0 != kept })
    }

    /// Pairs of episodes that lie so close that they are one: the later number into the earlier.
    static func overlaps(_ spans: [EpisodeSpan]) -> [(Int64, Int64)] {
        let dated = spans.compactMap { span in
            span.publishedMilliseconds.map { (span.episode, $0) }
        }
        .sorted { ($0.1.lowerBound, $0.0) < ($1.1.lowerBound, $1.0) }
        var pairs: [(Int64, Int64)] = []
        var current: (episode: Int64, end: Int)?
        for (episode, range) in dated {
            if let open = current, range.lowerBound - open.end <= pauseMilliseconds {
                pairs.append((episode, open.episode))
                current = (open.episode, max(open.end, range.upperBound))
            } else {
                current = (episode, range.upperBound)
            }
        }
        return pairs
    }

    private static func byFit(_ spans: [EpisodeSpan], _ fits: [Int64: Float]) -> Choice {
        let best = spans.compactMap { span in fits[span.episode].map { (span.episode, $0) } }
            .max { ($0.1, $1.0) < ($1.1, $0.0) }
        guard let best, best.1 > undatedLogOdds else { return Choice() }
        return Choice(episode: best.0)
    }

    private static func distance(_ instant: Int, _ range: ClosedRange<Int>) -> Int {
        max(range.lowerBound - instant, instant - range.upperBound, 0)
    }
}
