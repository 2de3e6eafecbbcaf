import GRDB
import GRDBSQLite

/// A value that a statement of the recorder takes.
protocol RowValue {
    /// Becomes the statement's next parameter.
    func add(to statement: inout RowStatement)
}

/// A prepared statement of a connection, bound without a wrapper's cost.
///
/// An article has more than a hundred rows; through GRDB's values each would cost twice as much as
/// SQLite itself takes for it. The statement belongs to GRDB's cache; it is used on the thread of
/// its connection, within the transaction for which it was made.
@safe struct RowStatement {
    /// Keeps the handle alive.
    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    private var parameters: Int32 = 0

    /// Takes a statement from the connection's cache.
    ///
    /// - Throws: GRDB's `DatabaseError` when the text is no statement.
    init(_ sql: String, _ db: Database) throws {
        statement = try db.cachedStatement(sql: sql)
        unsafe handle = statement.sqliteStatement
        unsafe connection = db.sqliteConnection
    }

    /// Binds the next parameter.
    mutating func add(_ value: Int64) {
        parameters += 1
        unsafe sqlite3_bind_int64(handle, parameters, value)
    }

    /// Binds the next parameter.
    mutating func add(_ value: Int) { add(Int64(value)) }

    /// Binds the next parameter.
    mutating func add(_ value: Int64?) {
        if let value { add(value) } else { addNull() }
    }

    /// Binds the next parameter.
    mutating func add(_ value: Double) {
        parameters += 1
        unsafe sqlite3_bind_double(handle, parameters, value)
    }

    /// Binds the next parameter.
    mutating func add(_ value: String?) {
        guard var text = value else { return addNull() }
        parameters += 1
        text.withUTF8 { unsafe Self.bind($0, to: handle, parameters) }
    }

    /// Binds the next parameter to a part of a text in UTF-8, which is repaired where it is cut
    /// through a character.
    mutating func add(_ utf8: ArraySlice<UInt8>, followedBy next: UInt8?) {
        guard !Self.continues(utf8.first), !Self.continues(next) else {
            return add(String(decoding: utf8, as: UTF8.self))
        }
        parameters += 1
        unsafe utf8.withUnsafeBufferPointer { unsafe Self.bind($0, to: handle, parameters) }
    }

    /// Binds the next parameter to bytes that are no text.
    mutating func add(_ blob: [UInt8]) {
        parameters += 1
        unsafe blob.withUnsafeBytes { bytes in
            _ = unsafe sqlite3_bind_blob(
                handle,
                parameters,
                bytes.baseAddress,
                Int32(bytes.count),
                Self.copied
            )
        }
    }

    /// Leaves the next parameter empty.
    mutating func addNull() {
        parameters += 1
        unsafe sqlite3_bind_null(handle, parameters)
    }

    /// Runs the statement, gives the rows to `body` and makes it ready for other parameters.
    ///
    /// - Throws: GRDB's `DatabaseError`, and what `body` throws.
    mutating func forEachRow(_ body: (borrowing RowStatement) throws -> Void) throws {
        defer {
            unsafe sqlite3_reset(handle)
            parameters = 0
        }
        while true {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: try body(self)
            case SQLITE_DONE: return
            default: throw failure
            }
        }
    }

    /// Runs a statement whose rows, if there are any, nobody needs.
    ///
    /// - Throws: GRDB's `DatabaseError`.
    mutating func run() throws {
        try forEachRow { _ in }
    }

    /// The number in a column of the row at hand, counted from 0; 0 where there is none.
    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    /// The number in a column that may be empty.
    func optionalInteger(_ column: Int32) -> Int64? {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(column)
    }

    /// The bytes in a column; none when it is empty.
    func blob(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The text in a column that may be empty.
    func text(_ column: Int32) -> String? {
        guard let start = unsafe sqlite3_column_text(handle, column) else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private var failure: DatabaseError {
        let code = unsafe sqlite3_errcode(connection)
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }

    private static func continues(_ byte: UInt8?) -> Bool {
        byte.map { $0 & 0xC0 == 0x80 } ?? false
    }

    /// SQLite ends a text at U+0000, which would cut it and shift nothing: a space of the same
    /// size stands in its place.
    private static func bind(
        _ utf8: UnsafeBufferPointer<UInt8>,
        to handle: OpaquePointer,
        _ index: Int32
    ) {
        if unsafe utf8.contains(0) {
            let bytes = unsafe utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
            unsafe bytes.withUnsafeBufferPointer { unsafe bindBytes($0, to: handle, index) }
        } else {
            unsafe bindBytes(utf8, to: handle, index)
        }
    }

    private static func bindBytes(
        _ utf8: UnsafeBufferPointer<UInt8>,
        to handle: OpaquePointer,
        _ index: Int32
    ) {
        guard let base = utf8.baseAddress else {
            unsafe sqlite3_bind_text(handle, index, "", 0, copied)
            return
        }
        let start = unsafe UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
        unsafe sqlite3_bind_text(handle, index, start, Int32(utf8.count), copied)
    }

    /// Tells SQLite to take its own copy of what is bound (`SQLITE_TRANSIENT`).
    private static var copied: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
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
