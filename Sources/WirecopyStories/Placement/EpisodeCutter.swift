/// Cuts a story into episodes: the times in which it was in the news.
///
/// Publications that lie close together are of one episode. An article that does not tell its
/// publication goes by the days that it names: those of an episode, or its own. One that names
/// none goes to the article that it resembles most. The outcome depends on the articles alone, not
/// on the order in which they came.
package enum EpisodeCutter {
    /// Without a report for so long, the next one is of a new development. Of 64 invented stories
    /// (texts of outlets that come back days to weeks later) it cuts 60 as they were written; 3
    /// days cut 59, 2 days 43.
    package static let pauseDays = 4
    static let pauseMilliseconds = pauseDays * ArticleFeatures.millisecondsOfDay
    /// Shingles that two articles share when they quote the same words.
    private static let statementsMin = 2

    /// The episodes of articles, those with the earliest article first.
    static func cut(_ articles: [StoryScene.Member]) -> [[StoryScene.Member]] {
        var groups = byPublication(articles.filter { $0.features.publishedMilliseconds != nil })
        var rest = articles.filter { $0.features.publishedMilliseconds == nil }
            .sorted { $0.shelved.article < $1.shelved.article }
        for article in take(&rest, where: { !$0.features.yearlessDays.isEmpty }) {
            join(article, &groups) { nameOneTime(article.features, $0.features) }
        }
        for article in take(&rest, where: \.features.hasOwnDays) {
            join(article, &groups) { quoteTheSame(article.features, $0.features) }
        }
        for article in rest {
            let best = groups.indices.max {
                closeness(article, groups[$0]) < closeness(article, groups[$1])
            }
            if let best { groups[best].append(article) } else { groups.append([article]) }
        }
        return groups
    }

    /// When an undated article is likely from, given the first dated report of its story; `nil`
    /// where it gives no hint. Only good enough to put episodes in order.
    package static func likelyMilliseconds(
        of features: ArticleFeatures,
        storyBegan: Int
    ) -> Int? {
        guard features.latestYearless > 0 else { return nil }
        return YearlessDay.milliseconds(of: features.latestYearless, after: storyBegan)
    }

    private static func byPublication(
        _ articles: [StoryScene.Member]
    ) -> [[StoryScene.Member]] {
        let sorted = articles.sorted {
            ($0.published, $0.shelved.article) < ($1.published, $1.shelved.article)
        }
        var groups: [[StoryScene.Member]] = []
        for article in sorted {
            if let last = groups.last?.last, article.published - last.published <= pauseMilliseconds
            {
                groups[groups.count - 1].append(article)
            } else {
                groups.append([article])
            }
        }
        return groups
    }

    private static func take(
        _ rest: inout [StoryScene.Member],
        where isMeant: (StoryScene.Member) -> Bool
    ) -> [StoryScene.Member] {
        defer { rest.removeAll(where: isMeant) }
        return rest.filter(isMeant)
    }

    /// Puts an article into the first group that has a fitting one, else into one of its own.
    private static func join(
        _ article: StoryScene.Member,
        _ groups: inout [[StoryScene.Member]],
        _ fits: (StoryScene.Member) -> Bool
    ) {
        if let index = groups.firstIndex(where: { $0.contains(where: fits) }) {
            groups[index].append(article)
        } else {
            groups.append([article])
        }
    }

    /// Whether a day that one names lies near the other's publication, or near a day that it names.
    private static func nameOneTime(_ left: ArticleFeatures, _ right: ArticleFeatures) -> Bool {
        let others =
            right.publishedMilliseconds.map { [YearlessDay.of(milliseconds: $0)] }
            ?? right.yearlessDays
        return left.yearlessDays.contains { day in
            others.contains { YearlessDay.distance(day, $0) <= pauseDays }
        }
    }

    private static func quoteTheSame(_ left: ArticleFeatures, _ right: ArticleFeatures) -> Bool {
        Set(left.shingles).intersection(right.shingles).count >= statementsMin
    }

    private static func closeness(
        _ article: StoryScene.Member,
        _ group: [StoryScene.Member]
    ) -> Float {
        group.map { SimilarityNumbers($0.weighted, article.weighted).values[0] }.max() ?? 0
    }
}

extension StoryScene.Member {
    fileprivate var features: ArticleFeatures { weighted.features }
    fileprivate var published: Int { weighted.features.publishedMilliseconds ?? 0 }
}
