import Foundation
import PostgreSQL
import Testing
import WirecopyMessages

@testable import WirecopyStorage

/// What of a store in PostgreSQL differs from one in SQLite.
@Suite(.enabled(if: TestDatabase.server != nil, TestDatabase.skipped))
struct PostgreSQLStoreTests {
    /// A connection past all checks.
    private static func connection(_ fixture: StoreFixture) throws -> Connection {
        try Connection(try ServerAddress(fixture.path), program: "wirecopy-tests")
    }

    @Test func `a writer that waits too long for its turn gives the article back`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let writer = try await fixture.writer(busyTimeout: .milliseconds(20))
            let other = try Self.connection(fixture)
            try other.script("BEGIN; \(PostgreSQLOpening.turn)")
            let failure = await #expect(throws: StageFailure.self) {
                try await fixture.stage(over: writer).handle(Draft())
            }
            #expect(failure?.code == .storeBusy)
            #expect(failure?.disposition == .retry(after: nil))
            try other.script("ROLLBACK")
            #expect(try await fixture.stage(over: writer).handle(Draft()).outcome == .stored)
        }
    }

    @Test func `a connection that the server ends is opened anew, and nothing is doubled`()
        async throws
    {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let stage = try await fixture.stage()
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.articleCount() == 0)
            let id = MessageID.any()
            #expect(try await stage.handle(Draft(), id: id).outcome == .stored)
            let other = try Self.connection(fixture)
            try other.script(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            )
            let failure = await #expect(throws: StageFailure.self) {
                try await stage.handle(Draft.numbered(1))
            }
            #expect(failure?.code == .storeBusy)
            #expect(failure?.message.contains("opened anew") == true)
            #expect(try await stage.handle(Draft(), id: id).outcome == .stored)
            #expect(try await stage.handle(Draft.numbered(1)).outcome == .stored)
            await #expect(throws: StorageFailure.self) { try await store.articleCount() }
            #expect(try await store.articleCount() == 2)
        }
    }

    @Test func `a commit waits for the disk, whatever the server's default`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            try Self.connection(fixture).script(
                """
                DO $$ BEGIN EXECUTE format(
                    'ALTER DATABASE %I SET synchronous_commit = off', current_database());
                END $$
                """
            )
            let setting = try fixture.write {
                try $0.text("SELECT current_setting('synchronous_commit')")
            }
            #expect(setting == "on")
        }
    }

    @Test func `a row that cannot be written fails alone`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let stage = try await fixture.stage()
            try Self.connection(fixture).script(
                """
                ALTER TABLE wirecopy.article_version ADD CHECK (title <> 'Refused')
                """
            )
            let stored = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        var draft = Draft.numbered(number)
                        if number % 5 == 0 { draft.title = "Refused" }
                        return (try? await stage.handle(draft))?.outcome == .stored
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(stored == 16)
            #expect(try await ArticleStore(path: fixture.path).articleCount() == 16)
        }
    }

    @Test func `numbers have no gaps, but where a transaction failed`() async throws {
        struct Stopped: Error {}
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            func insert(_ count: Int, failing: Bool = false) throws -> [Int64] {
                try fixture.write { db in
                    let numbers = try (0..<count).map { _ in
                        try db.insert("INSERT INTO story DEFAULT VALUES RETURNING id")
                    }
                    if failing { throw Stopped() }
                    return numbers
                }
            }
            #expect(try insert(2) == [1, 2])
            #expect(try insert(100) == Array(3...102))
            #expect(throws: Stopped.self) { try insert(1, failing: true) }
            let next = try insert(1)
            #expect(next[0] > 102)
            #expect(try insert(1) == [next[0] + 1])
            try Self.connection(fixture).script("INSERT INTO wirecopy.story DEFAULT VALUES")
            #expect(try insert(1) == [next[0] + 3])
            #expect(
                try fixture.read { try $0.first(Int.self, "SELECT count(*) FROM story") } == 106
            )
        }
    }

    @Test func `a text's words are the same in binary as in writing`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.stage().handle(Draft())
            // Words behind the last place that the server tells apart, and more than it keeps.
            let many = (0..<20_000).map { "w\($0 % 700 < 400 ? 0 : $0 % 5000)" }
            try fixture.write { db in
                try db.run(
                    "UPDATE article_version SET title = ?, text = ?",
                    "Łódź w0",
                    many.joined(separator: " ")
                )
                try db.run("UPDATE article SET authors = ?", "[\"w0 w1\"]")
                let row = try db.row("SELECT number, title, text, authors FROM article_text")
                guard let row else { return }
                let text = IndexedText.article(title: row[1], text: row[2], authors: row[3])
                try db.dialect.remove(row[0], text, from: db)
                try db.dialect.add(row[0], text, to: db)
                #expect(try db.dialect.isSound(.articles, db))
            }
        }
    }

    @Test func `functions of the second version answer as those of the first`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let answers = #"""
                SELECT min(1, NULL), min(CAST(NULL AS BIGINT), 1), min(2, 1), min(1, 2), max(1, 2),
                    max(2, 1), max(2, NULL), text_digest(NULL),
                    text_digest('\\back \x and Łódź 東京') =
                        sha256(convert_to('\\back \x and Łódź 東京', 'UTF8'))
                """#
            let row = try fixture.read { try $0.row(answers) }
            let numbers: [Int64?] = [nil, nil, 1, 1, 2, 2, nil, nil, 1]
            #expect(numbers.indices.map { row?[$0] as Int64? } == numbers)
            // A store of the first version is brought up to date.
            try Self.connection(fixture).script(
                """
                SET search_path = wirecopy;
                DELETE FROM store_schema WHERE version = 2;
                CREATE OR REPLACE FUNCTION min(a BIGINT, b BIGINT) RETURNS BIGINT
                    LANGUAGE sql IMMUTABLE STRICT AS 'SELECT least($1, $2)'
                """
            )
            _ = try await fixture.writer()
            let isInlined = try fixture.read { db in
                try db.first(
                    Bool.self,
                    "SELECT NOT proisstrict FROM pg_proc WHERE proname = 'min' "
                        + "AND pronamespace = CAST('wirecopy' AS regnamespace)"
                )
            }
            #expect(isInlined == true)
        }
    }

    @Test func `a writer looks rows up by indexes, also in a store that was empty before`()
        async throws
    {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let plan = try fixture.write { db in
                try db.all(String.self, "EXPLAIN SELECT id FROM entity WHERE name IN ('a', 'b')")
            }
            #expect(plan.joined().contains("entity_name"))
        }
    }

    @Test func `URLs and names longer than an index entry are stored and found`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let stage = try await fixture.stage()
            var draft = Draft()
            let letters = (0..<2000).map { String($0 * 7919 % 65_521, radix: 36) }.joined()
            draft.url = "https://news.example/" + letters
            draft.names = [("Ada " + letters, .person)]
            #expect(try await stage.handle(draft).outcome == .stored)
            #expect(try await stage.handle(draft).outcome == .unchanged)
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.article(draft.url)?.title == draft.title)
        }
    }

    @Test func `a server that is not there is told with what to do`() async throws {
        let failure = #expect(throws: StorageFailure.self) {
            try ArticleStore(path: "postgresql://ann:secret-word@127.0.0.1:1/news")
        }
        #expect(failure?.code == .busy)
        #expect(failure?.message.contains("start it") == true)
        #expect(failure?.message.contains("secret-word") == false)
    }

    @Test func `a database that is not there is told with what to do`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let missing = try ServerAddress(fixture.path).database("no_such_database")
            let failure = await #expect(throws: StorageFailure.self) {
                try await StoreWriter.open(StoreConfiguration(path: missing.description))
            }
            #expect(failure?.code == .notOpened)
            #expect(failure?.message.contains("createdb") == true)
        }
    }

    @Test func `a user without rights is told what the server says`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let stranger = fixture.path.replacing("wirecopy@", with: "nobody_of_this_name@")
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: stranger)
            }
            #expect(failure?.code == .notOpened)
            #expect(failure?.message.contains("nobody_of_this_name") == true)
        }
    }

    @Test func `stores of other versions and other people's schemas are left alone`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            let missing = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: fixture.path)
            }
            #expect(missing?.code == .notOpened)
            _ = try await fixture.writer()
            let connection = try Self.connection(fixture)
            try connection.script("INSERT INTO wirecopy.store_schema VALUES (999)")
            let newer = await #expect(throws: StorageFailure.self) { try await fixture.writer() }
            #expect(newer?.code == .schemaNewer)
            try connection.script("DELETE FROM wirecopy.store_schema")
            let older = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: fixture.path)
            }
            #expect(older?.code == .schemaOlder)
            try connection.script(
                "DROP SCHEMA wirecopy CASCADE; CREATE SCHEMA wirecopy; "
                    + "CREATE TABLE wirecopy.recipe (name TEXT)"
            )
            let other = await #expect(throws: StorageFailure.self) { try await fixture.writer() }
            #expect(other?.code == .notAStore)
        }
    }

    @Test func `a read whose caller is cancelled ends on the server too`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let store = try ArticleStore(path: fixture.path)
            let (begun, signal) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await store.read(to: "wait") { db in
                    signal.yield()
                    return try db.text("SELECT CAST(pg_sleep(300) AS TEXT)")
                }
            }
            for await _ in begun { break }
            task.cancel()
            let failure = await #expect(throws: StorageFailure.self) { try await task.value }
            #expect(failure?.code == .cancelled)
            #expect(try await store.articleCount() == 0)
        }
    }

    @Test(arguments: [
        "DELETE FROM wirecopy.article", "CREATE TEMP TABLE t (a INT)", "SELECT x", "",
        "SELECT 1; SELECT 2", "VACUUM", "COMMIT", "SELECT pg_sleep(300)",
        "WITH gone AS (DELETE FROM article RETURNING 1) SELECT * FROM gone",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 9 + 1 FROM n) SELECT max(i) FROM n",
    ])
    func `what is no bounded query is refused`(_ text: String) async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let query = SQLQuery(text, timeMax: .milliseconds(50))
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore.answer(query, path: fixture.path)
            }
            #expect(failure?.code == .queryRefused)
        }
    }

    @Test func `a query is answered with its columns and types`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.stage().handle(Draft())
            let query = SQLQuery(
                """
                SELECT title AS headline, 1, 1.5, NULL, '\\x0aff'::bytea, 2 > 1, ARRAY[1, 2]
                FROM v_article;
                """
            )
            let report = try ArticleStore.answer(query, path: fixture.path)
            #expect(report.columns.first == "headline")
            #expect(
                report.rows == [
                    [
                        .text("Harbour opens again"), .integer(1), .real(1.5), .null,
                        .text("0aff"), .integer(1), .text("{1,2}"),
                    ]
                ]
            )
        }
    }

    @Test(arguments: [
        "repeat('x', 17000000)", "convert_to(repeat('x', 17000000), 'UTF8')",
        "1, ARRAY[repeat('x', 17000000)]",
        "repeat('a', 15000000), repeat('b', 15000000), repeat('c', 15000000), "
            + "repeat('d', 15000000), repeat('e', 15000000)",
    ])
    func `a value that is too long is refused before it comes`(_ values: String) async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore.answer(SQLQuery("SELECT \(values)"), path: fixture.path)
            }
            #expect(failure?.code == .queryRefused)
            #expect(failure?.message.contains("more than 16777216 bytes") == true)
        }
    }

    @Test(arguments: [
        "SELECT generate_series(1, 1000) AS n ;\n", "SELECT 7 AS n -- seven", "SELECT",
    ])
    func `a query is answered in its order however it ends`(_ text: String) async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let query = SQLQuery(text, rowsMax: 700)
            let report = try ArticleStore.answer(query, path: fixture.path)
            let first = report.rows.first?.first
            switch report.rows.count {
            case 700:
                #expect(report.isCut)
                #expect(report.rows.map { $0 } == (1...700).map { [.integer($0)] })
            case 1 where report.columns.isEmpty: #expect(first == nil)
            default: #expect(first == .integer(7))
            }
            #expect(report.columns.allSatisfy { $0 == "n" })
        }
    }

    @Test func `what stands behind a semicolon is refused with what to do`() async throws {
        try await StoreFixture.with(.postgreSQL) { fixture in
            _ = try await fixture.writer()
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore.answer(SQLQuery("SELECT 1; -- one"), path: fixture.path)
            }
            #expect(failure?.message.contains("behind its semicolon") == true)
        }
    }

    @Test func `its copy is left to its own tools`() async throws {
        let failure = #expect(throws: StorageFailure.self) {
            try StoreCare(path: "postgresql://host/news").backUp(to: "/tmp/copy")
        }
        #expect(failure?.code == .notSupported)
        #expect(failure?.message.contains("pg_dump") == true)
    }
}
