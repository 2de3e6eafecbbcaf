import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct ArticleReportTests {
    @Test(arguments: TestDatabase.all)
    func `an article is told with everything that came with it`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let outcome = try await fixture.stage().handle(Draft())
            let report = try await fixture.article(outcome)
            #expect(report.text == Draft().annotated.article.mainText)
            #expect(report.paragraphs.map(\.text) == Draft().paragraphs)
            #expect(report.published == "2024-05-29T14:03:00+02:00")
            #expect(report.publishedPrecision == "minute")
            #expect(report.publishedIsInferred == false)
            #expect(report.entities.map(\.name) == ["Rye", "Ada Pell"])
            #expect(report.entities.map(\.mentions) == [2, 1])
            #expect(report.mentions.map(\.surface) == ["Rye", "Ada Pell", "Rye"])
            #expect(report.citations.map(\.text) == ["The Rye Gazette first reported"])
            #expect(report.dropped.map(\.label) == ["membership"])
            #expect(report.warnings == ["The page names two headlines."])
            let quotation = try #require(report.quotations.first)
            #expect(quotation.text == "“We lost a month,”")
            #expect(quotation.context == "“We lost a month,” Mayor Ada Pell said.")
            #expect(quotation.speakerEntity == report.entities.last?.id)
            #expect(
                report.fields.map(\.name) == ["authors", "published", "site_name", "title"]
            )
            #expect(report.fields.last?.source == "h1")
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what stands beside the text is told, and in the view of articles`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var annotated = Draft().annotated
            func stated(_ value: String) -> Evidenced {
                Evidenced(value, source: "json-ld", confidence: 0.9, evidence: "as stated")
            }
            annotated.article.subtitle = stated("After a month of repairs")
            annotated.article.tags = [stated("Harbours"), stated("Rye")]
            annotated.article.leadImage = stated("https://news.example/lock.jpg")
            annotated.article.leadImageCaption = stated("The lock")
            annotated.article.leadImageCredit = stated("Ann Ray")
            annotated.article.access = ArticleAccess(.metered, source: "json-ld", confidence: 1)
            annotated.article.syndication = [stated("Reuters")]
            let report = try await fixture.article(fixture.stage().handle(annotated))
            #expect(report.subtitle == "After a month of repairs")
            #expect(report.tags == ["Harbours", "Rye"])
            #expect(report.leadImageCaption == "The lock")
            #expect(report.leadImageCredit == "Ann Ray")
            #expect(report.access == "metered")
            #expect(report.syndication == ["Reuters"])
            #expect(report.fields.count { $0.evidence == "as stated" } == 7)
            let rows: [StoreRow] = try fixture.read { db in
                try db.rows(
                    """
                    SELECT subtitle, tags, lead_image_caption, lead_image_credit, access,
                        syndication FROM v_article
                    """
                )
            }
            let columns = rows.flatMap { row in row.values.map { String(column: $0) } }
            #expect(
                columns == [
                    "After a month of repairs", #"["Harbours","Rye"]"#, "The lock", "Ann Ray",
                    "metered", #"["Reuters"]"#,
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a report is the same after its JSON`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let outcome = try await fixture.stage().handle(Draft())
            let report = try await fixture.article(outcome)
            let json = try report.reportJSON()
            #expect(try ArticleReport(reportJSON: json) == report)
            #expect(String(decoding: json, as: UTF8.self).contains("\"first_seen_ms\":"))
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an article is found by identifier beginning and any address`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var draft = Draft()
            draft.url = "https://t.example/x"
            draft.finalURL = "https://news.example/a?utm_medium=feed"
            let id = try #require(try await fixture.stage().handle(draft).article)
            let store = try ArticleStore(path: fixture.path)
            for reference in [
                id, id.uppercased(), String(id.prefix(6)), draft.url, "https://news.example/a",
                "HTTPS://news.example/a?utm_medium=mail#x",
                "https://news.example/a?utm_medium=feed",
            ] {
                #expect(try await store.article(reference)?.id == id, "\(reference)")
            }
            for reference in ["", "zzzz", "https://news.example/b", "' OR 1=1", "\0"] {
                #expect(try await store.article(reference) == nil, "\(reference)")
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a beginning that fits several articles is refused with examples`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let first = try await fixture.stage().handle(Draft.numbered(1))
            _ = try await fixture.stage().handle(Draft.numbered(2))
            try fixture.write { try $0.run("UPDATE article SET id = 'abcd' || substr(id, 5)") }
            let store = try ArticleStore(path: fixture.path)
            let failure = await #expect(throws: StorageFailure.self) {
                try await store.article("abcd")
            }
            #expect(failure?.code == .referenceAmbiguous)
            let id = "abcd" + (try #require(first.article)).dropFirst(4)
            #expect(try await store.article(id)?.title == "Report 1")
        }
    }
}

@Suite struct QuotationQueryTests {
    @Test(arguments: TestDatabase.all)
    func `statements are found by speaker and subject newest first`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number)
                draft.published = "2024-05-0\(number)"
                if number == 2 { draft.names = [("Rye", .politicalPlace)] }
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            let all = try await store.quotations(QuotationQuery())
            #expect(all.quotations.map(\.title) == ["Report 3", "Report 2", "Report 1"])
            let hers = try await store.quotations(QuotationQuery(by: "ada pell"))
            #expect(hers.quotations.map(\.title) == ["Report 3", "Report 1"])
            #expect(hers.quotations.first?.speakerEntity == "Ada Pell")
            let about = try await store.quotations(QuotationQuery(by: "Pell", about: "mayor month"))
            #expect(about.quotations.count == 2)
            #expect(try await store.quotations(QuotationQuery(about: "gazette")).quotations.isEmpty)
            #expect(try await store.quotations(QuotationQuery(by: "month")).quotations.isEmpty)
            let since = Instant(
                milliseconds: try #require(SortableInstant.milliseconds("2024-05-03"))
            )
            #expect(try await store.quotations(QuotationQuery(since: since)).quotations.count == 1)
            let one = try await store.quotations(QuotationQuery(limit: 1))
            #expect(one.quotations.count == 1)
            #expect(one.hasMore)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what is quoted but not said is no statement`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var article = Draft().annotated
            article.quotations[0].kind = .notSpeech
            _ = try await fixture.stage().handle(article)
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.quotations(QuotationQuery(about: "month")).quotations.isEmpty)
            #expect(try await store.counts().quotations == 0)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `statements of an earlier version are not told`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Draft())
            var changed = Draft()
            changed.fetchedAt += 1
            changed.paragraphs = ["“We won a year,” Mayor Ada Pell said."]
            changed.quotes = ["“We won a year,”"]
            _ = try await stage.handle(changed)
            let store = try ArticleStore(path: fixture.path)
            let report = try await store.quotations(QuotationQuery(by: "Pell"))
            #expect(report.quotations.map(\.text) == ["“We won a year,”"])
        }
    }
}

@Suite struct ArticleExportTests {
    @Test(arguments: TestDatabase.all)
    func `an export gives each article once in the order in which they came`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let count = 10
            for number in 0..<count { _ = try await stage.handle(Draft.numbered(number)) }
            let store = try ArticleStore(path: fixture.path)
            var titles: [String?] = []
            var export = try store.export()
            export.batchSize = 4
            for try await article in export {
                titles.append(article.title)
                if titles.count == 5 { _ = try await stage.handle(Draft.numbered(count)) }
            }
            #expect(titles == (0..<count).map { "Report \($0)" })
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an export since an instant leaves earlier articles out`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number)
                draft.published = number == 3 ? nil : "202\(number)"
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            let since = Instant(milliseconds: try #require(SortableInstant.milliseconds("2022")))
            var titles: [String?] = []
            for try await article in try store.export(since: since) { titles.append(article.title) }
            #expect(titles == ["Report 2", "Report 3"])
        }
    }
}
