import ArgumentParser
import Foundation
import HTMLDocument
import WebArchive
import WirecopyMessages
import WirecopyParse

/// `wirecopy-bench parse`: the tree alone, and the whole stage, on one core.
struct ParseBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Pages a second on one core: the tree alone, and text with all fields."
    )

    @Option(help: "Folder of saved pages.")
    var pages = BenchPages.usualFolder

    @Option(help: "Most pages to read.")
    var limit = 2000

    func run() async throws {
        let bodies = try BenchPages.read(pages, limit: limit)
        let bytes = bodies.reduce(0) { $0 + $1.count }
        try BenchCase("parse/mean-page", Double(bytes) / Double(bodies.count) / 1000, "kB").print()
        let tree = ContinuousClock().measure {
            for body in bodies { _ = HTMLDocument(parsing: body).nodeCount }
        }
        let rate = Double(bodies.count) / (tree / .seconds(1))
        try BenchCase("parse/tree", rate, "pages/s").print()
        try await measureStage(bodies)
    }

    private func measureStage(_ bodies: [[UInt8]]) async throws {
        let stage = try ParseStage()
        let inputs = bodies.enumerated().map { number, body in Self.input(number, body) }
        let start = ContinuousClock.now
        var articles = 0
        for input in inputs {
            let outputs = try await stage.process(input)
            articles += outputs.count { $0.payload is ParsedArticle }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try BenchCase("parse/stage", Double(bodies.count) / seconds, "pages/s").print()
        try BenchCase("parse/articles", Double(articles), "of \(bodies.count) pages").print()
    }

    private static func input(_ number: Int, _ body: [UInt8]) -> StageInput<FetchedPage> {
        let url = "https://news.example/\(number)"
        let instant = Instant(milliseconds: 1_795_000_000_000 + number)
        var generator = SystemRandomNumberGenerator()
        let id = MessageID(milliseconds: instant.milliseconds, using: &generator)
        let identity = WARCRecord.Identity(uuid: id.description, date: instant.rfc3339)
        let record = PageRecord(url: url, contentType: "text/html", body: body)
        let page = FetchedPage(
            url: url,
            origin: "file",
            fetchedAt: instant,
            bodyBytes: body.count,
            bodyDigest: "sha256:" + String(repeating: "0", count: 64)
        )
        let envelope = Envelope(
            entering: .fetchedPage,
            id: id,
            subject: url,
            lane: "news.example",
            source: "/bench",
            madeAt: instant
        )
        return StageInput(
            envelope: envelope,
            payload: page,
            attachments: [record.attachment(as: identity)],
            attempt: 1
        )
    }
}
