import WirecopyMessages

/// Everything that the store knows of an article: its current version, and how it got there.
///
/// Ranges are half-open UTF-8 byte offsets into `text`; instants are milliseconds since 1970 UTC.
package struct ArticleReport: Report {
    /// Versions, addresses and copies of each kind that a report tells, newest first.
    package static let historyMax = 256

    /// Whether everybody may read it: `free`, `metered` or `paywalled`.
    package var access: String?
    /// URLs under which it was met.
    package var addresses: [Address]
    /// Names of its authors.
    package var authors: [String]
    /// Identity that the page declares.
    package var canonicalUrl: String?
    /// Sources on which it rests.
    package var citations: [Citation]
    /// Other pages that show the same text.
    package var copies: [Copy]
    /// What was left out of the page, with the reason.
    package var dropped: [Dropped]
    /// Persons, organisations, places, ... that it names.
    package var entities: [Entity]
    /// Each field with its evidence.
    package var fields: [Field]
    /// Address after redirects.
    package var finalUrl: String
    /// When it was first seen.
    package var firstSeenMs: Int
    /// Host of its URL.
    package var host: String
    /// Its identifier.
    package var id: String
    /// BCP 47 language.
    package var language: String?
    /// When it was last seen.
    package var lastSeenMs: Int
    /// Address of the lead image.
    package var leadImage: String?
    /// The words below the lead image.
    package var leadImageCaption: String?
    /// Who made the lead image.
    package var leadImageCredit: String?
    /// Where it names something.
    package var mentions: [Mention]
    /// Date of the last change, as the page gave it.
    package var modified: String?
    /// What its text consists of.
    package var paragraphs: [Paragraph]
    /// Date of publication, as the page gave it.
    package var published: String?
    /// Whether a part of `published` was concluded and not read.
    package var publishedIsInferred: Bool?
    /// How much of `published` is known: `year` to `second`.
    package var publishedPrecision: String?
    /// Statements in it, quoted or reported.
    package var quotations: [Quotation]
    /// Section or category of the site.
    package var section: String?
    /// Name of the site.
    package var siteName: String?
    /// Address of the feed or sitemap that named it first.
    package var source: String?
    /// The line below the headline that sums it up.
    package var subtitle: String?
    /// Agencies and outlets from which it comes, as the page notes.
    package var syndication: [String]
    /// Keywords that the page gives to it.
    package var tags: [String]
    /// The main text.
    package var text: String
    /// Its headline.
    package var title: String?
    /// The URL that identifies it.
    package var url: String
    /// What its publisher asks of those who use it: `no_ai`, `no_archive`, ...; `fields` has where.
    package var usage: [String]
    /// Number of its current version.
    package var version: Int
    /// Its contents over time.
    package var versions: [Version]
    /// What was odd about the page.
    package var warnings: [String]
}

extension ArticleReport {
    /// A URL under which it was met.
    package struct Address: Report {
        /// When first.
        package var firstSeenMs: Int
        /// When last.
        package var lastSeenMs: Int
        /// The URL.
        package var url: String
    }

    /// A source on which it rests.
    package struct Citation: Report {
        /// On what the source itself rests, in the text's words.
        package var citing: String?
        /// Byte after the phrase's last.
        package var end: Int
        /// Identifier of the source among the store's entities.
        package var entity: Int?
        /// The source's name or description.
        package var name: String
        /// The phrase's first byte.
        package var start: Int
        /// The phrase that cites it.
        package var text: String
    }

    /// Another page with the same text.
    package struct Copy: Report {
        /// When it was first seen.
        package var firstSeenMs: Int
        /// Host of the page.
        package var host: String
        /// Identifier that the page would have as an article.
        package var id: String
        /// When it was last seen.
        package var lastSeenMs: Int
        /// Date of publication as that page gave it.
        package var published: String?
        /// Name of that site.
        package var siteName: String?
        /// URL of the page.
        package var url: String
    }

    /// A block that is not part of the text.
    package struct Dropped: Report {
        /// How many of the paragraphs stand before it on the page, as far as it is known.
        package var after: Int?
        /// Why it was left out.
        package var label: String
        /// What the label rests on, as far as it is known: `element`, `words`, `links`, ...
        package var source: String?
        /// Its text.
        package var text: String
    }

    /// Something that it names.
    package struct Entity: Report {
        /// Identifier in the store.
        package var id: Int
        /// Number of mentions in this article.
        package var mentions: Int
        /// Its full name, after the user's rules.
        package var name: String
        /// What it is: `PER`, `ORG`, ...
        package var type: String
    }

    /// A field of the page with its evidence.
    package struct Field: Report {
        /// From 0 (a guess) to 1 (stated for this purpose).
        package var confidence: Double
        /// The piece of the page that says so; `nil` when it equals the value.
        package var evidence: String?
        /// `title`, `published`, `authors`, ...; a field with several values stands several times.
        package var name: String
        /// Where it stood.
        package var source: String
        /// The value.
        package var value: String
    }

    /// A place where it names something.
    package struct Mention: Report {
        /// Byte after the last.
        package var end: Int
        /// Identifier of what is named.
        package var entity: Int
        /// The country for whose government it stands here.
        package var standsFor: String?
        /// First byte.
        package var start: Int
        /// The words.
        package var surface: String
        /// What it names here.
        package var type: String
    }

    /// A paragraph of its text.
    package struct Paragraph: Report {
        /// Byte after the last.
        package var end: Int
        /// What it is: `lede`, `body`, `heading`, ...
        package var kind: String
        /// First byte.
        package var start: Int
        /// Its text.
        package var text: String
    }

    /// A statement in it.
    package struct Quotation: Report {
        /// The sentences in which it stands.
        package var context: String
        /// The words that say that somebody said it.
        package var cue: String?
        /// Out of what it is quoted, when a document speaks.
        package var document: String?
        /// Byte after the last.
        package var end: Int
        /// `direct`, `partial`, `continued`, `indirect` or `not_speech`.
        package var kind: String
        /// To whom it was said.
        package var listener: String?
        /// Where or in what it was said.
        package var occasion: String?
        /// Who said it.
        package var speaker: String?
        /// Identifier of the speaker among the store's entities.
        package var speakerEntity: Int?
        /// First byte.
        package var start: Int
        /// The same for the same statement in other articles.
        package var statement: Int
        /// The statement.
        package var text: String
    }

    /// One of its contents.
    package struct Version: Report {
        /// SHA-256 of title and text.
        package var digest: String
        /// When the page was received.
        package var fetchedAtMs: Int
        /// Version of the extractor that annotated it.
        package var extractorVersion: String?
        /// Counted from 1, in the order in which they were stored.
        package var n: Int
        /// Headline at that time.
        package var title: String?
    }
}
