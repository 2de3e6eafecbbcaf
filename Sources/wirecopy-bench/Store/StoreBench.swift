import ArgumentParser
import Foundation
import SplitMix
import WirecopyMessages
import WirecopyStorage

/// `wirecopy-bench store`: how many articles a second the storage stage writes, how large they are,
/// and how long readers wait for answers.
struct StoreBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Articles stored a second, bytes an article, and how long questions take.",
        discussion: """
            The articles are imagined, as long and as full of names and statements as news are; see
            ImaginedNews. A million of them takes about a quarter of an hour and 20 GB of disk.
            Processor time is that of all threads, without the imagining: on a machine that others
            use it says more than the rate.
            """
    )

    @Option(help: "Articles to store.")
    var articles = 20_000

    @Option(help: "Articles that are stored at the same time.")
    var slots = StoreWriter.callersMax

    @Option(help: "Questions of each kind.")
    var questions = 300

    @Flag(help: "Ask questions only, of a store that somebody else may be writing.")
    var readOnly = false

    @Option(help: "Folder for the store, which is kept; without it, one that is removed.")
    var folder: String?

    @Option(help: "Connection string of an empty PostgreSQL database, instead of SQLite.")
    var store: String?

    func run() async throws {
        if let store { return try await run(onServer: store) }
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-store-bench-\(UUID().uuidString)")
        let place = folder.map { URL(fileURLWithPath: $0) } ?? scratch
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { if folder == nil { try? FileManager.default.removeItem(at: place) } }
        let path = place.appendingPathComponent("store.sqlite").path
        if !FileManager.default.fileExists(atPath: path) { try await fill(path) }
        if !readOnly { try measurePlacing(path) }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        try BenchCase("store/size", Double(size) / Double(articles), "bytes/article").print()
        try await StoreQuestions(store: ArticleStore(path: path), count: questions).ask()
    }

    private func run(onServer address: String) async throws {
        try await fill(address)
        try measurePlacing(address)
        let size = SQLQuery("SELECT pg_database_size(current_database())")
        let bytes = try ArticleStore.answer(size, path: address).rows.first?.first
        guard case .integer(let bytes)? = bytes else { return }
        try BenchCase("store/size", Double(bytes) / Double(articles), "bytes/article").print()
        try await StoreQuestions(store: ArticleStore(path: address), count: questions).ask()
    }

    /// Imagines articles and stores them, in turns; only the storing is measured.
    private func fill(_ path: String) async throws {
        let configuration = StoreConfiguration(path: path)
        let stage = StorageStage(
            writer: try await StoreWriter.open(configuration),
            now: { Instant(milliseconds: 1_700_000_000_000) }
        )
        let news = ImaginedNews()
        var (storing, seconds) = (Duration.zero, 0.0)
        var last: [AnnotatedArticle] = []
        for start in stride(from: 0, to: articles, by: Self.batch) {
            let numbers = start..<min(start + Self.batch, articles)
            let imagined = numbers.map { news.article($0, of: articles) }
            let before = ProcessCost.cpuSeconds
            storing += try await Self.measure { try await store(imagined, by: stage) }
            seconds += ProcessCost.cpuSeconds - before
            last = imagined
        }
        var new = BenchCase("store/new", storing.perSecond(articles), "articles/s")
        new.cpuMicroseconds = seconds * 1e6 / Double(max(1, articles))
        try new.print()
        let again = try await Self.measure { try await store(last, by: stage) }
        try BenchCase("store/unchanged", again.perSecond(last.count), "articles/s").print()
    }

    /// Tells how long the next articles take to find their place, once the first ones have brought
    /// into memory what a process that writes all the time has there.
    private func measurePlacing(_ path: String) throws {
        let news = ImaginedNews()
        let next = (articles..<(articles + 2 * Self.placed)).map { news.article($0, of: articles) }
        let times = try PlacingTimes.measure(next, in: path, ContinuousClock())
        try StoreQuestions.print("placing_cold", times.prefix(Self.placed))
        try StoreQuestions.print("placing", times.suffix(Self.placed))
    }

    /// Articles that are placed for each figure.
    private static let placed = 2000

    /// Articles that are in memory at the same time.
    private static let batch = 4000

    /// Hands the articles out to the slots, as a worker does.
    private func store(_ articles: [AnnotatedArticle], by stage: StorageStage) async throws {
        let slots = slots
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slot in 0..<slots {
                group.addTask {
                    for index in stride(from: slot, to: articles.count, by: slots) {
                        _ = try await stage.process(Self.input(articles[index]))
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

extension Duration {
    /// Rate of `count` things done in this time.
    fileprivate func perSecond(_ count: Int) -> Double {
        Double(count) * 1000 / Double(max(1, wholeMilliseconds))
    }
}
