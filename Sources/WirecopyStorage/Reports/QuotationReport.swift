package import WirecopyMessages

/// What to look for in the statements.
package struct QuotationQuery: Sendable, Equatable {
    /// Most statements that a query gives.
    package static let limitMax = 500

    /// Words that the speaker's name must have; `nil` for all speakers.
    package var speaker: String?
    /// Words that the statement's sentence must have; `nil` for all statements.
    package var about: String?
    /// Only from articles published, or first seen, at or after this instant.
    package var since: Instant?
    /// Only from articles published, or first seen, at or before this instant.
    package var until: Instant?
    /// Only statements given so; empty for all.
    package var kinds: [QuotationKind] = []
    /// Only from articles of this story.
    package var story: Int?
    /// Whether a statement that several articles tell is told once, with how many they are.
    package var isOnce = false
    /// Number of statements, 1 to `limitMax`; others are brought into that range.
    package var limit: Int

    /// Makes a query.
    package init(
        by speaker: String? = nil,
        about: String? = nil,
        since: Instant? = nil,
        limit: Int = 50
    ) {
        self.speaker = speaker
        self.about = about
        self.since = since
        self.limit = limit
    }
}

/// Statements, those of the newest articles first.
package struct QuotationReport: Report {
    /// True when there are more than `quotations`.
    package var hasMore: Bool
    /// The statements.
    package var quotations: [Statement]

    /// A statement with its place.
    package struct Statement: Report {
        /// Identifier of the article.
        package var article: String
        /// Articles that tell the statement, where each is told once.
        package var articles: Int?
        /// The sentences in which it stands.
        package var context: String
        /// The words that say that somebody said it.
        package var cue: String?
        /// Out of what it is quoted, when a document speaks.
        package var document: String?
        /// Byte after its last in the article's text.
        package var end: Int
        /// When it was told first, in milliseconds since 1970 UTC, where each is told once.
        package var firstMs: Int?
        /// Host of the article.
        package var host: String
        /// `direct`, `partial`, `continued` or `indirect`.
        package var kind: String
        /// To whom it was said.
        package var listener: String?
        /// Where or in what it was said.
        package var occasion: String?
        /// Those of `articles` that are no copies of another of them.
        package var origins: Int?
        /// Date of publication of the article, as the page gave it.
        package var published: String?
        /// The instant by which its article is sorted, in milliseconds since 1970 UTC.
        package var sortMs: Int
        /// Who said it, as the extractor named them.
        package var speaker: String?
        /// The speaker's full name, when it is known, after the user's rules.
        package var speakerEntity: String?
        /// Its first byte in the article's text.
        package var start: Int
        /// The same for the same statement in other articles.
        package var statement: Int
        /// The statement.
        package var text: String
        /// Headline of the article.
        package var title: String?
        /// URL of the article.
        package var url: String
    }
}
