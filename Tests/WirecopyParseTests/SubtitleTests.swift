import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct SubtitleTests {
    private static let line = "Two villages were cut off for a day when the Lenne left its bed"

    private func subtitle(_ below: String, head: String = "") throws -> Evidenced? {
        try MetadataFixture(head: head, below: below).draft().subtitle
    }

    @Test(
        arguments: [
            "<p class='standfirst'>", "<div class='article-sub-title'>", "<p class='c-deck'>",
            "<div class='article__intro'><p>", "<p class='storySubHeadline'>", "<h2>",
        ]
    )
    func `a line set apart below the headline is the subtitle`(element: String) throws {
        #expect(try subtitle(element + Self.line + "</div>")?.value == Self.line)
    }

    @Test func `a description is one only where the page shows it apart`() throws {
        let head = "<meta name='description' content='\(Self.line)'>"
        #expect(try subtitle("", head: head) == nil)
        let shown = try subtitle("<header><p>\(Self.line)</p></header>", head: head)
        #expect(shown?.value == Self.line)
        #expect(shown?.source == "description")
    }

    @Test func `the first paragraph is none when the description repeats it`() throws {
        let head = "<meta name='description' content='\(Fixtures.paragraphs[0])'>"
        #expect(try subtitle("", head: head) == nil)
    }

    @Test func `bylines, dates, captions and the headline again are none`() throws {
        let below = """
            <h2>By Ann Lee, Ole Berg and Marta Olsen of the valley</h2><h2>River rises</h2>
            <figure><img src=a.jpg><figcaption class="intro">The lock at Brede in a storm of 2019
            </figcaption></figure><h2>Tuesday, 29 May 2024, 14:03</h2>
            """
        #expect(try subtitle(below) == nil)
    }

    @Test func `a heading between paragraphs is none`() throws {
        let end = "<h2>\(Self.line)</h2><p>\(Fixtures.paragraphs[2])</p>"
        #expect(try MetadataFixture(end: end).draft().subtitle == nil)
    }

    @Test func `a very long standfirst is cut or passed over`() throws {
        let long = String(repeating: "word ", count: 200_000)
        let found = try subtitle("<p class='standfirst'>\(long)</p>")
        #expect((found?.value.utf8.count ?? 0) <= 1000)
    }
}
