import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct StoreCareTests {
    private static func filled(_ fixture: StoreFixture) async throws {
        let stage = try await fixture.stage()
        for number in 0..<5 { _ = try await stage.handle(Draft.numbered(number)) }
        var changed = Draft.numbered(1)
        changed.fetchedAt += 1
        changed.paragraphs.append("Ferries sail from Tuesday.")
        _ = try await stage.handle(changed)
    }

    @Test(arguments: TestDatabase.all)
    func `a store that was written is sound`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            try await Self.filled(fixture)
            let report = try StoreCare(path: fixture.path).check(includesIndexes: true)
            #expect(report.findings == [])
            #expect(report.isSound)
            #expect(report.articles == 5)
        }
    }

    @Test(
        arguments: TestDatabase.all,
        [
            "UPDATE article SET version = NULL WHERE number = 1",
            "UPDATE article_version SET n = 7 WHERE id = 1",
            "DELETE FROM entity WHERE name = 'Rye'",
            "DELETE FROM article WHERE number = 2", "UPDATE quotation SET statement = 1",
            "UPDATE quotation SET id = id + 1099511627776 WHERE ordinal = 0 AND version = 1",
            "UPDATE entity SET canonical = id", "UPDATE entity SET split_of = 99",
            "INSERT INTO near_duplicate VALUES (1, 2, 1, 1, NULL), (2, 3, 1, 1, NULL)",
            "INSERT INTO statement_key VALUES (1, 1)", "INSERT INTO text_key VALUES (1, 99)",
            "UPDATE mention SET version = 99 WHERE version = 1",
            "UPDATE article_version SET text = 'other'",
            "DELETE FROM story_article WHERE article = 1",
            "UPDATE story_article SET episode = 99 WHERE article = 1",
            "UPDATE story_article SET at_ms = at_ms + 1 WHERE article = 1",
            "UPDATE story_article SET features = substr(features, 1, 1) WHERE article = 1",
            "INSERT INTO story_article (article, story, episode, at_ms, is_dated, features) "
                + "SELECT 99, story, episode, at_ms, 0, features FROM story_article "
                + "WHERE article = 1",
            "INSERT INTO story_episode (story) VALUES (1)",
            "UPDATE story_episode SET last_ms = last_ms + 1 WHERE id = 1",
            "UPDATE story SET articles = articles + 1 WHERE id = 1",
            "UPDATE story SET merged_into = 1 WHERE id = 1", "INSERT INTO story DEFAULT VALUES",
            "INSERT INTO story (id, merged_into) VALUES (98, 99), (99, 98)",
            "DELETE FROM story_key_log WHERE article = 1",
            "UPDATE story_key_log SET article = 99 WHERE article = 1",
            "UPDATE story_key_log SET keys = (SELECT features FROM story_article LIMIT 1)",
            "INSERT INTO story_key_mark VALUES (1, 9999)",
            "INSERT INTO story_key_block SELECT 1, keys FROM story_key_log LIMIT 1",
            "INSERT INTO story_edit VALUES (1, 'split', 1, 99, 0, NULL); "
                + "INSERT INTO story_pin VALUES (1, 1, 1)",
            "INSERT INTO story_edit VALUES (1, 'split', 1, 2, 0, 0); "
                + "INSERT INTO story_apart VALUES (1, 2, 1)",
        ]
    )
    func `rows that break a rule are found`(_ database: TestDatabase, _ damage: String) async throws
    {
        try await StoreFixture.with(database) { fixture in
            try await Self.filled(fixture)
            try fixture.write { db in
                for statement in damage.split(separator: "; ") { try db.run(String(statement)) }
            }
            let report = try StoreCare(path: fixture.path).check(includesIndexes: true)
            #expect(!report.isSound)
            #expect(report.findings.allSatisfy { $0.count > 0 })
        }
    }

    @Test func `a copy is whole, and no file is overwritten`() async throws {
        try await StoreFixture.with { fixture in
            try await Self.filled(fixture)
            let target = fixture.folder.appendingPathComponent("copy.sqlite").path
            let bytes = try StoreCare(path: fixture.path).backUp(to: target)
            #expect(bytes > 0)
            #expect(try StoreCare(path: target).check(includesIndexes: true).isSound)
            #expect(try await ArticleStore(path: target).counts().articles == 5)
            let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
            #expect(!names.contains { $0.contains("unfinished") })
            let failure = #expect(throws: StorageFailure.self) {
                try StoreCare(path: fixture.path).backUp(to: target)
            }
            #expect(failure?.code == .notOpened)
        }
    }
}

@Suite struct SQLQueryTests {
    private static func answer(
        _ text: String,
        _ fixture: StoreFixture,
        rows: Int = 1000,
        time: Duration = .seconds(10)
    ) throws(StorageFailure) -> SQLReport {
        try ArticleStore.answer(
            SQLQuery(text, rowsMax: rows, timeMax: time),
            path: fixture.path
        )
    }

    @Test func `a query is answered with its columns and types`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            let report = try Self.answer(
                "SELECT title AS headline, 1, 1.5, NULL, x'0aff' FROM v_article",
                fixture
            )
            #expect(report.columns.first == "headline")
            #expect(
                report.rows == [
                    [.text("Harbour opens again"), .integer(1), .real(1.5), .null, .text("0aff")]
                ]
            )
            #expect(try SQLReport(reportJSON: report.reportJSON()) == report)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `rows beyond the limit are cut, and that is told`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.writer()
            let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"
            let report = try Self.answer("\(numbers) FROM n", fixture, rows: 3)
            #expect(report.rows.count == 3)
            #expect(report.isCut)
        }
    }

    @Test(arguments: [
        "DELETE FROM article", "CREATE TEMP TABLE t (a)", "ATTACH 'x.sqlite' AS x",
        "INSERT INTO article_search(article_search) VALUES ('optimize')", "SELECT", "",
        "SELECT 1; SELECT 2", "SELECT zeroblob(1 << 30)", "VACUUM",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    ])
    func `what is no bounded query is refused`(_ text: String) async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.writer()
            let failure = #expect(throws: StorageFailure.self) {
                try Self.answer(text, fixture, time: .milliseconds(50))
            }
            #expect(failure?.code == .queryRefused)
        }
    }
}
