import GRDB
import GRDBSQLite
import SharedSQLite

/// A prepared statement of SQLite, bound and read without GRDB's values, which would cost twice as
/// much as SQLite itself takes for a row.
///
/// On a connection that two threads use, it has its thread's turn from the first parameter until it
/// is reset.
@safe final class SQLiteStatement: EngineStatement {
    /// Keeps alive a handle that belongs to GRDB's cache.
    private let owner: Statement?
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    /// `nil` for a connection that one thread uses alone.
    private let turns: ThreadTurns?
    private var hasTurn = false
    private var parameters: Int32 = 0
    /// Whether its only row is the number of the row that it inserts: see `InsertedRowText`.
    var tellsInsertedRow = false
    private var insertedRow: Int64?

    /// Takes a statement of GRDB's.
    init(_ statement: Statement, _ db: Database, _ turns: ThreadTurns?) {
        owner = statement
        self.turns = turns
        unsafe handle = statement.sqliteStatement
        unsafe connection = db.sqliteConnection
    }

    /// Takes a statement that was prepared on a shared connection, to be finalized by the caller.
    init(_ handle: OpaquePointer, _ connection: OpaquePointer, _ turns: ThreadTurns) {
        owner = nil
        self.turns = turns
        unsafe self.handle = handle
        unsafe self.connection = connection
    }

    /// Gives up a statement that is not GRDB's.
    func finalize() { unsafe sqlite3_finalize(handle) }

    func add(_ value: Int64) {
        beginParameter()
        unsafe sqlite3_bind_int64(handle, parameters, value)
    }

    func add(_ value: Double) {
        beginParameter()
        unsafe sqlite3_bind_double(handle, parameters, value)
    }

    func add(text utf8: Span<UInt8>) {
        beginParameter()
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
        beginParameter()
        unsafe bytes.withUnsafeBytes { bytes in
            let count = Int32(bytes.count)
            _ = unsafe sqlite3_bind_blob(handle, parameters, bytes.baseAddress, count, Self.copied)
        }
    }

    func addNull() {
        beginParameter()
        unsafe sqlite3_bind_null(handle, parameters)
    }

    func run() throws {
        defer { reset() }
        while try step() {}
    }

    func step() throws -> Bool {
        if insertedRow != nil { return false }
        takeTurn()
        if let turns, !turns.isInTransaction { throw OtherThreadFailed() }
        let code = unsafe sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            guard tellsInsertedRow else { return false }
            insertedRow = unsafe sqlite3_last_insert_rowid(connection)
            return true
        default: throw unsafe Self.failure(code, connection)
        }
    }

    func reset() {
        takeTurn()
        unsafe sqlite3_reset(handle)
        parameters = 0
        insertedRow = nil
        hasTurn = false
        turns?.end()
    }

    var columns: [String] {
        let count = unsafe sqlite3_column_count(handle)
        return (0..<count).map { column in
            unsafe sqlite3_column_name(handle, column).map { unsafe String(cString: $0) } ?? ""
        }
    }

    func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    func integer(_ column: Int) -> Int64 {
        insertedRow ?? (unsafe sqlite3_column_int64(handle, Int32(column)))
    }

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

    private func beginParameter() {
        takeTurn()
        parameters += 1
    }

    private func takeTurn() {
        guard !hasTurn, let turns else { return }
        turns.begin()
        hasTurn = true
    }

    /// What SQLite says of a call that failed.
    static func failure(_ code: Int32, _ connection: OpaquePointer?) -> DatabaseError {
        let extended = unsafe sqlite3_extended_errcode(connection)
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        let told = extended & 0xFF == code & 0xFF ? extended : code
        return DatabaseError(resultCode: ResultCode(rawValue: told), message: message)
    }

    /// Tells SQLite to take its own copy of what is bound (`SQLITE_TRANSIENT`).
    private static var copied: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
