package import HTMLDocument
package import WHATWGURL

/// A source of articles that a page names.
package struct FeedOffer: Sendable, Hashable {
    /// What the page says or seems to say of an address.
    package enum Kind: String, Sendable {
        /// A feed, by its type.
        case feed
        /// A sitemap, by its relation.
        case sitemap
        /// A link that is called like a feed.
        case likelyFeed
    }

    /// Where it is.
    package let url: WebURL
    /// How sure it is.
    package let kind: Kind
    /// What the page calls it.
    package let title: String?
}

extension Feed {
    /// Offers that are taken from one page.
    package static let offersMax = 100

    /// The feeds and sitemaps that a page names, those with a type first, each address once.
    ///
    /// - Parameters:
    ///   - page: the page.
    ///   - address: its address after redirects.
    /// - Returns: at most `offersMax` offers.
    package static func offers(in page: HTMLDocument, at address: WebURL) -> [FeedOffer] {
        let base = page.elements(.base).first
            .flatMap { page.attribute("href", of: $0) }
            .flatMap { WebURL($0, base: address) }
        var finder = FeedOfferFinder(page: page, base: base ?? address)
        finder.readLinks()
        finder.readAnchors()
        return finder.offers
    }
}

private struct FeedOfferFinder {
    let page: HTMLDocument
    let base: WebURL
    var offers: [FeedOffer] = []
    private var known: Set<String> = []

    init(page: HTMLDocument, base: WebURL) {
        self.page = page
        self.base = base
    }

    private static let feedTypes: Set<String> = [
        "application/rss+xml", "application/atom+xml", "application/rdf+xml",
        "application/feed+json", "application/x.atom+xml", "application/x-atom+xml",
        "text/rss+xml", "text/rss", "application/rss",
    ]
    /// Types of other documents too; a feed when the address says so.
    private static let doubtfulTypes: Set<String> = [
        "application/json", "application/xml", "text/xml",
    ]
    /// Segments of paths that feeds have: `/feed`, `/rss.xml`; `/feeding-time` is none.
    private static let names: Set<String> = [
        "feed", "feeds", "rss", "atom", "feed.xml", "rss.xml", "atom.xml", "index.rdf", "index.xml",
        "feed.json", "rss2.xml", "feed.rss",
    ]

    mutating func readLinks() {
        for link in page.elements(.link) {
            let relations = words("rel", of: link)
            let type =
                page.attribute("type", of: link)?.split(separator: ";").first
                .map { String($0).feedTrimmed.lowercased() } ?? ""
            if relations.contains("sitemap") {
                add(link, as: .sitemap)
            } else if relations.contains("alternate") || relations.contains("feed") {
                let isFeed = Self.feedTypes.contains(type) || relations.contains("feed")
                if isFeed { add(link, as: .feed) }
                if Self.doubtfulTypes.contains(type) { add(link, as: .likelyFeed) }
            }
        }
    }

    mutating func readAnchors() {
        for anchor in page.elements(.a) where offers.count < Feed.offersMax {
            guard let href = page.attribute("href", of: anchor), isCalledFeed(href) else {
                continue
            }
            add(anchor, as: .likelyFeed)
        }
    }

    private func isCalledFeed(_ href: String) -> Bool {
        let path = href.prefix { $0 != "?" && $0 != "#" }.lowercased()
        let segments = path.split(separator: "/")
        return segments.last.map { Self.names.contains(String($0)) || $0.hasSuffix(".rss") }
            ?? false
    }

    private func words(_ name: String, of node: NodeID) -> Set<String> {
        let value = page.attribute(name, of: node) ?? ""
        return Set(value.lowercased().split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private mutating func add(_ node: NodeID, as kind: FeedOffer.Kind) {
        guard offers.count < Feed.offersMax, let href = page.attribute("href", of: node),
            let url = WebURL(href, base: base)?.withoutFragment, url.isHTTP,
            // Readers of comments have feeds of their own at each article.
            !url.pathname.lowercased().contains("comments"), known.insert(url.href).inserted
        else { return }
        let title = page.attribute("title", of: node)?.feedTrimmed
        offers.append(FeedOffer(url: url, kind: kind, title: title?.isEmpty == true ? nil : title))
    }
}
