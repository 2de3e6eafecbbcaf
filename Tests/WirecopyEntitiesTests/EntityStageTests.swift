import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct EntityStageTests {
    private func article(_ paragraphs: [String]) -> ParsedArticle {
        let page = FetchedPage(
            url: "https://harbour.example/1",
            origin: "file",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 1,
            bodyDigest: "sha256:00"
        )
        return ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: paragraphs.map { Paragraph(.body, $0) }
        )
    }

    @Test func `ranges are bytes of the main text`() throws {
        let article = article(["Łódź — früh.", "“Ja,” Mary Quillon said."])
        let annotated = try EntityStage().annotated(article)
        let bytes = Array(article.mainText.utf8)
        let words = annotated.mentions.map {
            String(decoding: bytes[$0.range.start..<$0.range.end], as: UTF8.self)
        }
        #expect(words.contains("Mary Quillon"))
        #expect(annotated.sentences.count == 2)
        #expect(annotated.quotations.first?.speaker?.name == "Mary Quillon")
    }

    @Test func `the annotated article survives its JSON form`() throws {
        let text = "“We will not yield,” Mary Quillon told Reuters in Oslo. She left Kenya."
        let annotated = try EntityStage().annotated(article([text]))
        #expect(try AnnotatedArticle(json: annotated.json) == annotated)
        #expect(!annotated.citations.isEmpty && !annotated.mentions.isEmpty)
    }

    @Test func `the same article gives the same bytes twice`() throws {
        let text = "Mary Zelentsky, Zelentskyy and John Larch of the Larch Board (LB) met the LB."
        let stage = try EntityStage()
        #expect(stage.annotated(article([text])).json == stage.annotated(article([text])).json)
    }
}
