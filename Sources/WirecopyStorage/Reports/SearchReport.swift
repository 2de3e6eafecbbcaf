package import WirecopyMessages

/// What to look for in the articles.
package struct SearchQuery: Sendable, Equatable {
    /// Most hits that a search gives.
    package static let limitMax = 200

    /// Words that must all occur, "phrases", begin*, -without.
    package var text: String
    /// Only articles of this host or a host below it; `nil` for all.
    package var host: String?
    /// Only articles published, or first seen when that is unknown, at or after this instant.
    package var since: Instant?
    /// Only articles published, or first seen when that is unknown, at or before this instant.
    package var until: Instant?
    /// Words that the authors' names must have.
    package var author: String?
    /// Only articles in this language, such as `en`, or a form of it, such as `en-GB`.
    package var language: String?
    /// Number of hits, 1 to `limitMax`; others are brought into that range.
    package var limit: Int

    /// Makes a query.
    package init(text: String, host: String? = nil, since: Instant? = nil, limit: Int = 20) {
        self.text = text
        self.host = host
        self.since = since
        self.limit = limit
    }
}

/// The articles that match a search, best first.
package struct SearchReport: Report {
    /// Matches that are ranked: those of the articles that came last. A word that more articles
    /// have tells little, and ranking a million would take a second.
    package static let rankedMax = 10_000

    /// Put before a matching word in a snippet.
    package static let markStart = "["
    /// Put after a matching word in a snippet.
    package static let markEnd = "]"

    /// True when there are more than `hits`.
    package var hasMore: Bool
    /// True when more than `rankedMax` articles have the words, so that older ones were not ranked.
    package var isPartial: Bool
    /// The articles.
    package var hits: [Hit]

    /// An article that matches.
    package struct Hit: Report {
        /// Host of its URL.
        package var host: String
        /// Its identifier.
        package var id: String
        /// Date of publication as the page gave it.
        package var published: String?
        /// Name of its site.
        package var siteName: String?
        /// Words around the best match, each match between `markStart` and `markEnd`.
        package var snippet: String
        /// Its headline.
        package var title: String?
        /// The URL that identifies it.
        package var url: String
    }
}
