import GRDB
import Testing

@testable import WirecopyStorage

@Suite struct SearchWordTests {
    private static let text = """
        The HARBOUR of Łódź re-opened: “Déjà-vu,” said O'Neill, in 1,234 naïve cafés; Ελλάδα, \
        Привет мир! e\u{301}t\u{E9} ½ x2 ʻOkina 東京 straße_Ünïcode a.b@c.example
        """

    /// The words that SQLite's FTS5 makes of a text.
    private static func fts5Words(_ text: String) throws -> Set<String> {
        try DatabaseQueue().write { db in
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2');
                    CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')
                    """
            )
            try db.execute(sql: "INSERT INTO t VALUES (?)", arguments: [text])
            return Set(try String.fetchAll(db, sql: "SELECT term FROM v"))
        }
    }

    @Test func `words are those that SQLite finds`() throws {
        #expect(Set(FoldedWords.of(Self.text).map(\.folded)) == (try Self.fts5Words(Self.text)))
    }

    @Test func `a word's range cuts it out of the text`() {
        let text = "Ein Café – zwei Cafés"
        let bytes = Array(text.utf8)
        let words = FoldedWords.of(text).map { word in
            (word.folded, String(decoding: bytes[word.range], as: UTF8.self))
        }
        #expect(words.map(\.0) == ["ein", "cafe", "zwei", "cafes"])
        #expect(words.map(\.1) == ["Ein", "Café", "zwei", "Cafés"])
    }

    @Test(arguments: [
        ("harbour", "'harbour'"),
        ("harbour ada", "('harbour' & 'ada')"),
        ("\"Ada Pell\"", "('ada' <-> 'pell')"),
        ("re-opened", "('re' <-> 'opened')"),
        ("harb*", "'harb':*"),
        ("café -bar -\"the pub\"", "('cafe' & !('bar' | ('the' <-> 'pub')))"),
        ("it's ' \\ & | ! ( ) : *", "('it' <-> 's')"),
    ])
    func `a query becomes one of PostgreSQL's`(query: String, expected: String) throws {
        let condition = try #require(SearchExpression(query)).condition
        #expect(PostgreSQLDialect().text(of: condition) == expected)
    }

    @Test func `a column is a weight to PostgreSQL`() {
        let condition = SearchCondition.column(
            .speaker,
            .any([.phrase("Ada Pe", isPrefix: true), .entity(7)])
        )
        let text = PostgreSQLDialect().text(of: condition)
        #expect(text == "(('ada':A <-> 'pe':*A) | 'e7':A)")
    }

    @Test(arguments: [
        ("pell", "a [Pell] b"), ("\"pell b\"", "a [Pell b]"), ("b pe*", "a [Pell] [b]"),
        ("missing", "a Pell b"),
    ])
    func `a short text is marked whole`(query: String, expected: String) throws {
        let condition = try #require(SearchExpression(query)).condition
        #expect(Snippet(condition, words: 24).text(of: ["", "a Pell b"]) == expected)
    }

    @Test func `a long text is cut around what was looked for`() throws {
        let condition = try #require(SearchExpression("harbour")).condition
        let words = (0..<40).map { $0 == 30 ? "harbour" : "w\($0)" }
        let snippet = Snippet(condition, words: 5).text(of: ["no", words.joined(separator: " ")])
        #expect(snippet == "…w28 w29 [harbour] w31 w32…")
    }

    @Test(arguments: [
        ("INSERT INTO t (a, b_c)\n    VALUES (?, ?)", "INSERT INTO t (a, b_c) VALUES"),
        ("INSERT INTO t (a) VALUES (?) ON CONFLICT DO NOTHING", "INSERT INTO t (a) VALUES"),
        ("INSERT INTO t (a) VALUES (?) RETURNING id", "INSERT INTO t (a) VALUES"),
        ("INSERT INTO t DEFAULT VALUES RETURNING id", "INSERT INTO t () VALUES"),
        ("INSERT INTO t (a, b) VALUES (?, 1)", nil),
        ("INSERT INTO t (a, b) VALUES (?1, ?1)", nil),
        ("INSERT INTO t (a, b) VALUES (?, CAST(? AS tsvector))", nil),
        ("INSERT INTO t (a) SELECT ?", nil),
        ("INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET b = excluded.b", nil),
        ("INSERT INTO t (a) VALUES (?) ON CONFLICT DO NOTHING RETURNING id", nil),
        ("INSERT INTO t (a) VALUES (?), (?)", nil), ("INSERT INTO t DEFAULT VALUES", nil),
        ("INSERT INTO t (a) VALUES (?) RETURNING id, a", nil), ("UPDATE t SET a = ?", nil),
        ("", nil),
    ])
    func `only inserts that depend on nothing are gathered`(sql: String, head: String?) {
        #expect(InsertText(sql)?.head() == head)
    }

    @Test(
        arguments: [
            (
                "SELECT story FROM story_article WHERE article = ?",
                ["story", "story_article", "article"]
            ),
            ("UPDATE quotation SET statement = ?", ["quotation"]),
            ("SELECT text FROM v_article", nil),
            ("SELECT 1 FROM article_text, mention", nil), ("SELECT now()", nil),
        ] as [(String, Set<String>?)]
    )
    func `a statement's tables are known, unless it has views`(sql: String, tables: Set<String>?) {
        #expect(PostgreSQLSchema.tables(named: InsertText.words(of: sql)) == tables)
    }

    @Test(arguments: [
        ("a = ? AND b = ?", "a = $1 AND b = $2"),
        ("?1 ?2 ?1", "$1 $2 $1"),
        ("?, ?, ?7, ?", "$1, $2, $7, $8"),
        ("'who?' || ? || \"odd?\"", "'who?' || $1 || \"odd?\""),
        ("a CROSS JOIN b ON b.x = a.x", "a JOIN b ON b.x = a.x"),
    ])
    func `SQL is written as PostgreSQL reads it`(sql: String, expected: String) {
        #expect(PostgreSQLText.translated(sql) == expected)
    }
}
