import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyStorage

/// `wirecopy-bench store`: how many articles a second the storage stage writes and the store
/// searches.
///
/// The articles are generated: 800 words, 60 mentions of 40 entities, 8 statements, 3 citations.
struct StoreBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Articles stored new, stored again unchanged, and searched, a second."
    )

    @Option(help: "Articles to generate.")
    var articles = 4000

    @Option(help: "Articles written at once.")
    var slots = 16

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-store-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("store.sqlite").path
        let stage = StorageStage(
            writer: try await StoreWriter.open(StoreConfiguration(path: path)),
            now: { Instant(milliseconds: 1_700_000_000_000) }
        )
        let generated = (0..<articles).map(Self.article)
        let new = try await Self.measure {
            try await Self.store(generated, by: stage, slots: slots)
        }
        try BenchCase("store/new", new.perSecond(articles), "articles/s").print()
        let known = try await Self.measure {
            try await Self.store(generated, by: stage, slots: slots)
        }
        try BenchCase("store/unchanged", known.perSecond(articles), "articles/s").print()
        try await Self.search(path, queryCount: 200)
    }

    private static func search(_ path: String, queryCount: Int) async throws {
        let store = try ArticleStore(path: path)
        let duration = try await measure {
            for number in 0..<queryCount {
                let query = SearchQuery(text: "\(word(number * 31 % 900)) \(word(number % 50))")
                _ = try await store.search(query)
            }
        }
        try BenchCase("store/search", duration.perSecond(queryCount), "searches/s").print()
    }

    /// Hands the articles out to the slots, as a worker does.
    private static func store(
        _ articles: [AnnotatedArticle],
        by stage: StorageStage,
        slots: Int
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slot in 0..<slots {
                group.addTask {
                    for index in stride(from: slot, to: articles.count, by: slots) {
                        _ = try await stage.process(input(articles[index]))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func input(_ article: AnnotatedArticle) -> StageInput<AnnotatedArticle> {
        var generator = SystemRandomNumberGenerator()
        let id = MessageID(milliseconds: 1_700_000_000_000, using: &generator)
        let envelope = Envelope(
            entering: .annotatedArticle,
            id: id,
            subject: article.article.url,
            lane: "bench.example",
            source: "/bench",
            madeAt: Instant(milliseconds: 1_700_000_000_000)
        )
        return StageInput(envelope: envelope, payload: article, attachments: [], attempt: 1)
    }

    private static func measure(_ body: () async throws -> Void) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        try await body()
        return start.duration(to: clock.now)
    }
}

// Generated articles: the words follow a rank-frequency law, as those of texts do.
extension StoreBench {
    private static let paragraphCount = 20
    private static let paragraphWords = 40
    private static let entityCount = 40

    private static func word(_ rank: Int) -> String {
        let syllables = ["ra", "mel", "to", "vin", "sa", "der", "ko", "lu", "pe", "ni"]
        return String(rank).utf8.map { syllables[Int($0) - 48] }.joined()
    }

    private static func article(_ number: Int) -> AnnotatedArticle {
        var random = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(bound))
        }
        func sentence() -> String {
            (0..<paragraphWords).map { _ in word(next(next(20_000) + 1)) }.joined(separator: " ")
        }
        var article = ParsedArticle(
            page: FetchedPage(
                url: "https://host\(number % 50).example/report/\(number)",
                origin: "http",
                fetchedAt: Instant(milliseconds: 1_700_000_000_000 + number),
                bodyBytes: 1,
                bodyDigest: "sha256:" + String(repeating: "0", count: 64)
            ),
            encoding: "utf-8",
            paragraphs: (0..<paragraphCount).map { _ in Paragraph(.body, sentence() + ".") }
        )
        article.title = Evidenced("\(word(next(900))) \(number)", source: "h1", confidence: 1)
        article.authors = [Evidenced(word(next(300)), source: "byline", confidence: 1)]
        return annotated(article, next)
    }

    private static func annotated(
        _ article: ParsedArticle,
        _ next: (Int) -> Int
    ) -> AnnotatedArticle {
        var annotated = AnnotatedArticle(article: article)
        let bytes = article.mainText.utf8.count
        annotated.entities = (0..<entityCount).map { _ in
            Entity(name: "\(word(next(2000))) \(word(next(200)))", type: .person)
        }
        annotated.mentions = (0..<60).map { index in
            let start = index * (bytes / 61)
            return Mention(TextRange(start, start + 12), type: .person, entity: next(entityCount))
        }
        annotated.sentences = (0..<40).map { index in
            TextRange(index * (bytes / 40), (index + 1) * (bytes / 40))
        }
        annotated.quotations = (0..<8).map { index in
            let start = index * (bytes / 9)
            let speaker = Speaker(name: word(next(200)), entity: next(entityCount))
            let range = TextRange(start, start + 100)
            return Quotation(range, kind: .direct, speaker: speaker, cue: "said")
        }
        annotated.citations = (0..<3).map { index in
            let start = index * (bytes / 4)
            return Citation(TextRange(start, start + 30), name: word(next(200)), entity: nil)
        }
        return annotated
    }
}

extension Duration {
    /// Rate of `count` things done in this time.
    fileprivate func perSecond(_ count: Int) -> Double {
        Double(count) * 1000 / Double(max(1, wholeMilliseconds))
    }
}
