import CSQLiteSettings
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
///
/// Three threads share the work: one runs the transactions and commits without waiting for the
/// disk, one waits for the log to be on disk (`WriteAheadLog`), and one moves the log to the file
/// (`Checkpointer`).
final class SQLiteWriting: WritingConnection {
    private let queue: DatabaseQueue
    private let log: WriteAheadLog
    private let checkpointer: Checkpointer

    /// Takes a connection that commits without waiting for the disk, and the log as it was found.
    init(_ queue: DatabaseQueue, _ log: WriteAheadLog, _ checkpointer: Checkpointer) {
        self.queue = queue
        self.log = log
        self.checkpointer = checkpointer
    }

    deinit {
        // The checkpoint thread ends first: the last connection that is closed moves the log.
        if (try? checkpointer.stop()) != false {
            queue.unsafeReentrantWrite {
                _ = unsafe sqlite_keep_log_when_closed($0.sqliteConnection)
            }
        }
    }

    func commit<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        // A caller that is cancelled waits too: GRDB's own `write` would roll back for it.
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { [self] db in
                continuation.resume(
                    with: Result {
                        try dispelDoubt(db)
                        return try transaction(db, body).answer
                    }
                )
            }
        }
    }

    func makeDurable() async throws { try await log.makeDurable() }

    func writeWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        let (answer, pages) = try queue.writeWithoutTransaction { db in
            let written = try transaction(db, body)
            // A store that is only looked at needs nothing of a disk that is full or broken.
            if written.pages > 0 { try dispelDoubt(db) }
            return written
        }
        if pages > 0 { try log.makeDurableWaiting() }
        return answer
    }

    private func transaction<Answer>(
        _ db: Database,
        _ body: (StoreDatabase) throws -> Answer
    ) throws -> (answer: Answer, pages: Int) {
        try checkpointer.makeRoom()
        var answer: Answer?
        try db.inTransaction(.immediate) {
            answer = try body(StoreDatabase(engine: SQLiteEngine(writing: db)))
            return .commit
        }
        let pages = Self.pagesWritten(db)
        checkpointer.committed(pages: pages)
        guard let answer else { preconditionFailure("A transaction was committed without body.") }
        return (answer, pages)
    }

    /// Writes a log in doubt once more, while nobody else can write.
    private func dispelDoubt(_ db: Database) throws {
        guard log.isInDoubt else { return }
        try db.inTransaction(.immediate) {
            try log.rewrite()
            return .rollback
        }
        Checkpointer.forgetOldFailures(db)
        checkpointer.forgetOldFailures()
    }

    /// Pages that a connection wrote to the log since it was asked last.
    private static func pagesWritten(_ db: Database) -> Int {
        var (pages, most): (CInt, CInt) = (0, 0)
        let code = unsafe sqlite3_db_status(
            db.sqliteConnection,
            SQLITE_DBSTATUS_CACHE_WRITE,
            &pages,
            &most,
            1
        )
        precondition(code == SQLITE_OK, "SQLite counts no pages: result code \(code).")
        return Int(pages)
    }
}
