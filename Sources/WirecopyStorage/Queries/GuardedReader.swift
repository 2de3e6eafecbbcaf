import GRDB
import GRDBSQLite
import WirecopyMessages

/// A connection to SQLite of its own for SQL that a reader wrote.
///
/// The file is opened for reading only, no other file can be attached, values and depth are
/// limited, and SQLite looks at the clock while it works. Only one statement runs, one that reads.
struct GuardedReader {
    /// Longest value that a query may make, in bytes; long articles have 100 kB.
    static let valueBytesMax: Int32 = 16 << 20
    /// Instructions of SQLite's machine between two looks at the clock: about a millisecond.
    private static let stepsBetweenLooks: Int32 = 10_000
    /// Readers wait for nobody but a writer that recovers or checkpoints the file.
    private static let busySeconds = 10.0

    private let queue: DatabaseQueue

    /// Opens a store.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Self.busySeconds)
        configuration.label = "wirecopy.sql"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { try StoreSchema.checkCurrent($0) }
    }

    /// Runs a query and gives its answer, cut where it is too long.
    ///
    /// - Throws: `StorageFailure` with `queryRefused` for what is no query, or takes too long.
    func answer(_ query: SQLQuery) throws -> SQLReport {
        try queue.read { db in
            let watch = Watch(deadline: .now + query.timeMax)
            unsafe watch.begin(db.sqliteConnection)
            defer { unsafe watch.end(db.sqliteConnection) }
            do {
                return try Self.run(query, db)
            } catch let error as DatabaseError {
                throw Self.failure(error, query)
            }
        }
    }

    private static func run(_ query: SQLQuery, _ db: Database) throws -> SQLReport {
        let statement = try db.makeStatement(sql: query.text)
        guard statement.isReadonly else {
            throw StorageFailure(
                .queryRefused,
                "The statement would change the store. Write one that reads, such as SELECT."
            )
        }
        var report = SQLReport(columns: statement.columnNames, isCut: false, rows: [])
        var bytesLeft = SQLReport.bytesMax
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            guard report.rows.count < query.rowsMax, bytesLeft > 0 else {
                report.isCut = true
                break
            }
            let values = row.map { value($0.1) }
            bytesLeft -= values.reduce(0) { $0 + 16 + $1.text.utf8.count }
            report.rows.append(values)
        }
        return report
    }

    private static func value(_ value: DatabaseValue) -> SQLReport.Value {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .text(data.map { byte in Self.hex(byte) }.joined())
        }
    }

    /// Two digits of a byte.
    static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// What is said of a value that nobody could read, whatever the database.
    static func valueTooLong(_ underlying: String? = nil) -> StorageFailure {
        StorageFailure(
            .queryRefused,
            "A value of the answer, or one on the way to it, has more than \(valueBytesMax) bytes. "
                + "Ask for a part of it, as with substr.",
            underlying: underlying
        )
    }

    private static func failure(_ error: DatabaseError, _ query: SQLQuery) -> StorageFailure {
        guard error.resultCode != .SQLITE_TOOBIG else { return valueTooLong("SQLITE_TOOBIG") }
        guard error.resultCode != .SQLITE_INTERRUPT else {
            let seconds = query.timeMax.wholeMilliseconds / 1000
            return StorageFailure(
                .queryRefused,
                "The query took longer than \(seconds) s. Give it --seconds, or ask for less.",
                underlying: "SQLITE_INTERRUPT"
            )
        }
        let reason = error.message ?? "no reason was given"
        return StorageFailure(.queryRefused, "SQLite refused the query: \(reason).")
    }

    /// Looks at the clock while SQLite works.
    private final class Watch {
        private let deadline: ContinuousClock.Instant

        init(deadline: ContinuousClock.Instant) { self.deadline = deadline }

        var isOver: Bool { ContinuousClock.now > deadline }

        // The callback gets `self` unretained: `end` takes it back before the caller lets go.
        func begin(_ connection: OpaquePointer?) {
            let limits: [(Int32, Int32)] = [
                (SQLITE_LIMIT_LENGTH, GuardedReader.valueBytesMax), (SQLITE_LIMIT_ATTACHED, 0),
                (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
            ]
            for (name, value) in limits { _ = unsafe sqlite3_limit(connection, name, value) }
            let context = unsafe Unmanaged.passUnretained(self).toOpaque()
            unsafe sqlite3_progress_handler(
                connection,
                GuardedReader.stepsBetweenLooks,
                { context in
                    guard let context = unsafe context else { return 1 }
                    return unsafe Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
                        .isOver ? 1 : 0
                },
                context
            )
        }

        func end(_ connection: OpaquePointer?) {
            unsafe sqlite3_progress_handler(connection, 0, nil, nil)
        }
    }
}

extension ArticleStore {
    /// Runs SQL of a reader on the store at a path, on a connection of its own.
    ///
    /// - Parameters:
    ///   - query: one statement that reads, and what it may take.
    ///   - path: the store.
    /// - Returns: its answer.
    /// - Throws: `StorageFailure` with `queryRefused` for what is no query, writes, or takes too
    ///   long.
    package static func answer(
        _ query: SQLQuery,
        path: String
    ) throws(StorageFailure) -> SQLReport {
        let location = try StoreLocation(path)
        do {
            switch location {
            case .file(let path): return try GuardedReader(path: path).answer(query)
            case .server(let address):
                return try PostgreSQLGuardedReader(address: address).answer(query)
            }
        } catch {
            throw StorageFailure(error, attempt: "answer the query")
        }
    }
}
