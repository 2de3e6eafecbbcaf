import GRDB
import SplitMix
import Testing
import WirecopyStories

@testable import WirecopyStorage

@Suite struct StoryRecallTests {
    /// Features of an imagined article: some words of its story, some that all use.
    private static func features(_ number: Int, _ random: inout SplitMix64) -> ArticleFeatures {
        var features = ArticleFeatures()
        let story = UInt32(number / 7)
        let own = (0..<12).map { _ in UInt32.random(in: 0..<20, using: &random) &+ story * 31 }
        let common = (0..<10).map { _ in UInt32.random(in: 0..<300, using: &random) }
        features.words = Set(own.map { $0 &* 0x9E37_79B1 } + common.map { $0 &* 0x85EB_CA6B })
            .sorted().map { .init(key: $0, count: 2, salience: 1, isLeading: $0 % 3 == 0) }
        features.length = 400
        let day = number / 12 + Int.random(in: 0..<9, using: &random)
        if number % 11 != 0 {
            features.publishedMilliseconds = day * ArticleFeatures.millisecondsOfDay
        }
        return features
    }

    private static func arrival(_ article: Int64, _ features: ArticleFeatures) -> StoryArrival {
        StoryArrival(article: article, features: features, sort: 8_000_000, isKnown: false)
    }

    /// A transaction as the writer's: stories of articles that are not there.
    private static func write<Answer: Sendable>(
        _ fixture: StoreFixture,
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        let configuration = StoreConfiguration(path: fixture.path)
        return try await StoreConnection.openForWriting(configuration).write(body)
    }

    /// Where all articles are once they were placed one after the other.
    private static func places(
        of count: Int,
        forgettingEvery pause: Int,
        _ fixture: StoreFixture
    ) async throws -> [[Int64]] {
        try await write(fixture) { db in
            var keeper = StoryKeeper(try .shipped())
            var random = SplitMix64(seed: 5)
            var recall = StoryRecall()
            for number in 1...count {
                let one = features(number, &random)
                let at = one.publishedMilliseconds ?? number * 7_000_000
                var stories = RecalledStories(StoryTables(db: db), recall)
                recall = StoryRecall()
                try keeper.place(Int64(number), one, milliseconds: at, on: &stories)
                keeper.frequencies.add(one)
                if number % pause != 0 { recall = stories.recall }
            }
            try expectWholeCounts(db)
            return try db.rows("SELECT story, episode FROM story_article ORDER BY article")
                .map { [$0[0], $0[1]] }
        }
    }

    /// What stories and episodes tell of their articles is what the articles tell.
    private static func expectWholeCounts(_ db: StoreDatabase) throws {
        let stories = """
            SELECT id, articles, first_ms, last_ms FROM story WHERE articles > 0 EXCEPT
            SELECT story, count(*), min(at_ms), max(at_ms) FROM story_article GROUP BY story
            """
        #expect(try db.rows(stories).isEmpty)
        let episodes = """
            SELECT id, story, first_ms, last_ms FROM story_episode EXCEPT
            SELECT episode, max(story), min(CASE is_dated WHEN 1 THEN at_ms END),
                max(CASE is_dated WHEN 1 THEN at_ms END)
            FROM story_article GROUP BY episode
            """
        #expect(try db.rows(episodes).isEmpty)
        let moved = "SELECT count(*) FROM story WHERE articles = 0 AND merged_into IS NULL"
        #expect(try db.first(Int.self, moved) == 0)
    }

    @Test func `what is remembered changes no story`() async throws {
        let count = 600
        let remembering = try await StoreFixture.with {
            try await Self.places(of: count, forgettingEvery: .max, $0)
        }
        let forgetful = try await StoreFixture.with {
            try await Self.places(of: count, forgettingEvery: 1, $0)
        }
        #expect(remembering == forgetful)
        let stories = Set(remembering.map { $0[0] }).count
        #expect((40...200).contains(stories), "\(stories) stories of 86")
    }

    @Test(arguments: TestDatabase.all)
    func `a log that all parts have is cut`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            try await Self.write(fixture) { db in
                let table = StoryKeyTable(db: db)
                var lists = StoryKeyLists()
                var marks = try table.load(into: &lists)
                let keys = (0..<200).map { UInt32($0) &* 0x9E37_79B1 }
                for article in 1...300 {
                    try table.post(Int64(article), keys, hour: article, &lists, &marks)
                    for _ in 0..<StoryKeyBlock.parts where article == 290 {
                        try table.sweep(&lists, &marks)
                    }
                }
                #expect(try db.first(Int.self, "SELECT count(*) FROM story_key_log") == 11)
                var read = StoryKeyLists()
                _ = try table.load(into: &read)
                let near = try keys.map { key in
                    try read.near(key, hour: 400, stored: table.list).map(\.article)
                }
                #expect(near.allSatisfy { $0 == Array(277...300) })
            }
        }
    }

    private struct Stopped: Error {}

    @Test(arguments: TestDatabase.all)
    func `a transaction that was rolled back is forgotten`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let desk = try await Self.write(fixture) { try StoryDesk(try .shipped(), $0) }
            var random = SplitMix64(seed: 1)
            let one = Self.features(1, &random)
            for article in [Int64(1), 2, 3] {
                try? await Self.write(fixture) { db in
                    try desk.begin(db)
                    try desk.enter(Self.arrival(article, one), db)
                    if article == 1 { throw Stopped() }
                }
            }
            try await Self.write(fixture) { db in
                let articles = try db.all(Int.self, "SELECT article FROM story_article")
                let stories = try db.all(Int.self, "SELECT story FROM story_article")
                #expect(articles.sorted() == [2, 3])
                #expect(Set(stories).count == 1)
                try Self.expectWholeCounts(db)
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what somebody else changed is asked anew`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let desk = try await Self.write(fixture) { try StoryDesk(try .shipped(), $0) }
            var random = SplitMix64(seed: 1)
            let (one, other) = (Self.features(1, &random), Self.features(400, &random))
            try await Self.write(fixture) { db in
                try desk.begin(db)
                try desk.enter(Self.arrival(1, one), db)
                try desk.enter(Self.arrival(2, other), db)
            }
            try await Self.write(fixture) { db in
                var revision = StoryRevision()
                _ = try revision.raise(db)
                try StoryTables(db: db).merge(2, into: 1)
            }
            try await Self.write(fixture) { db in
                try desk.begin(db)
                try desk.enter(Self.arrival(3, other), db)
                let stories = try db.all(
                    Int.self,
                    "SELECT story FROM story_article ORDER BY article"
                )
                // The two that are alike go on under the number that they have now.
                #expect(stories == [3, 1, 1])
                try Self.expectWholeCounts(db)
            }
        }
    }

    @Test func `articles placed before lists were kept in blocks are found`() async throws {
        try await StoreFixture.with { fixture in
            try await Self.makeVersion6(fixture)
            try await Self.write(fixture) { db in
                let table = StoryKeyTable(db: db)
                var lists = StoryKeyLists()
                _ = try table.load(into: &lists)
                for key: UInt32 in [7, 0xFFFF_FFFF] {
                    let near = try lists.near(key, hour: 2, stored: table.list)
                    #expect(near.map(\.article) == [5])
                    #expect(near.map { $0.isUp(to: 1) } == [false])
                }
            }
        }
    }

    /// A store of schema 6 with an article that two words find.
    private static func makeVersion6(_ fixture: StoreFixture) async throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: fixture.path, configuration: configuration)
        try StoreSchema.migrator.migrate(database, upTo: "v6")
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO story (articles) VALUES (1);
                    INSERT INTO story_episode (story) VALUES (1);
                    INSERT INTO story_article
                        (article, story, episode, at_ms, is_dated, features, keys)
                    VALUES (5, 1, 1, 7200000, 1, x'', x'07000000FFFFFFFF')
                    """
            )
        }
        try database.close()
    }
}
