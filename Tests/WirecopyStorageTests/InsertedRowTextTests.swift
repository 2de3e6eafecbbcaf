import Testing

@testable import WirecopyStorage

@Suite struct InsertedRowTextTests {
    @Test(arguments: ["id", "number"])
    func `the number of an inserted row need not be returned`(_ column: String) {
        let text = InsertedRowText("INSERT INTO entity (name) VALUES (?) RETURNING \(column)")
        #expect(text.tellsInsertedRow)
        #expect(text.sql == "INSERT INTO entity (name) VALUES (?) ")
    }

    @Test(arguments: [
        "INSERT INTO entity (name) VALUES (?)",
        "INSERT INTO entity (name) VALUES (?) RETURNING name",
        "INSERT INTO entity (name) VALUES (?) RETURNING id, name",
        "UPDATE story_revision SET revision = revision + 1 WHERE id = 1 RETURNING revision",
        "UPDATE entity SET name = ? WHERE name = ? RETURNING id",
        "SELECT 'RETURNING id'",
    ])
    func `other statements stay as they are`(_ sql: String) {
        let text = InsertedRowText(sql)
        #expect(!text.tellsInsertedRow)
        #expect(text.sql == sql)
    }
}
