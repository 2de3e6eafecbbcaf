import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram

/// `wirecopy-bench extract`: the whole stage on plain texts, on one core.
struct ExtractBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Words a second through the entity extractor, on one core."
    )

    @Option(help: "JSON lines with a field text.")
    var texts = "../shared/corpora/wikinews-gold/train.jsonl"

    func run() async throws {
        let articles = try readArticles()
        let words = articles.reduce(0) { $0 + $1.mainText.split(separator: " ").count }
        let loading = ContinuousClock.now
        let stage = try EntityStage()
        let loaded = (ContinuousClock.now - loading) / .milliseconds(1)
        try BenchCase("extract/load", loaded, "ms").print()
        let start = ContinuousClock.now
        let rounds = 10
        for _ in 0..<rounds {
            for article in articles { _ = stage.annotated(article) }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try BenchCase("extract/stage", Double(words * rounds) / seconds, "words/s").print()
    }

    private struct Line: Decodable {
        var text: String
    }

    private func readArticles() throws -> [ParsedArticle] {
        guard let data = FileManager.default.contents(atPath: texts) else {
            throw ProgramFailure(.noInput, "There is no file \(texts); name one with --texts.")
        }
        let page = FetchedPage(
            url: "https://news.example/",
            origin: "file",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            let text = try JSONDecoder().decode(Line.self, from: line).text
            let paragraphs = text.split(separator: "\n").map { Paragraph(.body, String($0)) }
            return ParsedArticle(page: page, encoding: "utf-8", paragraphs: paragraphs)
        }
    }
}
