import GRDB
import GRDBSQLite

/// A prepared statement of SQLite, bound and read without GRDB's values, which would cost twice as
/// much as SQLite itself takes for a row.
///
/// The statement belongs to GRDB's cache.
@safe final class SQLiteStatement: EngineStatement {
    /// Keeps the handle alive.
    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    private var parameters: Int32 = 0

    /// Takes a statement of a connection.
    init(_ statement: Statement, _ db: Database) {
        self.statement = statement
        unsafe handle = statement.sqliteStatement
        unsafe connection = db.sqliteConnection
    }

    func add(_ value: Int64) {
        parameters += 1
        unsafe sqlite3_bind_int64(handle, parameters, value)
    }

    func add(_ value: Double) {
        parameters += 1
        unsafe sqlite3_bind_double(handle, parameters, value)
    }

    func add(text utf8: Span<UInt8>) {
        parameters += 1
        unsafe utf8.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else {
                unsafe sqlite3_bind_text(handle, parameters, "", 0, Self.copied)
                return
            }
            let start = unsafe UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
            unsafe sqlite3_bind_text(handle, parameters, start, Int32(bytes.count), Self.copied)
        }
    }

    func add(blob bytes: Span<UInt8>) {
        parameters += 1
        unsafe bytes.withUnsafeBytes { bytes in
            let count = Int32(bytes.count)
            _ = unsafe sqlite3_bind_blob(handle, parameters, bytes.baseAddress, count, Self.copied)
        }
    }

    func addNull() {
        parameters += 1
        unsafe sqlite3_bind_null(handle, parameters)
    }

    func run() throws {
        defer { reset() }
        while try step() {}
    }

    func step() throws -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure
        }
    }

    func reset() {
        unsafe sqlite3_reset(handle)
        parameters = 0
    }

    var columns: [String] { statement.columnNames }

    func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }

    func text(_ column: Int) -> String? {
        guard let start = unsafe sqlite3_column_text(handle, Int32(column)) else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(handle, Int32(column)))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    func blob(_ column: Int) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, Int32(column)) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, Int32(column)))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func value(_ column: Int) -> StoreValue {
        switch unsafe sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(handle, Int32(column)))
        case SQLITE_TEXT: .text(text(column) ?? "")
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    private var failure: DatabaseError {
        let code = unsafe sqlite3_errcode(connection)
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }

    /// Tells SQLite to take its own copy of what is bound (`SQLITE_TRANSIENT`).
    private static var copied: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
