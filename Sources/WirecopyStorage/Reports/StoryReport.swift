import WirecopyMessages

/// A story in a list.
package struct StorySummary: Report {
    /// Number of the story; it stays, and is never given to another one.
    package var id: Int
    /// Headline of the article that the others resemble most.
    package var title: String?
    /// Articles, nearly equal copies among them.
    package var articles: Int
    /// Sites or hosts that report.
    package var outlets: Int
    /// Developments.
    package var episodes: Int
    /// When its first article was published, or first seen: milliseconds since 1970.
    package var firstMs: Int
    /// The same of its last one.
    package var lastMs: Int
}

/// Some stories, the newest first.
package struct StoryListReport: Report {
    /// The stories.
    package var stories: [StorySummary]
    /// Whether there are more.
    package var hasMore: Bool
}

/// A story with its episodes and articles.
package struct StoryReport: Report {
    /// What a list says of it.
    package var summary: StorySummary
    /// The developments, in the order of time.
    package var episodes: [Episode]
    /// How it came to be, beside articles that were added: the oldest change first.
    package var changes: [Change]

    /// The articles of one development.
    package struct Episode: Report {
        /// Number of the episode in the store.
        package var id: Int
        /// The articles, in the order of time.
        package var articles: [Member]
    }

    /// An article of a story.
    package struct Member: Report {
        /// Its identifier.
        package var id: String
        /// The URL that identifies it.
        package var url: String
        /// Host of its URL.
        package var host: String
        /// Name of its site.
        package var siteName: String?
        /// Its headline.
        package var title: String?
        /// Date of publication as the page gave it.
        package var published: String?
        /// When it was published, or first seen.
        package var sortMs: Int
        /// Identifier of the earlier article of which this is nearly a copy.
        package var copyOf: String?
        /// Addresses at which exactly this text stands too.
        package var copies: Int
    }

    /// An article that moved, two stories that became one, or one that became two.
    package struct Change: Report {
        /// `moved`, `merged` or `split`.
        package var kind: String
        /// From which story.
        package var story: Int
        /// Into which.
        package var other: Int
        /// The article that moved.
        package var article: String?
        /// The edit of a person that did it; `nil` where it came by itself.
        package var edit: Int?
    }
}

/// Why an article is in its story.
package struct StoryPlaceReport: Report {
    /// The story.
    package var story: Int
    /// Number of its episode in the store.
    package var episode: Int
    /// Log-odds that decided, above 0; `nil` for the first article of a story.
    package var logOdds: Double?
    /// The article that it resembled most.
    package var closest: String?
    /// Headline of that.
    package var closestTitle: String?
    /// What the two have in common: `words`, `names`, `statements`, ..., by name.
    package var shared: [String: Double]
    /// The edit of a person that put it there; `nil` where it came by itself.
    package var decided: StoryEdit?
}
