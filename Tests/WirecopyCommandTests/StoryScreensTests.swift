import ArgumentParser
import Foundation
import Testing
import WirecopyMessages
import WirecopyProgram
import WirecopyStories

@testable import wirecopy

@Suite struct StoryScreensTests {
    private static let hostile =
        "<b>The river</b> \u{1B}[31mrose\u{202E} in one night by two metres."

    private static func article(_ id: String, _ published: String?) -> AnnotatedArticle {
        let page = FetchedPage(
            url: "https://\(id).example/1",
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
        article.siteName = Evidenced("\(id) \(hostile)", source: "test", confidence: 1)
        article.published = published.map {
            PublicationDate(Evidenced($0, source: "test", confidence: 1), precision: .day)
        }
        var annotated = AnnotatedArticle(article: article)
        annotated.sentences = [TextRange(0, hostile.utf8.count)]
        annotated.citations = [Citation(TextRange(0, 3), name: "Coast Wire", entity: nil)]
        return annotated
    }

    private static func brief() -> Brief {
        Brief(of: [
            StoryMember(articleID: "1", annotated: article("a", "2031-03-01"), episode: 1),
            StoryMember(articleID: "2", annotated: article("b", nil), episode: 2),
        ])
    }

    private static func isPlain(_ lines: [String]) -> Bool {
        lines.allSatisfy { line in
            line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" }
        }
    }

    @Test func `a timeline shows days with bars, and reports without a day`() {
        let timeline = StoryTimeline(of: Self.brief())
        let lines = TimelineScreen(timeline, columns: 80, isColoured: false).lines
        #expect(lines.contains { $0.hasPrefix("  1 March 2031") && $0.hasSuffix("█ 1 report") })
        #expect(lines.contains { $0.hasPrefix("  no day") && $0.hasSuffix("1 report") })
        #expect(Self.isPlain(lines))
    }

    @Test func `a graph is a list of who cites whom`() {
        let graph = StoryGraph(of: Self.brief())
        let lines = GraphScreen(graph, columns: 80, isColoured: false).lines
        #expect(lines.count { $0 == "  cites   Coast Wire" } == 2)
        #expect(Self.isPlain(lines))
        let nobody = StoryGraph(of: Brief(of: []))
        #expect(
            GraphScreen(nobody, columns: 80, isColoured: false).lines
                == ["Nobody cites or quotes anybody."]
        )
    }

    @Test func `the page has the brief and its pictures, and no markup of articles`() {
        let html = BriefPage(Self.brief()).html
        #expect(html.contains("<h2 id=\"timeline\">Timeline</h2>"))
        #expect(html.components(separatedBy: "<svg ").count == 3)
        #expect(html.contains("&lt;b&gt;The river"))
        #expect(!html.contains("<b>"))
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
    }

    @Test func `a story, articles or a file is named, one of them`() throws {
        _ = try BriefCommand.parse(["1"])
        _ = try BriefCommand.parse(["dam", "breaks"])
        _ = try BriefCommand.parse(["--articles", "https://a.example/1", "https://b.example/2"])
        #expect(throws: (any Error).self) { try BriefCommand.parse([]) }
        #expect(throws: (any Error).self) { try BriefCommand.parse(["1", "--from", "-"]) }
        #expect(throws: (any Error).self) { try BriefCommand.parse(["1", "--json", "--markdown"]) }
    }

    @Test func `articles come from the lines that extract wrote`() throws {
        let folder = try ScratchFolder()
        let lines = ["a", "b"].map { String(decoding: Self.article($0, nil).json, as: UTF8.self) }
        let path = try folder.write("articles.jsonl", lines.joined(separator: "\n"))
        let members = try StoryInput.members(ofFile: path)
        #expect(members.map(\.articleID) == ["https://a.example/1", "https://b.example/1"])
        let other = try folder.write("other.jsonl", "{}\n")
        #expect(throws: ProgramFailure.self) { try StoryInput.members(ofFile: other) }
        #expect(throws: ProgramFailure.self) { try StoryInput.members(ofFile: path + ".not") }
    }
}
