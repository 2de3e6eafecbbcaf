/// The text of a statement as SQLite is given it.
struct InsertedRowText {
    /// The text.
    let sql: String
    /// Whether the statement's only row and column is the number of the row that it inserted.
    let tellsInsertedRow: Bool

    /// Takes away from an `INSERT` of one row that it is to return the number of that row, which
    /// SQLite tells for nothing: for what is returned it makes a table, which takes as long as the
    /// inserting.
    init(_ sql: String) {
        let parts = sql.split(separator: Self.returning, maxSplits: 1)
        tellsInsertedRow =
            sql.hasPrefix("INSERT") && parts.count == 2 && Self.numbers.contains(String(parts[1]))
        self.sql = tellsInsertedRow ? String(parts[0]) : sql
    }

    private static let returning = "RETURNING "
    /// Names of columns that are SQLite's own number of a row.
    private static let numbers: Set = ["id", "number"]
}
