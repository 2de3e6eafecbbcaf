import GRDB

extension Database {
    /// Runs a statement that gives no rows; the compiled statement is kept for the next time.
    func run(_ sql: String, _ values: (any RowValue)?...) throws {
        var statement = try RowStatement(sql, self)
        for value in values {
            if let value { value.add(to: &statement) } else { statement.addNull() }
        }
        try statement.run()
    }

    /// The first row of a statement that is kept for the next time.
    func row(_ sql: String, _ values: (any DatabaseValueConvertible)?...) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
    }

    /// The first column of the first row of a statement that is kept for the next time.
    func text(_ sql: String, _ values: (any DatabaseValueConvertible)?...) throws -> String? {
        try String.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
    }
}
