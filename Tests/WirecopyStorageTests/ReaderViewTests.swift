import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct ReaderViewTests {
    @Test func `each view shows the article and its copy`() async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            let outcome = try await stage.handle(Draft())
            var copy = Draft()
            copy.url = "https://mirror.example/1"
            _ = try await stage.handle(copy)
            let views = ["v_version", "v_address", "v_copy", "v_mention", "v_quotation"]
            for view in views + ["v_citation", "v_value"] {
                let article = try await fixture.database().read { db in
                    try String.fetchOne(db, sql: "SELECT article FROM \(view)")
                }
                #expect(article == outcome.article, "\(view)")
            }
            let (ids, entities) = try await fixture.database().read { db in
                (
                    try String.fetchAll(db, sql: "SELECT id FROM v_article"),
                    try String.fetchAll(db, sql: "SELECT name FROM v_entity ORDER BY name")
                )
            }
            #expect(ids == [outcome.article])
            #expect(entities == ["Ada Pell", "Rye"])
        }
    }

    @Test func `the range of a mention cuts its words out of the text`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            let rows = try fixture.database().read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT surface, CAST(substr(
                            CAST(text AS BLOB), start_byte + 1, end_byte - start_byte) AS TEXT)
                        FROM v_mention JOIN v_article ON v_article.id = v_mention.article
                        """
                )
            }
            #expect(rows.count == 3)
            #expect(rows.allSatisfy { $0[0] as String == $0[1] as String })
        }
    }

    @Test func `a value is stored with all its parts, and replaced by a better one`() async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            var article = Draft().annotated
            var amount = StatedAmount(.exact("44"))
            amount.approximation = .about
            (amount.total, amount.unit, amount.subject) = ("64", "percent", "boats")
            amount.predicate = "sank"
            for amount in [StatedAmount(.range(from: "24", to: nil)), amount] {
                article.values = [
                    StatedValue(TextRange(0, 3), .money(amount, currency: "USD")),
                    StatedValue(TextRange(4, 6), .date(StatedDate("2024", precision: .year))),
                ]
                _ = try await stage.handle(article)
            }
            let rows = try fixture.database().read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT kind, text, number, total, approximation, unit, currency, subject,
                            predicate FROM v_value ORDER BY start_byte
                        """
                )
            }
            #expect(rows.count == 2)
            let first = try #require(rows.first)
            #expect(first["text"] as String == "RYE")
            #expect(first["number"] as Double == 44)
            let words = ["total", "approximation", "unit", "currency", "subject", "predicate"]
            #expect(
                words.map { first[$0] as String }
                    == ["64", "about", "percent", "USD", "boats", "sank"]
            )
        }
    }

    @Test func `the guide tells each column of each view`() async throws {
        let guide = try Self.guide()
        try await StoreFixture.with { fixture in
            _ = try await fixture.writer()
            let columns = try fixture.database().read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT view.name, column.name
                        FROM sqlite_schema view, pragma_table_info(view.name) column
                        WHERE view.type = 'view' AND view.name LIKE 'v\\_%' ESCAPE '\\'
                        """
                )
            }
            #expect(columns.count > 60)
            for row in columns {
                let (view, column) = (row[0] as String, row[1] as String)
                #expect(guide.contains(view))
                #expect(guide.contains("`\(column)`"), "\(view).\(column)")
            }
        }
    }

    @Test func `the guide's examples run`() async throws {
        let guide = try Self.guide()
        let start = try #require(guide.range(of: "```sql\n")).upperBound
        let end = try #require(guide.range(of: "```", range: start..<guide.endIndex)).lowerBound
        let examples = guide[start..<end].split(separator: ";\n")
        #expect(examples.count == 5)
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            for example in examples {
                _ = try fixture.database().read { db in
                    try Row.fetchAll(db, sql: String(example))
                }
            }
        }
    }

    private static func guide() throws -> String {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("docs/guides/sql-views.md"),
            encoding: .utf8
        )
    }
}
