import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct AccessTests {
    private func access(_ head: String, end: String = "") throws -> ArticleAccess? {
        try MetadataFixture(head: head, end: end).draft().access
    }

    @Test(
        arguments: [
            (MetadataFixture.structured(#""isAccessibleForFree": true"#), ArticleAccess.Kind.free),
            (MetadataFixture.structured(#""isAccessibleForFree": "False""#), .paywalled),
            (
                MetadataFixture.structured(
                    #""hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false}"#
                ), .paywalled
            ),
            ("<meta itemprop=isAccessibleForFree content=false>", .paywalled),
            ("<meta property='article:content_tier' content='free'>", .free),
            ("<meta property='article:content_tier' content='metered'>", .metered),
            ("<meta property='article:content_tier' content='locked'>", .paywalled),
            ("<meta name='is_paid' content='true'>", .paywalled),
        ]
    )
    func `a page states who may read it`(head: String, kind: ArticleAccess.Kind) throws {
        let found = try access(head)
        #expect(found?.kind == kind)
        #expect(found?.evidence?.isEmpty == false)
    }

    @Test func `a page that says nothing leaves it open`() throws {
        #expect(try access("") == nil)
        #expect(try access("<meta property='article:content_tier' content='x'>") == nil)
    }

    @Test func `a paywall's stub is not for everybody`() throws {
        let page = """
            <!doctype html><html><body><article><h1>River rises</h1><p>\(Fixtures.paragraphs[0])</p>
            <p>Already a subscriber? Log in to read on.</p></article></body></html>
            """
        let found = try Fixtures.draft(page).access
        #expect(found?.kind == .paywalled)
        #expect(found?.source == "words")
    }
}
