import Testing

@testable import HTMLDocument

@Suite
struct HTMLDocumentTests {
    @Test
    func `a page becomes a tree with head and body`() throws {
        let page = HTMLDocument(parsing: Array("<title>T</title><p class=lede>One &amp; two".utf8))
        let body = try #require(page.body)
        let paragraph = try #require(page.firstDescendant(.p, of: body))
        #expect(page.textContent(of: paragraph) == "One & two")
        #expect(page.attribute("class", of: paragraph) == "lede")
        let title = try #require(page.head.flatMap { page.firstDescendant(.title, of: $0) })
        #expect(page.textContent(of: title) == "T")
    }
}
