import GRDB
import GRDBSQLite
import SharedSQLite

/// A second thread's use of a connection to SQLite, within the transaction of the first.
///
/// Statements whose rows nobody reads wait until the thread reads something, so that it asks for
/// few turns. GRDB lets its statements be used on the connection's own thread alone; those of this
/// one are prepared beside it, for the transaction.
@safe final class SQLiteCompanion: CompanionEngine {
    let dialect: any StoreDialect = SQLiteDialect()
    private let connection: SharedConnection
    private let turns: ThreadTurns
    private var statements: [String: SQLiteStatement] = [:]
    private var waiting: [(statement: SQLiteStatement, parameters: [StoreValue])] = []

    /// Statements that wait at most: what a few articles write.
    private static let waitingMax = 64

    /// Takes part in a transaction, on the thread that calls.
    init(_ connection: SharedConnection) {
        self.connection = connection
        turns = ThreadTurns(connection, .second)
    }

    deinit {
        turns.begin()
        for statement in statements.values { statement.finalize() }
        turns.end()
    }

    func statement(_ sql: String) throws -> any EngineStatement {
        DeferredStatement(try prepared(sql), self)
    }

    func beginTurn() { turns.begin() }

    func endTurn() { turns.end() }

    func finish() throws { try catchUp() }

    /// Has a statement wait.
    fileprivate func put(_ statement: SQLiteStatement, _ parameters: [StoreValue]) throws {
        waiting.append((statement, parameters))
        if waiting.count >= Self.waitingMax { try catchUp() }
    }

    /// Runs what waits, in the order in which it came.
    fileprivate func catchUp() throws {
        turns.begin()
        defer { turns.end() }
        defer { waiting.removeAll(keepingCapacity: true) }
        for (statement, parameters) in waiting {
            statement.add(parameters)
            try statement.run()
        }
    }

    private func prepared(_ sql: String) throws -> SQLiteStatement {
        if let known = statements[sql] { return known }
        turns.begin()
        defer { turns.end() }
        var handle: OpaquePointer?
        let text = InsertedRowText(sql)
        let code = unsafe sqlite3_prepare_v2(connection.handle, text.sql, -1, &handle, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            throw unsafe SQLiteStatement.failure(code, connection.handle)
        }
        let statement = unsafe SQLiteStatement(handle, connection.handle, turns)
        statement.tellsInsertedRow = text.tellsInsertedRow
        statements[sql] = statement
        return statement
    }
}

/// A statement of the second thread, which takes its parameters along.
private final class DeferredStatement: EngineStatement {
    private let statement: SQLiteStatement
    private let engine: SQLiteCompanion
    private var parameters: [StoreValue] = []
    private var isAtWork = false

    init(_ statement: SQLiteStatement, _ engine: SQLiteCompanion) {
        self.statement = statement
        self.engine = engine
    }

    func add(_ value: Int64) { parameters.append(.integer(value)) }

    func add(_ value: Double) { parameters.append(.real(value)) }

    func add(text utf8: Span<UInt8>) {
        parameters.append(.text(String(decoding: Self.bytes(utf8), as: UTF8.self)))
    }

    func add(blob bytes: Span<UInt8>) { parameters.append(.blob(Self.bytes(bytes))) }

    func addNull() { parameters.append(.null) }

    private static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
    }

    func run() throws {
        defer { parameters = [] }
        try engine.put(statement, parameters)
    }

    func step() throws -> Bool {
        if !isAtWork {
            isAtWork = true
            engine.beginTurn()
            try engine.catchUp()
            statement.add(parameters)
        }
        return try statement.step()
    }

    func reset() {
        parameters = []
        guard isAtWork else { return }
        isAtWork = false
        statement.reset()
        engine.endTurn()
    }

    var columns: [String] { statement.columns }

    func isNull(_ column: Int) -> Bool { statement.isNull(column) }

    func integer(_ column: Int) -> Int64 { statement.integer(column) }

    func text(_ column: Int) -> String? { statement.text(column) }

    func blob(_ column: Int) -> [UInt8] { statement.blob(column) }

    func value(_ column: Int) -> StoreValue { statement.value(column) }
}

extension SQLiteStatement {
    fileprivate func add(_ values: [StoreValue]) {
        for value in values {
            switch value {
            case .integer(let number): add(number)
            case .real(let number): add(number)
            case .text(let text): add(text: text.utf8.span)
            case .blob(let bytes): add(blob: bytes.span)
            case .null: addNull()
            }
        }
    }
}
