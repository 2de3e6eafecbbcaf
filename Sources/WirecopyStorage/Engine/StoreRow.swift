/// A row that a query gave, copied out of the connection.
struct StoreRow: Sendable {
    /// The values in the order of the query's columns.
    let values: [StoreValue]
    /// The names of the columns, shared by the rows of a query.
    let columns: [String]

    /// The value of a column, counted from 0. The query says its type: another one is our mistake.
    subscript<Value: ColumnValue>(_ column: Int) -> Value {
        guard let value = Value(column: values[column]) else {
            preconditionFailure("Column \(columns[column]) is \(values[column]), no \(Value.self).")
        }
        return value
    }

    /// The value of the first column of a name.
    subscript<Value: ColumnValue>(_ name: String) -> Value {
        guard let column = columns.firstIndex(of: name) else {
            preconditionFailure("The query has no column \(name), but \(columns).")
        }
        return self[column]
    }
}
