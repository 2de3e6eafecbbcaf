import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct PageFlagTests {
    private func flags(_ page: String, url: String? = nil) throws -> [PageFlag] {
        HTMLPage.draft(
            of: Fixtures.source(page, type: "text/html", url: url),
            try ParseModels.shipped()
        ).flags
    }

    private func html(head: String = "", _ body: String) -> String {
        "<!doctype html><html lang=en><head>\(head)</head><body><article><h1>River rises</h1>"
            + body
            + "</article></body></html>"
    }

    private static let text = Fixtures.paragraphs.map { "<p>\($0)</p>" }.joined()

    @Test func `a usual page has no flag`() throws {
        #expect(try flags(Fixtures.page).isEmpty)
    }

    @Test func `a page that calls itself a live blog is one`() throws {
        let data =
            "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\"}</script>"
        #expect(try flags(html(head: data, Self.text)).map(\.kind) == [.liveBlog])
    }

    @Test func `an address of live blogs needs entries with times`() throws {
        let url = "https://harbourpost.example/live/river"
        let entries = (0..<5).map { "<p>1\($0):05</p><p>\(Fixtures.paragraphs[$0 % 4])</p>" }
            .joined()
        #expect(try flags(html(entries), url: url).map(\.kind) == [.liveBlog])
        #expect(try flags(html(Self.text), url: url).isEmpty)
        #expect(try flags(html(entries)).isEmpty)
    }

    @Test(
        arguments: [
            ("https://a.example/river", "/river?page=2", true),
            ("https://a.example/river/", "https://a.example/river/2/", true),
            ("https://a.example/river.html", "/river-2.html", true),
            ("https://a.example/river/page/2", "/river/page/3", true),
            ("https://a.example/river", "/storm", false),
            ("https://a.example/?p=3289", "/?p=3282", false),
            ("https://a.example/2024/06/11453", "/2024/06/11454", false),
        ]
    )
    func `a part names the same address with another number`(
        _ url: String,
        _ next: String,
        _ isPart: Bool
    ) throws {
        let page = html(head: "<link rel=next href='\(next)'>", Self.text)
        #expect(try flags(page, url: url).map(\.kind) == (isPart ? [.multiPart] : []))
    }

    @Test func `a line that counts parts marks one`() throws {
        #expect(try flags(html(Self.text + "<p>Page 2 of 3</p>")).map(\.kind) == [.multiPart])
        #expect(try flags(html(Self.text + "<p>Page 2 of the report</p>")).isEmpty)
        #expect(try flags(html(Self.text + "<p>Page 1 of 0</p>")).isEmpty)
    }

    @Test func `a page that only asks for consent is a wall`() throws {
        let wall = """
            <div id="cmp"><p>We and our partners store personal data on a device, such as cookies, \
            and use them for advertising.</p><p>With your consent we may use precise data. You can \
            change your choice in the privacy settings at any time.</p></div>
            """
        let page =
            "<!doctype html><html><head><title>The Post</title></head><body>\(wall)</body></html>"
        #expect(try flags(page).map(\.kind) == [.consentWall])
        let banner = html(Self.text + wall)
        #expect(try !flags(banner).map(\.kind).contains(.consentWall))
    }

    @Test func `a beginning with an offer to subscribe is a stub`() throws {
        let data = """
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"River rises",
            "isAccessibleForFree":"False"}</script>
            """
        let gate = "<div class=offer><p>Already a subscriber? Log in to continue reading.</p></div>"
        let start = "<p>\(Fixtures.paragraphs[0])</p><p>\(Fixtures.paragraphs[1])</p>"
        let flag = try #require(try flags(html(head: data, start + gate)).first)
        #expect(flag.kind == .paywallStub)
        #expect(flag.source == "json-ld")
        #expect(flag.evidence == "Already a subscriber? Log in to continue reading.")
        #expect(try flags(html(start + gate)).first?.source == "words")
    }

    @Test func `a whole article that is not free is no stub`() throws {
        let data = """
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"River rises",
            "isAccessibleForFree":false}</script>
            """
        let long = String(repeating: Self.text, count: 9)
        #expect(try flags(html(head: data, long)).isEmpty)
    }

    @Test func `a text page that breaks off at an offer is a stub`() throws {
        let page =
            Fixtures.paragraphs[..<2].joined(separator: "\n\n")
            + "\n\nSubscribe to continue reading this article.\n"
        let models = try ParseModels.shipped()
        let draft = TextPage.draft(of: Fixtures.source(page), models.text)
        #expect(draft.flags.map(\.kind) == [.paywallStub])
    }

    @Test func `what was left out knows its place and what says so`() throws {
        let draft = try Fixtures.draft(Fixtures.page)
        let newsletter = draft.mainText.dropped.first { $0.label == .newsletter }
        let place = try #require(newsletter?.after)
        #expect(draft.mainText.paragraphs[place - 1].text == Fixtures.paragraphs[1])
        #expect(newsletter?.source == "element")
    }

    @Test func `the message measures its text`() throws {
        let page = FetchedPage(
            url: "https://a.example/",
            origin: "http",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        var draft = ArticleDraft()
        draft.mainText.paragraphs = [Paragraph(.body, "One two three."), Paragraph(.body, "Four.")]
        let article = draft.article(of: page)
        #expect(article.wordCount == 4)
        #expect(article.readingTimeSeconds == 2)
        #expect(article.fingerprint == Fingerprint(of: Array("one two three four".utf8)))
    }
}
