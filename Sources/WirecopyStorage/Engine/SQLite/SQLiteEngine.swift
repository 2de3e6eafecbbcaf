import GRDB

/// A connection to SQLite within a transaction.
///
/// It lives as long as the transaction and remembers the statements that it has used: one that
/// writes a group of articles looks them up tens of thousands of times.
final class SQLiteEngine: StoreEngine {
    let dialect: any StoreDialect = SQLiteDialect()
    private let db: Database
    private var statements: [String: SQLiteStatement] = [:]

    /// Takes GRDB's connection.
    init(_ db: Database) { self.db = db }

    func statement(_ sql: String) throws -> any EngineStatement {
        if let known = statements[sql] { return known }
        let statement = SQLiteStatement(try db.cachedStatement(sql: sql), db)
        statements[sql] = statement
        return statement
    }
}
