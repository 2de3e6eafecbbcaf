import Curl
import Testing
import WirecopyMessages

@testable import WirecopyFetch

struct SourceFinderTests {
    private static let front = "https://news.example/"
    private static let robotsURL = "https://news.example/robots.txt"

    private func finder(_ answers: [String: HTTPResponse]) -> SourceFinder {
        var answers = answers
        answers[Self.robotsURL] = answers[Self.robotsURL] ?? HTTPResponse(status: 404)
        let site = Site(answers)
        let configuration = FetchConfiguration(userAgent: "wirecopy-tests/1")
        return SourceFinder(transport: site, configuration: configuration, now: { site.now })
    }

    private func page(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    private func feed(_ title: String, _ count: Int = 2) -> HTTPResponse {
        let items = (0..<count).map { "<item><link>https://news.example/\($0)</link></item>" }
        return page("<rss><channel><title>\(title)</title>\(items.joined())</channel></rss>")
    }

    @Test func `a feed is its own source`() async throws {
        let url = "https://news.example/feed"
        let found = try await finder([url: feed("Harbour Post")]).sources(at: url)
        let expected = FoundSource(url: url, kind: .feed, title: "Harbour Post", namedCount: 2)
        #expect(found == [expected])
        #expect(try await finder([url: feed("")]).sources(at: "news.example/feed").count == 1)
    }

    @Test func `a page gives the feeds that it names and that are some, without comments`()
        async throws
    {
        let head = """
            <link rel=alternate type=application/rss+xml href=/broken>
            <link rel=alternate type=application/rss+xml href=/comments/feed title=Comments>
            <link rel=alternate type=application/rss+xml href=/sport.xml title=Sport>
            <link rel=alternate type=application/atom+xml href=/empty>
            """
        let found = try await finder([
            Self.front: page("<html><head>\(head)</head><p>News"),
            "https://news.example/broken": page("<html>no feed"),
            "https://news.example/comments/feed": feed("Comments"),
            "https://news.example/sport.xml": feed("Sport"),
            "https://news.example/empty": feed("Empty", 0),
        ]).sources(at: Self.front)
        #expect(found.map(\.url) == ["https://news.example/sport.xml"])
    }

    @Test func `a site without feeds gives its sitemaps, those of news first`() async throws {
        let map = page("<urlset><url><loc>https://news.example/1</loc></url></urlset>")
        let rules = "Sitemap: https://news.example/all.xml\nSitemap: /news-map.xml\n"
        let found = try await finder([
            Self.front: page("<html><p>News"), Self.robotsURL: page(rules),
            "https://news.example/all.xml": map, "https://news.example/news-map.xml": map,
        ]).sources(at: Self.front)
        #expect(
            found.map(\.url)
                == ["https://news.example/news-map.xml", "https://news.example/all.xml"]
        )
        #expect(found.first?.kind == .sitemap)
        let usual = try await finder([
            Self.front: page("<html>"), "https://news.example/sitemap.xml": map,
        ]).sources(at: Self.front)
        #expect(usual.map(\.url) == ["https://news.example/sitemap.xml"])
    }

    @Test func `where there is none the sentence says why`() async throws {
        let cases: [([String: HTTPResponse], String, String)] = [
            ([:], "ftp://news.example/", "is no address"),
            ([Self.front: page("gone", status: 404)], Self.front, "status 404"),
            ([:], Self.front, "Nobody answers"),
            ([Self.front: page("<html>")], Self.front, "names a feed or a sitemap"),
            (
                [Self.robotsURL: page("User-agent: *\nDisallow: /"), Self.front: feed("")],
                Self.front, "forbids it"
            ),
        ]
        for (answers, url, words) in cases {
            let failure = await #expect(throws: SourceFailure.self) {
                try await finder(answers).sources(at: url)
            }
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        }
    }

    @Test func `a source that moved for good is watched at its new address`() async throws {
        let (old, new) = ("https://news.example/old", "https://feeds.example/new")
        let found = try await finder([
            old: HTTPResponse(status: 301, redirectURL: new), new: feed("Harbour Post"),
            "https://feeds.example/robots.txt": HTTPResponse(status: 404),
        ]).sources(at: old)
        #expect(found.map(\.url) == [new])
    }
}
