import Glibc

/// A value that a statement takes.
protocol RowValue {
    /// Becomes the statement's next parameter.
    func add(to statement: inout RowStatement)
}

/// A prepared statement of a connection, bound without a wrapper's cost: an article has more than
/// a hundred rows.
///
/// It is used on the thread of its connection, within the transaction for which it was made. Two
/// of the same text share parameters and rows: one is read to its end before the next begins.
struct RowStatement {
    private let statement: any EngineStatement

    /// Takes a statement from the connection's cache.
    ///
    /// - Throws: the engine's error when the text is no statement.
    init(_ sql: String, _ db: StoreDatabase) throws {
        statement = try db.engine.statement(sql)
    }

    /// Binds the next parameter.
    mutating func add(_ value: Int64) { statement.add(value) }

    /// Binds the next parameter.
    mutating func add(_ value: Int) { statement.add(Int64(value)) }

    /// Binds the next parameter.
    mutating func add(_ value: Int64?) {
        if let value { statement.add(value) } else { statement.addNull() }
    }

    /// Binds the next parameter.
    mutating func add(_ value: Double) { statement.add(value) }

    /// Binds the next parameter.
    mutating func add(_ value: String?) {
        if let value { addText(value.utf8.span) } else { statement.addNull() }
    }

    /// Binds the next parameter to a part of a text in UTF-8, which is repaired where it is cut
    /// through a character.
    mutating func add(_ utf8: ArraySlice<UInt8>, followedBy next: UInt8?) {
        guard !Self.continues(utf8.first), !Self.continues(next) else {
            return add(String(decoding: utf8, as: UTF8.self))
        }
        addText(utf8.span)
    }

    /// Binds the next parameter to bytes that are no text.
    mutating func add(_ blob: [UInt8]) { statement.add(blob: blob.span) }

    /// Leaves the next parameter empty.
    mutating func addNull() { statement.addNull() }

    /// Runs the statement, gives the rows to `body` and makes it ready for other parameters.
    ///
    /// - Throws: the engine's error, and what `body` throws.
    mutating func forEachRow(_ body: (borrowing RowStatement) throws -> Void) throws {
        try walk { row in
            try body(row)
            return true
        }
    }

    /// Runs the statement and gives the rows to `body` until it returns false.
    ///
    /// - Throws: the engine's error, and what `body` throws.
    mutating func walk(_ body: (borrowing RowStatement) throws -> Bool) throws {
        defer { statement.reset() }
        while try statement.step() {
            guard try body(self) else { return }
        }
    }

    /// Runs a statement whose rows, if there are any, nobody needs.
    ///
    /// - Throws: the engine's error, maybe with a later statement or at the transaction's end.
    mutating func run() throws { try statement.run() }

    /// The names of the columns.
    var columns: [String] { statement.columns }

    /// The number in a column of the row at hand, counted from 0; 0 where there is none.
    func integer(_ column: Int) -> Int64 { statement.integer(column) }

    /// The number in a column that may be empty.
    func optionalInteger(_ column: Int) -> Int64? {
        statement.isNull(column) ? nil : statement.integer(column)
    }

    /// The bytes in a column; none when it is empty.
    func blob(_ column: Int) -> [UInt8] { statement.blob(column) }

    /// The text in a column that may be empty.
    func text(_ column: Int) -> String? { statement.text(column) }

    /// The row at hand, copied.
    func copy(columns: [String]) -> StoreRow {
        StoreRow(values: columns.indices.map { statement.value($0) }, columns: columns)
    }

    private static func continues(_ byte: UInt8?) -> Bool {
        byte.map { $0 & 0xC0 == 0x80 } ?? false
    }

    /// SQLite ends a text at U+0000, and PostgreSQL refuses it: a space of the same size stands in
    /// its place, so that nothing is cut or shifted.
    private func addText(_ utf8: Span<UInt8>) {
        guard Self.hasZero(utf8) else { return statement.add(text: utf8) }
        let bytes = utf8.indices.map { utf8[$0] == 0 ? UInt8(ascii: " ") : utf8[$0] }
        statement.add(text: bytes.span)
    }

    /// One call for all bytes: an article is written with fifteen kilobytes of text.
    private static func hasZero(_ utf8: Span<UInt8>) -> Bool {
        unsafe utf8.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return false }
            return unsafe memchr(base, 0, bytes.count) != nil
        }
    }
}

extension Int: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self) }
}

extension Int64: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self) }
}

extension Bool: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self ? 1 : 0) }
}

extension Double: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self) }
}

extension String: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self) }
}

extension [UInt8]: RowValue {
    func add(to statement: inout RowStatement) { statement.add(self) }
}
