import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct StorageStageTests {
    @Test(arguments: TestDatabase.all)
    func `a new article is stored under the digest of its URL`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let outcome = try await fixture.stage().handle(Draft())
            #expect(outcome.outcome == .stored)
            #expect(outcome.article == ArticleIdentity(url: Draft().url).id)
            #expect(outcome.article?.utf8.count == 16)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the same page seen again is unchanged and seen last at the later time`(
        _ database: TestDatabase
    )
        async throws
    {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var later = Draft()
            later.fetchedAt += 60_000
            let second = try await stage.handle(later)
            #expect(second == Outcome(.unchanged, article: try #require(first.article)))
            let report = try await fixture.article(first)
            #expect(report.firstSeenMs == Draft().fetchedAt)
            #expect(report.lastSeenMs == later.fetchedAt)
            #expect(report.versions.count == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a changed text becomes a new version of the same article`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var changed = Draft()
            changed.fetchedAt += 60_000
            changed.paragraphs.append("Ferries sail from Tuesday.")
            #expect(try await stage.handle(changed) == first)
            let report = try await fixture.article(first)
            #expect(report.version == 2)
            #expect(report.versions.map(\.n) == [2, 1])
            #expect(report.text.hasSuffix("Ferries sail from Tuesday."))
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.search(SearchQuery(text: "ferries")).hits.count == 1)
            #expect(try await store.counts().quotations == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the same text under another address is a duplicate`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var copy = Draft()
            copy.url = "https://mirror.example/wire/17"
            let second = try await stage.handle(copy)
            #expect(second == Outcome(.duplicate, article: try #require(first.article)))
            #expect(try await stage.handle(copy) == second)
            let report = try await fixture.article(first)
            #expect(report.addresses.map(\.url).contains(copy.url))
            #expect(report.copies.map(\.host) == ["mirror.example"])
            let counts = try await ArticleStore(path: fixture.path).counts()
            #expect(counts.articles == 1)
            #expect(counts.versions == 1)
            #expect(counts.duplicates == 1)
            let byCopy = try await ArticleStore(path: fixture.path).article(copy.url)
            #expect(byCopy?.id == first.article)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an article whose page takes another article's text is told as its duplicate`(
        _ database: TestDatabase
    )
        async throws
    {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var other = Draft()
            other.url = "https://mirror.example/wire/17"
            other.paragraphs = ["Nothing happened in Rye."]
            let second = try await stage.handle(other)
            #expect(second.outcome == .stored)
            other.paragraphs = Draft().paragraphs
            other.fetchedAt += 1000
            #expect(try await stage.handle(other).article == first.article)
            #expect(try await fixture.article(second).text == "Nothing happened in Rye.")
            #expect(try await fixture.article(second).lastSeenMs == other.fetchedAt)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a message that comes again gets the outcome of the first time`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let id = MessageID.any()
            let first = try await fixture.stage().handle(Draft(), id: id)
            #expect(first.outcome == .stored)
            // The process died after its commit and before DONE: a new one gets the message.
            let again = try await fixture.stage().handle(Draft(), id: id)
            #expect(again == first)
            #expect(try await fixture.article(first).versions.count == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `links that differ in tracking parameters lead to one article`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var tracked = Draft()
            tracked.url += "?utm_source=mail&fbclid=1#top"
            #expect(try await stage.handle(tracked).outcome == .unchanged)
            let report = try await fixture.article(first)
            #expect(report.url == Draft().url)
            #expect(report.addresses.map(\.url).sorted() == [Draft().url, tracked.url])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the forms of a page lead to one article`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            for url in ["http://m.news.example/harbour/", "https://www.news.example/harbour?amp=1"]
            {
                var form = Draft()
                form.url = url
                #expect(
                    try await stage.handle(form)
                        == Outcome(.unchanged, article: try #require(first.article))
                )
            }
            #expect(try await fixture.article(first).addresses.count == 3)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an article that was stored under another identifier keeps it`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var draft = Draft()
            draft.url = "https://www.news.example/harbour"
            _ = try await stage.handle(draft)
            let former = "0123456789abcdef"
            try fixture.write { try $0.run("UPDATE article SET id = ?", former) }
            draft.fetchedAt += 60_000
            #expect(try await stage.handle(draft) == Outcome(.unchanged, article: former))
            draft.paragraphs.append("Ferries sail from Tuesday.")
            #expect(try await stage.handle(draft) == Outcome(.stored, article: former))
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.article(draft.url)?.id == former)
            #expect(try await store.counts().articles == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a page that arrives late does not replace what was fetched after it`(
        _ database: TestDatabase
    )
        async throws
    {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var older = Draft()
            older.fetchedAt -= 60_000
            older.title = "Harbour to open"
            older.paragraphs = ["The harbour of Rye opens on Monday."]
            #expect(try await stage.handle(older).outcome == .stored)
            let report = try await fixture.article(first)
            #expect(report.version == 1)
            #expect(report.title == "Harbour opens again")
            #expect(report.versions.count == 2)
            #expect(report.firstSeenMs == older.fetchedAt)
            try await fixture.expectSoundIndex()
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a text that returns is shown again without being stored twice`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var changed = Draft()
            changed.fetchedAt += 1000
            changed.paragraphs = ["The harbour is shut."]
            #expect(try await stage.handle(changed).outcome == .stored)
            var back = Draft()
            back.fetchedAt += 2000
            #expect(try await stage.handle(back).outcome == .unchanged)
            let report = try await fixture.article(first)
            #expect(report.version == 1)
            #expect(report.versions.count == 2)
            try await fixture.expectSoundIndex()
            let hits = try await ArticleStore(path: fixture.path).search(SearchQuery(text: "shut"))
            #expect(hits.hits.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `better annotations take the place of the earlier ones`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var poor = Draft()
            poor.names = [("Mayor Ada", .person)]
            let first = try await stage.handle(poor)
            #expect(try await stage.handle(Draft()).outcome == .stored)
            #expect(try await stage.handle(Draft()).outcome == .unchanged)
            let report = try await fixture.article(first)
            #expect(report.version == 1)
            #expect(report.entities.map(\.name) == ["Rye", "Ada Pell"])
            let counts = try await ArticleStore(path: fixture.path).counts()
            #expect(counts.entities == 2)
            #expect(counts.mentions == report.mentions.count)
            try await fixture.expectSoundIndex()
        }
    }

    @Test(arguments: TestDatabase.all)
    func `fields that change beside the same text are brought up to date`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let first = try await stage.handle(Draft())
            var signed = Draft()
            signed.authors = ["Bo Lind"]
            #expect(try await stage.handle(signed).outcome == .unchanged)
            #expect(try await fixture.article(first).authors == ["Bo Lind"])
            let store = try ArticleStore(path: fixture.path)
            #expect(try await store.search(SearchQuery(text: "lind")).hits.count == 1)
            #expect(try await store.search(SearchQuery(text: "\"Ann Ray\"")).hits.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a page without main text is rejected`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var empty = Draft()
            empty.paragraphs = ["", ""]
            let outcome = try await fixture.stage().handle(empty)
            #expect(outcome.outcome == .rejected)
            #expect(outcome.reason == .noMainText)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a text with null characters keeps its length and its mentions`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var odd = Draft()
            odd.title = "Nul\0l"
            odd.paragraphs = ["The\0harbour of Rye.", "Ada Pell left."]
            let outcome = try await fixture.stage().handle(odd)
            let report = try await fixture.article(outcome)
            #expect(report.text == "The harbour of Rye.\n\nAda Pell left.")
            #expect(report.paragraphs.map(\.text) == ["The harbour of Rye.", "Ada Pell left."])
            #expect(report.mentions.map(\.surface) == ["Rye", "Ada Pell"])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `references that point nowhere are left out and do no harm`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            var article = Draft().annotated
            article.mentions = [Mention(TextRange(5, 90_000), type: .person, entity: 99)]
            article.quotations = [
                Quotation(
                    TextRange(70_000, 90_000),
                    kind: .direct,
                    speaker: Speaker(name: "X", entity: -1)
                )
            ]
            let outcome = try await fixture.stage().handle(article)
            let report = try await fixture.article(outcome)
            #expect(report.mentions.isEmpty)
            #expect(report.quotations.map(\.text) == [""])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an article keeps a bounded number of addresses`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let outcome = try await stage.handle(Draft())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<ArticleRecorder.addressesMax + 20 {
                    var draft = Draft()
                    draft.url += "?utm_term=\(number)"
                    group.addTask { [draft] in _ = try await stage.handle(draft) }
                }
                try await group.waitForAll()
            }
            let report = try await fixture.article(outcome)
            #expect(report.addresses.count == ArticleRecorder.addressesMax)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `handled messages are forgotten after a month`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let writer = try await fixture.writer()
            let id = MessageID.any()
            let early = StorageStage(writer: writer) { Instant(milliseconds: 0) }
            #expect(try await early.handle(Draft(), id: id).outcome == .stored)
            let later = ArticleRecorder.memory.wholeMilliseconds + 1
            let late = StorageStage(writer: writer) { Instant(milliseconds: later) }
            #expect(try await late.handle(Draft()).outcome == .unchanged)
            #expect(try await late.handle(Draft(), id: id).outcome == .unchanged)
        }
    }
}

extension StoreFixture {
    /// The article that an outcome names.
    func article(_ outcome: Outcome) async throws -> ArticleReport {
        let id = try #require(outcome.article)
        return try #require(try await ArticleStore(path: path).article(id))
    }

    /// Compares the search indexes with the articles.
    func expectSoundIndex() async throws {
        for index in SearchTable.allCases {
            #expect(try write { try $0.dialect.isSound(index, $0) }, "\(index)")
        }
    }
}
