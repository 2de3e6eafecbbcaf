import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct LookAheadTests {
    /// Articles of which some come twice, some share a content, some nearly a text, some a
    /// statement, and each a name with others.
    private static let drafts: [Draft] = (Array(0..<60) + Array(40..<50)).map { number in
        var draft = Draft()
        let subject = number % 20
        draft.url = "https://host\(number).example/a"
        draft.title = "Report \(subject)"
        let words = (0..<80).map { "word\(($0 + subject * 100) * 7919 % 10_007)" }
        draft.paragraphs = [
            words.joined(separator: " ") + (number < 40 ? "." : " and \(number)."),
            "“We lost a month and \(subject % 4) ships to the sea,” Mayor Ada Pell said.",
        ]
        draft.quotes = ["“We lost a month and \(subject % 4) ships to the sea,”"]
        draft.names = [("Place \(subject % 7)", .politicalPlace), ("Ada Pell", .person)]
        draft.fetchedAt += number * 1000
        return draft
    }

    /// Rows of a store, as many whatever the order in which its articles came.
    private static func counts(_ fixture: StoreFixture) throws -> [Int] {
        try fixture.read { db in
            try [
                "article", "article_version", "article_copy", "entity", "quotation",
                "handled_message", "story_article",
            ].map { try db.first(Int.self, "SELECT count(*) FROM \($0)") ?? -1 }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `articles that come together are stored as those that come one by one`(
        _ database: TestDatabase
    ) async throws {
        var singly: [Int] = []
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for draft in Self.drafts { _ = try await stage.handle(draft) }
            singly = try Self.counts(fixture)
        }
        try await StoreFixture.with(database) { fixture in
            let writer = try await fixture.writer()
            let records = try Self.drafts.map { draft in
                try #require(ArticleRecord(draft.annotated, madeBy: nil))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for record in records {
                    group.addTask {
                        let now = Instant(milliseconds: 1_700_000_000_000)
                        _ = try await writer.write(record, of: .any(), now: now)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try Self.counts(fixture) == singly)
            let report = try StoreCare(path: fixture.path).check(includesIndexes: true)
            #expect(report.isSound)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `keys are known as the table has them`(_ database: TestDatabase) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.writer()
            try fixture.write { db in
                for key in 1...300 {
                    let rows = key == 7 ? 1...2000 : 1...(key % 3 + 1)
                    for row in rows {
                        try db.run("INSERT INTO text_key (key, article) VALUES (?, ?)", key, row)
                    }
                }
                let known = KeyRows("text_key", "article")
                #expect(known.rows(under: [1], limit: 9) == nil)
                // The least 256 go into one question, which key 7 makes too long.
                try known.lookAhead(Set(1...300).union([900]), db)
                #expect(known.rows(under: [1], limit: 9) == nil)
                #expect(known.rows(under: [300, 299], limit: 9) == [1, 2, 3, 1])
                #expect(known.rows(under: [299, 300], limit: 2) == [1, 2])
                #expect(known.rows(under: [900], limit: 9) == [])
                known.add(5, under: 300)
                known.add(4, under: 900)
                known.add(5, under: 300)
                known.add(5, under: 1)
                known.remove(1, under: 300)
                #expect(known.rows(under: [300, 900], limit: 9) == [5, 4])
                #expect(known.rows(under: [300, 1], limit: 9) == nil)
            }
        }
    }
}
