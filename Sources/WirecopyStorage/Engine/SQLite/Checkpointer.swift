import CSQLiteSettings
import GRDB
import Synchronization

/// Moves the pages of the write-ahead log to the database's file, through a connection and on a
/// thread of its own.
///
/// Checkpoints are passive: they wait for nobody, and readers keep what they see. One that fails is
/// tried again after the next commit. After a sync of the database that failed, SQLite would take
/// the pages for moved and begin the log anew: from then on nothing is moved or written, and the
/// log is kept when the store is closed.
final class Checkpointer: Sendable {
    private let connection: DatabaseQueue
    private let log: WriteAheadLog
    private let syncing: Sync
    private let plan: Mutex<CheckpointPlan>
    private let failure = Mutex<StorageFailure?>(nil)

    /// Syncs the database's file of a connection and gives SQLite's result code.
    typealias Sync = @Sendable (Database) -> CInt

    /// Takes a connection that nobody else uses.
    ///
    /// - Parameters:
    ///   - connection: leaves the log alone when it is closed.
    ///   - log: the log, which is brought to the disk before anything is moved.
    ///   - pages: pages in the log from which on they are moved.
    ///   - sync: syncs the database's file.
    init(_ connection: DatabaseQueue, _ log: WriteAheadLog, pages: Int, sync: @escaping Sync) {
        self.connection = connection
        self.log = log
        syncing = sync
        plan = Mutex(CheckpointPlan(pages: pages))
    }

    /// Moves what is left of the log, if it is time; called between two transactions.
    ///
    /// - Throws: why a log that has become too long cannot be moved; `StorageFailure` after a sync
    ///   that failed.
    func makeRoom() throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        guard plan.withLock({ $0.beginsWithRest() }) else { return }
        do {
            let progress = try connection.writeWithoutTransaction { try checkpoint($0) }
            plan.withLock { $0.endedRest(progress) }
        } catch let broken as StorageFailure {
            throw broken
        } catch {
            let isTooLong = plan.withLock { plan in
                plan.endedRest(nil)
                return plan.isTooLong
            }
            // A log of usual length is moved another time.
            if isTooLong { throw error }
        }
    }

    /// A transaction was committed.
    ///
    /// - Parameter pages: pages that it wrote to the log.
    func committed(pages: Int) {
        guard plan.withLock({ $0.committed(pages) }) else { return }
        connection.asyncWriteWithoutTransaction { [self] db in
            let isMoved = (try? moveBeside(db)) != nil
            plan.withLock { $0.endedBeside(isMoved: isMoved) }
        }
    }

    /// Lets the connection forget syncs of the log that failed before it was written once more: the
    /// kernel tells each descriptor of a failure, however late it asks.
    func forgetOldFailures() {
        connection.writeWithoutTransaction { Self.forgetOldFailures($0) }
    }

    /// Does the same for another connection.
    static func forgetOldFailures(_ db: Database) {
        _ = unsafe sqlite_sync_log(db.sqliteConnection)
    }

    /// Waits for a checkpoint that runs, and closes the connection.
    ///
    /// - Returns: whether the log must be kept, because a sync failed.
    func stop() throws -> Bool {
        try connection.close()
        return failure.withLock { $0 } != nil
    }

    /// Moves the log, and what came meanwhile. SQLite syncs the database only when a checkpoint has
    /// reached the log's end, which would leave that wait to the rest between two transactions.
    private func moveBeside(_ db: Database) throws {
        _ = try checkpoint(db)
        let code = syncing(db)
        if code != SQLITE_OK { try fail(DatabaseError(resultCode: ResultCode(rawValue: code))) }
        _ = try checkpoint(db)
    }

    /// - Returns: what was moved; `nil` when another process is at it.
    private func checkpoint(_ db: Database) throws -> CheckpointPlan.Progress? {
        // A log that cannot be synced is written once more; told by SQLite, the failure could as
        // well be that of the database, for which there is no such cure.
        try log.makeDurableWaiting()
        do {
            let (written, moved) = try db.checkpoint(.passive)
            return CheckpointPlan.Progress(written: written, moved: moved)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return nil
        } catch let error as DatabaseError {
            try fail(error)
        }
    }

    /// Takes a result of SQLite for an error; one of a sync ends all writing.
    private func fail(_ error: DatabaseError) throws -> Never {
        guard error.extendedResultCode == .SQLITE_IOERR_FSYNC else { throw error }
        let broken = StorageFailure(
            .failed,
            "The disk failed to sync the store's file, and what it holds is in doubt. Stop all "
                + "programs that use the store, look into the system's log, and start them again: "
                + "what was stored is then moved from the log once more.",
            underlying: "SQLITE_IOERR_FSYNC"
        )
        failure.withLock { $0 = broken }
        throw broken
    }
}
