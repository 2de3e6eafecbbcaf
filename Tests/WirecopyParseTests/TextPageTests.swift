import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct TextPageTests {
    private let loose = TextPage.draft(of: Fixtures.source(Fixtures.loosePage))
    private let tight = TextPage.draft(of: Fixtures.source(Fixtures.tightPage))

    @Test func `a loose page keeps its paragraphs and headings`() {
        let expected = Fixtures.paragraphs[..<2] + ["Cattle moved"] + Fixtures.paragraphs[2...]
        #expect(loose.mainText.paragraphs.map(\.text) == Array(expected))
    }

    @Test func `headline, author and date come from their lines`() {
        #expect(loose.title?.value == "River rises after storm in the hills")
        #expect(loose.title?.source == "line:6")
        #expect(loose.authors.map(\.value) == ["Ann Lee"])
        #expect(loose.published?.date.value == "2024-05-29T07:37:00+01:00")
        #expect(loose.published?.precision == .minute)
        #expect(loose.published?.isInferred == false)
    }

    @Test(
        arguments: [
            ("Support our", BoilerplateLabel.membership), ("Skip to", .navigation),
            ("Marta Olsen opens", .caption), ("Written by", .byline), ("Photo:", .credit),
            ("Subscribe to the weekly", .newsletter), ("visit the valley", .newsletter),
            ("Ferry: Captain", .related), ("The captain of", .related), ("News Feed", .related),
            ("Ferry stops", .related), ("Enter your email", .newsletter), ("4:19", .date),
        ]
    )
    func `a dropped line keeps its label`(start: String, label: BoilerplateLabel) {
        let block = loose.mainText.dropped.first { $0.text.hasPrefix(start) }
        #expect(block?.label == label)
    }

    @Test func `a tight page keeps standfirst, headings and paragraphs`() {
        let texts = tight.mainText.paragraphs.map(\.text)
        let kinds = tight.mainText.paragraphs.map(\.kind)
        #expect(kinds == [.lede, .heading, .body, .heading, .body, .body, .heading, .body])
        #expect(texts.last == Fixtures.paragraphs[3])
        #expect(tight.title?.value == "River mulls leaving its bed again")
    }

    @Test func `a biography gives neither author nor date`() {
        #expect(tight.authors.isEmpty)
        #expect(tight.published == nil)
        #expect(tight.mainText.dropped.contains { $0.label == .biography })
    }

    @Test func `a page without a headline has no title`() {
        let text = Fixtures.loosePage.replacing("River rises after storm in the hills\n", with: "")
        #expect(TextPage.draft(of: Fixtures.source(text)).title == nil)
    }

    @Test func `a dateline without a year is concluded and marked`() {
        let text =
            "River rises after storm in the hills\n\nBREDE, May 28 (Wire) - "
            + Fixtures.paragraphs.joined(separator: "\n\n")
        let published = TextPage.draft(of: Fixtures.source(text)).published
        #expect(published?.date.value == "2024-05-28")
        #expect(published?.isInferred == true)
    }

    @Test func `a text page in another encoding is decoded`() {
        let bytes = Array("Über den Fluß\n\n".unicodeScalars.map { UInt8($0.value) })
        var page = Fixtures.source("", type: "text/plain; charset=iso-8859-1")
        page = PageSource(
            url: page.url,
            contentType: page.contentType,
            body: bytes + Array(Fixtures.paragraphs[0].utf8),
            fetchedAt: page.fetchedAt
        )
        let draft = TextPage.draft(of: page)
        #expect(draft.title?.value == "Über den Fluß")
        #expect(draft.encoding == "windows-1252")
    }
}
