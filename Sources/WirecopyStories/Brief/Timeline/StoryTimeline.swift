import WirecopyMessages

/// A story by days: how many reports came when, and what they tell.
package struct StoryTimeline: Report {
    /// The episodes, those that came first first.
    package var episodes: [Episode]

    /// One episode.
    package struct Episode: Report {
        /// Number of the episode, as the story counts.
        package var number: Int
        /// Days on which reports came, ascending.
        package var days: [Day]
        /// Reports without a known day.
        package var undated: Int
        /// What happened, in time order.
        package var lines: [BriefLine]
    }

    /// A day with its reports.
    package struct Day: Report {
        /// The day: `2024-05-29`.
        package var day: String
        /// Reports of that day that say something of their own.
        package var reports: Int
        /// Copies of that day.
        package var copies: Int
        /// Numbers of the articles.
        package var articles: [Int]
    }

    /// Makes the timeline of a brief; it has the articles that the brief has.
    package init(of brief: Brief) {
        episodes = brief.episodes.map { episode in
            let articles = brief.articles.filter { $0.episode == episode.number }
            let byDay = Dictionary(grouping: articles) { Self.day($0) }
            let days = byDay.keys.compactMap(\.self).sorted().map { day in
                let own = byDay[day, default: []]
                return Day(
                    day: day,
                    reports: own.count { !$0.isCopy },
                    copies: own.count(where: \.isCopy),
                    articles: own.map(\.number)
                )
            }
            return Episode(
                number: episode.number,
                days: days,
                undated: byDay[nil, default: []].count,
                lines: episode.lines
            )
        }
    }

    /// Reports on the busiest day.
    package var reportsMax: Int {
        episodes.flatMap(\.days).map { $0.reports + $0.copies }.max() ?? 0
    }

    private static func day(_ article: BriefArticle) -> String? {
        guard let date = article.published, PublishedMinute.read(date) != nil else { return nil }
        return String(date.prefix(10))
    }
}
