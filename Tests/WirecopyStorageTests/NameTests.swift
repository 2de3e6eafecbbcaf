import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct NameRuleTests {
    private static let now = Instant(milliseconds: 1_700_000_000_000)

    /// An article that names a speaker so, as nobody else's.
    private static func draft(_ number: Int, speaker: String) -> Draft {
        var draft = Draft.numbered(number)
        draft.names = [("Rye", .politicalPlace), (speaker, .person)]
        draft.paragraphs = [
            "Report \(number).", "“We lost \(number) months,” Mayor \(speaker) said.",
        ]
        draft.quotes = ["“We lost \(number) months,”"]
        return draft
    }

    private static func speakers(_ fixture: StoreFixture, by name: String) async throws -> [String?]
    {
        try await ArticleStore(path: fixture.path).quotations(QuotationQuery(by: name))
            .quotations.map(\.speakerEntity)
    }

    @Test(arguments: TestDatabase.all)
    func `a name that is merged is told by the other, also in later articles`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, speaker: "Ada Pell"))
            _ = try await stage.handle(Self.draft(2, speaker: "Adelaide Quill"))
            let editor = try StoreEditor(path: fixture.path)
            let rule = try await editor.merge("adelaide quill", into: "Ada Pell", now: Self.now)
            #expect(rule.name == "Adelaide Quill")
            #expect(rule.type == "PER")
            #expect(try await Self.speakers(fixture, by: "Pell") == ["Ada Pell", "Ada Pell"])
            _ = try await stage.handle(Self.draft(3, speaker: "Adelaide Quill"))
            #expect(try await Self.speakers(fixture, by: "Pell").count == 3)
            let report = try await ArticleStore(path: fixture.path).entity("Pell")
            #expect(report?.articles == 3)
            #expect(report?.merged == ["Adelaide Quill"])
            let entities = try fixture.read { db in
                try db.all(String.self, "SELECT name FROM v_entity ORDER BY name")
            }
            #expect(entities == ["Ada Pell", "Rye"])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a rule holds for a name that comes after it`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, speaker: "Ada Pell"))
            let editor = try StoreEditor(path: fixture.path)
            _ = try await editor.merge("Ada Pell", into: "A. R. Pell", now: Self.now)
            _ = try await stage.handle(Self.draft(2, speaker: "Ada Pell"))
            let speakers = try await Self.speakers(fixture, by: "Ada Pell")
            #expect(speakers == ["A. R. Pell", "A. R. Pell"])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what a merge did is undone, and the rule is still told`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, speaker: "Ada Pell"))
            _ = try await stage.handle(Self.draft(2, speaker: "Adelaide Quill"))
            _ = try await stage.handle(Self.draft(3, speaker: "Tom Reed"))
            let editor = try StoreEditor(path: fixture.path)
            _ = try await editor.merge("Tom Reed", into: "Adelaide Quill", now: Self.now)
            _ = try await editor.merge("Adelaide Quill", into: "Ada Pell", now: Self.now)
            #expect(try await Self.speakers(fixture, by: "Pell").count == 3)
            let undone = try await editor.undo(nil, now: Self.now)
            #expect(undone.name == "Adelaide Quill")
            #expect(try await Self.speakers(fixture, by: "Ada Pell").count == 1)
            #expect(try await Self.speakers(fixture, by: "Quill").count == 2)
            let rules = try await ArticleStore(path: fixture.path).nameRules().rules
            #expect(rules.map { $0.undoneAtMs == nil } == [false, true])
            _ = try await editor.undo(rules.last?.id, now: Self.now)
            let failure = await #expect(throws: StorageFailure.self) {
                try await editor.undo(nil, now: Self.now)
            }
            #expect(failure?.code == .ruleRefused)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a split keeps an article's namesake apart, through a replay`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, speaker: "Ada Pell"))
            let other = try await stage.handle(Self.draft(2, speaker: "Ada Pell"))
            let editor = try StoreEditor(path: fixture.path)
            let id = try #require(other.article)
            _ = try await editor.split(
                "Ada Pell",
                as: "Ada Pell (singer)",
                in: [id],
                now: Self.now
            )
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.entity("\"Ada Pell\"")?.articles == 1)
            #expect(try await Self.speakers(fixture, by: "singer") == ["Ada Pell (singer)"])
            var again = Self.draft(2, speaker: "Ada Pell").annotated
            again.quotations[0].listener = "reporters"
            _ = try await stage.handle(again)
            #expect(try await Self.speakers(fixture, by: "singer") == ["Ada Pell (singer)"])
            // The message is still what was written.
            #expect(try await store.annotatedArticle(id)?.entities == again.entities)
            try await fixture.expectSoundIndex()
            _ = try await editor.undo(nil, now: Self.now)
            #expect(try await Self.speakers(fixture, by: "singer").isEmpty)
            #expect(try await store.entity("\"Ada Pell\"")?.articles == 2)
            #expect(try StoreCare(path: fixture.path).check(includesIndexes: true).findings == [])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `names that are not there or one already are refused`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Self.draft(1, speaker: "Ada Pell"))
            let editor = try StoreEditor(path: fixture.path)
            let unknown = await #expect(throws: StorageFailure.self) {
                try await editor.merge("Nobody", into: "Ada Pell", now: Self.now)
            }
            #expect(unknown?.code == .nameUnknown)
            let same = await #expect(throws: StorageFailure.self) {
                try await editor.merge("Ada Pell", into: "Ada Pell", now: Self.now)
            }
            #expect(same?.code == .ruleRefused)
            let taken = await #expect(throws: StorageFailure.self) {
                try await editor.split("Ada Pell", as: "Ada Pell", in: ["x"], now: Self.now)
            }
            #expect(taken?.code == .ruleRefused)
            #expect(try await ArticleStore(path: fixture.path).nameRules().rules.isEmpty)
        }
    }
}

@Suite struct EntityReportTests {
    @Test(arguments: TestDatabase.all)
    func `an entity is told with its words roles company and statements`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number)
                draft.published = "2024-05-0\(number)"
                draft.quotes = []
                var article = draft.annotated
                article.entities[1].roles = [
                    EntityRole(TextRange(0, 3), role: number < 3 ? "harbour master" : "mayor")
                ]
                if number == 3 { article.quotations = Draft.numbered(3).annotated.quotations }
                _ = try await stage.handle(article)
            }
            let store = try ArticleStore(path: fixture.path)
            let report = try #require(try await store.entity("pell"))
            #expect(report.name == "Ada Pell")
            #expect(report.articles == 3)
            #expect(!report.isPartial)
            #expect(report.firstMs == SortableInstant.milliseconds("2024-05-01"))
            #expect(report.lastMs == SortableInstant.milliseconds("2024-05-03"))
            #expect(report.roles.map(\.role) == ["mayor", "harbour master"])
            #expect(report.roles.map(\.articles) == [1, 2])
            #expect(report.surfaces == [EntityReport.Surface(mentions: 3, surface: "Ada Pell")])
            #expect(report.company.map(\.name) == ["Rye"])
            #expect(report.newest.map(\.title) == ["Report 3", "Report 2", "Report 1"])
            #expect(report.statements.map(\.title) == ["Report 3"])
            #expect(try await store.entity("#\(report.id)")?.name == "Ada Pell")
            #expect(try await store.entity("Nobody") == nil)
            #expect(try await store.entities(named: "ry*").map(\.name) == ["Rye"])
        }
    }
}

@Suite struct CitationReportTests {
    @Test(arguments: TestDatabase.all)
    func `who cites an outlet and whom it cites is counted, copies once`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number, paragraphs: number < 3 ? 12 : 0)
                draft.url = "https://host\(number).example/a"
                // Two of them are nearly the same text.
                if number == 2 {
                    draft.paragraphs[2...] = Draft.numbered(1, paragraphs: 12).paragraphs[2...]
                }
                _ = try await stage.handle(draft)
            }
            var gazette = Draft.numbered(9).annotated
            gazette.article.siteName = Evidenced("Rye Gazette", source: "x", confidence: 1)
            gazette.citations = [
                Citation(TextRange(0, 3), name: "Coast Press", entity: nil, citing: "two sailors")
            ]
            _ = try await stage.handle(gazette)
            let store = try ArticleStore(path: fixture.path)
            let report = try await store.citations(of: "the rye gazette")
            #expect(report.names == ["The Rye Gazette"])
            #expect(
                report.citedBy.map(\.host) == ["host1.example", "host2.example", "host3.example"]
            )
            #expect(report.citedBy.map(\.origins).reduce(0, +) == 3)
            #expect(report.hosts == ["news.example"])
            #expect(report.cites.map(\.name) == ["Coast Press"])
            #expect(report.cites.first?.citing == "two sailors")
            #expect(try await store.citations(of: "Nobody").names.isEmpty)
        }
    }
}
