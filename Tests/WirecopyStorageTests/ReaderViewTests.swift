import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct ReaderViewTests {
    @Test(arguments: TestDatabase.all)
    func `each view shows the article and its copy`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            let outcome = try await stage.handle(Draft())
            var copy = Draft()
            copy.url = "https://mirror.example/1"
            _ = try await stage.handle(copy)
            let views = ["v_version", "v_address", "v_copy", "v_mention", "v_quotation"]
            for view in views + ["v_citation", "v_value"] {
                let article = try fixture.read { db in
                    try db.first(String.self, "SELECT article FROM \(view)")
                }
                #expect(article == outcome.article, "\(view)")
            }
            let (ids, entities) = try fixture.read { db in
                (
                    try db.all(String.self, "SELECT id FROM v_article"),
                    try db.all(String.self, "SELECT name FROM v_entity ORDER BY name")
                )
            }
            #expect(ids == [outcome.article])
            #expect(entities == ["Ada Pell", "Rye"])
        }
    }

    @Test(arguments: TestDatabase.all)
    func `the range of a mention cuts its words out of the text`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Draft())
            let rows = try fixture.read { db in
                try db.rows(
                    """
                    SELECT surface, \(database.words)
                    FROM v_mention JOIN v_article ON v_article.id = v_mention.article
                    """
                )
            }
            #expect(rows.count == 3)
            #expect(rows.allSatisfy { $0[0] as String == $0[1] as String })
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a value is stored with all its parts, and replaced by a better one`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
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
            let rows = try fixture.read { db in
                try db.rows(
                    """
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

    @Test(arguments: TestDatabase.all)
    func `the guide tells each column of each view`(
        _ database: TestDatabase
    ) async throws {
        let guide = try Self.guide()
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.writer()
            let columns = try fixture.read { db in
                try db.rows(
                    database.readerColumns
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

    @Test(arguments: TestDatabase.all)
    func `the guide's examples run`(
        _ database: TestDatabase
    ) async throws {
        let guide = try Self.guide()
        let start = try #require(guide.range(of: "```sql\n")).upperBound
        let end = try #require(guide.range(of: "```", range: start..<guide.endIndex)).lowerBound
        let examples = guide[start..<end].split(separator: ";\n")
        #expect(examples.count == 5)
        try await StoreFixture.with(database) { fixture in
            _ = try await fixture.stage().handle(Draft())
            for example in examples {
                _ = try fixture.read { db in
                    try db.rows(String(example))
                }
            }
        }
    }

    @Test(.enabled(if: TestDatabase.server != nil, TestDatabase.skipped))
    func `both databases have the same tables and views with the same columns`() async throws {
        var columns: [Set<String>] = []
        for database in TestDatabase.allCases {
            try await StoreFixture.with(database) { fixture in
                _ = try await fixture.writer()
                let rows = try fixture.read { try $0.rows(database.storeColumns) }
                columns.append(Set(rows.map { "\($0[0] as String).\($0[1] as String)" }))
            }
        }
        #expect(columns[0].count > 200)
        #expect(columns[0].symmetricDifference(columns[1]) == [])
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

extension TestDatabase {
    /// The words of a mention cut out of its article's text.
    fileprivate var words: String {
        switch self {
        case .sqlite:
            "CAST(substr(CAST(text AS BLOB), start_byte + 1, end_byte - start_byte) AS TEXT)"
        case .postgreSQL:
            """
            convert_from(substr(convert_to(text, 'UTF8'), CAST(start_byte + 1 AS INTEGER),
                CAST(end_byte - start_byte AS INTEGER)), 'UTF8')
            """
        }
    }

    /// The columns of the views that are for readers, in order.
    fileprivate var readerColumns: String {
        switch self {
        case .sqlite:
            """
            SELECT view.name, field.name
            FROM sqlite_schema AS view, pragma_table_info(view.name) AS field
            WHERE view.type = 'view' AND view.name LIKE 'v\\_%' ESCAPE '\\'
            ORDER BY view.name, field.cid
            """
        case .postgreSQL:
            """
            SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
            FROM information_schema.columns
            WHERE table_schema = 'wirecopy' AND table_name LIKE 'v\\_%'
            ORDER BY table_name COLLATE "C", ordinal_position
            """
        }
    }

    /// The columns of all tables and views but those of searching and of migrations.
    fileprivate var storeColumns: String {
        switch self {
        case .sqlite:
            """
            SELECT part.name, field.name
            FROM sqlite_schema AS part, pragma_table_info(part.name) AS field
            WHERE part.type IN ('table', 'view') AND part.name NOT LIKE '%\\_search%' ESCAPE '\\'
                AND part.name NOT LIKE 'grdb%' AND part.name NOT LIKE 'sqlite%'
            """
        case .postgreSQL:
            """
            SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
            FROM information_schema.columns
            WHERE table_schema = 'wirecopy' AND table_name NOT LIKE '%\\_search%'
                AND table_name <> 'store_schema'
            """
        }
    }
}
