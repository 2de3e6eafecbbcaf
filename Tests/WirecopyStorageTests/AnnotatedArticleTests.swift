import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct AnnotatedArticleTests {
    @Test(arguments: TestDatabase.all)
    func `an annotated article is read back as it was stored`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let article = Self.full
            // The message as it travels: what JSON cannot carry is not asked back.
            let sent = try AnnotatedArticle(json: article.json)
            let outcome = try await fixture.stage().handle(sent)
            let store = try ArticleStore(path: fixture.path)
            let read = try await store.annotatedArticle(try #require(outcome.article))
            #expect(read == sent)
            #expect(try await store.annotatedArticle(sent.article.url) == sent)
            let id = try #require(outcome.article)
            #expect(try await store.annotatedArticles([id, "0000000000000000"]) == [id: sent])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what a better extractor found is read back`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Draft())
            var better = Draft().annotated
            better.quotations[0].listener = "reporters"
            better.article.paragraphs[0].kind = .lede
            better.article.wordCount = 31
            let outcome = try await stage.handle(better)
            #expect(outcome.outcome == .stored)
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.annotatedArticle(better.article.url) == better)
        }
    }

    @Test func `an article of an earlier schema is read back without what that dropped`()
        async throws
    {
        try await StoreFixture.with { fixture in
            try StoreSchema.migrator.migrate(fixture.database(), upTo: "v4")
            try await fixture.database().write { db in
                try db.execute(sql: Self.articleOfVersion4)
            }
            _ = try await fixture.writer()
            let store = try ArticleStore(path: fixture.path)
            let read = try #require(try await store.annotatedArticle("0011223344556677"))
            #expect(read.article.paragraphs == [Paragraph(.body, "“Yes,” Pell said.")])
            #expect(read.article.url == "https://news.example/a")
            #expect(read.quotations.map(\.range) == [TextRange(0, 10)])
            #expect(read.quotations.map(\.speaker?.entity) == [0])
            #expect(read.entities == [Entity(name: "Ada Pell", type: .person)])
            let found = try await store.quotations(QuotationQuery(by: "Pell"))
            #expect(found.quotations.map(\.text) == ["“Yes,”"])
        }
    }

    private static let articleOfVersion4 = """
        INSERT INTO article (number, id, url, final_url, host, authors, first_seen_ms,
            last_seen_ms, sort_ms)
        VALUES (1, '0011223344556677', 'https://news.example/a', 'https://news.example/a',
            'news.example', '[]', 1716984000000, 1716984000000, 1716984000000);
        INSERT INTO article_version (id, article, n, digest, fingerprint, annotations_digest,
            fetched_at_ms, origin, encoding, title, fields, warnings, dropped, paragraphs, text)
        VALUES (1, 1, 1, 'd', 0, 'a', 1716984000000, 'http', 'utf-8', NULL, '{}', '[]', '[]',
            '[{"end":20,"kind":"body","start":0}]', '“Yes,” Pell said.');
        UPDATE article_version SET paragraphs =
            '[{"end":' || length(CAST(text AS BLOB)) || ',"kind":"body","start":0}]';
        INSERT INTO entity (id, name, type) VALUES (7, 'Ada Pell', 'PER');
        INSERT INTO version_entity (version, entity) VALUES (1, 7);
        INSERT INTO quotation (version, ordinal, kind, start_byte, end_byte, text, context,
            speaker_entity, speaker, cue)
        VALUES (1, 0, 'direct', 0, 10, '“Yes,”', '“Yes,” Pell said.', 7, 'Pell', 'said');
        UPDATE article SET version = 1;
        """

    /// An article with every field that a message can have.
    static var full: AnnotatedArticle {
        var article = Draft().annotated
        func stated(_ value: String) -> Evidenced {
            Evidenced(value, source: "json-ld", confidence: 0.75, evidence: "as stated")
        }
        article.article.url = "https://t.example/x"
        article.article.access = ArticleAccess(.metered, source: "json-ld", confidence: 1)
        article.article.canonicalURL = stated("https://news.example/harbour")
        article.article.fingerprint = Fingerprint(of: Array(article.article.mainText.utf8))
        article.article.flags = [PageFlag(.liveBlog, source: "words", confidence: 0.5)]
        article.article.language = stated("en")
        article.article.leadImage = stated("https://news.example/lock.jpg")
        article.article.leadImageCaption = stated("The lock")
        article.article.leadImageCredit = stated("Ann Ray")
        article.article.modified = PublicationDate(stated("2024-05"), precision: .month)
        article.article.paragraphs[0].kind = .lede
        article.article.readingTimeSeconds = 11
        article.article.section = stated("Coast")
        article.article.source = "https://news.example/feed"
        article.article.subtitle = stated("After a month")
        article.article.syndication = [stated("Wire")]
        article.article.tags = [stated("Harbours")]
        article.article.usage = [UsageNote("no_ai", place: "robots_header")]
        article.article.wordCount = 29
        article.entities.append(Entity(name: "Sussex", type: .politicalPlace))
        let role = EntityRole(TextRange(0, 3), role: "top mayor")
        article.entities[1].roles = [role]
        article.mentions[0].standsFor = GovernmentName(name: "Sussex", entity: 2)
        article.mentions[1].evidence = .list
        article.quotations[0].listener = "reporters"
        article.quotations[0].occasion = "a news conference"
        article.quotations[0].document = "a letter"
        article.citations[0].citing = "two officials"
        article.citations[0].entity = 0
        var sum = StatedAmount(.range(from: "2", to: "3"))
        sum.approximation = .about
        (sum.subject, sum.predicate, sum.unit, sum.total) = ("boats", "sank", "boat", "9")
        article.values += [
            StatedValue(TextRange(4, 9), .money(sum, currency: "GBP")),
            StatedValue(TextRange(10, 12), .quantity(StatedAmount(.exact("-1.5")))),
            StatedValue(TextRange(13, 14), .date(StatedDate(nil, precision: .week))),
        ]
        return article
    }
}
