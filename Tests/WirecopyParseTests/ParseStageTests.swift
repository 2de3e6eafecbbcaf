import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyParse

@Suite struct ParseStageTests {
    private func outputs(_ body: [UInt8], type: String?) async throws -> [StageOutput] {
        let url = "https://harbourpost.example/river"
        let record = PageRecord(url: url, contentType: type, body: body)
        let identity = WARCRecord.Identity(
            uuid: "018f0000-0000-7000-8000-000000000000",
            date: Fixtures.readOn.rfc3339
        )
        return try await process(url, type, [record.attachment(as: identity)])
    }

    private func process(
        _ url: String,
        _ type: String?,
        _ attachments: [[UInt8]]
    ) async throws -> [StageOutput] {
        var page = FetchedPage(
            url: url,
            origin: "file",
            fetchedAt: Fixtures.readOn,
            bodyBytes: 0,
            bodyDigest: "sha256:0"
        )
        page.contentType = type
        var generator = SystemRandomNumberGenerator()
        let envelope = Envelope(
            entering: .fetchedPage,
            id: MessageID(milliseconds: 0, using: &generator),
            subject: url,
            lane: "file",
            source: "/test",
            madeAt: Fixtures.readOn
        )
        let input = StageInput(
            envelope: envelope,
            payload: page,
            attachments: attachments,
            attempt: 1
        )
        return try await ParseStage().process(input)
    }

    @Test func `a page becomes one article that survives the wire`() async throws {
        let outputs = try await outputs(Array(Fixtures.page.utf8), type: "text/html")
        let article = try #require(outputs.first?.payload as? ParsedArticle)
        #expect(outputs.count == 1)
        #expect(article.title?.value == "River rises")
        #expect(article.paragraphs.first?.kind == .lede)
        #expect(try ParsedArticle(json: article.json) == article)
    }

    @Test(
        arguments: [
            (" \n", "text/html", ErrorCode.bodyEmpty),
            ("\u{1}\u{2}PNG", "image/png", .contentTypeUnsupported),
            ("<p>Not found</p>", "text/html", .noMainText),
        ]
    )
    func `a page without an article is rejected with the reason`(
        body: String,
        type: String,
        reason: ErrorCode
    ) async throws {
        let outputs = try await outputs(Array(body.utf8), type: type)
        let outcome = try #require(outputs.first?.payload as? Outcome)
        #expect(outcome.outcome == .rejected)
        #expect(outcome.reason == reason)
    }

    @Test func `an attachment that holds no page is a failure to bury`() async throws {
        for attachments in [[], [[1, 2, 3]]] as [[[UInt8]]] {
            let failure = await #expect(throws: StageFailure.self) {
                _ = try await process("https://a.example/", nil, attachments)
            }
            #expect(failure?.code == .attachmentInvalid)
            #expect(failure?.disposition == .bury)
        }
    }

    @Test func `no bytes make it trap`() throws {
        let models = try ParseModels.shipped()
        var generator = SeededGenerator(state: 20_240_529)
        let pages = [Fixtures.page, Fixtures.loosePage, Fixtures.tightPage].map { Array($0.utf8) }
        for round in 0..<300 {
            var bytes = pages[round % pages.count]
            for _ in 0..<(round % 40) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
            let page = PageSource(
                url: "https://a.example/2024/05/29/",
                contentType: nil,
                body: bytes,
                fetchedAt: Fixtures.readOn
            )
            _ = HTMLPage.draft(of: page, models)
            _ = TextPage.draft(of: page, models.text)
        }
    }

    @Test func `what the page asks of its users joins what came with it`() throws {
        var page = FetchedPage(
            url: "https://harbourpost.example/river",
            origin: "http",
            fetchedAt: Fixtures.readOn,
            bodyBytes: 0,
            bodyDigest: "sha256:0"
        )
        page.contentType = "text/html"
        page.source = "https://harbourpost.example/feed.xml"
        page.usage = [UsageNote("no_ai", place: "robots_header")]
        let metas = """
            <meta name="ROBOTS" content="noarchive, max-image-preview:large">
            <meta name="tdm-reservation" content="1"><meta name="otherbot" content="noindex">
            """
        let body = Fixtures.page.replacing("<head>", with: "<head>" + metas)
        try #require(body != Fixtures.page)
        let article = try ParseStage().article(of: page, body: Array(body.utf8))
        #expect(
            article.usage == [
                UsageNote("mining_reserved", place: "mining_meta"),
                UsageNote("no_ai", place: "robots_header"),
                UsageNote("no_archive", place: "robots_meta"),
            ]
        )
        #expect(article.source == page.source)
        #expect(try ParsedArticle(json: article.json) == article)
    }

    @Test func `what a source says of a page stands in where the page says nothing`() throws {
        var page = FetchedPage(
            url: "https://harbourpost.example/7",
            origin: "http",
            fetchedAt: Fixtures.readOn,
            bodyBytes: 0,
            bodyDigest: "sha256:0"
        )
        page.contentType = "text/html"
        let text = String(
            repeating: "The river rose by a metre over night and stayed there. ",
            count: 9
        )
        let body = Array("<body><article><p>\(text)</p><p>\(text)</p></article>".utf8)
        let bare = try ParseStage().article(of: page, body: body)
        #expect(bare.published == nil && bare.authors.isEmpty)
        page.hints = PageHints(
            title: "River rises over night",
            authors: ["Ann Lee"],
            published: "Tue, 21 May 2024 08:15:00 +0200"
        )
        let article = try ParseStage().article(of: page, body: body)
        #expect(article.title?.value == "River rises over night")
        #expect(article.authors.map(\.value) == ["Ann Lee"])
        #expect(article.published?.date.value.hasPrefix("2024-05-21T08:15") == true)
        #expect(article.published?.date.source == "hint")
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
