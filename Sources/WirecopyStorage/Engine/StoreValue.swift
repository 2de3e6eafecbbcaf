/// A value of a row, as SQLite's storage classes and PostgreSQL's types have it in common.
enum StoreValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What a column of a row is read as.
protocol ColumnValue {
    /// Reads a value; `nil` when it is of another kind.
    init?(column value: StoreValue)
}

extension Int64: ColumnValue {
    init?(column value: StoreValue) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }
}

extension Int: ColumnValue {
    init?(column value: StoreValue) {
        guard case .integer(let number) = value else { return nil }
        self = Int(number)
    }
}

extension Bool: ColumnValue {
    init?(column value: StoreValue) {
        guard case .integer(let number) = value else { return nil }
        self = number != 0
    }
}

extension Double: ColumnValue {
    init?(column value: StoreValue) {
        switch value {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        case .null, .text, .blob: return nil
        }
    }
}

extension String: ColumnValue {
    init?(column value: StoreValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    init?(column value: StoreValue) {
        guard value != .null else {
            self = nil as Wrapped?
            return
        }
        guard let read = Wrapped(column: value) else { return nil }
        self = read
    }
}
