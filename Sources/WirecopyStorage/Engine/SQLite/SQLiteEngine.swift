import GRDB
import GRDBSQLite
import SharedSQLite

/// A connection to SQLite within a transaction.
///
/// It lives as long as the transaction and remembers the statements that it has used: one that
/// writes a group of articles looks them up tens of thousands of times.
final class SQLiteEngine: StoreEngine {
    let dialect: any StoreDialect = SQLiteDialect()
    private let db: Database
    /// `nil` for a connection that one thread uses alone.
    private let shared: SharedConnection?
    private let turns: ThreadTurns?
    private var statements: [String: SQLiteStatement] = [:]

    /// Takes GRDB's connection, to read.
    init(reading db: Database) {
        self.db = db
        (shared, turns) = (nil, nil)
    }

    /// Takes GRDB's connection, to write, with the help of a second thread.
    init(writing db: Database) {
        self.db = db
        shared = unsafe db.sqliteConnection.map { unsafe SharedConnection($0) }
        turns = shared.map { ThreadTurns($0, .first) }
    }

    func statement(_ sql: String) throws -> any EngineStatement {
        if let known = statements[sql] { return known }
        turns?.begin()
        defer { turns?.end() }
        let text = InsertedRowText(sql)
        let statement = SQLiteStatement(try db.cachedStatement(sql: text.sql), db, turns)
        statement.tellsInsertedRow = text.tellsInsertedRow
        statements[sql] = statement
        return statement
    }

    var companion: EngineMaker? {
        guard let shared else { return nil }
        return { SQLiteCompanion(shared) }
    }

    func giveUpTurn() { turns?.giveUp() }
}
