import Foundation
import SplitMix
import WirecopyEntities
import WirecopyMessages
import WirecopyParse
import WirecopyStorage

@testable import WirecopyNewsroom

/// The newsroom's articles as the first three stages make them, without a network or a queue.
struct ReadNewsroom {
    /// An article with the truth about it.
    struct Reading {
        let truth: NewsArticle
        let annotated: AnnotatedArticle

        var url: String { annotated.article.url }
    }

    static let baseURL = "https://newsroom.example"

    /// First versions of all articles and the copied texts, oldest first; read once a process.
    static func readings() throws -> [Reading] { try all.get() }

    private static let all = Result { try read() }

    private static func read() throws -> [Reading] {
        let archive = try NewsArchive.bundled()
        let site = Site(archive: archive, baseURL: baseURL)
        let (parser, extractor) = (try ParseStage(), try EntityStage())
        return try (archive.articles + archive.texts.map(\.article))
            .sorted { $0.published.secondsSinceEpoch < $1.published.secondsSinceEpoch }
            .compactMap { article in
                guard let page = site.pages[article.path] else { return nil }
                var fetched = FetchedPage(
                    url: baseURL + article.path,
                    origin: "test",
                    fetchedAt: readAt,
                    bodyBytes: page.body.count,
                    bodyDigest: ""
                )
                fetched.contentType = page.contentType
                let parsed = try parser.article(of: fetched, body: page.body)
                return Reading(truth: article, annotated: extractor.annotated(parsed))
            }
    }

    /// 3 November 2026, when everything has been published.
    private static let readAt = Instant(milliseconds: 1_793_664_000_000)

    /// Stores readings in the order in which they are given, and hands out the store.
    static func stored<Answer>(
        _ readings: [Reading],
        _ body: (ArticleStore) async throws -> Answer
    ) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-newsroom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path
        let writer = try await StoreWriter.open(StoreConfiguration(path: path))
        let stage = StorageStage(writer: writer) { readAt }
        for (number, reading) in readings.enumerated() {
            let envelope = Envelope(
                entering: .annotatedArticle,
                id: MessageID(words: (1, UInt64(number))),
                subject: reading.url,
                lane: "newsroom.example",
                source: "/test",
                madeAt: Instant(milliseconds: number)
            )
            _ = try await stage.process(
                StageInput(
                    envelope: envelope,
                    payload: reading.annotated,
                    attachments: [],
                    attempt: 1
                )
            )
        }
        return try await body(try ArticleStore(path: path))
    }

    /// The readings in an order that a seed gives.
    static func shuffled(_ readings: [Reading], seed: UInt64) -> [Reading] {
        var random = SplitMix64(seed: seed)
        return readings.shuffled(using: &random)
    }
}
