import Feeds
import PageIdentity
import Sitemaps
import WHATWGURL
import WirecopyMessages

/// What a source's document names: pages, or other sources.
struct SourceDocument: Sendable, Equatable {
    /// A page that a source names.
    struct NamedPage: Sendable, Equatable {
        let address: WebAddress
        /// What all forms of the address share.
        let key: String
        /// When the page was published or changed last, where the source says so.
        let moment: Instant?
        let hints: PageHints?
    }

    let kind: SourceKind
    /// What the source calls itself.
    private(set) var title: String?
    /// Pages in the order of the document, each once.
    private(set) var pages: [NamedPage] = []
    /// Sitemaps that an index names, with the moment of their last change.
    private(set) var sitemaps: [NamedPage] = []
    /// The least pause between two polls that the document asks for.
    private(set) var pause = Duration.zero
    private var known: Set<String> = []

    /// The longest pause that a document is believed.
    private static let pauseMax = Duration.seconds(86_400)
    /// Characters of a headline or a name that go on with a page; longer ones are texts.
    private static let hintLengthMax = 1000
    private static let authorsMax = 20

    /// Reads a document; `nil` when it is neither a feed nor a sitemap.
    ///
    /// - Parameters:
    ///   - bytes: the document as received.
    ///   - url: its address after redirects, for relative ones.
    init?(_ bytes: [UInt8], at url: String) {
        let base = WebURL(url)
        if let feed = Feed(bytes, base: base) {
            kind = .feed
            take(feed)
        } else if let sitemap = SitemapReader(bytes, at: base) {
            kind = sitemap.kind == .index ? .sitemapIndex : .sitemap
            take(sitemap)
        } else {
            return nil
        }
    }

    private mutating func take(_ feed: Feed) {
        title = feed.head.title.map { String($0.text.prefix(Self.hintLengthMax)) }
        if let minutes = feed.head.lifeMinutes.flatMap({ Int($0) }), minutes > 0 {
            pause = min(.seconds(60 * min(minutes, 100_000)), Self.pauseMax)
        }
        for entry in feed.entries {
            guard let address = entry.address else { continue }
            let hints = Self.hints(
                title: entry.title?.text,
                authors: entry.authors.compactMap(\.name),
                published: (entry.published ?? entry.created)?.text
            )
            add(address, entry.date?.secondsSince1970, hints)
        }
    }

    private mutating func take(_ sitemap: SitemapReader) {
        var sitemap = sitemap
        while let entry = sitemap.next() {
            switch entry {
            case .page(let page):
                let hints = Self.hints(title: page.news?.title, published: page.published)
                let moment = (page.published ?? page.lastModified).flatMap(Self.seconds)
                add(page.address, moment, hints)
            case .sitemap(let location):
                guard
                    let named = Self.named(
                        location.address,
                        location.lastModified.flatMap(Self.seconds)
                    ), known.insert(named.key).inserted
                else { continue }
                sitemaps.append(named)
            }
        }
    }

    private mutating func add(_ address: String, _ seconds: Int?, _ hints: PageHints?) {
        guard let page = Self.named(address, seconds, hints), known.insert(page.key).inserted
        else { return }
        pages.append(page)
    }

    private static func named(
        _ address: String,
        _ seconds: Int?,
        _ hints: PageHints? = nil
    ) -> NamedPage? {
        guard let page = PageAddress(address), let web = WebAddress(page.url) else { return nil }
        let moment = seconds.map { Instant(milliseconds: $0 * 1000) }
        return NamedPage(address: web, key: page.key, moment: moment, hints: hints)
    }

    private static func seconds(_ text: String) -> Int? {
        FeedDate(text)?.secondsSince1970
    }

    private static func hints(
        title: String?,
        authors: [String] = [],
        published: String?
    ) -> PageHints? {
        let hints = PageHints(
            title: title.flatMap { $0.isEmpty ? nil : String($0.prefix(hintLengthMax)) },
            authors: authors.prefix(authorsMax).map { String($0.prefix(hintLengthMax)) },
            published: published.map { String($0.prefix(hintLengthMax)) }
        )
        return hints == PageHints() ? nil : hints
    }
}
