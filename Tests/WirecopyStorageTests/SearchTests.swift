import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct SearchExpressionTests {
    @Test(arguments: [
        ("harbour", "\"harbour\""),
        ("  harbour   rye ", "\"harbour\" AND \"rye\""),
        ("\"harbour of rye\" ferry", "\"harbour of rye\" AND \"ferry\""),
        ("“harbour of rye”", "\"harbour of rye\""),
        ("harb*", "\"harb\"*"),
        ("harbour -ferry", "(\"harbour\") NOT (\"ferry\")"),
        ("harbour -\"old ferry\" -x", "(\"harbour\") NOT (\"old ferry\" OR \"x\")"),
        ("can't e-mail", "\"can't\" AND \"e-mail\""),
        ("AND OR NOT NEAR", "\"AND\" AND \"OR\" AND \"NOT\" AND \"NEAR\""),
        ("title:x", "\"title:x\""),
        ("\"open phrase", "\"open phrase\""),
        ("a\0b\nc", "\"a\" AND \"b\" AND \"c\""),
        ("*** harbour ???", "\"harbour\""),
    ])
    func `a query becomes an expression`(query: String, expression: String) {
        let condition = SearchExpression(query)?.condition
        #expect(condition.map(SQLiteDialect.expression) == expression)
    }

    @Test(arguments: ["", "  ", "-harbour", "***", "\"\"", "“”", "\0", "—", "-", "\"-\""])
    func `a query without a wanted word is none`(query: String) {
        #expect(SearchExpression(query) == nil)
    }

    @Test func `a long query is cut to its first terms`() throws {
        let query = (0..<5000).map { "w\($0)" }.joined(separator: " ")
        let condition = try #require(SearchExpression(query)).condition
        let expression = SQLiteDialect.expression(condition)
        #expect(expression.components(separatedBy: " AND ") == SearchExpression.termsMax)
    }
}

extension String {
    /// Number of parts between a separator.
    fileprivate func components(separatedBy separator: String) -> Int {
        split(separator: separator).count
    }
}

@Suite struct SearchTests {
    @Test(arguments: TestDatabase.all)
    func `words are found in title text and authors`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Draft())
            let store = try ArticleStore(path: fixture.path)
            for words in ["opens", "monday", "ann ray", "RYE harb*", "\"lost a month\""] {
                let report = try await store.search(SearchQuery(text: words))
                #expect(report.hits.map(\.url) == [Draft().url], "\(words)")
            }
            for words in ["submarine", "harbour -monday", "\"month lost\"", "harb"] {
                let report = try await store.search(SearchQuery(text: words))
                #expect(report.hits.isEmpty, "\(words)")
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a rare word counts more than a common one`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let texts =
                [
                    "The zeppelin: zeppelin, zeppelin and a council.",
                    "The council: council, council and a zeppelin.",
                ] + (2..<30).map { "Council \($0) met the other day in town." }
            for (number, text) in texts.enumerated() {
                var draft = Draft()
                draft.url = "https://news.example/\(number)"
                draft.title = "Report \(number)"
                draft.paragraphs = [text]
                draft.published = "2024-05-\(10 + number % 20)"
                (draft.names, draft.quotes) = ([], [])
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            for words in ["council zeppelin", "zeppelin council -moon", "council \"a zeppelin\""] {
                let report = try await store.search(SearchQuery(text: words))
                let expected = words.contains("\"") ? ["/1"] : ["/0", "/1"]
                #expect(report.hits.map { String($0.url.suffix(2)) } == expected, "\(words)")
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a hit tells its article and marks the words`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let outcome = try await fixture.stage().handle(Draft())
            let report = try await ArticleStore(path: fixture.path)
                .search(SearchQuery(text: "monday"))
            let hit = try #require(report.hits.first)
            #expect(hit.id == outcome.article)
            #expect(hit.host == "news.example")
            #expect(hit.siteName == "News Example")
            #expect(hit.published == Draft().published)
            #expect(hit.title == "Harbour opens again")
            #expect(hit.snippet.contains("[Monday]"))
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a word in the title counts more than one in the text`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            var inText = Draft.numbered(1)
            inText.paragraphs = ["The lighthouse is old.", "Nothing else is known of it."]
            var inTitle = Draft.numbered(2)
            inTitle.title = "Lighthouse"
            inTitle.paragraphs = ["It is old.", "Nothing else is known of it at all."]
            _ = try await stage.handle(inText)
            _ = try await stage.handle(inTitle)
            let report = try await ArticleStore(path: fixture.path)
                .search(SearchQuery(text: "lighthouse"))
            #expect(report.hits.map(\.url) == [inTitle.url, inText.url])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a search keeps to host time and limit`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 0..<6 {
                var draft = Draft.numbered(number)
                if number == 5 { draft.url = "https://www.other.example/5" }
                draft.published = "2024-05-0\(number + 1)"
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            func count(_ query: SearchQuery) async throws -> Int {
                try await store.search(query).hits.count
            }
            #expect(try await count(SearchQuery(text: "apples")) == 6)
            #expect(try await count(SearchQuery(text: "apples", host: "OTHER.example")) == 1)
            #expect(try await count(SearchQuery(text: "apples", host: "ther.example")) == 0)
            #expect(try await count(SearchQuery(text: "apples", host: "%")) == 0)
            let since = Instant(
                milliseconds: try #require(SortableInstant.milliseconds("2024-05-04"))
            )
            #expect(try await count(SearchQuery(text: "apples", since: since)) == 3)
            let some = try await store.search(SearchQuery(text: "apples", limit: 2))
            #expect(some.hits.count == 2)
            #expect(some.hasMore)
            #expect(try await count(SearchQuery(text: "apples", limit: -5)) == 1)
            let all = try await store.search(SearchQuery(text: "apples", limit: .max))
            #expect(!all.hasMore)
        }
    }

    @Test(
        arguments: TestDatabase.all,
        [
            "\"", "'", "';--", "a'b", "NEAR(", "(((", "a OR", "* a", "a**", "^a", "{title}:a",
            "a:b",
            "\u{0}a", "a\u{0}", "\"a\u{0}b\"", "a + b", "\\", "%", "a-", "--a", "-\"", "💥 a",
            "a\u{300}",
            "\u{FFFF}", "\u{1F1E6}a", "x\" OR \"y", "\u{200B}", "ǅ", "a NOT",
            "NOT a", "\u{E000}", "½",
        ]
    )
    func `no query is an error of syntax`(_ database: TestDatabase, query: String) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Draft())
            let store = try ArticleStore(path: fixture.path)
            do {
                _ = try await store.search(SearchQuery(text: query))
                _ = try await store.quotations(QuotationQuery(by: query, about: query))
            } catch {
                #expect((error as? StorageFailure)?.code == .queryEmpty)
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func `random queries are no errors of syntax`(
        _ database: TestDatabase
    ) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        let alphabet = Array("ab\"'*-()^:{}+ \u{0}\n“”½é,;AND NOT")
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Draft())
            let store = try ArticleStore(path: fixture.path)
            for _ in 0..<300 {
                let length = Int.random(in: 0...24, using: &generator)
                let query = String(
                    (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
                )
                do {
                    _ = try await store.search(SearchQuery(text: query))
                } catch {
                    let code = (error as? StorageFailure)?.code
                    #expect(code == .queryEmpty, "seed \(seed), query \(query.debugDescription)")
                }
            }
        }
    }
}

/// SplitMix64, so that a failing run can be repeated from its seed.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct SearchFilterTests {
    @Test(arguments: TestDatabase.all)
    func `a search keeps to author language and last day`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number)
                draft.published = "2024-05-0\(number)"
                draft.authors = [number == 1 ? "Ann Ray" : "Tom Reed"]
                var article = draft.annotated
                let code = number == 3 ? "en-GB" : "de"
                article.article.language = Evidenced(code, source: "html", confidence: 1)
                _ = try await stage.handle(article)
            }
            let store = try ArticleStore(path: fixture.path)
            func titles(_ change: (inout SearchQuery) -> Void) async throws -> [String?] {
                var query = SearchQuery(text: "apples")
                change(&query)
                return try await store.search(query).hits.map(\.title)
            }
            #expect(try await titles { $0.author = "reed" }.count == 2)
            #expect(try await titles { $0.author = "apples" }.isEmpty)
            #expect(try await titles { $0.language = "en" } == ["Report 3"])
            #expect(try await titles { $0.language = "DE" }.count == 2)
            let day = try #require(SortableInstant.milliseconds("2024-05-01"))
            #expect(try await titles { $0.until = Instant(milliseconds: day) } == ["Report 1"])
        }
    }
}

@Suite struct StatementQueryTests {
    @Test(arguments: TestDatabase.all)
    func `a statement of several articles is told once with its origins`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            for number in 1...3 {
                var draft = Draft.numbered(number)
                draft.published = "2024-05-0\(number)"
                if number == 3 {
                    draft.paragraphs = ["“Nothing of that is true,” Mayor Ada Pell said."]
                    draft.quotes = ["“Nothing of that is true,”"]
                }
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            var query = QuotationQuery(by: "Pell")
            query.isOnce = true
            let report = try await store.quotations(query)
            #expect(report.quotations.map(\.title) == ["Report 3", "Report 2"])
            #expect(report.quotations.map(\.articles) == [1, 2])
            #expect(report.quotations.map(\.origins) == [1, 2])
            #expect(report.quotations.last?.firstMs == SortableInstant.milliseconds("2024-05-01"))
            query.kinds = [.indirect]
            #expect(try await store.quotations(query).quotations.isEmpty)
            query.kinds = [.direct, .partial]
            query.until = Instant(
                milliseconds: try #require(SortableInstant.milliseconds("2024-05-02"))
            )
            #expect(try await store.quotations(query).quotations.count == 1)
        }
    }
}

@Suite struct SearchRankTests {
    @Test func `the order is that of FTS5's own ranking while all articles are counted`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            for number in 0..<40 {
                var draft = Draft.numbered(number)
                let words = (0...number % 7).map { _ in "lighthouse" }
                let rest = (0..<number % 11).map { "word\($0)" }
                draft.paragraphs = [(words + rest).joined(separator: " ") + " \(number)."]
                if number % 9 == 0 { draft.title = "Lighthouse \(number)" }
                _ = try await stage.handle(draft)
            }
            let store = try ArticleStore(path: fixture.path)
            for words in ["lighthouse", "\"lighthouse word0\"", "\"word3\" AND \"lighthouse\""] {
                let orders = try await store.read(to: "rank") { db in
                    try [SearchRank.name + "(article_search)", "bm25(article_search, 5, 1, 2)"]
                        .map { rank in
                            try db.all(
                                Int.self,
                                """
                                SELECT rowid FROM article_search
                                WHERE article_search MATCH ? ORDER BY \(rank), rowid
                                """,
                                words
                            )
                        }
                }
                #expect(orders[0] == orders[1])
                #expect(!orders[0].isEmpty)
            }
        }
    }
}
