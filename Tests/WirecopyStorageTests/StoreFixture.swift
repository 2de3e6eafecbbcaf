import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyStorage

/// A folder, or a database, for one test's store, with what is needed to put articles into it.
struct StoreFixture {
    let folder: URL
    /// Path of the store's file, or connection string of its database.
    let path: String

    func writer(
        busyTimeout: Duration = .seconds(30),
        sizeLimitBytes: Int? = nil
    ) async throws -> StoreWriter {
        let configuration = StoreConfiguration(
            path: path,
            busyTimeout: busyTimeout,
            sizeLimitBytes: sizeLimitBytes
        )
        return try await StoreWriter.open(configuration)
    }

    func stage() async throws -> StorageStage {
        stage(over: try await writer())
    }

    func stage(over writer: StoreWriter) -> StorageStage {
        StorageStage(writer: writer) { Instant(milliseconds: 1_700_000_000_000) }
    }

    /// Looks at rows.
    func read<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try StoreConnection.openForReading(path).readWaiting(body)
    }

    /// Changes rows, past all rules that the store keeps.
    func write<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try StoreConnection.openForWriting(StoreConfiguration(path: path)).writeWaiting(body)
    }

    /// A connection to SQLite past all checks.
    func database() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Has SQLite refuse rows of a table.
    ///
    /// - Parameters:
    ///   - table: the table.
    ///   - condition: SQL that is true for the rows.
    ///   - how: `ABORT`, `FAIL` or `ROLLBACK`.
    /// - Throws: SQLite's error.
    func refuse(_ table: String, _ condition: String, _ how: String) throws {
        try database().write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON \(table)
                    WHEN \(condition) BEGIN SELECT RAISE(\(how), 'refused'); END
                    """
            )
        }
    }

    /// Calls `body` with a fixture whose folder and database are gone afterwards.
    static func with<Answer>(
        _ database: TestDatabase = .sqlite,
        _ body: (StoreFixture) async throws -> Answer
    ) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        switch database {
        case .sqlite:
            let path = folder.appendingPathComponent("store.sqlite").path
            return try await body(StoreFixture(folder: folder, path: path))
        case .postgreSQL:
            let own = try ServerDatabase()
            defer { try? own.remove() }
            return try await body(StoreFixture(folder: folder, path: own.path))
        }
    }
}

/// An invented article, written down as briefly as tests need it.
struct Draft {
    var url = "https://news.example/harbour"
    var finalURL: String?
    var canonical: String?
    var title: String? = "Harbour opens again"
    var paragraphs = [
        "RYE (Wire) — The harbour of Rye opened again on Monday.",
        "“We lost a month,” Mayor Ada Pell said. The Rye Gazette first reported the delay.",
    ]
    var authors = ["Ann Ray"]
    var published: String? = "2024-05-29T14:03:00+02:00"
    var fetchedAt = 1_716_984_000_000
    var names: [(String, EntityType)] = [("Rye", .politicalPlace), ("Ada Pell", .person)]
    var source: String?
    var usage: [UsageNote] = []
    var quotes = ["“We lost a month,”"]

    /// The article with a mention of each name at each place, the quotes said by the last person.
    var annotated: AnnotatedArticle {
        let page = FetchedPage(
            url: url,
            origin: "http",
            fetchedAt: Instant(milliseconds: fetchedAt),
            bodyBytes: 1,
            bodyDigest: "sha256:" + String(repeating: "0", count: 64)
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: paragraphs.map { Paragraph(.body, $0) }
        )
        article.finalURL = finalURL ?? url
        article.canonicalURL = canonical.map { evidenced($0, "link") }
        article.title = title.map { evidenced($0, "h1") }
        article.authors = authors.map { evidenced($0, "byline") }
        article.published = published.map {
            PublicationDate(evidenced($0, "json-ld"), precision: .minute)
        }
        article.source = source
        article.usage = usage
        article.siteName = evidenced("News Example", "og:site_name")
        article.dropped = [DroppedBlock(.membership, "Support our newsroom.")]
        article.warnings = ["The page names two headlines."]
        return annotate(article)
    }

    private func annotate(_ article: ParsedArticle) -> AnnotatedArticle {
        var annotated = AnnotatedArticle(article: article)
        let text = article.mainText
        annotated.entities = names.map { Entity(name: $0.0, type: $0.1) }
        annotated.mentions = names.indices.flatMap { index in
            ranges(of: names[index].0, in: text).map {
                Mention($0, type: names[index].1, entity: index)
            }
        }.sorted { $0.range < $1.range }
        let person = names.lastIndex { $0.1 == .person }
        annotated.quotations = quotes.flatMap { quote in
            ranges(of: quote, in: text).map { range in
                Quotation(
                    range,
                    kind: .direct,
                    speaker: person.map { Speaker(name: "Pell", entity: $0) },
                    cue: "said"
                )
            }
        }
        annotated.citations = ranges(of: "The Rye Gazette first reported", in: text).map {
            Citation($0, name: "The Rye Gazette", entity: nil)
        }
        annotated.values = ranges(of: "Monday", in: text).map {
            StatedValue($0, .date(StatedDate("2024-05-27", precision: .day)))
        }
        annotated.sentences = ranges(of: "“We lost a month,” Mayor Ada Pell said.", in: text)
        return annotated
    }

    private func evidenced(_ value: String, _ source: String) -> Evidenced {
        Evidenced(value, source: source, confidence: 0.9)
    }

    private func ranges(of word: String, in text: String) -> [TextRange] {
        let (word, text) = (Array(word.utf8), Array(text.utf8))
        guard !word.isEmpty, text.count >= word.count else { return [] }
        return (0...text.count - word.count)
            .filter { text[$0..<$0 + word.count].elementsEqual(word) }
            .map { TextRange($0, $0 + word.count) }
    }
}

extension StorageStage {
    /// Handles a draft as a message of its own, or as the message `id` once more.
    func handle(_ draft: Draft, id: MessageID = .any()) async throws -> Outcome {
        try await handle(draft.annotated, id: id)
    }

    /// Handles an article as a message of its own, or as the message `id` once more.
    func handle(_ article: AnnotatedArticle, id: MessageID = .any()) async throws -> Outcome {
        let envelope = Envelope(
            entering: .annotatedArticle,
            id: id,
            subject: article.article.url,
            lane: "news.example",
            source: "/test",
            madeAt: Instant(milliseconds: 1)
        )
        let input = StageInput(envelope: envelope, payload: article, attachments: [], attempt: 1)
        let outputs = try await process(input)
        #expect(outputs.count == 1)
        return try #require(outputs.first?.payload as? Outcome)
    }
}

extension MessageID {
    /// An identifier that no other message has.
    static func any() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        return MessageID(milliseconds: 1_700_000_000_000, using: &generator)
    }
}
