import Curl
import Testing
import WirecopyMessages

@testable import WirecopyFetch

private func robots(_ text: String, _ headers: [HTTPHeader] = []) -> HTTPResponse {
    HTTPResponse(status: 200, headers: headers, body: Array(text.utf8))
}

private func page(_ elapsed: Duration = .zero) -> HTTPResponse {
    HTTPResponse(status: 200, body: Array("<p>Text.</p>".utf8), elapsed: elapsed)
}

private func redirect(_ target: String, status: Int = 301) -> HTTPResponse {
    HTTPResponse(status: status, redirectURL: target)
}

struct PolitenessTests {
    private static let robotsURL = "https://news.example/robots.txt"
    private static let url = "https://news.example/ferry"

    private func stage(_ site: Site, pause: Duration = .zero) -> FetchStage {
        var configuration = FetchConfiguration(userAgent: "Wirecopy/1 (+mailto:a@b.example)")
        configuration.hostPause = pause
        let mint = MessageMint(now: { site.now }, random: { 7 })
        return FetchStage(transport: site, configuration: configuration, mint: mint)
    }

    private func output(
        _ stage: FetchStage,
        _ request: FetchRequest = FetchRequest(url: url, origin: "url")
    ) async throws(StageFailure) -> StageOutput? {
        let envelope = Envelope(
            entering: .fetchRequest,
            id: testMint().makeID(at: testNow),
            subject: request.url,
            lane: "news.example",
            source: "/test",
            madeAt: testNow
        )
        let input = StageInput(envelope: envelope, payload: request, attachments: [], attempt: 1)
        return try await stage.process(input).first
    }

    @Test func `a forbidden page does not tell that its host wants no pause`() async throws {
        let site = Site([
            Self.robotsURL: robots("User-agent: *\nDisallow: /ferry")
        ])
        let paused = stage(site, pause: .seconds(2))
        #expect(try await output(paused)?.lanePause == .milliseconds(1))
        let free = stage(site)
        #expect(try await output(free)?.lanePause == nil)
    }

    @Test func `what robots.txt forbids is rejected, with the line that says so`() async throws {
        let site = Site([
            Self.robotsURL: robots("User-agent: wirecopy\nDisallow: /fer\n"), Self.url: page(),
        ])
        let outcome = try #require(try await output(stage(site))?.payload as? Outcome)
        #expect(outcome.outcome == .rejected)
        #expect(outcome.reason == .robotsForbidden)
        #expect(
            outcome.message == "\(Self.url) may not be fetched: line 2 of "
                + "https://news.example/robots.txt forbids it to Wirecopy."
        )
        #expect(site.asked == [Self.robotsURL])
    }

    @Test func `a site is asked for its rules once a day, or as it says`() async throws {
        let life = HTTPHeader("Cache-Control", "public, max-age=600")
        let site = Site([Self.robotsURL: robots("User-agent: *\n", [life]), Self.url: page()])
        let stage = stage(site)
        for _ in 0..<3 { _ = try await output(stage) }
        #expect(site.asked.count { $0 == Self.robotsURL } == 1)
        site.pass(.seconds(601))
        _ = try await output(stage)
        #expect(site.asked.count { $0 == Self.robotsURL } == 2)
    }

    @Test func `many pages at once ask for the rules once`() async throws {
        let site = Site([Self.robotsURL: robots("User-agent: *\n"), Self.url: page()])
        let stage = stage(site)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await output(stage) } }
            try await group.waitForAll()
        }
        #expect(site.asked.count { $0 == Self.robotsURL } == 1)
        #expect(site.asked.count { $0 == Self.url } == 50)
    }

    @Test func `a site without rules is open, and one that cannot be asked is closed for a while`()
        async throws
    {
        for status in [403, 404, 410] {
            let site = Site([Self.robotsURL: HTTPResponse(status: status), Self.url: page()])
            #expect(try await output(stage(site))?.payload is FetchedPage)
        }
        for answer in [HTTPResponse(status: 503), HTTPResponse(status: 429), nil] {
            let site = Site([Self.robotsURL: answer, Self.url: page()].compactMapValues { $0 })
            let stage = stage(site)
            let failure = await #expect(throws: StageFailure.self) { try await output(stage) }
            #expect(failure?.code == .robotsUnreachable)
            // All pages of the host wait, not this one alone.
            #expect(failure?.lanePause == .seconds(60))
            #expect(failure?.disposition == .retry(after: .seconds(60)))
            #expect(site.asked == [Self.robotsURL])
        }
    }

    @Test func `rules lie behind redirects too`() async throws {
        let site = Site([
            Self.robotsURL: redirect("https://www.news.example/robots.txt"),
            "https://www.news.example/robots.txt": robots("User-agent: *\nDisallow: /"),
            Self.url: page(),
        ])
        #expect(try await output(stage(site))?.payload is Outcome)
    }

    @Test func `rules behind an address that is refused close the site, not its pages`()
        async throws
    {
        let site = RefusingSite(
            Site([Self.robotsURL: redirect("http://10.0.0.1/robots.txt"), Self.url: page()])
        )
        let mint = MessageMint(now: { testNow }, random: { 7 })
        let configuration = FetchConfiguration(userAgent: "Wirecopy/1")
        let stage = FetchStage(transport: site, configuration: configuration, mint: mint)
        let failure = await #expect(throws: StageFailure.self) { try await output(stage) }
        #expect(failure?.code == .robotsUnreachable)
        #expect(failure?.disposition == .retry(after: .seconds(60)))
    }

    /// A site that leads to a private address.
    private struct RefusingSite: HTTPTransport {
        let site: Site

        init(_ site: Site) { self.site = site }

        func fetch(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
            guard !request.url.contains("//10.0.0.1/") else {
                throw TransportFailure(.addressRefused, "\(request.url) is private.")
            }
            return try await site.fetch(request)
        }
    }

    @Test func `the longest pause counts: the site's, the operator's, or that of a slow server`()
        async throws
    {
        let delay = "User-agent: *\nCrawl-delay: 7\n"
        let cases: [(robots: String, usual: Duration, elapsed: Duration, pause: Duration?)] = [
            (delay, .seconds(1), .zero, .seconds(7)), ("", .seconds(1), .zero, .seconds(1)),
            ("", .zero, .seconds(4), .seconds(4)), ("", .zero, .seconds(44), .seconds(30)),
            ("", .zero, .milliseconds(900), nil),
        ]
        for (text, usual, elapsed, pause) in cases {
            let site = Site([Self.robotsURL: robots(text), Self.url: page(elapsed)])
            let given = try await output(stage(site, pause: usual))?.lanePause
            #expect(given == pause, "\(text) \(usual) \(elapsed)")
        }
    }

    @Test func `a host is left alone after a failure, too`() async throws {
        let site = Site([
            Self.robotsURL: robots("User-agent: *\nCrawl-delay: 9"),
            Self.url: HTTPResponse(status: 500),
        ])
        let stage = stage(site, pause: .seconds(1))
        let failure = await #expect(throws: StageFailure.self) { try await output(stage) }
        #expect(failure?.code == .httpServerError)
        #expect(failure?.lanePause == .seconds(9))
    }

    @Test func `a host that kept us waiting in vain is left alone for as long`() async throws {
        for (waited, pause) in [(20, 20), (44, 30), (0, 1)] {
            let site = Site([Self.robotsURL: robots("")])
            let hanging = HangingSite(site: site, wait: .seconds(waited))
            var configuration = FetchConfiguration(userAgent: "Wirecopy/1")
            configuration.hostPause = .seconds(1)
            let mint = MessageMint(now: { site.now }, random: { 7 })
            let stage = FetchStage(transport: hanging, configuration: configuration, mint: mint)
            let failure = await #expect(throws: StageFailure.self) { try await output(stage) }
            #expect(failure?.code == .responseTimedOut)
            #expect(failure?.lanePause == .seconds(pause))
        }
    }

    /// A site that takes the request for a page and says nothing.
    private struct HangingSite: HTTPTransport {
        let site: Site
        let wait: Duration

        func fetch(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
            guard request.url.hasSuffix("/ferry") else { return try await site.fetch(request) }
            site.pass(wait)
            throw TransportFailure(.responseTimedOut, "Nothing came.")
        }
    }

    @Test func `this machine needs no pause`() {
        for host in ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"] {
            #expect(HostPause.isOwnMachine(host))
        }
        for host in ["news.example", "10.0.0.1", "localhost.example"] {
            #expect(!HostPause.isOwnMachine(host))
        }
    }

    @Test func `a redirect to another host waits for that host's turn`() async throws {
        let other = "https://www.news.example/ferry"
        let site = Site([Self.url: redirect(other), Self.robotsURL: robots(""), other: page()])
        let output = try #require(try await output(stage(site)))
        let request = try #require(output.payload as? FetchRequest)
        #expect(output.lane == "www.news.example")
        #expect(output.entrance == nil)
        #expect(request.url == other)
        #expect(request.via == [Self.url])
        #expect(!site.asked.contains(other))
    }

    @Test func `a page that came over several hosts is that which was asked for`() async throws {
        let site = Site([Self.url: page(), Self.robotsURL: robots("")])
        var request = FetchRequest(url: Self.url, origin: "url")
        request.via = ["https://short.example/x"]
        let page = try await output(stage(site), request)?.payload as? FetchedPage
        #expect(page?.url == "https://short.example/x")
        #expect(page?.finalURL == Self.url)
    }

    @Test func `circles over hosts end`() async throws {
        let site = Site([Self.url: redirect("https://short.example/x"), Self.robotsURL: robots("")])
        var request = FetchRequest(url: Self.url, origin: "url")
        request.via = ["https://short.example/x"]
        let stage = stage(site)
        let failure = await #expect(throws: StageFailure.self) { try await output(stage, request) }
        #expect(failure?.code == .tooManyRedirects)
        request.via = (1...10).map { "https://host-\($0).example/" }
        let long = await #expect(throws: StageFailure.self) { try await output(stage, request) }
        #expect(long?.code == .tooManyRedirects)
    }
}

struct CacheLifeTests {
    @Test(arguments: [
        ("max-age=60", 60), ("public, MAX-AGE = \"5\"", 5), ("max-age=60, no-store", 0),
        ("no-cache", 0), ("max-age=-4", 0), ("max-age=99999999999", 365 * 86_400),
    ])
    func `the life of an answer is read`(_ value: String, _ seconds: Int) {
        #expect(CacheLife.maxAge(value) == .seconds(seconds))
    }

    @Test func `where nothing is said there is no life`() {
        for value in ["", "public", "max-age", "max-age=soon", "s-maxage=9"] {
            #expect(CacheLife.maxAge(value) == nil)
        }
    }
}
