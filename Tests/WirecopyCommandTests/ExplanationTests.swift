import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyWeb
@testable import wirecopy

@Suite struct ExplanationTests {
    private static let hostile = "<script>alert('x')</script> \u{202E}& \u{1B}[31m\"quoted\""

    private static func article() -> ParsedArticle {
        let page = FetchedPage(
            url: "https://a.example/\(hostile)",
            origin: "http",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: [
                Paragraph(.lede, "The river rose."), Paragraph(.body, hostile),
                Paragraph(.body, "It fell again."),
            ]
        )
        article.title = Evidenced(hostile, source: "h1", confidence: 0.8, evidence: hostile)
        article.published = PublicationDate(
            Evidenced("2024-05-29", source: "line:3", confidence: 0.4, evidence: "May 29"),
            precision: .day,
            isInferred: true
        )
        article.dropped = [
            DroppedBlock(.navigation, "Home", source: "element", after: 0),
            DroppedBlock(.newsletter, "Sign up", source: "words", after: 2),
            DroppedBlock(.other, hostile),
        ]
        article.flags = [
            PageFlag(.paywallStub, source: "words", confidence: 0.7, evidence: hostile)
        ]
        article.warnings = [hostile]
        return article
    }

    private let explanation = Explanation(article())

    @Test func `what was left out stands in its place`() {
        let marks = explanation.pieces.map { piece in
            switch piece {
            case .kept(let kind, _): kind
            case .dropped(let label, _, _): "-" + label
            }
        }
        #expect(marks == ["-navigation", "lede", "body", "-newsletter", "body", "-other"])
    }

    @Test func `fields come in reading order, and what is missing is named`() {
        #expect(explanation.fields.map(\.name) == ["title", "published"])
        #expect(explanation.fields.last?.note?.contains("concluded") == true)
        #expect(explanation.missing.contains("authors"))
        #expect(explanation.only("published").fields.map(\.name) == ["published"])
        #expect(explanation.only("published").pieces.isEmpty)
    }

    @Test func `lists and access are told field by field`() {
        var article = Self.article()
        article.tags = ["Floods", "Brede"].map {
            Evidenced($0, source: "news_keywords", confidence: 0.9)
        }
        article.syndication = [Evidenced("Reuters", source: "note", confidence: 0.9)]
        article.access = ArticleAccess(.free, source: "json-ld", confidence: 0.9)
        let explanation = Explanation(article)
        #expect(explanation.only("tags").fields.map(\.value) == ["Floods", "Brede"])
        #expect(explanation.only("access").fields.map(\.value) == ["free"])
        #expect(explanation.only("syndication").fields.map(\.source) == ["note"])
        #expect(explanation.missing.contains("subtitle"))
    }

    @Test func `text of the page can neither move the terminal nor colour it`() {
        let plain = ExplanationScreen(explanation, columns: 80, isColoured: false).lines
        #expect(plain.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
        #expect(plain.allSatisfy { !$0.contains("\u{202E}") })
        let coloured = ExplanationScreen(explanation, columns: 80, isColoured: true).lines
        #expect(coloured.allSatisfy { !$0.contains("\u{1B}[31m") })
        #expect(coloured.contains { $0.contains("\u{1B}[32m") })
    }

    @Test func `lines fit the terminal`() {
        var article = Self.article()
        article.paragraphs = [
            Paragraph(.body, Array(repeating: "word", count: 90).joined(separator: " "))
        ]
        let screen = ExplanationScreen(Explanation(article), columns: 60, isColoured: false)
        #expect(screen.lines.filter { $0.contains("word") }.allSatisfy { $0.count <= 60 })
        #expect(screen.lines.filter { $0.contains("word") }.count > 10)
    }

    @Test func `text of the page is no markup in the page of HTML`() {
        let html = ExplanationPage(explanation).html
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
        #expect(!html.contains("\u{202E}") && !html.contains("\u{1B}"))
        for foreign in ["href", "src=", "url(", "@import", "http-equiv=\"refresh\""] {
            #expect(!html.contains(foreign), "\(foreign)")
        }
        #expect(html.contains("default-src 'none'"))
    }

    @Test func `the page of HTML has landmarks, a language and headed tables`() {
        let html = ExplanationPage(explanation).html
        for part in [
            "<html lang=\"en\">", "<main>", "<h1", "<th scope=\"col\">", "<th scope=\"row\">",
            "<label for=\"all\">", "color-scheme: light dark", "<meta charset=\"utf-8\">",
        ] {
            #expect(html.contains(part), "\(part)")
        }
    }
}
