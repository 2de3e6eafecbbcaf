import Curl
import Feeds
import HTMLDocument
import RobotsFile
import WHATWGURL
package import WirecopyMessages

/// A source that was looked at.
package struct FoundSource: Sendable, Equatable {
    /// Its address; the new one when it has moved for good.
    package let url: String
    /// What its document is.
    package let kind: SourceKind
    /// What it calls itself.
    package let title: String?
    /// Pages or sitemaps that it names now.
    package let namedCount: Int
}

/// Looks for the sources behind an address that a person gives: a feed or a sitemap, or a page that
/// names some.
package struct SourceFinder: Sendable {
    private let visitor: SiteVisitor
    private let configuration: FetchConfiguration

    /// Offers of one page that are looked at; a page of a large site names hundreds of sections.
    private static let lookedAtMax = 12
    private static let accept =
        "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
        + "application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"

    /// Makes a finder; `now` is the time of the machine.
    package init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        now: @escaping @Sendable () -> Instant
    ) {
        visitor = SiteVisitor(transport: transport, configuration: configuration, now: now)
        self.configuration = configuration
    }

    /// The sources behind an address, the likeliest first: itself, or the feeds that the page
    /// names, or the sitemaps of its site.
    ///
    /// - Throws: `SourceFailure` with a sentence that says why there is none.
    package func sources(at text: String) async throws(SourceFailure) -> [FoundSource] {
        let spelled = text.contains("://") ? text : "https://" + text
        guard let address = WebAddress(spelled) else {
            throw SourceFailure("\(text.prefix(200)) is no address with scheme http or https.")
        }
        let answer = try await answer(of: address)
        if let source = Self.source(answer, asked: address.url) { return [source] }
        let page = HTMLDocument(parsing: answer.response.body)
        guard let base = WebURL(answer.finalURL) else { return [] }
        let offers = Feed.offers(in: page, at: base).filter { !Self.isOfComments($0) }
        let named = offers.map(\.url.href)
        let found = try await sources(among: named)
        if !found.isEmpty { return found }
        let sitemaps = try await sources(among: sitemaps(of: address, base))
        guard !sitemaps.isEmpty else {
            throw SourceFailure(
                "\(answer.finalURL) is no feed, and neither the page nor its site names a feed or "
                    + "a sitemap that can be read."
            )
        }
        return sitemaps
    }

    private func answer(of address: WebAddress) async throws(SourceFailure) -> FollowedAnswer {
        var (address, via, isMoving) = (address, [String](), true)
        while true {
            switch try await visit(address, via, isMoving).end {
            case .forbidden(let sentence, _): throw SourceFailure(sentence)
            case .elsewhere(let redirection):
                (address, via) = (redirection.target, redirection.via)
                isMoving = redirection.isPermanent
            case .answer(let answer):
                let status = answer.response.status
                guard 200..<300 ~= status else {
                    throw SourceFailure("\(answer.finalURL) answered with status \(status).")
                }
                return answer
            }
        }
    }

    private func visit(
        _ address: WebAddress,
        _ via: [String],
        _ isMoving: Bool
    ) async throws(SourceFailure) -> Visit {
        do throws(FetchFailure) {
            return try await visitor.visit(
                address,
                VisitWish(accept: Self.accept, isPage: false),
                via: via,
                isMoving: isMoving
            )
        } catch {
            throw SourceFailure(error.stageFailure.message)
        }
    }

    private static func source(_ answer: FollowedAnswer, asked: String) -> FoundSource? {
        guard let document = SourceDocument(answer.response.body, at: answer.finalURL) else {
            return nil
        }
        return FoundSource(
            url: answer.hasMoved ? answer.finalURL : asked,
            kind: document.kind,
            title: document.title,
            namedCount: max(document.pages.count, document.sitemaps.count)
        )
    }

    /// Those of the addresses that are sources indeed and name something, each once.
    private func sources(among urls: [String]) async throws(SourceFailure) -> [FoundSource] {
        var found: [FoundSource] = []
        for url in urls.prefix(Self.lookedAtMax) {
            guard let address = WebAddress(url), let answer = try? await answer(of: address),
                let source = Self.source(answer, asked: address.url), source.namedCount > 0,
                !found.contains(where: { $0.url == source.url })
            else { continue }
            found.append(source)
        }
        return found
    }

    /// Sitemaps that the site's rules name, those of news first; the usual place when they name
    /// none.
    private func sitemaps(
        of address: WebAddress,
        _ base: WebURL
    ) async throws(SourceFailure) -> [String] {
        let named = await visitor.sitemaps(of: address).compactMap { WebURL($0, base: base) }
        guard !named.isEmpty else { return [address.origin + "/sitemap.xml"] }
        let ofNews = named.filter { $0.target.contains("news") }
        return (ofNews + named.filter { !$0.target.contains("news") }).map(\.href)
    }

    private static func isOfComments(_ offer: FeedOffer) -> Bool {
        [offer.url.href, offer.title ?? ""].contains { $0.lowercased().contains("comment") }
    }
}

/// Why there is no source.
package struct SourceFailure: Error, Sendable, Equatable {
    /// A full sentence.
    package let message: String

    init(_ message: String) { self.message = message }
}
