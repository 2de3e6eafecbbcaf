import GRDB

extension Database {
    /// Runs a statement that gives no rows; the compiled statement is kept for the next time.
    func run(_ sql: String, _ values: (any DatabaseValueConvertible)?...) throws {
        try cachedStatement(sql: sql).execute(arguments: Self.arguments(values))
    }

    /// The first row of a statement that is kept for the next time.
    func row(_ sql: String, _ values: (any DatabaseValueConvertible)?...) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: Self.arguments(values))
    }

    /// The first column of the first row of a statement that is kept for the next time.
    func text(_ sql: String, _ values: (any DatabaseValueConvertible)?...) throws -> String? {
        try String.fetchOne(cachedStatement(sql: sql), arguments: Self.arguments(values))
    }

    /// SQLite ends a text at U+0000, which would cut it and shift nothing: a space of the same
    /// size stands in its place.
    private static func arguments(
        _ values: [(any DatabaseValueConvertible)?]
    ) -> StatementArguments {
        StatementArguments(
            values.map { value in
                guard let text = value as? String, text.utf8.contains(0) else { return value }
                let bytes = text.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
                return String(decoding: bytes, as: UTF8.self)
            }
        )
    }
}
