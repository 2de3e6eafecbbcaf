package import HTMLDocument
import MarkupReader
package import WHATWGURL

/// A feed of a publisher: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed 1.
///
/// Broken feeds give what can be read of them. Addresses are absolute where a base is known; texts
/// and dates are kept as they stand, and read when they are asked for.
package struct Feed: Sendable {
    /// The language that the feed is written in.
    package let format: FeedFormat
    /// What the feed says of itself.
    package internal(set) var head: FeedHead
    /// Its articles, in its order.
    package internal(set) var entries: [FeedEntry] = []
    /// Whether it held more than is read.
    package internal(set) var isCut = false

    /// Bytes that are read of a feed; real ones have some hundred thousand.
    package static let sizeMaxBytes = 32 << 20
    /// Entries that are read; the largest archives have some thousand.
    package static let entriesMax = 20_000
    /// Links, people, categories or enclosures that are kept of one entry or head.
    package static let partsMax = 200

    /// Reads a feed; `nil` when the bytes are none.
    ///
    /// Costs time in proportion to the bytes.
    ///
    /// - Parameters:
    ///   - bytes: the feed as received.
    ///   - base: its address, for relative ones.
    ///   - language: what the transport says of its language.
    ///   - transportEncoding: what the transport says of its encoding.
    package init?(
        _ bytes: [UInt8],
        base: WebURL? = nil,
        language: String? = nil,
        transportEncoding: TextEncoding? = nil
    ) {
        let head = Array(bytes.prefix(Self.sizeMaxBytes))
        let text = MarkupText.utf8(head, transportEncoding: transportEncoding)
        let context = FeedContext(base: base, language: FeedContext.languageTag(language))
        let isJSON = text.first { !($0 <= 0x20) } == UInt8(ascii: "{")
        let feed = isJSON ? JSONFeed.feed(text, in: context) : XMLFeed.feed(text, in: context)
        guard let feed else { return nil }
        self = feed
        isCut = isCut || bytes.count > Self.sizeMaxBytes
    }

    init(format: FeedFormat, head: FeedHead) {
        self.format = format
        self.head = head
    }
}

/// The languages of feeds; raw values are the names that they are commonly given.
package enum FeedFormat: String, Sendable, CaseIterable {
    /// RSS 0.90, in RDF.
    case rss090
    /// RSS 0.91.
    case rss091 = "rss091u"
    /// RSS 0.92.
    case rss092
    /// RSS 0.93.
    case rss093
    /// RSS 0.94.
    case rss094
    /// RSS 1.0, in RDF.
    case rss10
    /// RSS 2.0, 2.0.1 and what calls itself 2.1.
    case rss20
    /// RSS without a known version.
    case rss
    /// Atom 0.3.
    case atom03
    /// Atom 1.0 (RFC 4287).
    case atom10
    /// Atom without a known namespace.
    case atom
    /// JSON Feed 1.0 and 1.1.
    case json1
}

/// What a feed, or the feed that an entry was taken from, says of itself.
package struct FeedHead: Sendable {
    /// The name of the feed.
    package internal(set) var title: FeedText?
    /// What it is about.
    package internal(set) var subtitle: FeedText?
    /// What it tells people who open it in a browser (Atom 0.3).
    package internal(set) var note: FeedText?
    /// Rights.
    package internal(set) var rights: FeedText?
    /// The page that it belongs to.
    package internal(set) var link: String?
    /// All links with their relation.
    package internal(set) var links: [FeedLink] = []
    /// Its identifier.
    package internal(set) var id: String?
    /// Who writes it.
    package internal(set) var authors: [FeedPerson] = []
    /// Who helps.
    package internal(set) var contributors: [FeedPerson] = []
    /// Who publishes it.
    package internal(set) var publisher: FeedPerson?
    /// What it is about in words.
    package internal(set) var categories: [FeedCategory] = []
    /// The program that made it.
    package internal(set) var generator: FeedPerson?
    /// Address of a picture.
    package internal(set) var image: String?
    /// BCP 47 as far as it goes.
    package internal(set) var language: String?
    /// When it was published.
    package internal(set) var published: FeedDate?
    /// When it was changed last.
    package internal(set) var updated: FeedDate?
    /// Minutes that it may be kept, as text; 0 to some thousand.
    package internal(set) var lifeMinutes: String?
    /// Where the feed has moved to.
    package internal(set) var newAddress: String?
    /// Address of the licence.
    package internal(set) var license: String?

    init() {}

    /// Addresses with a relation, such as `hub` or `next`.
    package func addresses(_ relation: String) -> [String] {
        links.filter { $0.relation == relation }.map(\.address)
    }
}

/// An article as a feed tells it.
package struct FeedEntry: Sendable {
    /// The headline.
    package internal(set) var title: FeedText?
    /// An excerpt or description.
    package internal(set) var summary: FeedText?
    /// The text, in one or more forms.
    package internal(set) var contents: [FeedText] = []
    /// The page.
    package internal(set) var link: String?
    /// The page behind a counting address, where the feed tells it.
    package internal(set) var originalLink: String?
    /// All links with their relation.
    package internal(set) var links: [FeedLink] = []
    /// The publisher's identifier: never an article's identity, for publishers change it.
    package internal(set) var id: String?
    /// Who wrote it.
    package internal(set) var authors: [FeedPerson] = []
    /// Who helped.
    package internal(set) var contributors: [FeedPerson] = []
    /// Who published it.
    package internal(set) var publisher: FeedPerson?
    /// What it is about in words.
    package internal(set) var categories: [FeedCategory] = []
    /// Sound, pictures, films.
    package internal(set) var enclosures: [FeedEnclosure] = []
    /// Addresses of small pictures.
    package internal(set) var thumbnails: [String] = []
    /// The page with readers' comments.
    package internal(set) var comments: String?
    /// Rights.
    package internal(set) var rights: FeedText?
    /// Address of the licence.
    package internal(set) var license: String?
    /// BCP 47 as far as it goes.
    package internal(set) var language: String?
    /// When it was published.
    package internal(set) var published: FeedDate?
    /// When it was changed last.
    package internal(set) var updated: FeedDate?
    /// When it was written.
    package internal(set) var created: FeedDate?
    /// When it is no longer to be shown.
    package internal(set) var expires: FeedDate?
    /// The feed that it was taken from.
    package internal(set) var source: FeedHead?
    /// An identifier of RSS that is an address of the page.
    var guidLink: String?
    /// Where content lies that is not in the feed, when it is a page (RFC 4287, 4.1.3.2).
    var contentLink: String?

    init() {}

    /// The address of the article: behind counting addresses where it is known; without any link
    /// that of content which lies elsewhere, or an identifier that is an address.
    package var address: String? { originalLink ?? link ?? contentLink ?? identifierAddress }

    private var identifierAddress: String? {
        guard !hasOpaqueID, let id, let url = WebURL(id), url.isHTTP else { return nil }
        return id
    }

    /// Whether the identifier says of itself that it is no address, as RSS's can.
    var hasOpaqueID = false

    /// The date that says most about publication.
    package var date: FeedDate? { published ?? created ?? updated }
}
