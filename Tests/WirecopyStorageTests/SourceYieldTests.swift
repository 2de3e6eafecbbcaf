import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct SourceYieldTests {
    private static let day = 86_400_000
    private static let today = 20_000
    private static let feed = "https://news.example/feed.xml"

    private func draft(_ name: String, daysAgo: Int, source: String? = feed) -> Draft {
        var draft = Draft()
        draft.url = "https://news.example/\(name)"
        draft.title = "The \(name) opens again"
        draft.fetchedAt = (Self.today - daysAgo) * Self.day + 3_600_000
        draft.source = source
        return draft
    }

    @Test(arguments: TestDatabase.all)
    func `a source's articles are counted by day and by what they have`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(draft("harbour", daysAgo: 60))
            _ = try await stage.handle(draft("bridge", daysAgo: 3))
            var bare = draft("pier", daysAgo: 3)
            (bare.authors, bare.published) = ([], nil)
            bare.paragraphs[0] += String(repeating: " It was closed for a year.", count: 30)
            _ = try await stage.handle(bare)
            _ = try await stage.handle(draft("gate", daysAgo: 3, source: nil))
            let now = Instant(milliseconds: Self.today * Self.day)
            let yields = try await ArticleStore(path: fixture.path).sourceYields(now: now)
            var day = SourceYield.Day(day: Self.today - 3, articles: 2)
            (day.withAuthor, day.withDate, day.withText, day.withTitle) = (1, 1, 1, 2)
            #expect(yields == [Self.feed: SourceYield(articles: 3, days: [day])])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the source that named an article first is the one that is kept`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(draft("harbour", daysAgo: 2, source: nil))
            _ = try await stage.handle(draft("harbour", daysAgo: 1))
            _ = try await stage.handle(draft("harbour", daysAgo: 0, source: "https://b.example/"))
            let report = try await ArticleStore(path: fixture.path).article(
                "https://news.example/harbour"
            )
            #expect(report?.source == Self.feed)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `what a publisher asks is kept with its place, and filters an export`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var asking = draft("harbour", daysAgo: 1)
            asking.usage = [
                UsageNote("no_ai", place: "robots_header"),
                UsageNote("no_ai", place: "robots_meta"),
                UsageNote("no_archive", place: "robots_meta"),
            ]
            _ = try await stage.handle(asking)
            _ = try await stage.handle(draft("bridge", daysAgo: 1))
            let store = try ArticleStore(path: fixture.path)
            let report = try await store.article(asking.url)
            #expect(report?.usage == ["no_ai", "no_archive"])
            let places = report?.fields.filter { $0.name == "usage" }.map(\.source)
            #expect(places == ["robots_header", "robots_meta", "robots_meta"])
            for (signals, count) in [
                ([], 2), (["no_ai"], 1), (["no_index", "no_archive"], 1),
                (["mining_reserved"], 2),
            ] {
                var found = 0
                for try await _ in try store.export(usageLeftOut: signals) { found += 1 }
                #expect(found == count, "\(signals)")
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a wish that a publisher takes back is gone`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var asking = draft("harbour", daysAgo: 1)
            asking.usage = [UsageNote("no_ai", place: "robots_header")]
            _ = try await stage.handle(asking)
            _ = try await stage.handle(draft("harbour", daysAgo: 0))
            let report = try await ArticleStore(path: fixture.path).article(asking.url)
            #expect(report?.usage == [])
        }
    }
}
