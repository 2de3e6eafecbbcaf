import Foundation
import Synchronization
import Testing
import WirecopyMessages
import WirecopyStorage

@testable import WirecopyWeb

/// A broker that answers what a test has written down.
final class ScriptedQueue: QueueReports {
    struct Script {
        var status: BrokerStatus?
        var letters: [DeadLetterReport.Letter] = []
        var sources: [SourcesReport.Source] = []
        var lineages: [TraceReport.Lineage] = []
        var replayed: [ReplayRequest] = []
    }

    let script = Mutex(Script())

    static let away = WebFailure(.unavailable, "No broker runs here.")

    func status() async throws(WebFailure) -> BrokerStatus {
        guard let status = script.withLock({ $0.status }) else { throw Self.away }
        return status
    }

    func ledger() async throws(WebFailure) -> LedgerReport { try await status().ledger }

    func deadLetters(
        _ request: DeadLetterRequest
    ) async throws(WebFailure) -> DeadLetterReport {
        let letters = script.withLock { $0.letters }
        let chosen = letters.filter { letter in
            (request.code.map { $0 == letter.code } ?? true)
                && (request.position.map { $0 == letter.position } ?? true)
        }
        return DeadLetterReport(letters: chosen, total: letters.count)
    }

    func sources(_ request: SourcesRequest) async throws(WebFailure) -> SourcesReport {
        SourcesReport(sources: script.withLock { $0.sources })
    }

    func trace(_ request: TraceRequest) async throws(WebFailure) -> TraceReport {
        TraceReport(lineages: script.withLock { $0.lineages })
    }

    func replay(_ request: ReplayRequest) async throws(WebFailure) -> ReplayReport {
        script.withLock { $0.replayed.append(request) }
        return ReplayReport(count: 7, bytes: 7000, hosts: ["tide.example": 7], replayed: 7)
    }
}

/// A site over a store of its own and a scripted broker.
struct SiteFixture {
    static let token = "a-token-that-nobody-guesses"
    /// Longer than a page waits: the machine of a test may have much else to do.
    static let patience = Duration.seconds(300)

    let folder: URL
    let queue = ScriptedQueue()
    let watch: QueueWatch
    let site: WebSite
    let writer: StoreWriter

    /// Calls `body` with a fixture whose folder is gone afterwards.
    static func with(
        readingNeedsToken: Bool = false,
        _ body: (SiteFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try await body(try await SiteFixture(folder, readingNeedsToken))
        } catch {
            try FileManager.default.removeItem(at: folder)
            throw error
        }
        try FileManager.default.removeItem(at: folder)
    }

    private init(_ folder: URL, _ readingNeedsToken: Bool) async throws {
        self.folder = folder
        let path = folder.appendingPathComponent("store.sqlite").path
        writer = try await StoreWriter.open(StoreConfiguration(path: path))
        watch = QueueWatch(queue)
        site = WebSite(
            store: StoreDesk(path: path, limit: Self.patience),
            queue: queue,
            watch: watch,
            policy: AccessPolicy(
                hosts: ["page.example"],
                token: Self.token,
                readingNeedsToken: readingNeedsToken
            ),
            assets: try .shipped(),
            now: { Instant(milliseconds: 1_716_984_100_000) }
        )
    }

    /// Stores an article and gives its identifier.
    @discardableResult
    func store(_ draft: WebDraft) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let envelope = Envelope(
            entering: .annotatedArticle,
            id: MessageID(milliseconds: 1_700_000_000_000, using: &generator),
            subject: draft.url,
            lane: "news.example",
            source: "/test",
            madeAt: Instant(milliseconds: 1)
        )
        let stage = StorageStage(writer: writer) { Instant(milliseconds: 1_700_000_000_000) }
        let input = StageInput(
            envelope: envelope,
            payload: draft.annotated,
            attachments: [],
            attempt: 1
        )
        let outputs = try await stage.process(input)
        let outcome = try #require(outputs.first?.payload as? Outcome)
        return try #require(outcome.article)
    }

    /// Asks for a page as a browser on this machine does.
    func get(_ target: String, cookie: String? = nil) async -> WebAnswer {
        var request = WebRequest("GET", target)
        request.host = "127.0.0.1:5580"
        request.cookie = cookie
        return await site.answer(request)
    }

    /// Posts a form, or JSON to the API.
    func post(
        _ target: String,
        _ body: String,
        origin: String? = "http://127.0.0.1:5580",
        cookie: String? = nil,
        authorization: String? = nil
    ) async -> WebAnswer {
        var request = WebRequest("POST", target, body: Array(body.utf8))
        request.host = "127.0.0.1:5580"
        request.origin = origin
        request.cookie = cookie
        request.authorization = authorization
        request.contentType =
            target.hasPrefix("/api/") ? "application/json" : "application/x-www-form-urlencoded"
        return await site.answer(request)
    }

    /// The cookie of a browser that has shown the token.
    func cookie() async throws -> String {
        let answer = await post("/sign-in", "token=\(Self.token)")
        let header = try #require(answer.header("set-cookie"))
        return String(header.prefix { $0 != ";" })
    }
}

/// An invented article.
struct WebDraft {
    var url = "https://news.example/harbour"
    var title = "Harbour opens again"
    var paragraphs = [
        "RYE (Wire) — The harbour of Rye opened again on Monday.",
        "“We lost a month,” Mayor Ada Pell said. The Rye Gazette first reported the delay.",
    ]
    var person = "Ada Pell"
    var quote = "“We lost a month,”"
    var dropped = "Support our newsroom."
    var author = "Ann Ray"

    var annotated: AnnotatedArticle {
        let page = FetchedPage(
            url: url,
            origin: "http",
            fetchedAt: Instant(milliseconds: 1_716_984_000_000),
            bodyBytes: 1,
            bodyDigest: "sha256:" + String(repeating: "0", count: 64)
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: paragraphs.map { Paragraph(.body, $0) }
        )
        article.title = Evidenced(title, source: "h1", confidence: 0.9)
        article.authors = [Evidenced(author, source: "byline", confidence: 0.8)]
        article.published = PublicationDate(
            Evidenced("2024-05-29T14:03:00+02:00", source: "json-ld", confidence: 0.9),
            precision: .minute
        )
        article.siteName = Evidenced("News Example", source: "og:site_name", confidence: 0.9)
        article.dropped = [DroppedBlock(.membership, dropped)]
        var annotated = AnnotatedArticle(article: article)
        let text = article.mainText
        annotated.entities = [Entity(name: person, type: .person)]
        annotated.mentions = ranges(of: person, in: text).map {
            Mention($0, type: .person, entity: 0)
        }
        annotated.quotations = ranges(of: quote, in: text).map {
            Quotation($0, kind: .direct, speaker: Speaker(name: person, entity: 0), cue: "said")
        }
        annotated.citations = ranges(of: "The Rye Gazette first reported", in: text).map {
            Citation($0, name: "The Rye Gazette", entity: nil)
        }
        annotated.sentences = paragraphs.flatMap { ranges(of: $0, in: text) }
        return annotated
    }

    private func ranges(of word: String, in text: String) -> [TextRange] {
        let (word, text) = (Array(word.utf8), Array(text.utf8))
        guard !word.isEmpty, text.count >= word.count else { return [] }
        return (0...text.count - word.count)
            .filter { text[$0..<$0 + word.count].elementsEqual(word) }
            .map { TextRange($0, $0 + word.count) }
    }
}

extension BrokerStatus {
    /// A broker with one worker a stage and a balanced ledger.
    static func balanced(at milliseconds: Int = 1000, done: Int = 0) -> BrokerStatus {
        var ledger = LedgerReport(
            entered: 10,
            inFlight: 0,
            openMessages: 0,
            lost: 0,
            outcomes: ["stored": 9, "dead": 1],
            reasons: ["http_gone": 1]
        )
        ledger.standing = 0
        return BrokerStatus(
            broker: "test",
            startedAtMs: 0,
            nowMs: milliseconds,
            ledger: ledger,
            stages: StageName.allCases.map { stage in
                var report = StageReport(stage: stage)
                report.doneTotal = done
                report.receivedTotal = done
                return report
            },
            workers: StageName.allCases.map {
                WorkerReport(peer: "\($0.rawValue)/1", stage: $0, stageVersion: "1.0")
            }
        )
    }
}
