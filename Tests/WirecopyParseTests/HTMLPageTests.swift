import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct HTMLPageTests {
    private let draft: ArticleDraft

    init() throws { draft = try Fixtures.draft(Fixtures.page) }

    @Test func `the main text is the standfirst, the paragraphs and their heading`() throws {
        let texts = draft.mainText.paragraphs.map(\.text)
        let standfirst = "Two villages were cut off for a day when the Lenne left its bed."
        let expected =
            [standfirst] + Fixtures.paragraphs[..<2] + ["Cattle moved"] + Fixtures.paragraphs[2...]
        #expect(texts == Array(expected))
        #expect(draft.mainText.paragraphs.map(\.kind)[3] == .heading)
    }

    @Test func `a page in UTF-16 without a media type is read as HTML`() throws {
        let units = Fixtures.page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let source = PageSource(
            url: "https://harbourpost.example/river",
            contentType: nil,
            body: [0xFF, 0xFE] + units,
            fetchedAt: Fixtures.readOn
        )
        let read = try ArticleReader.draft(of: source, try ParseModels.shipped())
        #expect(read.mainText == draft.mainText)
    }

    @Test func `what is left out keeps its label`() throws {
        let labels = Dictionary(
            draft.mainText.dropped.map { ($0.text.prefix(8), $0.label) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(labels["The lock"] == .caption)
        #expect(labels["Sign up "] == .newsletter)
        #expect(labels["Read mor"] == .related)
    }

    @Test func `fields come from the best witness and say which`() throws {
        #expect(draft.title?.value == "River rises")
        #expect(draft.authors.map(\.value) == ["Ann Lee"])
        #expect(draft.authors.first?.source == "author")
        #expect(draft.published?.date.value == "2024-05-29T14:03:00+02:00")
        #expect(draft.published?.date.source == "article:published_time")
        #expect(draft.published?.precision == .second)
        #expect(draft.canonicalURL?.value == "https://harbourpost.example/news/river")
        #expect(draft.siteName?.value == "The Harbour Post")
        #expect(draft.language?.value == "en")
    }

    @Test func `a caption never gives the date`() throws {
        let page = """
            <body><article><h1>River rises</h1><figure><figcaption>The lock on 3 January 2019.
            </figcaption></figure>
            <p>\(Fixtures.paragraphs.joined(separator: "</p><p>"))</p></article>
            """
        #expect(try Fixtures.draft(page).published == nil)
    }

    @Test func `structured data give the text of a page that builds it later`() throws {
        let page = """
            <script type="application/ld+json">{"@type": "NewsArticle", "headline": "River rises",
            "articleBody": "\(Fixtures.paragraphs.joined(separator: "\\n"))"}</script>
            <div id=app></div>
            """
        let draft = try Fixtures.draft(page)
        #expect(draft.mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
        #expect(draft.warnings.count == 1)
    }

    @Test func `a state in a script gives the text of a page that builds it later`() throws {
        let html = "<p>" + Fixtures.paragraphs.joined(separator: "</p><p>") + "</p>"
        let blocks = Fixtures.paragraphs.map { #"{"type": "p", "text": "\#($0)"}"# }
        let states = [
            #"window.__STATE__ = {"id": 7, "contentHtml": "\#(html)", "more": ["Ferry stops"]};"#,
            #"self.__next_f.push([1, "5:[\"$\",{\"state\":{\"body\":\"\#(html)\"}}]"])"#,
            #"{"blocks": [\#(blocks.joined(separator: ","))]}"#,
        ]
        for state in states {
            let draft = try Fixtures.draft("<div id=app></div><script>\(state)</script>")
            #expect(draft.mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
            #expect(draft.warnings == ["The text was taken from a script of the page."])
        }
    }

    @Test func `a script is not asked when the page shows its text`() throws {
        let other = String(
            repeating: "The ferry was stopped, said its captain, by a storm. ",
            count: 40
        )
        let script = #"<script>var teaser = {"text": "\#(other)"}</script>"#
        let draft = try Fixtures.draft(script + Fixtures.page)
        #expect(!draft.text.contains("ferry was stopped"))
        #expect(draft.warnings.isEmpty)
    }

    @Test func `a program's own strings are no text`() throws {
        let page = """
            <div id=app></div><script>var a = "This browser is too old, please take another one.";
            throw new Error("The page could not be loaded, and will not be loaded again.")</script>
            """
        #expect(try Fixtures.draft(page).mainText.paragraphs.isEmpty)
    }

    @Test func `a date that a template keeps gives way to the date beside the text`() throws {
        let page = """
            <head><meta name="date" content="2023-01-02"></head><body><h1>River rises</h1>
            <p>By Ann Lee<br>29 May 2024 21:00</p>
            <p>\(Fixtures.paragraphs.joined(separator: "</p><p>"))</p>
            """
        let draft = try Fixtures.draft(page)
        #expect(draft.published?.date.value.hasPrefix("2024-05-29") == true)
    }

    @Test func `a date after the day of reading is not believed`() throws {
        let page = Fixtures.page.replacing("2024-05-29T14:03:00+02:00", with: "2031-05-29")
        #expect(try Fixtures.draft(page).published == nil)
    }

    @Test func `text in UTF-8 is read as such whatever the page declares`() throws {
        let page = #"<meta charset="gbk"><p>\#(Fixtures.paragraphs[1])</p>"#
        let draft = try Fixtures.draft(page)
        #expect(draft.mainText.paragraphs.first?.text == Fixtures.paragraphs[1])
        #expect(draft.encoding == "utf-8")
    }
}
