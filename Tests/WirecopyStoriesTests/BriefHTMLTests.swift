import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct BriefHTMLTests {
    private static let hostile = "<script>alert('x')</script> \u{202E}& \u{1B}[31m\"quoted\""

    private static func hostileBrief() throws -> Brief {
        let article = try InventedArticle(
            "a",
            outlet: hostile,
            title: hostile,
            "\(hostile) said in Brede that the river had risen by two metres."
        )
        .naming("Brede", .politicalPlace)
        .saying("the river had risen by two metres", .indirect, by: hostile)
        .citing("Brede", hostile, citing: hostile)
        return Brief(of: [article.member()])
    }

    @Test func `all parts are sections with headings, and references lead to articles`() throws {
        let html = BriefHTML(Brief(of: try InventedStory.flood())).fragment
        for anchor in [
            "brief-what-happened", "brief-who-said-what", "brief-who-cites-whom", "brief-what-next",
            "brief-articles",
        ] {
            #expect(html.contains("<section aria-labelledby=\"\(anchor)\">"))
            #expect(html.contains("<h2 id=\"\(anchor)\">"))
        }
        #expect(html.contains("href=\"#brief-article-1\""))
        #expect(html.contains("<li id=\"brief-article-1\" value=\"1\">"))
        #expect(html.contains("<h3 class=\"days\">Episode 2 · 10 April 2031 · 1 report</h3>"))
    }

    @Test func `a page can say where spans and articles are`() throws {
        let html = BriefHTML(
            Brief(of: try InventedStory.flood()),
            level: 3,
            place: { "/article/\($0.id)#b\($0.start)-\($0.end)" },
            page: { "/article/\($0.id)?a=1&b=2" }
        ).fragment
        #expect(html.contains("href=\"/article/post#b0-84\""))
        #expect(html.contains("href=\"/article/wire?a=1&amp;b=2\""))
        #expect(html.contains("<h3 id=\"brief-what-happened\">"))
    }

    @Test func `text of articles is no markup, in HTML and in pictures`() throws {
        let brief = try Self.hostileBrief()
        let graph = StoryGraph(of: brief)
        let shown = [
            BriefHTML(brief).fragment, GraphPicture(graph, title: Self.hostile).svg(),
            TimelinePicture(StoryTimeline(of: brief), title: Self.hostile).svg(),
            GraphText.graphML(graph),
        ]
        for text in shown {
            #expect(text.contains("&lt;script&gt;"))
            #expect(!text.contains("<script"))
            #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
        }
        #expect(GraphText.dot(graph).contains("\\\"quoted\\\""))
    }

    @Test func `an address that could run something is no link`() throws {
        var article = InventedArticle("a", "The river rose by two metres in one night.")
        article.move(to: "javascript:alert(1)")
        let brief = Brief(of: [article.member()])
        #expect(!BriefHTML(brief).fragment.contains("javascript:"))
        #expect(!BriefMarkdown(brief).text.contains("javascript:"))
    }
}
