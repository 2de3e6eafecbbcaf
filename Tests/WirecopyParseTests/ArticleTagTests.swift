import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct ArticleTagTests {
    private func tags(head: String = "", end: String = "") throws -> [Evidenced] {
        try MetadataFixture(head: head, end: end).draft().tags
    }

    @Test(
        arguments: [
            "<meta property='article:tag' content='Floods'><meta property='article:tag' "
                + "content='Brede'>",
            MetadataFixture.structured(#""keywords": ["Floods", "Brede"]"#),
            MetadataFixture.structured(#""keywords": "Floods, Brede""#),
            MetadataFixture.structured(
                #""keywords": [{"@type": "DefinedTerm", "name": "Floods"}, {"name": "Brede"}]"#
            ),
            "<meta name='news_keywords' content='Floods; Brede'>",
            "<meta name='parsely-tags' content='Floods,Brede'>",
            "<meta name='DC.subject' content='Floods, Brede'>",
            "<div itemprop=keywords>Floods, Brede</div>",
        ]
    )
    func `keywords come from all places where pages state them`(head: String) throws {
        #expect(try tags(head: head).map(\.value) == ["Floods", "Brede"])
    }

    @Test func `links to tags count, links to sections and menus do not`() throws {
        let related =
            "<p><a rel=tag href=/t/1>Floods</a> <a rel='category tag' href=/c/2>Valley</a></p>"
        #expect(try tags(end: related).map(\.value) == ["Floods"])
        let listed = """
            <nav class=topics><a href=/topics/sport>Sport</a></nav>
            <ul class="article-tags"><li><a href="/tag/floods">Floods</a></li></ul>
            <p><a href="/tag/other">Other</a></p>
            """
        let found = try tags(end: listed)
        #expect(found.map(\.value) == ["Floods"])
        #expect(found.first?.source == "tag links")
    }

    @Test func `the most trusted place speaks alone`() throws {
        let head = """
            <meta name="keywords" content="news, valley, weather">
            <meta property="article:tag" content="Floods">
            """
        #expect(try tags(head: head).map(\.value) == ["Floods"])
        #expect(try tags(head: head).map(\.source) == ["article:tag"])
    }

    @Test func `words for programs, the site and the headline are no tags`() throws {
        let texts = [
            "type:article", "section/news/local", "ad_free", "a1b2c3d4e5f6", "The Harbour Post",
            "River rises", "news", "https://a.example/", "2024", "",
            "A whole sentence that an editor wrote into the wrong field of the form",
        ]
        let rules = TagRules(siteNames: ["The Harbour Post"], title: "River rises")
        #expect(rules.tags(in: texts + ["Floods"]).map(\.value) == ["Floods"])
    }

    @Test func `tags are cleaned and each is kept once`() {
        let rules = TagRules(siteNames: [], title: nil)
        let found = rules.tags(in: [##"#Floods, "Brede" ,floods, Tom &amp; Ann, 洪水、河"##])
        #expect(found.map(\.value) == ["Floods", "Brede", "Tom & Ann", "洪水、河"])
        #expect(rules.tags(in: ["洪水、河"]).map(\.value) == ["洪水", "河"])
    }

    @Test func `an agency's codes and a list of all the site's matters are no tags`() throws {
        let rules = TagRules(siteNames: [], title: nil)
        let codes = ["AER", "ASXPAC", "CCOS", "CWP", "ANLINS", "AERO", "Floods"]
        #expect(rules.tags(in: codes).isEmpty)
        let links = (0..<16).map { "<li><a href='/tag/\($0)'>Matter \($0)</a></li>" }.joined()
        #expect(try tags(end: "<ul class=tags>\(links)</ul>").isEmpty)
    }

    @Test func `a kind in front of a tag is cut off or makes it none`() {
        let rules = TagRules(siteNames: [], title: nil)
        let found = rules.tags(in: ["topic: Floods", "contentId: 12x", "Harbour: a history"])
        #expect(found.map(\.value) == ["Floods", "Harbour: a history"])
    }

    @Test func `ten thousand tags give thirty`() throws {
        let many = (0..<10_000).map { "<meta property='article:tag' content='Tag \($0)'>" }
        #expect(try tags(head: many.joined()).count <= ParsedArticle.tagsMax)
        let words = (0..<10_000).map { "word\($0 % 90)x\($0 / 90)" }.joined(separator: ",")
        let meta = "<meta name='news_keywords' content='\(words)'>"
        #expect(try tags(head: meta).count <= ParsedArticle.tagsMax)
    }
}
