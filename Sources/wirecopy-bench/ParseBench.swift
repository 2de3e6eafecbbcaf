import ArgumentParser
import Foundation
import HTMLDocument
import WebArchive
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// `wirecopy-bench parse`: the tree alone, and the whole stage, on one core.
///
/// Rates are pages in a second of CPU time, so that they can be told on a machine with other work;
/// `scripts/bench-parsers` runs other parsers on the same pages and gives their rates.
struct ParseBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Pages a second on one core: the tree alone, and text with all fields."
    )

    @Option(help: "Folder of saved pages.")
    var pages = BenchPages.usualFolder

    @Option(help: "Most pages to read.")
    var limit = 2000

    @Option(help: "Rounds over all pages; the best one counts.")
    var rounds = 3

    @Option(help: "A reference's pages a second, as NAME=RATE; scripts/bench-parsers knows them.")
    var reference: [String] = []

    func run() async throws {
        let bodies = try BenchPages.read(pages, limit: limit)
        let bytes = bodies.reduce(0) { $0 + $1.count }
        try BenchCase("parse/mean-page", Double(bytes) / Double(bodies.count) / 1000, "kB").print()
        try await measureMemory(bodies)
        let trees = measureTrees(bodies)
        let articles = try measureArticles(bodies)
        let stages = try await measureStage(bodies)
        try report("parse/tree", trees)
        try report("parse/article", articles)
        try report("parse/stage", stages)
    }

    private func measureTrees(_ bodies: [[UInt8]]) -> Double {
        let seconds = (0..<rounds).map { _ in
            ProcessCost.cpuSeconds {
                for body in bodies { _ = HTMLDocument(parsing: body).nodeCount }
            }
        }
        return Double(bodies.count) / (seconds.min() ?? .infinity)
    }

    /// What one page adds to the memory that is in use without it: the most that lies in memory
    /// while the stage reads it, page for page, with free memory given back before each.
    private func measureMemory(_ bodies: [[UInt8]]) async throws {
        let stage = try ParseStage()
        if let first = bodies.first { _ = try await stage.process(Self.input(0, first)) }
        var (most, mostOfUsual, page) = (0, 0, 0)
        for (number, body) in bodies.enumerated() {
            let input = Self.input(number, body)
            HeapSettings.giveBackFreeMemory()
            guard ProcessCost.forgetResidentBytesMax(), let held = ProcessCost.residentBytes else {
                return
            }
            _ = try await stage.process(input)
            guard let peak = ProcessCost.residentBytesMax else { return }
            if peak - held > most { (most, page) = (peak - held, body.count) }
            if body.count <= Self.usualBytesMax { mostOfUsual = max(mostOfUsual, peak - held) }
        }
        try BenchCase("parse/memory", Double(most) / 1e6, "MB over the source").print()
        try BenchCase("parse/memory-page", Double(page) / 1e6, "MB, the page that took most")
            .print()
        let usual = Double(mostOfUsual) / 1e6
        try BenchCase("parse/memory-usual", usual, "MB over the source, pages to 500 kB").print()
    }

    private static let usualBytesMax = 500_000

    /// The rate from a page's bytes to its article, which is what the references do and more.
    private func measureArticles(_ bodies: [[UInt8]]) throws -> Double {
        let stage = try ParseStage()
        let pages = bodies.enumerated().map { number, body in Self.page(number, body) }
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = ProcessCost.cpuSeconds
            for (page, body) in zip(pages, bodies) {
                do {
                    _ = try stage.article(of: page, body: body)
                } catch {
                    // A page without an article takes its time too.
                    guard error.code == .noMainText else { throw error }
                }
            }
            best = min(best, ProcessCost.cpuSeconds - start)
        }
        return Double(bodies.count) / best
    }

    /// The rate of the whole stage, which also unpacks the record that the page travels in.
    private func measureStage(_ bodies: [[UInt8]]) async throws -> Double {
        let stage = try ParseStage()
        let inputs = bodies.enumerated().map { number, body in Self.input(number, body) }
        var best = Double.infinity
        var articles = 0
        for round in 0..<rounds {
            let start = ProcessCost.cpuSeconds
            for input in inputs {
                let outputs = try await stage.process(input)
                guard round == 0 else { continue }
                articles += outputs.count { $0.payload is ParsedArticle }
            }
            best = min(best, ProcessCost.cpuSeconds - start)
        }
        try BenchCase("parse/articles", Double(articles), "of \(bodies.count) pages").print()
        return Double(bodies.count) / best
    }

    /// One line alone, or one for each reference.
    private func report(_ name: String, _ rate: Double) throws {
        let references = try reference.map { text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let rate = Double(parts[1]) else {
                throw ValidationError("--reference is NAME=RATE, not \(text).")
            }
            return (name: String(parts[0]), rate: rate)
        }
        if references.isEmpty { try BenchCase(name, rate, "pages/s").print() }
        for other in references {
            try BenchCase(name, rate, "pages/s", against: other.name, other.rate).print()
        }
    }

    private static func page(_ number: Int, _ body: [UInt8]) -> FetchedPage {
        FetchedPage(
            url: "https://news.example/\(number)",
            origin: "file",
            fetchedAt: Instant(milliseconds: 1_795_000_000_000 + number),
            bodyBytes: body.count,
            bodyDigest: "sha256:" + String(repeating: "0", count: 64)
        )
    }

    private static func input(_ number: Int, _ body: [UInt8]) -> StageInput<FetchedPage> {
        let page = page(number, body)
        let instant = page.fetchedAt
        var generator = SystemRandomNumberGenerator()
        let id = MessageID(milliseconds: instant.milliseconds, using: &generator)
        let identity = WARCRecord.Identity(uuid: id.description, date: instant.rfc3339)
        let record = PageRecord(url: page.url, contentType: "text/html", body: body)
        let envelope = Envelope(
            entering: .fetchedPage,
            id: id,
            subject: page.url,
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
