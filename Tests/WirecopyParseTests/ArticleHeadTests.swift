import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct ArticleHeadTests {
    private static let text = Fixtures.paragraphs.map { "<p>\($0) \($0)</p>" }.joined()

    /// A layout of tables and fonts, made up on the day it was read.
    private static let oldPage = """
        <TITLE>The Lenne Herald Online</TITLE><TABLE><TR><TD colspan=2>
        <FONT size="6"><B>The Lenne Herald</B></FONT><BR><FONT size="2">Monday, June 3, 2024</FONT>
        </TD></TR><TR><TD><A href="/">Front page</A><BR>You are our visitor no. 1,204 since 1999.
        </TD><TD><FONT size="2">Local</FONT><BR>
        <FONT size="5"><B>River rises by two metres</B></FONT><BR><FONT size="3"></FONT><BR>
        <FONT size="2">By Marianne Lindqvist-Lee<BR>May 29, 2024, 8:30 a.m.</FONT><BR><HR>
        \(Fixtures.paragraphs.map { "<font>\($0) \($0)</font><br><br>" }.joined())
        </TD></TR></TABLE>
        """

    private func draft(_ page: String) throws -> ArticleDraft {
        try Fixtures.draft(page)
    }

    @Test func `a large line is the headline where the title names the site alone`() throws {
        let draft = try draft(Self.oldPage)
        #expect(draft.title?.value == "River rises by two metres")
        #expect(draft.title?.source == "font")
        #expect(draft.mainText.paragraphs.count == Fixtures.paragraphs.count)
    }

    @Test func `a title that is more than the masthead keeps its place`() throws {
        let page = Self.oldPage.replacing("The Lenne Herald Online", with: "Two metres of water")
        #expect(try draft(page).title?.value == "Two metres of water")
    }

    @Test func `the date below the headline goes before the date of the masthead`() throws {
        let draft = try draft(Self.oldPage)
        #expect(draft.published?.date.value.hasPrefix("2024-05-29") == true)
        #expect(draft.authors.map(\.value) == ["Marianne Lindqvist-Lee"])
    }

    @Test func `a line of author and date below the headline is no text`() throws {
        let page = """
            <body><p>The Lenne Herald | Rivers</p><h1>River rises</h1>
            <p>by Ann Lee and Bo Ek<br>29 May 2024 14:20</p>\(Self.text)
            """
        let draft = try draft(page)
        #expect(draft.authors.map(\.value) == ["Ann Lee", "Bo Ek"])
        #expect(draft.published?.date.value.hasPrefix("2024-05-29T14:20") == true)
        #expect(draft.mainText.paragraphs.count == Fixtures.paragraphs.count)
        #expect(draft.mainText.dropped.map(\.label) == [.other, .headline, .byline])
    }

    @Test func `names before a time below the headline are the authors`() throws {
        let page = """
            <body><article><h1>River rises</h1><div><span>Ann Lee and Bo Ek</span>
            <time datetime="2024-05-29T07:00:00Z">May 29, 2024 07:00 GMT</time></div>\(Self.text)
            <p>Reporting by Cy Orr; Editing by Di Poe</p></article>
            """
        #expect(try draft(page).authors.map(\.value) == ["Ann Lee", "Bo Ek"])
    }

    @Test(
        arguments: [
            ("Reporting by Ann Lee in Brede and Bo Ek near Oslo; Editing by Di Poe", 2),
            ("(Reporting by Ann Lee; additional reporting by Cy Orr.)", 1),
            ("Reporting by the Brede bureau", 0),
        ]
    )
    func `a sign-off names the authors where no byline does`(
        line: String,
        count: Int
    ) throws {
        let page = "<body><article><h1>River rises</h1>\(Self.text)<p>\(line)</p></article>"
        let authors = try draft(page).authors
        #expect(authors.map(\.value) == Array(["Ann Lee", "Bo Ek"].prefix(count)))
        #expect(authors.allSatisfy { $0.source == "sign-off" })
    }
}
