import GRDB

/// Reads a store in an SQLite file.
struct SQLiteReading: ReadingConnections {
    /// GRDB's connections.
    let pool: DatabasePool

    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        try await pool.read { try body(StoreDatabase(engine: SQLiteEngine(reading: $0))) }
    }

    func readWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try pool.read { try body(StoreDatabase(engine: SQLiteEngine(reading: $0))) }
    }
}

/// Writes a store in an SQLite file.
struct SQLiteWriting: WritingConnection {
    /// GRDB's connection.
    let queue: DatabaseQueue

    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        // A caller that is cancelled waits too: GRDB's own `write` would roll back for it.
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Result { try Self.transaction(db, body) })
            }
        }
    }

    func writeWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try queue.writeWithoutTransaction { try Self.transaction($0, body) }
    }

    private static func transaction<Answer>(
        _ db: Database,
        _ body: (StoreDatabase) throws -> Answer
    ) throws -> Answer {
        var answer: Answer?
        try db.inTransaction(.immediate) {
            answer = try body(StoreDatabase(engine: SQLiteEngine(writing: db)))
            return .commit
        }
        guard let answer else { preconditionFailure("A transaction was committed without body.") }
        return answer
    }
}
