import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram

/// `wirecopy-bench extract`: the stage and its first steps on plain texts, on one core.
struct ExtractBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Tokens a second through the entity extractor, on one core."
    )

    @Option(help: "JSON lines with a field text.")
    var texts = "../shared/corpora/wikinews-gold/train.jsonl"

    @Option(help: "How often the texts are read.")
    var rounds = 10

    func run() async throws {
        let texts = try readTexts()
        let before = ProcessCost.residentBytes
        let start = ProcessCost.cpuSeconds
        let stage = try EntityStage()
        let loaded = (ProcessCost.cpuSeconds - start) * 1000
        try BenchCase("extract/load", loaded, "ms").print()
        let steps = try StageSteps()
        let tokens = texts.reduce(0) { $0 + steps.tokens(of: $1) }
        try measure("extract/tokenise", tokens) { for text in texts { _ = steps.tokens(of: text) } }
        try measure("extract/tag", tokens) { for text in texts { _ = steps.names(of: text) } }
        let articles = texts.map(Self.article)
        try measure("extract/stage", tokens) {
            for article in articles { _ = stage.annotated(article) }
        }
        guard let before, let after = ProcessCost.residentBytesMax else { return }
        try BenchCase("extract/memory", Double(after - before) / 1e6, "MB").print()
    }

    private func measure(_ name: String, _ tokens: Int, _ body: () -> Void) throws {
        body()
        let seconds = ProcessCost.cpuSeconds { for _ in 0..<rounds { body() } }
        try BenchCase(name, Double(tokens * rounds) / seconds, "tokens/s").print()
    }

    private struct Line: Decodable {
        var text: String
    }

    private func readTexts() throws -> [[UInt8]] {
        guard let data = FileManager.default.contents(atPath: texts) else {
            throw ProgramFailure(.noInput, "There is no file \(texts); name one with --texts.")
        }
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            Array(try JSONDecoder().decode(Line.self, from: line).text.utf8)
        }
    }

    private static func article(_ text: [UInt8]) -> ParsedArticle {
        let page = FetchedPage(
            url: "https://news.example/",
            origin: "file",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        let paragraphs = String(decoding: text, as: UTF8.self).split(separator: "\n")
        return ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: paragraphs.map { Paragraph(.body, String($0)) }
        )
    }
}
