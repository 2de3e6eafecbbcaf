import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct TextSketchTests {
    private static func text(_ words: Range<Int>, of seed: Int = 1) -> [UInt8] {
        Array(words.map { "w\(seed)x\($0 * 7919 % 10_007)" }.joined(separator: " ").utf8)
    }

    @Test func `a text that is cut or edited is a near copy`() {
        let whole = TextSketch(Self.text(0..<400))
        #expect(whole.overlap(with: TextSketch(Self.text(0..<200))).isNearCopy)
        let edited = Self.text(0..<300) + Array(" ".utf8) + Self.text(0..<100, of: 2)
        #expect(whole.overlap(with: TextSketch(edited)).isNearCopy)
        #expect(!whole.overlap(with: TextSketch(Self.text(300..<700))).isNearCopy)
    }

    @Test func `near copies share a key and other texts none`() {
        let found = (0..<100).count { seed in
            let text = TextSketch(Self.text(0..<400, of: seed))
            let copy = TextSketch(Self.text(100..<400, of: seed))
            return !Set(text.keys).isDisjoint(with: copy.keys)
        }
        #expect(found > 97)
        let keys = (0..<100).flatMap { TextSketch(Self.text(0..<400, of: $0)).keys }
        #expect(Set(keys).count > 795)
    }

    @Test func `a notice of two lines is compared with nothing`() {
        #expect(TextSketch(Self.text(0..<20)).keys.isEmpty)
    }
}

@Suite struct CopyLinkerTests {
    private static func draft(_ number: Int, words: Range<Int> = 0..<200, day: Int) -> Draft {
        var draft = Draft()
        draft.url = "https://host\(number).example/a"
        draft.title = "Report \(number)"
        draft.published = "2024-05-0\(day)"
        draft.paragraphs = [
            words.map { "word\($0 * 7919 % 10_007)" }.joined(separator: " ") + " \(number)."
        ]
        return draft
    }

    private static func copies(_ fixture: StoreFixture) throws -> [String] {
        try fixture.read { db in
            try db.all(
                String.self,
                "SELECT host || ' of ' || original_host FROM v_near_duplicate ORDER BY 1"
            )
        }
    }

    @Test(arguments: TestDatabase.all)
    func `copies name the earliest of them as their original`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft(1, day: 3))
            _ = try await stage.handle(Self.draft(2, words: 0..<120, day: 4))
            #expect(try Self.copies(fixture) == ["host2.example of host1.example"])
            _ = try await stage.handle(Self.draft(3, day: 1))
            #expect(
                try Self.copies(fixture) == [
                    "host1.example of host3.example", "host2.example of host3.example",
                ]
            )
            _ = try await stage.handle(Self.draft(4, words: 500..<700, day: 2))
            #expect(try Self.copies(fixture).count == 2)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the agency of a copy is kept`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var first = Self.draft(1, day: 1).annotated
            first.article.syndication = [
                Evidenced("Coast Press", source: "words", confidence: 0.9)
            ]
            _ = try await stage.handle(first)
            _ = try await stage.handle(Self.draft(2, day: 1))
            let row: StoreRow? = try fixture.read { db in
                try db.row("SELECT agency, similarity > 0.9, shared > 0.9 FROM v_near_duplicate")
            }
            #expect(row?[0] == "Coast Press")
            #expect(row?[1] == 1)
            #expect(row?[2] == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func `an original that changes leaves the others to the next`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 { _ = try await stage.handle(Self.draft(number, day: number)) }
            var changed = Self.draft(1, words: 500..<700, day: 1)
            changed.fetchedAt += 1
            _ = try await stage.handle(changed)
            #expect(try Self.copies(fixture) == ["host3.example of host2.example"])
            _ = try await stage.handle(Self.draft(4, day: 4))
            #expect(
                try Self.copies(fixture) == [
                    "host3.example of host2.example", "host4.example of host2.example",
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.all)
    func `copies of one text are one origin of a statement`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let quote = "“We lost a month, and the ferries lost a whole year,”"
            for number in 1...3 {
                var draft = Self.draft(number, words: number < 3 ? 0..<200 : 500..<700, day: 1)
                draft.paragraphs.append("\(quote) Mayor Ada Pell said.")
                draft.quotes = [quote]
                _ = try await stage.handle(draft)
            }
            let row: StoreRow? = try fixture.read { db in
                try db.row("SELECT articles, origins FROM v_statement")
            }
            #expect(row?[0] == 3)
            #expect(row?[1] == 2)
        }
    }
}
