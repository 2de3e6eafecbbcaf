import Curl
import Gzip
import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyFetch

/// What of a visit goes into the archive besides its page.
struct VisitArchiveTests {
    private static let site = "https://news.example"
    private static let url = "https://news.example/ferry"

    private func robots(_ text: String = "User-agent: *\nDisallow: /drafts/\n") -> HTTPResponse {
        HTTPResponse(status: 200, body: Array(text.utf8))
    }

    private func page(_ text: String = "<p>Text.</p>", _ status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    private func stage(_ site: Site) -> FetchStage {
        var configuration = FetchConfiguration(userAgent: "wirecopy-tests/1")
        configuration.hostPause = .zero
        return FetchStage(
            transport: site,
            configuration: configuration,
            mint: MessageMint(now: { site.now }, random: { 1 << 63 })
        )
    }

    private func outputs(
        _ stage: FetchStage,
        _ request: FetchRequest,
        _ attachments: [[UInt8]] = []
    ) async throws -> [StageOutput] {
        let envelope = Envelope(
            entering: .fetchRequest,
            id: testMint().makeID(at: testNow),
            subject: request.url,
            lane: "news.example",
            source: "/test",
            madeAt: testNow
        )
        return try await stage.process(
            StageInput(envelope: envelope, payload: request, attachments: attachments, attempt: 1)
        )
    }

    /// Type and address of each record of an attachment.
    private func records(_ attachment: [UInt8]?) throws -> [String] {
        var pieces = [attachment ?? []][...]
        var reader = WARCReader { (_: Int) throws(WebArchiveFailure) in pieces.popFirst() ?? [] }
        var found: [String] = []
        while let entry = try reader.next() {
            let record = try entry.content.get()
            found.append("\(record.type) \(record.targetURI?.dropFirst(Self.site.count) ?? "")")
        }
        return found
    }

    @Test func `rules and redirects lie beside the page, once`() async throws {
        let site = Site([
            Self.site + "/robots.txt": robots(), Self.url: page(),
            Self.site + "/old": HTTPResponse(status: 301, redirectURL: Self.url),
        ])
        let stage = stage(site)
        let request = FetchRequest(url: Self.site + "/old", origin: "url")
        let first = try #require(try await outputs(stage, request).first)
        #expect(first.attachments.count == 2)
        #expect(try records(first.attachments.first) == ["response /ferry"])
        #expect(
            try records(first.attachments.last) == [
                "request /ferry", "metadata /ferry", "response /robots.txt", "request /robots.txt",
                "response /old", "request /old",
            ]
        )
        let second = try #require(
            try await outputs(stage, FetchRequest(url: Self.url, origin: "url")).first
        )
        #expect(try records(second.attachments.last) == ["request /ferry", "metadata /ferry"])
        site.pass(.seconds(86_401))
        let third = try #require(
            try await outputs(stage, FetchRequest(url: Self.url, origin: "url")).first
        )
        #expect(try records(third.attachments.last).contains("revisit /robots.txt"))
    }

    @Test func `rules that were read on a visit that failed come with the next`() async throws {
        let site = Site([
            Self.site + "/robots.txt": robots(), Self.url: page("", 503),
        ])
        let stage = stage(site)
        let request = FetchRequest(url: Self.url, origin: "url")
        await #expect(throws: StageFailure.self) { try await outputs(stage, request) }
        site.answer(Self.url, page())
        let output = try #require(try await outputs(stage, request).first)
        #expect(try records(output.attachments.last).contains("response /robots.txt"))
    }

    @Test func `what led to another host goes along to it`() async throws {
        let other = "https://www.example/ferry"
        let site = Site([
            Self.site + "/robots.txt": robots(),
            Self.url: HTTPResponse(status: 302, redirectURL: other),
            "https://www.example/robots.txt": page("", 404), other: page(),
        ])
        let stage = stage(site)
        let away = try #require(
            try await outputs(stage, FetchRequest(url: Self.url, origin: "url")).first
        )
        let request = try #require(away.payload as? FetchRequest)
        #expect(try records(away.attachments.first).contains("response /ferry"))
        let output = try #require(try await outputs(stage, request, away.attachments).first)
        let kept = try records(output.attachments.last)
        #expect(kept.contains("response /ferry") && kept.contains("response /robots.txt"))
        #expect(kept.count { $0.hasPrefix("response") } == 3)
    }

    @Test func `what forbids a page is kept with its end`() async throws {
        let site = Site([Self.site + "/robots.txt": robots("User-agent: *\nDisallow: /\n")])
        let output = try #require(
            try await outputs(stage(site), FetchRequest(url: Self.url, origin: "url")).first
        )
        #expect(output.payload is Outcome)
        let kept = try records(output.attachments.first)
        #expect(kept == ["response /robots.txt", "request /robots.txt"])
    }

    @Test func `each poll is a record: new content, the same again, and not modified`()
        async throws
    {
        let feed = Self.site + "/feed.xml"
        func document(_ title: String) -> HTTPResponse {
            let link = "<item><link>https://news.example/1</link></item>"
            return page("<rss><channel><title>\(title)</title>\(link)</channel></rss>")
        }
        let site = Site([Self.site + "/robots.txt": robots(), feed: document("One")])
        let stage = stage(site)
        var request = FetchRequest(url: feed, origin: "url", poll: SourcePoll())
        var kept: [[String]] = []
        for answer in [document("One"), document("One"), page("", 304), document("Two")] {
            site.answer(feed, answer)
            let outputs = try await outputs(stage, request)
            #expect((outputs.first?.payload as? Outcome)?.outcome == .polled)
            kept.append(try records(outputs.first?.attachments.first))
            let next = try #require(outputs.last?.payload as? FetchRequest)
            #expect(outputs.last?.attachments.isEmpty == true)
            request = try FetchRequest(json: next.json)
        }
        #expect(kept[0].prefix(2) == ["response /feed.xml", "request /feed.xml"])
        #expect(kept[0].contains("response /robots.txt"))
        #expect(
            kept[1...].map(\.first) == [
                "revisit /feed.xml", "revisit /feed.xml", "response /feed.xml",
            ]
        )
    }
}

struct UsageFileTests {
    private static let site = "https://news.example"
    private static let url = "https://news.example/ferry"

    private func text(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, body: Array(text.utf8))
    }

    private func usage(_ site: Site, _ stage: FetchStage) async throws -> [String] {
        let envelope = Envelope(
            entering: .fetchRequest,
            id: testMint().makeID(at: testNow),
            subject: Self.url,
            lane: "news.example",
            source: "/test",
            madeAt: testNow
        )
        let input = StageInput(
            envelope: envelope,
            payload: FetchRequest(url: Self.url, origin: "url"),
            attachments: [],
            attempt: 1
        )
        let page = try await stage.process(input).first?.payload as? FetchedPage
        return try #require(page).usage.map { "\($0.signal) \($0.place)" }
    }

    private func stage(_ site: Site) -> FetchStage {
        FetchStage(
            transport: site,
            configuration: FetchConfiguration(userAgent: "wirecopy-tests/1"),
            mint: MessageMint(now: { site.now }, random: { 7 })
        )
    }

    @Test func `a site's files about use are asked for once a day, and kept with its pages`()
        async throws
    {
        let mining = "/.well-known/tdmrep.json"
        let site = Site([
            Self.site + "/robots.txt": text("User-agent: *\n"), Self.url: text("<p>Text.</p>"),
            Self.site + "/ai.txt": text("User-agent: *\nDisallow: /\n"),
            Self.site + mining: text(#"[{"location": "/f*", "tdm-reservation": 1}]"#),
        ])
        let stage = stage(site)
        for _ in 0..<2 {
            let usage = try await usage(site, stage)
            #expect(usage.sorted() == ["mining_reserved mining_file", "no_ai ai_file"])
        }
        for path in ["/ai.txt", mining] {
            #expect(site.asked.count { $0 == Self.site + path } == 1)
        }
        site.pass(.seconds(86_401))
        _ = try await usage(site, stage)
        #expect(site.asked.count { $0 == Self.site + "/ai.txt" } == 2)
    }

    @Test func `a site without such files says nothing, and rules may forbid to ask`()
        async throws
    {
        let site = Site([
            Self.site + "/robots.txt": text("User-agent: *\nDisallow: /ai.txt\n"),
            Self.url: text("<p>Text.</p>"),
        ])
        #expect(try await usage(site, stage(site)).isEmpty)
        #expect(!site.asked.contains(Self.site + "/ai.txt"))
        #expect(site.asked.contains(Self.site + "/.well-known/tdmrep.json"))
    }

    @Test func `a source is not asked what may be done with its pages`() async throws {
        let feed = Self.site + "/feed.xml"
        let site = Site([
            Self.site + "/robots.txt": text("User-agent: *\n"),
            feed: text("<rss><channel></channel></rss>"),
        ])
        let envelope = Envelope(
            entering: .fetchRequest,
            id: testMint().makeID(at: testNow),
            subject: feed,
            lane: "news.example",
            source: "/test",
            madeAt: testNow
        )
        let request = FetchRequest(url: feed, origin: "url", poll: SourcePoll())
        let input = StageInput(envelope: envelope, payload: request, attachments: [], attempt: 1)
        _ = try await stage(site).process(input)
        #expect(site.asked == [Self.site + "/robots.txt", feed])
    }
}
