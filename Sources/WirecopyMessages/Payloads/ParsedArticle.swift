/// An article as the parser read it: main text in paragraphs, and fields with their evidence.
package struct ParsedArticle: Payload {
    package static let kind = MessageKind.parsedArticle

    /// Whether everybody may read it; `nil` when the page does not tell.
    package var access: ArticleAccess?
    /// Persons and agencies named as authors, in the page's order.
    package var authors: [Evidenced] = []
    /// Identity that the page declares; absolute.
    package var canonicalURL: Evidenced?
    /// Blocks that were left out, in the page's order; at most `droppedMax`.
    package var dropped: [DroppedBlock] = []
    /// Name of the character encoding from which the page was decoded, such as `utf-8`.
    package var encoding: String
    /// When the page was received or its file read.
    package var fetchedAt: Instant
    /// Address after redirects.
    package var finalURL: String
    /// SimHash of the main text, for finding near-duplicates.
    package var fingerprint: Fingerprint?
    /// What the page as a whole is: live blog, part, wall, stub; each kind at most once.
    package var flags: [PageFlag] = []
    /// BCP 47 language, such as `en` or `de-AT`.
    package var language: Evidenced?
    /// Absolute address of the lead image.
    package var leadImage: Evidenced?
    /// The words below the lead image.
    package var leadImageCaption: Evidenced?
    /// Who made the lead image, as the page credits it.
    package var leadImageCredit: Evidenced?
    /// When the article was last changed.
    package var modified: PublicationDate?
    /// Where the page came from, as in `FetchedPage`.
    package var origin: String
    /// What was kept, in order; never empty.
    package var paragraphs: [Paragraph]
    /// When the article was published.
    package var published: PublicationDate?
    /// Seconds that reading the main text takes.
    package var readingTimeSeconds: Int?
    /// Section or category of the site.
    package var section: Evidenced?
    /// Name of the publisher or site.
    package var siteName: Evidenced?
    /// Address of the feed or sitemap that named the page, as in `FetchedPage`.
    package var source: String?
    /// The line or paragraph below the headline that sums the article up or leads into it.
    package var subtitle: Evidenced?
    /// Agencies and outlets from which a note of the page says that the report comes; at most
    /// `syndicationMax`.
    package var syndication: [Evidenced] = []
    /// Keywords that the page gives to its article, in its order; at most `tagsMax`.
    package var tags: [Evidenced] = []
    /// Headline, without the site's name.
    package var title: Evidenced?
    /// Address that was asked for.
    package var url: String
    /// What the page, its headers and files of its site ask of those who use it, in order; at most
    /// `UsageNote.notesMax`.
    package var usage: [UsageNote] = []
    /// What was odd about the page, as full sentences; at most `warningsMax`.
    package var warnings: [String] = []
    /// Words of the main text; in Chinese and Japanese, characters.
    package var wordCount: Int?

    /// Most dropped blocks that a message keeps; a page of links has thousands.
    package static let droppedMax = 500
    /// Most agencies and outlets that a message keeps; reports rest on two or three.
    package static let syndicationMax = 5
    /// Most tags that a message keeps; an article has about five, an index of a site hundreds.
    package static let tagsMax = 30
    /// Most warnings that a message keeps.
    package static let warningsMax = 20

    /// Makes an article of a page's paragraphs; fields are set afterwards.
    package init(page: FetchedPage, encoding: String, paragraphs: [Paragraph]) {
        self.encoding = encoding
        self.fetchedAt = page.fetchedAt
        self.finalURL = page.finalURL
        self.origin = page.origin
        self.paragraphs = paragraphs
        self.source = page.source
        self.url = page.url
        self.usage = page.usage
    }

    /// The main text: the paragraphs joined by an empty line.
    ///
    /// Offsets of mentions and quotations are UTF-8 bytes into this text.
    package var mainText: String {
        paragraphs.map(\.text).joined(separator: "\n\n")
    }
}

extension ParsedArticle {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var fields = Fields()
        try reader.object { (key, reader) throws(JSONFailure) in
            try fields.read(key, &reader)
        }
        access = fields.access
        authors = fields.authors
        canonicalURL = fields.canonicalURL
        dropped = fields.dropped
        encoding = try reader.required(fields.encoding, "encoding")
        let milliseconds = try reader.required(fields.fetchedAt, "fetched_at_ms")
        fetchedAt = Instant(milliseconds: milliseconds)
        url = try reader.required(fields.url, "url")
        finalURL = fields.finalURL ?? url
        fingerprint = fields.fingerprint
        flags = fields.flags
        language = fields.language
        leadImage = fields.leadImage
        leadImageCaption = fields.leadImageCaption
        leadImageCredit = fields.leadImageCredit
        modified = fields.modified
        origin = try reader.required(fields.origin, "origin")
        paragraphs = try reader.required(fields.paragraphs, "paragraphs")
        published = fields.published
        readingTimeSeconds = fields.readingTimeSeconds
        section = fields.section
        siteName = fields.siteName
        source = fields.source
        subtitle = fields.subtitle
        syndication = fields.syndication
        tags = fields.tags
        title = fields.title
        usage = Array(fields.usage.prefix(UsageNote.notesMax))
        warnings = fields.warnings
        wordCount = fields.wordCount
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("access", access)
            writer.field("authors", authors)
            writer.field("canonical_url", canonicalURL)
            writer.field("dropped", dropped)
            writer.field("encoding", encoding)
            writer.field("fetched_at_ms", fetchedAt.milliseconds)
            writer.field("final_url", finalURL)
            writer.field("fingerprint", fingerprint?.hex)
            writer.field("flags", flags)
            writer.field("language", language)
            writer.field("lead_image", leadImage)
            writer.field("lead_image_caption", leadImageCaption)
            writer.field("lead_image_credit", leadImageCredit)
            writer.field("modified", modified)
            writer.field("origin", origin)
            writer.key("paragraphs")
            writer.array(paragraphs) { $1.write(to: &$0) }
            writer.field("published", published)
            writer.field("reading_time_seconds", readingTimeSeconds)
            writer.field("section", section)
            writer.field("site_name", siteName)
            writer.field("source", source)
            writer.field("subtitle", subtitle)
            writer.field("syndication", syndication)
            writer.field("tags", tags)
            writer.field("title", title)
            writer.field("url", url)
            writer.field("usage", usage)
            writer.field("warnings", warnings)
            writer.field("word_count", wordCount)
        }
    }

    /// The fields as they come in, before it is known whether all are there.
    private struct Fields {
        var access: ArticleAccess?
        var authors: [Evidenced] = []
        var canonicalURL: Evidenced?
        var dropped: [DroppedBlock] = []
        var encoding: String?
        var fetchedAt: Int?
        var finalURL: String?
        var fingerprint: Fingerprint?
        var flags: [PageFlag] = []
        var language: Evidenced?
        var leadImage: Evidenced?
        var leadImageCaption: Evidenced?
        var leadImageCredit: Evidenced?
        var modified: PublicationDate?
        var origin: String?
        var paragraphs: [Paragraph]?
        var published: PublicationDate?
        var readingTimeSeconds: Int?
        var section: Evidenced?
        var siteName: Evidenced?
        var source: String?
        var subtitle: Evidenced?
        var syndication: [Evidenced] = []
        var tags: [Evidenced] = []
        var title: Evidenced?
        var url: String?
        var usage: [UsageNote] = []
        var warnings: [String] = []
        var wordCount: Int?

        mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFailure) {
            switch key {
            case "access": access = try reader.value()
            case "authors": authors = try reader.values()
            case "canonical_url": canonicalURL = try reader.value()
            case "dropped": dropped = try reader.values()
            case "encoding": encoding = try reader.string()
            case "fetched_at_ms": fetchedAt = try reader.integer()
            case "final_url": finalURL = try reader.string()
            case "fingerprint": fingerprint = try Self.fingerprint(&reader)
            case "flags": flags = try reader.values()
            case "language": language = try reader.value()
            case "lead_image": leadImage = try reader.value()
            case "lead_image_caption": leadImageCaption = try reader.value()
            case "lead_image_credit": leadImageCredit = try reader.value()
            case "modified": modified = try reader.value()
            case "origin": origin = try reader.string()
            case "paragraphs": paragraphs = try reader.values()
            case "published": published = try reader.value()
            case "reading_time_seconds": readingTimeSeconds = try reader.integer()
            case "section": section = try reader.value()
            case "site_name": siteName = try reader.value()
            case "source": source = try reader.string()
            case "subtitle": subtitle = try reader.value()
            case "syndication": syndication = try reader.values()
            case "tags": tags = try reader.values()
            case "title": title = try reader.value()
            case "url": url = try reader.string()
            case "usage": usage = try reader.values()
            case "warnings": warnings = try reader.strings()
            case "word_count": wordCount = try reader.integer()
            default: try reader.skip()
            }
        }

        private static func fingerprint(
            _ reader: inout JSONReader
        ) throws(JSONFailure) -> Fingerprint {
            let hex = try reader.string()
            guard let fingerprint = Fingerprint(hex: hex) else {
                throw reader.invalid("The fingerprint \(hex.prefix(80)) has not 16 hex digits.")
            }
            return fingerprint
        }
    }
}
