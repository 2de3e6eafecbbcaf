import Testing
import WirecopyMessages
import WirecopyStories

@testable import wirecopy

@Suite struct BriefScreenTests {
    private static let hostile =
        "\u{1B}[31mThe river\u{202E} rose in <Brede> and took 12 houses away."

    private static func brief() -> Brief {
        let page = FetchedPage(
            url: "https://a.example/1",
            origin: "http",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: [Paragraph(.lede, hostile)]
        )
        article.title = Evidenced(hostile, source: "h1", confidence: 1)
        article.siteName = Evidenced("Brede Post", source: "test", confidence: 1)
        var annotated = AnnotatedArticle(article: article)
        annotated.sentences = [TextRange(0, hostile.utf8.count)]
        return Brief(of: [StoryMember(articleID: "1", annotated: annotated, episode: 1)])
    }

    @Test func `text of articles can neither move the terminal nor colour it`() {
        let plain = BriefScreen(Self.brief(), columns: 80, isColoured: false).lines
        #expect(plain.contains { $0.hasPrefix("  • ") && $0.contains("rose in <Brede>") })
        #expect(plain.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
        let coloured = BriefScreen(Self.brief(), columns: 80, isColoured: true).lines
        #expect(!coloured.contains { $0.contains("\u{1B}[31m") || $0.contains("\u{202E}") })
    }

    @Test func `lines fit, and name their article`() {
        let lines = BriefScreen(Self.brief(), columns: 40, isColoured: false).lines
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines.contains { $0.hasSuffix("[1]") })
        #expect(lines.contains { $0.contains("Brede Post") })
    }
}
