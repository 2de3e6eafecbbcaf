import Testing
import WirecopyMessages

@testable import WirecopyParse

/// Pages of bare paragraphs: no element says where the article begins and ends.
@Suite struct BarePageTests {
    private static let page = """
        <html><head><meta charset="utf-8"><title>River rises after a night of rain</title>
        <meta name="date" content="2024-06-03"></head><body>
        <p>Our reporting is free for everyone because 700 readers pay for it. Become a supporter
        today.<br><a href="#">Become a supporter</a> <a href="#">Give once</a></p>
        <p><a href="/">THE UPPER VALLEY NEWS</a> / <a href="#">Farms</a> / <a href="#">Sport</a></p>
        <h1>River rises after a night of rain</h1>
        <p>by Ann Lee<br>29 May 2024 14:03</p>
        <p>Anglers wait for the ferry at the lock of Brede on Feb. 19, 2024. (Bo Ek/Lock Board)</p>
        <p>\(Fixtures.paragraphs.joined(separator: "</p>\n<p>"))</p>
        <p>Ann Lee covers rivers for the Upper Valley News. Send her a tip.</p>
        <p>Hello, this is your paper's newsroom. If you came this far, you know what independent
        reporting is worth. Nobody owns us. Please consider supporting us.</p>
        <p>Enter your email to subscribe</p>
        <p>* indicates required</p>
        <p>NEWS FEED</p>
        <p>4:19 PM</p>
        <p>Storm warning lifted for the upper valley, office says.</p>
        <p><a href="/a">Ferry stops after storm in the bay</a><br>3 June 2024</p>
        <p><a href="/b">Council elects a new head after a long debate</a><br>1 June 2024</p>
        <p>EDITORS' PICKS</p>
        <p><a href="/c">The last lock keeper of the Lenne looks back</a><br>12 April 2024</p>
        <p>(c) 2024 Upper Valley News. Republishing only with permission.</p></body></html>
        """

    @Test func `the text ends before notes, appeals and lists of other reports`() throws {
        let draft = try Fixtures.draft(Self.page)
        #expect(draft.mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
        let labels = Dictionary(
            draft.mainText.dropped.map { ($0.text.prefix(7), $0.label) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(labels["Anglers"] == .caption)
        #expect(labels["Ann Lee"] == .biography)
        #expect(labels["Hello, "] == .membership)
        #expect(labels["Ferry s"] == .related)
    }

    @Test func `the day is that of the byline and not that of a caption`() throws {
        let draft = try Fixtures.draft(Self.page)
        #expect(draft.published?.date.value == "2024-05-29T14:03:00")
    }

    @Test(
        arguments: [
            ("The quay on Monday. (Ann Lee/Shore Press)", true),
            ("The minister at \"the lock.\" (State Office/Handout)", true),
            ("It costs 5 crowns. (The old one cost 4.)", false),
            ("They took the fleet (and/or its crews)", false),
            ("He did not say when. (REUTERS)", false),
            ("A sentence ends here. (He said yes/no. Then he left)", false),
        ]
    )
    func `a sentence before a maker and an owner is a caption`(line: String, isCaption: Bool) {
        #expect(LinePhrases.endsWithMaker(FoldedLine(line)) == isCaption)
    }

    @Test func `a day that a line tells of is not the day of the page`() throws {
        let told = Self.page.replacing(" (Bo Ek/Lock Board)", with: "")
        #expect(try Fixtures.draft(told).published?.date.value == "2024-05-29T14:03:00")
    }

    @Test func `a sentence that the page shows twice is text once`() throws {
        let quote = "We have never seen it that fast,"
        let page = """
            <body><article><h1>River rises</h1><p>\(Fixtures.paragraphs[0])</p>
            <p>\(Fixtures.paragraphs[1])</p><blockquote class="quote">\(quote)</blockquote>
            <p>\(Fixtures.paragraphs[2])</p><p>\(Fixtures.paragraphs[3])</p></article>
            """
        #expect(try Fixtures.draft(page).mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
    }

    @Test func `an author who is one of an article's persons stays in its text`() throws {
        let own = "Ann Lee, who lives at the lock, carried her neighbours' cattle feed uphill."
        let page = Self.page.replacing(Fixtures.paragraphs[1], with: own)
        let texts = try Fixtures.draft(page).mainText.paragraphs.map(\.text)
        #expect(texts.contains(own))
    }
}
