import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct StatementMatchTests {
    private static let pell = ComparedSpeaker(entity: 1, type: .person, name: "Ada Pell")

    private static func statement(
        _ text: String,
        by speaker: ComparedSpeaker? = pell,
        kind: QuotationKind = .direct,
        day: Int = 739_000
    ) -> ComparedStatement {
        ComparedStatement(
            id: QuotationNumber.first(ofDay: day) + 1,
            kind: kind,
            words: StatementWords(text),
            speaker: speaker
        )
    }

    private static func areOne(_ one: String, _ other: String) -> Bool {
        StatementMatch.likeness(statement(one), statement(other)) != nil
    }

    @Test(arguments: [
        "“WE LOST a month, and the ferries lost a year.”",
        "\"We lost a month ... and the ferries lost a year\"",
        "We [the harbour office] lost a month, and the ferries lost a year",
        "the ferries lost a year",
        "We lost a month, and our ferries lost a year",
    ])
    func `case marks brackets cuts and small edits do not make another statement`(_ text: String) {
        #expect(Self.areOne("We lost a month, and the ferries lost a year", text))
    }

    @Test(arguments: [
        "We won a month, and the trawlers won a year",
        "a year",
        "The harbour will open again on Monday at noon",
        "lost the month and ferries",
    ])
    func `other words are another statement`(_ text: String) {
        #expect(!Self.areOne("We lost a month, and the ferries lost a year", text))
    }

    @Test func `words strewn over a long statement are not that statement`() {
        let long =
            "The board met, we heard in the hall, and lost no time on a plan that in a month or so "
            + "would cost the town and the county the ferries"
        #expect(!Self.areOne("we lost a month and the ferries", long))
    }

    @Test func `a reporter's words count only when nearly equal`() {
        let told = Self.statement(
            "the harbour had lost a month because of the storm",
            kind: .indirect
        )
        let part = Self.statement("lost a month because of the storm")
        #expect(StatementMatch.likeness(told, part) == nil)
        let same = Self.statement(
            "that the harbour had lost a month because of the storm",
            kind: .indirect
        )
        #expect(StatementMatch.likeness(told, same) != nil)
    }

    @Test func `speakers must be the same, or one of them open`() {
        let text = "we lost a month and the ferries lost a year"
        let said = Self.statement(text)
        func likeness(_ speaker: ComparedSpeaker?) -> Double? {
            StatementMatch.likeness(said, Self.statement(text, by: speaker))
        }
        #expect(likeness(ComparedSpeaker(entity: 9, type: .person, name: "Mayor Pell")) == 1)
        #expect(likeness(ComparedSpeaker(entity: nil, type: nil, name: "a spokeswoman")) == 1)
        #expect(likeness(nil) == 1)
        #expect(likeness(ComparedSpeaker(entity: 9, type: .person, name: "Tom Reed")) == nil)
    }

    @Test func `a short statement needs its speaker`() {
        let text = "we lost a month"
        let open = Self.statement(text, by: nil)
        #expect(StatementMatch.likeness(Self.statement(text), open) == nil)
        #expect(StatementMatch.likeness(Self.statement(text), Self.statement(text)) == 1)
    }

    @Test func `what is said again after a month is another statement`() {
        let text = "we lost a month and the ferries lost a year"
        let first = Self.statement(text)
        let days = StatementMatch.daysMax
        #expect(
            StatementMatch.likeness(first, Self.statement(text, day: 739_000 + days)) != nil
        )
        #expect(
            StatementMatch.likeness(first, Self.statement(text, day: 739_001 + days)) == nil
        )
    }

    @Test func `a half of a statement mostly has a key of the whole`() {
        let found = (0..<200).count { seed in
            let words = (0..<24).map { "w\(seed)x\($0 * 7 % 24)" }
            let whole = StatementWords(words.joined(separator: " "))
            let half = StatementWords(words.dropFirst(6).prefix(12).joined(separator: " "))
            return !Set(whole.keys).isDisjoint(with: half.keys)
        }
        #expect(found > 160)
    }

    @Test func `keys are found from the next bucket`() {
        let bucket = TimeBucket.days
        let last = 739_000 / bucket * bucket - 1
        for distance in 0...bucket / 2 {
            let key = TimeBucket.key(7, day: last)
            #expect(TimeBucket.keys(7, near: last + distance).contains(key))
            #expect(TimeBucket.keys(7, near: last - distance).contains(key))
        }
    }
}

@Suite struct StatementLinkerTests {
    private static let quote = "“We lost a month, and the ferries lost a whole year,”"

    private static func draft(_ number: Int, quote: String = quote, day: Int = 1) -> Draft {
        var draft = Draft()
        draft.url = "https://host\(number).example/a"
        draft.title = "Report \(number)"
        draft.published = "2024-05-0\(day)"
        draft.paragraphs = ["Report \(number) of the day.", "\(quote) Mayor Ada Pell said."]
        draft.quotes = [quote]
        return draft
    }

    /// Which articles tell one statement, each statement a line.
    private static func statements(_ fixture: StoreFixture) throws -> [String] {
        let rows = try fixture.read { db in
            try db.rows("SELECT statement, title FROM v_quotation ORDER BY title")
        }
        let titles = Dictionary(grouping: rows) { $0["statement"] as Int }
        return titles.values.map { rows in
            rows.map { $0["title"] as String }.joined(separator: "+")
        }.sorted()
    }

    @Test(arguments: TestDatabase.all)
    func `a statement of several outlets is one with its variants`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, day: 2))
            _ = try await stage.handle(
                Self.draft(2, quote: "“the ferries lost a whole year,”", day: 1)
            )
            _ = try await stage.handle(Self.draft(3, quote: "“Nothing of that is true at all,”"))
            #expect(try Self.statements(fixture) == ["Report 1+Report 2", "Report 3"])
            let row: StoreRow? = try fixture.read { db in
                try db.row(
                    """
                    SELECT variants, articles, hosts, origins, first_ms, last_ms
                    FROM v_statement WHERE variants > 1
                    """
                )
            }
            let first = try #require(SortableInstant.milliseconds("2024-05-01"))
            let last = try #require(SortableInstant.milliseconds("2024-05-02"))
            let values = try #require(row).values.map { Int(column: $0) }
            #expect(values == [2, 2, 2, 2, first, last])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a version that is replaced leaves its statement to the others`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 { _ = try await stage.handle(Self.draft(number)) }
            #expect(try Self.statements(fixture) == ["Report 1+Report 2+Report 3"])
            var changed = Self.draft(1, quote: "“I take back all that I said,”")
            changed.fetchedAt += 1
            _ = try await stage.handle(changed)
            #expect(try Self.statements(fixture) == ["Report 1", "Report 2+Report 3"])
            // Its words are still known by those who stayed.
            _ = try await stage.handle(Self.draft(4))
            #expect(try Self.statements(fixture) == ["Report 1", "Report 2+Report 3+Report 4"])
            try await fixture.expectSoundIndex()
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a text that returns has its statement again`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...2 { _ = try await stage.handle(Self.draft(number)) }
            var changed = Self.draft(1, quote: "“I take back all that I said,”")
            changed.fetchedAt += 1
            _ = try await stage.handle(changed)
            var back = Self.draft(1)
            back.fetchedAt += 2
            _ = try await stage.handle(back)
            #expect(try Self.statements(fixture) == ["Report 1+Report 2"])
            let keys = try fixture.read { db in
                try db.first(Int.self, "SELECT count(DISTINCT quotation) FROM statement_key")
            }
            #expect(keys == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a date that changes moves the statements`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...2 { _ = try await stage.handle(Self.draft(number)) }
            var moved = Self.draft(1)
            moved.published = "2020-01-01"
            moved.fetchedAt += 1
            _ = try await stage.handle(moved)
            #expect(try Self.statements(fixture) == ["Report 1", "Report 2"])
            let store = try ArticleStore(path: fixture.path)
            let titles = try await store.quotations(QuotationQuery()).quotations.map(\.title)
            #expect(titles == ["Report 2", "Report 1"])
            try await fixture.expectSoundIndex()
        }
    }
}
