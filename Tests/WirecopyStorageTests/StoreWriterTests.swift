import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct StoreWriterTests {
    @Test(arguments: TestDatabase.all)
    func `articles that wait together are all stored once`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let outcomes = try await storeMany(200, by: [stage])
            #expect(outcomes.allSatisfy { $0.outcome == .stored })
            #expect(Set(outcomes.compactMap(\.article)).count == 200)
            let counts = try await ArticleStore(path: fixture.path).counts()
            #expect(counts.articles == 200)
            #expect(counts.entities == 2)
            try await fixture.expectSoundIndex()
        }
    }

    @Test(arguments: TestDatabase.all)
    func `two writers of one file store each content once`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            async let first = fixture.stage()
            async let second = fixture.stage()
            let stages = [try await first, try await second]
            let outcomes = try await storeMany(60, by: stages)
            let kinds = Dictionary(grouping: outcomes, by: \.outcome).mapValues(\.count)
            #expect(kinds == [.stored: 60, .unchanged: 60])
            let counts = try await ArticleStore(path: fixture.path).counts()
            #expect(counts.articles == 60)
            #expect(counts.versions == 60)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `copies that arrive at the same moment leave one article`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stages = [try await fixture.stage(), try await fixture.stage()]
            let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        var draft = Draft()
                        draft.url = "https://site\(number).example/wire"
                        return try await stages[number % 2].handle(draft)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0.outcome == .stored }.count == 1)
            #expect(outcomes.filter { $0.outcome == .duplicate }.count == 19)
            #expect(Set(outcomes.map(\.article)).count == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `versions of one article in one transaction leave a sound index`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    var draft = Draft()
                    draft.fetchedAt += number
                    draft.paragraphs.append("Ship \(number % 30) is due.")
                    if number >= 30 { draft.names = [("Mayor Ada", .person)] }
                    group.addTask { [draft] in _ = try await stage.handle(draft) }
                }
                try await group.waitForAll()
            }
            try await fixture.expectSoundIndex()
            let store = try ArticleStore(path: fixture.path)
            let counts = try await store.counts()
            #expect(counts.articles == 1)
            #expect(counts.versions == 30)
            #expect(try await store.search(SearchQuery(text: "ship")).hits.count == 1)
            #expect(try await store.article(Draft().url)?.text.contains("Ship 9 is") == true)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a reader sees whole articles while others are written`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let store = try ArticleStore(path: fixture.path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await storeMany(80, by: [stage]) }
                group.addTask {
                    for _ in 0..<20 {
                        let counts = try await store.counts()
                        #expect(counts.versions == counts.articles)
                        #expect(counts.quotations == counts.articles)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.counts().articles == 80)
        }
    }

    @Test func `a store that may not grow gives the article back as store_full`() async throws {
        try await StoreFixture.with { fixture in
            let writer = try await fixture.writer(sizeLimitBytes: 1 << 20)
            let stage = fixture.stage(over: writer)
            var stored = 0
            let failure = await #expect(throws: StageFailure.self) {
                for number in 0..<1000 {
                    _ = try await stage.handle(Draft.numbered(number, paragraphs: 400))
                    stored += 1
                }
            }
            #expect(failure?.code == .storeFull)
            #expect(failure?.disposition == .retry(after: .seconds(30)))
            #expect(stored > 0)
            let counts = try await ArticleStore(path: fixture.path).counts()
            #expect(counts.articles == stored)
            let roomy = try await fixture.stage()
            let again = try await roomy.handle(Draft.numbered(stored, paragraphs: 400))
            #expect(again.outcome == .stored)
            try await fixture.expectSoundIndex()
        }
    }

    @Test func `a store that others keep locked gives the article back as store_busy`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let writer = try await fixture.writer(busyTimeout: .milliseconds(20))
            let other = try fixture.database()
            try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
            let failure = await #expect(throws: StageFailure.self) {
                try await fixture.stage(over: writer).handle(Draft())
            }
            #expect(failure?.code == .storeBusy)
            #expect(failure?.disposition == .retry(after: nil))
            try await other.writeWithoutTransaction { try $0.rollback() }
            let outcome = try await fixture.stage(over: writer).handle(Draft())
            #expect(outcome.outcome == .stored)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a writer that failed asks anew what another one wrote meanwhile`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let (one, other) = (try await fixture.stage(), try await fixture.stage())
            #expect(try await one.handle(Draft.ferries[0]).outcome == .stored)
            try fixture.write { try $0.run(database.refusal) }
            var refused = Draft.vaccine
            refused.title = "Refused"
            await #expect(throws: StageFailure.self) { try await one.handle(refused) }
            #expect(try await other.handle(Draft.ferries[1]).outcome == .stored)
            #expect(try await one.handle(Draft.ferries[2]).outcome == .stored)
            let report = try StoreCare(path: fixture.path).check(includesIndexes: true)
            #expect(report.findings == [])
            #expect(report.articles == 3)
        }
    }

    @Test func `a row that cannot be written fails alone`() async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            try fixture.refuse("article_version", "NEW.title = 'Refused'", "ABORT")
            let results = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        var draft = Draft.numbered(number)
                        if number % 5 == 0 { draft.title = "Refused" }
                        return (try? await stage.handle(draft))?.outcome == .stored
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(results == 16)
            #expect(try await ArticleStore(path: fixture.path).counts().articles == 16)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a caller that is cancelled leaves no article half written`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let task = Task { try await stage.handle(Draft()) }
            task.cancel()
            #expect(try await task.value.outcome == .stored)
            #expect(try await stage.handle(Draft()).outcome == .unchanged)
        }
    }
}

extension TestDatabase {
    /// Makes the database refuse versions with the title `Refused`.
    fileprivate var refusal: String {
        switch self {
        case .sqlite:
            """
            CREATE TRIGGER refuse BEFORE INSERT ON article_version
            WHEN NEW.title = 'Refused' BEGIN SELECT RAISE(ABORT, 'refused'); END
            """
        case .postgreSQL: "ALTER TABLE article_version ADD CHECK (title <> 'Refused')"
        }
    }
}

@Suite struct StoreOpeningTests {
    @Test(arguments: TestDatabase.all)
    func `many processes may make the same store at once`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        _ = try await fixture.stage().handle(Draft.numbered(number))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await ArticleStore(path: fixture.path).counts().articles == 6)
        }
    }

    @Test func `a store of a newer program is refused with what to do`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            try await fixture.database().write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('v999')")
            }
            let writing = await #expect(throws: StorageFailure.self) { try await fixture.writer() }
            let reading = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: fixture.path)
            }
            #expect(writing?.code == .schemaNewer)
            #expect(writing == reading)
            #expect(writing?.message.contains("Update this program") == true)
        }
    }

    @Test func `a store of the first version is brought up to date with its articles`() async throws
    {
        try await StoreFixture.with { fixture in
            try StoreSchema.migrator.migrate(fixture.database(), upTo: "v1")
            try await fixture.database().write { db in
                try db.execute(
                    sql: """
                        INSERT INTO article (id, url, final_url, host, authors, first_seen_ms,
                            last_seen_ms, sort_ms)
                        VALUES ('0011223344556677', 'https://news.example/a',
                            'https://news.example/a', 'news.example', '[]',
                            1, 1, 1)
                        """
                )
            }
            _ = try await fixture.stage().handle(Draft())
            let rows = try fixture.read { db in
                try db.rows("SELECT url, tags, subtitle FROM article ORDER BY url")
            }
            #expect(rows.map { $0["tags"] as String } == ["[]", "[]"])
            #expect(rows.allSatisfy { ($0["subtitle"] as String?) == nil })
        }
    }

    @Test func `a store that no writer has brought up to date is not read`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            try await fixture.database().write { db in
                try db.execute(sql: "DELETE FROM grdb_migrations")
            }
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: fixture.path)
            }
            #expect(failure?.code == .schemaOlder)
        }
    }

    @Test func `another program's database is left alone`() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.database().write { db in
                try db.execute(sql: "CREATE TABLE recipe (name TEXT)")
            }
            let failure = await #expect(throws: StorageFailure.self) { try await fixture.writer() }
            #expect(failure?.code == .notAStore)
            let tables = try await fixture.database().read { db in
                try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            }
            #expect(tables == ["recipe"])
        }
    }

    @Test func `a file that is no database is refused`() async throws {
        try await StoreFixture.with { fixture in
            try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: fixture.path))
            let failure = await #expect(throws: StorageFailure.self) { try await fixture.writer() }
            #expect(failure?.code == .notAStore)
            #expect(failure?.underlying == "SQLITE_NOTADB")
        }
    }

    @Test func `reading where there is no store says so`() async throws {
        try await StoreFixture.with { fixture in
            let failure = #expect(throws: StorageFailure.self) {
                try ArticleStore(path: fixture.path)
            }
            #expect(failure?.code == .notOpened)
        }
    }

    @Test func `a damaged store gives the article back as store_failed`() async throws {
        try await StoreFixture.with { fixture in
            do {
                let stage = try await fixture.stage()
                _ = try await storeMany(30, by: [stage])
            }
            try await fixture.database().writeWithoutTransaction {
                _ = try $0.checkpoint(.truncate)
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: fixture.path))
            let size = try handle.seekToEnd()
            for page in 3..<size / UInt64(StoreSchema.pageSizeBytes) {
                try handle.seek(toOffset: page * UInt64(StoreSchema.pageSizeBytes))
                try handle.write(contentsOf: Data(repeating: 0x5A, count: 64))
            }
            try handle.close()
            let failure = await #expect(throws: (any Error).self) {
                _ = try await fixture.stage().handle(Draft())
            }
            let code =
                (failure as? StageFailure)?.code.rawValue
                ?? (failure as? StorageFailure)?.code.rawValue
            #expect(code == "store_failed" || code == "damaged")
        }
    }
}

extension Draft {
    /// An article of its own for each number.
    static func numbered(_ number: Int, paragraphs: Int = 1) -> Draft {
        var draft = Draft()
        draft.url = "https://news.example/\(number)"
        draft.title = "Report \(number)"
        draft.paragraphs += (0..<paragraphs).map { paragraph in
            "Ship \(number) brought \(paragraph * 7919 % 1000) crates of apples and pears to Rye."
        }
        return draft
    }
}

/// Gives each stage the articles 0 ..< `count`, all at once.
private func storeMany(_ count: Int, by stages: [StorageStage]) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: Outcome.self) { group in
        for number in 0..<count {
            for stage in stages {
                group.addTask { try await stage.handle(Draft.numbered(number)) }
            }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
