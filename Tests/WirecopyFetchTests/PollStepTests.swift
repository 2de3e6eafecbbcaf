import Curl
import Testing
import WirecopyMessages

@testable import WirecopyFetch

/// A source, the stage that polls it, and the poll that is next.
private struct Watch {
    let site: Site
    let stage: FetchStage
    var next: FetchRequest
    var outputs: [StageOutput] = []

    static let url = "https://news.example/feed.xml"

    init(_ answer: HTTPResponse?, url: String = Self.url) {
        site = Site([:])
        site.answer("https://news.example/robots.txt", HTTPResponse(status: 404))
        site.answer(url, answer)
        var configuration = FetchConfiguration(userAgent: "wirecopy-tests/1")
        configuration.hostPause = .zero
        let site = site
        stage = FetchStage(
            transport: site,
            configuration: configuration,
            mint: MessageMint(now: { site.now }, random: { 1 << 63 })
        )
        next = FetchRequest(url: url, origin: "url", poll: SourcePoll())
    }

    /// Polls once; what the stage gives is in `outputs`, and its next poll in `next`.
    mutating func poll() async throws {
        let envelope = Envelope(
            entering: .fetchRequest,
            id: testMint().makeID(at: testNow),
            subject: next.url,
            lane: "news.example",
            source: "/test",
            madeAt: testNow
        )
        let input = StageInput(envelope: envelope, payload: next, attachments: [], attempt: 1)
        outputs = try await stage.process(input)
        if let again = outputs.last?.payload as? FetchRequest, again.poll != nil { next = again }
    }

    var outcome: Outcome? { outputs.first?.payload as? Outcome }
    /// Requests for pages, in their order.
    var found: [FetchRequest] {
        outputs.compactMap { $0.payload as? FetchRequest }.filter { $0.poll == nil }
    }
    var polls: [StageOutput] {
        outputs.filter { ($0.payload as? FetchRequest)?.poll != nil }
    }
    /// How long the next poll waits.
    var pause: Duration? {
        outputs.last?.entrance?.notBefore.map { $0 - site.now }
    }
    var health: SourceHealth? { next.poll?.health }
}

private func feed(_ numbers: [Int], head: String = "", headers: [HTTPHeader] = []) -> HTTPResponse {
    let items = numbers.map { number in
        """
        <item><title>Report \(number)</title><link>https://news.example/\(number)</link>
        <author>ana@news.example (Ana Ruiz)</author>
        <pubDate>Thu, 05 Mar 2026 11:\(10 + number % 50):00 GMT</pubDate></item>
        """
    }
    let text =
        "<rss version='2.0'><channel><title>Harbour Post</title>\(head)\(items.joined())"
        + "</channel></rss>"
    return HTTPResponse(status: 200, headers: headers, body: Array(text.utf8))
}

private func sitemap(_ entries: [(path: String, modified: String)], index: Bool = false)
    -> HTTPResponse
{
    let (root, element) = index ? ("sitemapindex", "sitemap") : ("urlset", "url")
    let text = entries.map { path, modified in
        "<\(element)><loc>https://news.example/\(path)</loc><lastmod>\(modified)</lastmod>"
            + "</\(element)>"
    }
    return HTTPResponse(status: 200, body: Array("<\(root)>\(text.joined())</\(root)>".utf8))
}

struct PollStepTests {
    @Test func `a feed's pages enter once, the oldest first, with what the feed says of them`()
        async throws
    {
        var watch = Watch(feed([3, 2, 1]))
        try await watch.poll()
        #expect(watch.outcome?.outcome == .polled)
        #expect(watch.found.map(\.url) == [1, 2, 3].map { "https://news.example/\($0)" })
        let first = try #require(watch.found.first)
        #expect(first.origin == Watch.url)
        #expect(first.hints?.title == "Report 1")
        #expect(first.hints?.authors == ["Ana Ruiz"])
        #expect(first.hints?.published == "Thu, 05 Mar 2026 11:11:00 GMT")
        #expect(watch.next.poll?.kind == .feed)
        #expect(watch.next.poll?.title == "Harbour Post")
        watch.site.answer(Watch.url, feed([5, 4, 3, 2]))
        try await watch.poll()
        #expect(watch.found.map(\.url) == [4, 5].map { "https://news.example/\($0)" })
        try await watch.poll()
        #expect(watch.found.isEmpty)
        #expect(watch.health?.days.last?.polls == 3)
        // What stood there at first says nothing of how often something appears.
        #expect(watch.health?.days.last?.found == 2)
    }

    @Test func `the next poll waits under the source's key until it is due`() async throws {
        var watch = Watch(feed([1]))
        try await watch.poll()
        let entrance = try #require(watch.outputs.last?.entrance)
        #expect(entrance.key == "poll:\(Watch.url)")
        #expect(entrance.subject == Watch.url)
        #expect(entrance.lane == "news.example")
        let pause = try #require(watch.pause)
        #expect((.seconds(300)...Duration.seconds(7200)).contains(pause))
        let enters = watch.outputs.dropFirst().allSatisfy { $0.entrance != nil }
        #expect(enters)
        #expect(watch.outputs[0].entrance == nil)
    }

    @Test func `a poll asks only for what changed`() async throws {
        let state = [HTTPHeader("ETag", "\"v1\""), HTTPHeader("Last-Modified", "yesterday")]
        var watch = Watch(feed([1], headers: state))
        try await watch.poll()
        watch.site.answer(Watch.url, HTTPResponse(status: 304))
        try await watch.poll()
        let headers = try #require(watch.site.requests.last?.headers)
        #expect(headers.contains(HTTPHeader("If-None-Match", "\"v1\"")))
        #expect(headers.contains(HTTPHeader("If-Modified-Since", "yesterday")))
        #expect(watch.outcome?.message == "\(Watch.url) has not changed.")
        #expect(watch.health?.days.last?.unchanged == 1)
        // What was seen stays seen.
        watch.site.answer(Watch.url, feed([2, 1]))
        try await watch.poll()
        #expect(watch.found.map(\.url) == ["https://news.example/2"])
    }

    @Test func `the same page under another form of its address is not new`() async throws {
        var watch = Watch(feed([1]))
        try await watch.poll()
        let again =
            "<rss><channel><item><link>https://www.news.example/1/?utm_source=rss#top"
            + "</link></item></channel></rss>"
        watch.site.answer(Watch.url, HTTPResponse(status: 200, body: Array(again.utf8)))
        try await watch.poll()
        #expect(watch.found.isEmpty)
    }

    @Test func `a source that does not answer is asked later and later, and comes back`()
        async throws
    {
        var watch = Watch(feed([1]))
        try await watch.poll()
        watch.site.answer(Watch.url, nil)
        var pauses: [Duration] = []
        for _ in 0..<4 {
            try await watch.poll()
            #expect(watch.outcome?.outcome == .polled)
            pauses.append(try #require(watch.pause))
        }
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 < $1 })
        #expect(watch.health?.failureCount == 4)
        #expect(watch.health?.lastFailure == "Nobody answers at \(Watch.url).")
        watch.site.answer(Watch.url, feed([2, 1]))
        try await watch.poll()
        #expect(watch.found.map(\.url) == ["https://news.example/2"])
        #expect(watch.health?.failureCount == 0)
    }

    @Test func `a server's wish for patience is kept to`() async throws {
        let wish = HTTPHeader("Retry-After", "3000")
        var watch = Watch(HTTPResponse(status: 429, headers: [wish]))
        try await watch.poll()
        #expect(watch.health?.lastStatus == 429)
        #expect(try #require(watch.pause) >= .seconds(3000))
        watch.site.answer(Watch.url, feed([1], head: "<ttl>120</ttl>"))
        try await watch.poll()
        #expect(try #require(watch.pause) >= .seconds(7200))
        watch.site.answer(
            Watch.url,
            feed([1], headers: [HTTPHeader("Cache-Control", "max-age=9000")])
        )
        try await watch.poll()
        #expect(try #require(watch.pause) >= .seconds(9000))
    }

    @Test func `a source that robots.txt forbids is not asked, and its host keeps its pause`()
        async throws
    {
        var watch = Watch(feed([1]))
        let rules = Array("User-agent: *\nCrawl-delay: 5\nDisallow: /feed".utf8)
        watch.site.answer("https://news.example/robots.txt", HTTPResponse(status: 200, body: rules))
        try await watch.poll()
        #expect(!watch.site.asked.contains(Watch.url))
        #expect(watch.health?.lastFailure?.contains("line 3") == true)
        // Without one the queue would take the host for one that wants none.
        #expect(watch.outputs.first?.lanePause == .milliseconds(1))
    }

    @Test func `a page is no source, and the sentence says what to do`() async throws {
        var watch = Watch(HTTPResponse(status: 200, body: Array("<html><p>News</p>".utf8)))
        try await watch.poll()
        #expect(watch.found.isEmpty)
        #expect(watch.health?.lastFailure?.contains("wirecopy watch") == true)
        #expect(watch.polls.count == 1)
    }

    @Test func `a source that moved for good is asked at its new address`() async throws {
        let new = "https://news.example/new.xml"
        var watch = Watch(HTTPResponse(status: 301, redirectURL: new))
        watch.site.answer(new, feed([1]))
        try await watch.poll()
        #expect(watch.next.url == new)
        #expect(watch.health?.movedFrom == Watch.url)
        #expect(watch.outputs.last?.entrance?.key == "poll:\(new)")
        #expect(watch.found.map(\.origin) == [new])
    }

    @Test func `a source that moved for a while is asked at its old address`() async throws {
        let other = "https://news.example/other.xml"
        var watch = Watch(HTTPResponse(status: 302, redirectURL: other))
        watch.site.answer(other, feed([1]))
        try await watch.poll()
        #expect(watch.found.count == 1)
        #expect(watch.next.url == Watch.url)
        #expect(watch.health?.movedFrom == nil)
    }

    @Test func `a source that moved to another host waits for that host's turn`() async throws {
        let new = "https://feeds.example/news.xml"
        var watch = Watch(HTTPResponse(status: 308, redirectURL: new))
        watch.site.answer("https://feeds.example/robots.txt", HTTPResponse(status: 404))
        watch.site.answer(new, feed([1]))
        try await watch.poll()
        #expect(watch.outputs.count == 1)
        #expect(watch.outputs[0].lane == "feeds.example")
        try await watch.poll()
        #expect(watch.found.count == 1)
        #expect(watch.next.url == new)
        #expect(watch.next.via.isEmpty)
        #expect(watch.health?.movedFrom == Watch.url)
    }

    @Test func `a source that is gone is asked once a month`() async throws {
        var watch = Watch(HTTPResponse(status: 410))
        try await watch.poll()
        #expect(watch.pause == .seconds(30 * 86_400))
        #expect(watch.outcome?.message == "\(Watch.url) is gone for good.")
    }

    @Test func `a poll that is the only one leaves nothing behind`() async throws {
        var watch = Watch(feed([2, 1]))
        watch.next.poll?.isOnce = true
        try await watch.poll()
        #expect(watch.found.count == 2)
        #expect(watch.polls.isEmpty)
    }

    @Test func `a page that turns out to be a feed gives what it names, once`() async throws {
        let type = HTTPHeader("Content-Type", "application/rss+xml; charset=utf-8")
        var watch = Watch(feed([2, 1], headers: [type]))
        watch.next.poll = nil
        try await watch.poll()
        #expect(watch.outcome?.outcome == .polled)
        #expect(watch.found.map(\.url) == [1, 2].map { "https://news.example/\($0)" })
        #expect(watch.polls.isEmpty)
        watch.site.answer(Watch.url, feed(Array(1...1200), headers: [type]))
        try await watch.poll()
        #expect(watch.found.count == 1000)
        #expect(watch.outputs.last?.entrance?.key == nil)
        try await watch.poll()
        #expect(watch.found.count == 200)
        #expect(watch.polls.isEmpty)
        let picture = HTTPHeader("Content-Type", "image/png")
        watch.site.answer(Watch.url, HTTPResponse(status: 200, headers: [picture], body: [1, 2]))
        watch.next.poll = nil
        try await watch.poll()
        #expect(watch.outcome?.reason == .contentTypeUnsupported)
    }

    @Test func `more pages than fit come with the polls that follow at once`() async throws {
        let headers = [HTTPHeader("ETag", "\"v1\""), HTTPHeader("Cache-Control", "max-age=86400")]
        var watch = Watch(feed(Array(1...2500), headers: headers))
        var found: [String] = []
        for count in [1000, 1000, 500] {
            try await watch.poll()
            #expect(watch.found.count == count)
            #expect(watch.outputs.count <= MessageLimits.outputsPerMessage)
            found += watch.found.map(\.url)
            if count == 1000 {
                #expect(watch.next.poll?.entityTag == nil)
                #expect(watch.outputs.last?.entrance?.notBefore == nil)
            }
        }
        #expect(Set(found).count == 2500)
        #expect(watch.next.poll?.entityTag == "\"v1\"")
        try await watch.poll()
        #expect(watch.found.isEmpty)
    }
}

struct SitemapPollTests {
    @Test func `of a sitemap's archive only what is fresh enters, later all that is new`()
        async throws
    {
        let old = ("old", "2026-01-01"), fresh = ("fresh", "2026-03-05T08:00:00Z")
        var watch = Watch(sitemap([old, fresh]))
        try await watch.poll()
        #expect(watch.found.map(\.url) == ["https://news.example/fresh"])
        #expect(watch.next.poll?.kind == .sitemap)
        watch.site.answer(Watch.url, sitemap([old, fresh, ("late", "2026-02-01"), ("bare", "")]))
        try await watch.poll()
        #expect(
            watch.found.map(\.url) == ["https://news.example/bare", "https://news.example/late"]
        )
    }

    @Test func `the sitemaps of an index that changed last become sources`() async throws {
        let children = (1...30).map {
            ("map-\($0).xml", "2026-02-\($0 < 10 ? "0" : "")\($0 % 28 + 1)")
        }
        var watch = Watch(sitemap(children, index: true))
        watch.next.poll?.pace = SourcePace(shortest: .seconds(900), longest: .seconds(7200))
        try await watch.poll()
        #expect(watch.found.isEmpty)
        #expect(watch.next.poll?.kind == .sitemapIndex)
        let sources = watch.polls.dropLast().compactMap { $0.payload as? FetchRequest }
        #expect(sources.count == 20)
        #expect(sources.first?.url == "https://news.example/map-27.xml")
        #expect(sources.first?.poll?.pace.shortest == .seconds(900))
        #expect(watch.polls.first?.entrance?.key == "poll:https://news.example/map-27.xml")
        watch.site.answer(
            Watch.url,
            sitemap(children + [("map-31.xml", "2026-03-05")], index: true)
        )
        try await watch.poll()
        let later = watch.polls.dropLast().compactMap { ($0.payload as? FetchRequest)?.url }
        #expect(later == ["https://news.example/map-31.xml"])
    }
}
