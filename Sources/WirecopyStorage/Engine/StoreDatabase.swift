/// The database of a store within a transaction, as the rest of the store uses it.
struct StoreDatabase {
    let engine: any StoreEngine

    /// Where the databases differ.
    var dialect: any StoreDialect { engine.dialect }

    /// Does something without letting another thread of the transaction in between, which takes
    /// time: for a few statements.
    func inOneTurn<Output>(_ body: () throws -> Output) rethrows -> Output {
        engine.beginTurn()
        defer { engine.endTurn() }
        return try body()
    }

    /// Runs a statement whose rows, if there are any, nobody needs; it is kept for the next time.
    ///
    /// - Throws: the engine's error, maybe with a later statement or at the end of the transaction.
    func run(_ sql: String, _ values: (any RowValue)?...) throws {
        var statement = try statement(sql, values)
        try statement.run()
    }

    /// Runs a statement that ends with `RETURNING` a number, such as that of the row it inserts.
    ///
    /// - Returns: the number of the first row; 0 when there is none.
    func insert(_ sql: String, _ values: (any RowValue)?...) throws -> Int64 {
        var statement = try statement(sql, values)
        var number: Int64 = 0
        try statement.forEachRow { row in number = row.integer(0) }
        return number
    }

    /// The first row of a query.
    func row(_ sql: String, _ values: (any RowValue)?...) throws -> StoreRow? {
        var first: StoreRow?
        var statement = try statement(sql, values)
        try statement.walk { row in
            first = row.copy(columns: row.columns)
            return false
        }
        return first
    }

    /// All rows of a query; the caller bounds them.
    func rows(_ sql: String, _ values: (any RowValue)?...) throws -> [StoreRow] {
        var rows: [StoreRow] = []
        var statement = try statement(sql, values)
        var columns: [String] = []
        try statement.forEachRow { row in
            if columns.isEmpty { columns = row.columns }
            rows.append(row.copy(columns: columns))
        }
        return rows
    }

    /// Gives the rows of a query to `body` one by one, until it returns false.
    func forEachRow(
        _ sql: String,
        _ values: (any RowValue)?...,
        body: (StoreRow) throws -> Bool
    ) throws {
        var statement = try statement(sql, values)
        var columns: [String] = []
        try statement.walk { row in
            if columns.isEmpty { columns = row.columns }
            return try body(row.copy(columns: columns))
        }
    }

    /// The first column of all rows of a query.
    func all<Value: ColumnValue>(
        _ type: Value.Type,
        _ sql: String,
        _ values: (any RowValue)?...
    ) throws -> [Value] {
        var found: [Value] = []
        var statement = try statement(sql, values)
        try statement.forEachRow { row in found.append(row.copy(columns: row.columns)[0]) }
        return found
    }

    /// The first column of the first row of a query; `nil` without a row, and when it is empty.
    func first<Value: ColumnValue>(
        _ type: Value.Type,
        _ sql: String,
        _ values: (any RowValue)?...
    ) throws -> Value? {
        var found: Value?
        var statement = try statement(sql, values)
        try statement.walk { row in
            found = row.copy(columns: row.columns)[0]
            return false
        }
        return found
    }

    /// The text in the first column of the first row of a query.
    func text(_ sql: String, _ values: (any RowValue)?...) throws -> String? {
        var text: String?
        var statement = try statement(sql, values)
        try statement.walk { row in
            text = row.text(0)
            return false
        }
        return text
    }

    private func statement(_ sql: String, _ values: [(any RowValue)?]) throws -> RowStatement {
        var statement = try RowStatement(sql, self)
        for value in values {
            if let value { value.add(to: &statement) } else { statement.addNull() }
        }
        return statement
    }
}
