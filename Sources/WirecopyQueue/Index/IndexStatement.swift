import GRDB
import GRDBSQLite

/// A prepared statement of the index's writer, without a wrapper's cost.
///
/// GRDB opens connections, turns WAL on and reads; a row of the index written through it would cost
/// as much as everything else that the journal does for a message. A statement is used on the
/// writer's queue alone, and released before its connection closes.
@safe final class IndexStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Prepares a statement.
    ///
    /// - Throws: GRDB's `DatabaseError`.
    init(_ sql: String, on connection: OpaquePointer) throws {
        var handle: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
            connection,
            sql,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &handle,
            nil
        )
        guard code == SQLITE_OK, let prepared = unsafe handle else {
            throw unsafe Self.error(code, connection)
        }
        unsafe self.handle = prepared
        unsafe self.connection = connection
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds a number; parameters are counted from 1.
    func bind(_ index: Int32, _ value: Int?) {
        if let value {
            unsafe sqlite3_bind_int64(handle, index, Int64(value))
        } else {
            unsafe sqlite3_bind_null(handle, index)
        }
    }

    /// Binds a text.
    func bind(_ index: Int32, _ value: String?) {
        guard var text = value else {
            unsafe sqlite3_bind_null(handle, index)
            return
        }
        text.withUTF8 { utf8 in
            let start = unsafe UnsafeRawPointer(utf8.baseAddress)?
                .assumingMemoryBound(to: CChar.self)
            unsafe sqlite3_bind_text(handle, index, start, Int32(utf8.count), Self.copied)
        }
    }

    /// Binds bytes.
    func bind(_ index: Int32, bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBytes { buffer in
            unsafe sqlite3_bind_blob(
                handle,
                index,
                buffer.baseAddress,
                Int32(buffer.count),
                Self.copied
            )
        }
    }

    /// Binds the 16 bytes of an identity, in network order.
    func bind(_ index: Int32, words: (UInt64, UInt64)) {
        let bigEndian = (words.0.bigEndian, words.1.bigEndian)
        _ = unsafe withUnsafeBytes(of: bigEndian) { buffer in
            unsafe sqlite3_bind_blob(handle, index, buffer.baseAddress, 16, Self.copied)
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws {
        let code = unsafe sqlite3_step(handle)
        unsafe sqlite3_reset(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw unsafe Self.error(code, connection)
        }
    }

    /// Goes to the next row; `false` behind the last, when the statement is ready for another use.
    func step() throws -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        unsafe sqlite3_reset(handle)
        guard code == SQLITE_DONE else { throw unsafe Self.error(code, connection) }
        return false
    }

    /// Makes the statement ready for another use before its last row.
    func reset() { unsafe sqlite3_reset(handle) }

    /// The number in a column, counted from 0.
    func number(_ column: Int32) -> Int { unsafe Int(sqlite3_column_int64(handle, column)) }

    /// The number in a column that may be empty.
    func optionalNumber(_ column: Int32) -> Int? {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : number(column)
    }

    /// The text in a column that may be empty.
    func text(_ column: Int32) -> String? {
        guard let start = unsafe sqlite3_column_text(handle, column) else { return nil }
        return unsafe String(cString: start)
    }

    /// The bytes in a column.
    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Tells SQLite to take its own copy of what is bound.
    private static var copied: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    private static func error(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}
