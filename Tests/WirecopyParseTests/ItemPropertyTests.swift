import HTMLDocument
import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct ItemPropertyTests {
    private func metadata(_ body: String) -> PageMetadata {
        let page = "<!doctype html><html><body>\(body)</body></html>"
        return PageMetadata(HTMLDocument(parsing: Array(page.utf8)), pageURL: "")
    }

    @Test func `microdata are said of the item around them`() {
        let items = metadata(
            """
            <div itemscope itemtype="https://schema.org/NewsArticle">
            <h1 itemprop=headline>River rises</h1>
            <div itemprop=image itemscope itemtype="https://schema.org/ImageObject">
            <meta itemprop=url content=/lock.jpg><span itemprop=caption>The lock</span></div>
            <div itemprop=publisher itemscope itemtype="https://schema.org/Organization">
            <meta itemprop=name content="The Harbour Post"></div></div>
            """
        ).items
        #expect(items.values("headline").map(\.text) == ["River rises"])
        #expect(items.values("image", "url").map(\.text) == ["/lock.jpg"])
        #expect(items.values("image", "caption").map(\.text) == ["The lock"])
        #expect(items.values("publisher", "name").map(\.text) == ["The Harbour Post"])
        #expect(items.values("caption").isEmpty)
    }

    @Test func `rdfa says the same in prefixes, vocabularies and Dublin Core`() {
        let prefixed = metadata("<h1 property='schema:headline'>River rises</h1>").items
        #expect(prefixed.values("headline").map(\.source) == ["rdfa"])
        let named = metadata(
            "<div vocab='https://schema.org/' typeof=NewsArticle><p property=headline>R</p></div>"
        ).items
        #expect(named.values("headline").map(\.text) == ["R"])
        let core = metadata(
            "<span property='dc:date dc:created' content='2024-05-29T14:03:00Z'>May</span>"
        ).items
        #expect(core.values("datepublished").map(\.text) == ["2024-05-29T14:03:00Z"])
        #expect(core.values("datecreated").count == 1)
        #expect(metadata("<p property=headline>Loose</p>").items.values("headline").isEmpty)
    }

    @Test func `rdfa gives title, author and date of a page that states them nowhere else`() throws
    {
        let page = """
            <!doctype html><html><body><article typeof="schema:NewsArticle">
            <p property="schema:headline">River rises</p>
            <p><span property="schema:author">Ann Lee</span>
            <span property="schema:datePublished" content="2024-05-29T14:03:00Z"></span></p>
            \(Fixtures.paragraphs.map { "<p>\($0)</p>" }.joined())</article></body></html>
            """
        let draft = try Fixtures.draft(page)
        #expect(draft.title?.value == "River rises")
        #expect(draft.authors.map(\.value) == ["Ann Lee"])
        #expect(draft.published?.date.source == "rdfa")
    }

    @Test func `an author's item is its name`() {
        let found = metadata(
            """
            <div itemprop=author itemscope><span itemprop=name>Ann Lee</span> of the valley</div>
            """
        )
        #expect(found.properties["author"] == ["Ann Lee"])
        let both = metadata(
            """
            <p itemprop=author itemscope>
            <i itemprop=name>Ann Lee</i>, <i itemprop=name>Bo Ek</i></p>
            """
        )
        #expect(both.properties["author"] == ["Ann Lee", "Bo Ek"])
    }

    @Test func `thousands of nested properties end`() {
        let open = (0..<20_000).map { _ in "<div itemscope itemprop=name>" }.joined()
        #expect(metadata(open + "x").items.values("name", "name").count <= 300)
    }
}
