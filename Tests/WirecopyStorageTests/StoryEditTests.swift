import SplitMix
import Testing
import WirecopyMessages
import WirecopyStories

@testable import WirecopyStorage

@Suite struct StoryEditTests {
    private static let now = Instant(milliseconds: 1_700_000_000_000)
    private static let ferry = "https://news1.example/ferry-1"
    private static let rescue = "https://news2.example/ferry-2"
    private static let court = "https://news3.example/ferry-3"
    private static let vaccine = "https://news.example/vaccine"

    /// A store with a story of three articles and one of a single one.
    private static func with(
        _ database: TestDatabase,
        _ body: (StoreFixture, StoryEditor, ArticleStore) async throws -> Void
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for draft in Draft.ferries + [Draft.vaccine] { _ = try await stage.handle(draft) }
            try await body(
                fixture,
                StoryEditor(path: fixture.path),
                ArticleStore(path: fixture.path)
            )
            let check = try StoreCare(path: fixture.path).check(includesIndexes: false)
            #expect(check.findings == [])
        }
    }

    /// The story of each article, by the headline's first word.
    private static func places(_ store: ArticleStore) async throws -> [String: Int] {
        var places: [String: Int] = [:]
        for story in try await store.stories(limit: 100).stories {
            let report = try await store.story(story.id)
            for episode in report?.episodes ?? [] {
                for article in episode.articles { places[article.url] = story.id }
            }
        }
        return places
    }

    /// What is told of a store's stories; changes aside.
    private static func told(_ store: ArticleStore) async throws -> [[[String]]] {
        var told: [[[String]]] = []
        for story in try await store.stories(limit: 100).stories {
            let report = try #require(try await store.story(story.id))
            told.append([["\(story.id)"]] + report.episodes.map { $0.articles.map(\.url) })
        }
        return told.sorted { $0.description < $1.description }
    }

    @Test(arguments: TestDatabase.all)
    func `stories that are merged go on under the older number`(_ database: TestDatabase)
        async throws
    {
        try await Self.with(database) { fixture, editor, store in
            let before = try await Self.told(store)
            let edit = try await editor.merge(Self.vaccine, with: Self.court, now: Self.now)
            #expect(edit.action == .merge)
            #expect(edit.other == 1)
            let story = try #require(try await store.story(edit.story))
            #expect(story.summary.id == 1)
            #expect(story.summary.articles == 4)
            #expect(story.changes.map(\.kind) == ["merged"])
            #expect(story.changes.map(\.edit) == [1])
            let place = try await store.storyPlace(of: Self.vaccine)
            #expect(place?.decided == edit)
            let undone = try await editor.undo(nil, now: Self.now)
            #expect(undone.undoneAtMs == Self.now.milliseconds)
            #expect(try await Self.told(store) == before)
            #expect(try await store.story(edit.story)?.summary.id == edit.story)
            #expect(try await store.storyPlace(of: Self.vaccine)?.decided == nil)
            #expect(try await store.storyEdits().edits == [undone])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `articles that are split off get a story of their own and stay there`(
        _ database: TestDatabase
    ) async throws {
        try await Self.with(database) { fixture, editor, store in
            let before = try await Self.told(store)
            let edit = try await editor.split("#1", [Self.rescue], now: Self.now)
            #expect(edit.articles.count == 1)
            #expect(try await Self.places(store)[Self.rescue] == edit.other)
            #expect(edit.other > 2)
            let changes = try #require(try await store.story(1)).changes
            #expect(changes.map(\.kind) == ["split"])
            // The same article in a better extraction, after a restart.
            let stage = try await fixture.stage()
            var better = Draft.ferries[1].annotated
            better.mentions.removeLast()
            better.article.fetchedAt = Instant(milliseconds: 1_800_000_000_000)
            _ = try await stage.handle(better)
            #expect(try await Self.places(store)[Self.rescue] == edit.other)
            _ = try await editor.undo(edit.id, now: Self.now)
            #expect(try await Self.told(store) == before)
            #expect(try await store.story(edit.other)?.summary.id == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `stories that are told apart are not joined by what comes later`(_ database: TestDatabase)
        async throws
    {
        try await Self.with(database) { fixture, editor, store in
            let edit = try await editor.split("1", [Self.rescue], now: Self.now)
            let stage = try await fixture.stage()
            for number in 4...9 {
                let title = "Halcyon off Dunmere, report \(number)"
                _ = try await stage.handle(
                    .ferry(number, day: number % 3, title: title, "Boats came to Skerrow.")
                )
            }
            let places = try await Self.places(store)
            #expect(places[Self.rescue] == edit.other)
            #expect(places[Self.ferry] != edit.other)
            #expect(places.count == 10)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an article that is moved belongs to the other story`(_ database: TestDatabase)
        async throws
    {
        try await Self.with(database) { fixture, editor, store in
            let before = try await Self.told(store)
            let edits = try await editor.move([Self.vaccine], to: Self.ferry, now: Self.now)
            #expect(edits.map(\.action) == [.move])
            #expect(try await Self.places(store)[Self.vaccine] == 1)
            #expect(try await store.story(2)?.summary.id == 1)
            #expect(try await store.story(1)?.changes.map(\.kind) == ["moved"])
            _ = try await editor.undo(1, now: Self.now)
            #expect(try await Self.told(store) == before)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what came since goes along with the article that it resembles`(_ database: TestDatabase)
        async throws
    {
        try await Self.with(database) { fixture, editor, store in
            let edit = try await editor.merge("1", with: "2", now: Self.now)
            let stage = try await fixture.stage()
            var second = Draft.vaccine
            second.url = "https://news9.example/vaccine"
            second.title = "Lumen buys a malaria vaccine from Orrin"
            _ = try await stage.handle(second)
            try #require(try await Self.places(store)[second.url] == edit.other)
            _ = try await editor.undo(nil, now: Self.now)
            let places = try await Self.places(store)
            #expect(places[Self.vaccine] == edit.story)
            #expect(places[second.url] == edit.story)
            #expect(places[Self.court] == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an edit that is undone leaves later ones alone`(_ database: TestDatabase) async throws {
        try await Self.with(database) { fixture, editor, store in
            let before = try await Self.told(store)
            let first = try await editor.move([Self.rescue], to: "2", now: Self.now)
            let second = try await editor.split("2", [Self.rescue], now: Self.now)
            _ = try await editor.undo(first[0].id, now: Self.now)
            #expect(try await Self.places(store)[Self.rescue] == second.other)
            _ = try await editor.undo(second.id, now: Self.now)
            #expect(try await Self.told(store) == before)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what cannot be is refused with words`(_ database: TestDatabase) async throws {
        try await Self.with(database) { fixture, editor, store in
            let before = try await Self.told(store)
            func refused(
                _ code: StorageFailure.Code,
                _ words: String,
                _ body: () async throws -> Void
            ) async {
                let failure = await #expect(throws: StorageFailure.self) { try await body() }
                #expect(failure?.code == code)
                #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
            }
            await refused(.ruleRefused, "Both are the story 1 already.") {
                _ = try await editor.merge("1", with: Self.court, now: Self.now)
            }
            await refused(.nameUnknown, "The store has no story 99.") {
                _ = try await editor.merge("1", with: "99", now: Self.now)
            }
            await refused(.ruleRefused, "leave at least one in it") {
                _ = try await editor.split("2", [Self.vaccine], now: Self.now)
            }
            await refused(.ruleRefused, "is in the story 2, not in 1.") {
                _ = try await editor.split("1", [Self.vaccine], now: Self.now)
            }
            await refused(.ruleRefused, "0 articles are named") {
                _ = try await editor.split("1", [], now: Self.now)
            }
            await refused(.nameUnknown, "The store has no article https://x.example/.") {
                _ = try await editor.move(["https://x.example/"], to: "1", now: Self.now)
            }
            await refused(.ruleRefused, "is in the story 1 already.") {
                _ = try await editor.move([Self.court], to: "1", now: Self.now)
            }
            await refused(.ruleRefused, "There is no edit 7 that holds") {
                _ = try await editor.undo(7, now: Self.now)
            }
            #expect(try await Self.told(store) == before)
            #expect(try await store.storyEdits().edits == [])
        }
    }

    @Test(arguments: TestDatabase.all, [UInt64](1...6))
    func `whatever was decided, undone in any order, leaves nothing behind`(
        _ database: TestDatabase,
        _ seed: UInt64
    ) async throws {
        try await Self.with(database) { fixture, editor, store in
            var random = SplitMix64(seed: seed)
            let before = try await Self.told(store)
            let articles = [Self.ferry, Self.rescue, Self.court, Self.vaccine]
            for _ in 0..<8 {
                let (left, right) = (
                    articles[Int(random.next() % 4)], articles[Int(random.next() % 4)]
                )
                do throws(StorageFailure) {
                    switch random.next() % 4 {
                    case 0: _ = try await editor.merge(left, with: right, now: Self.now)
                    case 1: _ = try await editor.split(left, [right], now: Self.now)
                    case 2: _ = try await editor.move([left], to: right, now: Self.now)
                    default:
                        let count = try await store.storyEdits().edits.count
                        let edit = 1 + Int(random.next() % UInt64(count + 1))
                        _ = try await editor.undo(edit, now: Self.now)
                    }
                } catch {
                    #expect(error.code == .ruleRefused, "\(error.message)")
                }
                let check = try StoreCare(path: fixture.path).check(includesIndexes: false)
                #expect(check.findings == [], "seed \(seed)")
            }
            var holding = try await store.storyEdits().edits.filter { $0.undoneAtMs == nil }
            holding.shuffle(using: &random)
            for edit in holding { _ = try await editor.undo(edit.id, now: Self.now) }
            #expect(try await Self.told(store) == before, "seed \(seed)")
        }
    }
}
