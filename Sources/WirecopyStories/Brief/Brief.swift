import WirecopyMessages

/// What a reader wants to know of a story: what happened, who said what, who cites whom, where the
/// reports differ, what comes next.
///
/// Every text in it is a span of an article with its place: nothing is generated but labels. Equal
/// members give an equal brief, in whatever order they come.
package struct Brief: Report {
    /// The headline that fits the whole story best, with its article's number; `nil` when no
    /// article has one.
    package var headline: BriefHeadline?
    /// The articles, those of earlier episodes first; `number` counts from 1.
    package var articles: [BriefArticle]
    /// Articles of the story that are not in the brief: it takes the most central ones of a large
    /// one.
    package var articlesLeftOut: Int
    /// How many sources stand behind the reports.
    package var origins: BriefOrigins
    /// What happened, by episode, in time order.
    package var episodes: [BriefEpisode]
    /// Who said what: persons, then institutions, then outlets; the most important first.
    package var speakers: [BriefSpeaker]
    /// Speakers who are not shown.
    package var speakersMore: Int
    /// Who cites whom: the sources on which most reports rest first.
    package var sources: [BriefSource]
    /// Where the reports differ: numbers, then dates, offices, speakers, and who alone is quoted.
    package var differences: [BriefDifference]
    /// What comes next, the newest first.
    package var next: [BriefLine]
}

/// A headline with the article that bears it.
package struct BriefHeadline: Report {
    /// Number of the article.
    package var article: Int
    /// The headline.
    package var text: String
}

/// An article of a brief.
package struct BriefArticle: Report {
    /// Number of the article of which this is a copy; `nil` for one of its own, or when the other
    /// is not in the brief.
    package var copyOf: Int?
    /// Number of its episode, as the story counts.
    package var episode: Int
    /// Identifier in the store.
    package var id: String
    /// Whether it says the same as an article before it: a copy or a near-duplicate.
    package var isCopy: Bool
    /// Number in the brief, from 1.
    package var number: Int
    /// Its first sentence; `nil` when it has a headline.
    package var opening: String?
    /// Name of the outlet; `nil` when the page does not tell.
    package var outlet: String?
    /// Date of publication, as the page gave it.
    package var published: String?
    /// Headline.
    package var title: String?
    /// Address.
    package var url: String
}

/// A span of an article: a sentence, or the words of a quotation.
package struct BriefLine: Report {
    /// Number of its article in the brief.
    package var article: Int
    /// Identifier of its article in the store.
    package var id: String
    /// Name of the outlet; `nil` when the page does not tell.
    package var outlet: String?
    /// Date of publication of its article, as the page gave it.
    package var published: String?
    /// The first day, month or year that it names, as `2024-05-29`; `nil` when it names none that
    /// is known.
    package var dated: String?
    /// First byte in the article's main text.
    package var start: Int
    /// Byte after the last.
    package var end: Int
    /// The bytes between, as they are.
    package var text: String
}

/// What happened in one episode.
package struct BriefEpisode: Report {
    /// Number of the episode, as the story counts.
    package var number: Int
    /// Number of articles of the episode in the brief.
    package var articles: Int
    /// First day of publication that is known.
    package var firstDay: String?
    /// Last day of publication that is known.
    package var lastDay: String?
    /// The fewest sentences that cover it, in time order.
    package var lines: [BriefLine]
}

/// How many sources stand behind the reports of a story.
package struct BriefOrigins: Report {
    /// Reports in the brief, copies too.
    package var reports: Int
    /// Reports that say the same as another.
    package var copies: Int
    /// Sources that know of the story by themselves.
    package var independent: Int
    /// Their names: outlets that are cited but have no report here, and numbers of reports.
    package var names: [String]
}

/// Whom a statement comes from.
package enum BriefSpeakerKind: String, Codable, Sendable, CaseIterable {
    case person, institution, outlet
}

/// A speaker with what was said.
package struct BriefSpeaker: Report {
    /// The fullest name, or the description that the text gives.
    package var name: String
    /// What the speaker is, in the words of the articles.
    package var role: String?
    /// Whom the statements come from.
    package var kind: BriefSpeakerKind
    /// Numbers of all articles that quote the speaker.
    package var articles: [Int]
    /// Independent reports among them.
    package var reports: Int
    /// The most important statements, each once.
    package var statements: [BriefStatement]
    /// Statements that are not shown.
    package var more: Int
}

/// A statement, over all articles that carry it.
package struct BriefStatement: Report {
    /// The words, in one or several spans of one article: of the quotation, or the sentence around
    /// quoted words.
    package var parts: [BriefLine]
    /// Whether `parts` are the speaker's words alone.
    package var isVerbatim: Bool
    /// The words that say that somebody said it.
    package var cue: String?
    /// To whom it was said.
    package var listener: String?
    /// Where, or in what, it was said, with the preposition of the text: `in a statement`.
    package var occasion: String?
    /// The document that is quoted.
    package var document: String?
    /// Numbers of all articles that carry it.
    package var articles: [Int]
    /// Independent reports among them.
    package var reports: Int
    /// Other wordings of the same statement.
    package var variants: [BriefLine]
}

/// A source on which reports rest.
package struct BriefSource: Report {
    /// Its name, or the description that the text gives.
    package var name: String
    /// On what it rests itself, in the words of the reports.
    package var restsOn: [String]
    /// Number of the article in the brief that is its own report.
    package var ownReport: Int?
    /// Numbers of the articles that cite it.
    package var articles: [Int]
    /// Independent reports among them.
    package var reports: Int
    /// Who cites whom cites whom: names from the report to the last source, where there are more
    /// than two.
    package var chains: [[String]]
    /// A sentence of each report that cites it, the first ones.
    package var lines: [BriefLine]
}

/// In what reports differ.
package enum BriefDifferenceKind: String, Codable, Sendable, CaseIterable {
    case number, date, office, speaker, onlyOne = "only_one"
}

/// Something about which the reports do not say the same.
package struct BriefDifference: Report {
    /// In what they differ.
    package var kind: BriefDifferenceKind
    /// What it is about: the words for what is counted, the office, the name.
    package var subject: String
    /// What is said, in time order; one only for `onlyOne`.
    package var sides: [Side]

    /// What some reports say.
    package struct Side: Report {
        /// The number, day or name.
        package var value: String
        /// Numbers of the articles that say so.
        package var articles: [Int]
        /// Whether all of them are later than those of the sides before.
        package var isLater: Bool
        /// A sentence that says so.
        package var line: BriefLine
    }
}
