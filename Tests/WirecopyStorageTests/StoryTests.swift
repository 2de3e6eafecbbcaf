import Foundation
import Testing
import WirecopyMessages
import WirecopyStories

@testable import WirecopyStorage

@Suite struct StoryTests {
    @Test(arguments: TestDatabase.all)
    func `articles are in their stories once they are stored`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for (index, draft) in (Draft.ferries + [Draft.vaccine]).enumerated() {
                var annotated = draft.annotated
                annotated.article.siteName?.value = "Paper \(index)"
                _ = try await stage.handle(annotated)
            }
            let store = try ArticleStore(path: fixture.path)
            let list = try await store.stories()
            #expect(list.stories.map(\.articles) == [3, 1])
            #expect(list.stories.map(\.episodes) == [2, 1])
            #expect(list.stories.map(\.outlets) == [3, 1])
            let story = try #require(try await store.story(list.stories[0].id))
            #expect(
                story.episodes.map { $0.articles.map(\.title) } == [
                    ["Ferry aground off Dunmere", "212 rescued from the Halcyon"],
                    ["Halcyon's captain before the court"],
                ]
            )
            #expect(try await store.stories(articlesMin: 2).stories.count == 1)
            let members = try await store.storyMembers(list.stories[0].id)
            #expect(members.map(\.episode) == [1, 1, 2])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a story is found by number, address and words`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for draft in Draft.ferries + [Draft.vaccine] { _ = try await stage.handle(draft) }
            let store = try ArticleStore(path: fixture.path)
            let number = try await store.storyNumber("https://news3.example/ferry-3")
            #expect(try await store.storyNumber("#\(try #require(number))") == number)
            #expect(try await store.storyNumber("captain court") == number)
            #expect(try await store.storyNumber("malaria vaccine") != number)
            #expect(try await store.storyNumber("99") == nil)
            let place = try #require(
                try await store.storyPlace(of: "https://news2.example/ferry-2")
            )
            #expect(place.story == number)
            #expect(try #require(place.logOdds) > 0)
            #expect(place.closestTitle == "Ferry aground off Dunmere")
            #expect(try #require(place.shared["names"]) > 0)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `statements of one story are found`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var said = Draft.vaccine
            said.paragraphs[1] = "“It pays for a laboratory,” Priya Dahl said."
            said.quotes = ["“It pays for a laboratory,”"]
            for draft in Draft.ferries + [said] { _ = try await stage.handle(draft) }
            let store = try ArticleStore(path: fixture.path)
            var query = QuotationQuery()
            query.story = try await store.storyNumber("malaria vaccine")
            #expect(try await store.quotations(query).quotations.map(\.text) == said.quotes)
            query.story = try await store.storyNumber("Halcyon captain court")
            #expect(try await store.quotations(query).quotations.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `stories keep their numbers when articles come again and the store is opened again`(
        _ database: TestDatabase
    )
        async throws
    {
        try await StoreFixture.with(database) { fixture in
            var stage = try await fixture.stage()
            for draft in Draft.ferries { _ = try await stage.handle(draft) }
            let before = try await ArticleStore(path: fixture.path).stories()
            stage = try await fixture.stage()
            for draft in Draft.ferries {
                var better = draft.annotated
                better.quotations = []
                better.article.fetchedAt = Instant(milliseconds: 1_800_000_000_000)
                better.mentions.removeLast()
                _ = try await stage.handle(better)
            }
            #expect(try await ArticleStore(path: fixture.path).stories() == before)
            let posted = try fixture.read { db in
                try db.first(Int.self, "SELECT count(DISTINCT article) FROM story_key_log")
            }
            #expect(posted == 3)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a store of before gets its stories when it is opened`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for draft in Draft.ferries { _ = try await stage.handle(draft) }
            try fixture.write { db in
                for table in ["story_key_log", "story_article", "story_episode", "story"] {
                    try db.run("DELETE FROM \(table)")
                }
            }
            _ = try await fixture.writer()
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.stories().stories.map(\.articles) == [3])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a story that was joined to another leads to it`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for draft in Draft.ferries + [Draft.vaccine] { _ = try await stage.handle(draft) }
            let connection = try StoreConnection.openForWriting(
                StoreConfiguration(path: fixture.path)
            )
            let (ferry, vaccine) = try await connection.write { db in
                let tables = StoryTables(db: db)
                let rows = try db.all(Int64.self, "SELECT id FROM story ORDER BY articles DESC")
                try tables.merge(rows[1], into: rows[0])
                return (rows[0], rows[1])
            }
            let store = try ArticleStore(path: fixture.path)
            let story = try #require(try await store.story(Int(vaccine)))
            #expect(story.summary.id == Int(ferry))
            #expect(story.summary.articles == 4)
            #expect(story.changes.map(\.kind) == ["merged"])
        }
    }
}
