import CSQLiteSettings
import GRDB
import Glibc
import WirecopyMessages

/// Opens SQLite files with the settings on which a store's guarantees rest.
enum SQLiteOpening {
    /// Opens a store for writing, and makes it or brings it up to date.
    ///
    /// - Parameters:
    ///   - configuration: where the store is.
    ///   - log: how its log is brought to the disk.
    /// - Returns: the connection, which has written nothing but a new schema.
    /// - Throws: `StorageFailure` when it cannot be opened, is no store, or a newer one.
    static func openForWriting(
        _ configuration: StoreConfiguration,
        _ log: LogSettings = LogSettings()
    ) throws(StorageFailure) -> SQLiteWriting {
        do {
            let queue = try connectForWriting(configuration)
            try StoreSchema.migrate(queue)
            let path = try queue.writeWithoutTransaction { db in
                // A commit does not wait for the disk; `WriteAheadLog` does, beside the next one.
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                try db.execute(sql: "PRAGMA journal_size_limit = \(logBytesMax)")
                try limitSize(configuration.sizeLimitBytes, db)
                return try logPath(of: db)
            }
            let file = try WriteAheadLog(LogFile(path: path, sync: log.sync))
            let connection = try connectForMoving(configuration)
            let checkpointer = Checkpointer(
                connection,
                file,
                pages: log.checkpointPages,
                sync: log.syncDatabase
            )
            return SQLiteWriting(queue, file, checkpointer)
        } catch {
            throw StorageFailure(error, attempt: "open \(configuration.path) for writing")
        }
    }

    /// How a write-ahead log is brought to the disk; tests choose otherwise.
    struct LogSettings: Sendable {
        /// Syncs the log.
        var sync: LogFile.Sync = { fdatasync($0) }
        /// Syncs the database's file.
        var syncDatabase: Checkpointer.Sync = { unsafe sqlite_sync_database($0.sqliteConnection) }
        /// Pages in the log from which on they are moved to the file.
        var checkpointPages = CheckpointPlan.pagesUsual
    }

    private static func connectForWriting(
        _ configuration: StoreConfiguration
    ) throws -> DatabaseQueue {
        _ = memorySettings
        var options = options(busyTimeout: configuration.busyTimeout)
        options.journalMode = .wal
        options.prepareDatabase { db in
            try db.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSizeBytes)")
            // A negative number is kibibytes.
            try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes)")
        }
        return try DatabaseQueue(path: configuration.path, configuration: options)
    }

    /// Opens the connection that moves the log to the file. It leaves the log alone when it is
    /// closed: the connection that writes is closed after it.
    private static func connectForMoving(
        _ configuration: StoreConfiguration
    ) throws -> DatabaseQueue {
        var options = options(busyTimeout: configuration.busyTimeout)
        options.label = "wirecopy.store.checkpoint"
        options.prepareDatabase { _ = unsafe sqlite_keep_log_when_closed($0.sqliteConnection) }
        return try DatabaseQueue(path: configuration.path, configuration: options)
    }

    /// Settings of the process that work before its first connection, later not.
    ///
    /// SQLite shall not count its memory, for which it takes a lock at each allocation: a twentieth
    /// of the time of storing. And what a statement may have to undo stays in memory: with SQLite's
    /// own 64 KiB each transaction got a file for it, with fifty writes an article.
    private static let memorySettings = [
        sqlite_forgo_memory_statistics(),
        sqlite_keep_statement_journals_in_memory(statementJournalBytes),
    ]

    /// Changed pages of one statement that are kept in memory. A search index that merges its parts
    /// changes some dozens; an edit or a migration may change all, which then go to a file.
    private static let statementJournalBytes: CInt = 1 << 20
    /// Room for a whole group's pages and the upper levels of the indexes: with SQLite's own 2 MB
    /// each commit reads back and spills what it has just written.
    private static let cacheKibibytes = 64 << 10
    /// Bytes to which the log is cut when it begins anew: readers that took long let it grow.
    private static let logBytesMax = 128 << 20

    /// Opens a store that somebody else writes, for several readers at once.
    static func openForReading(_ path: String) throws(StorageFailure) -> DatabasePool {
        do {
            var options = options(busyTimeout: readerBusyTimeout)
            options.readonly = true
            options.maximumReaderCount = readersMax
            options.prepareDatabase { try SearchRank.add(to: $0) }
            let pool = try DatabasePool(path: path, configuration: options)
            try pool.read { try StoreSchema.checkCurrent($0) }
            return pool
        } catch {
            throw StorageFailure(error, attempt: "open \(path) for reading")
        }
    }

    /// Readers wait for nobody but a writer that recovers or checkpoints the file.
    private static let readerBusyTimeout = Duration.seconds(10)
    /// Connections of one reading program; a web page asks for few things at once.
    private static let readersMax = 4

    private static func options(busyTimeout: Duration) -> Configuration {
        var options = Configuration()
        options.busyMode = .timeout(Double(busyTimeout.wholeMilliseconds) / 1000)
        options.label = "wirecopy.store"
        // The recorder keeps rows together, and `wirecopy store check` looks whether it did. Asked
        // for each row, SQLite would look up its parent, and look for children without an index.
        options.foreignKeysEnabled = false
        return options
    }

    private static func logPath(of db: Database) throws -> String {
        guard let name = unsafe sqlite3_db_filename(db.sqliteConnection, "main"),
            let log = unsafe sqlite3_filename_wal(name)
        else { throw StorageFailure(.notOpened, "SQLite keeps no log for the store.") }
        return unsafe String(cString: log)
    }

    private static func limitSize(_ bytes: Int?, _ db: Database) throws {
        guard let bytes else { return }
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? StoreSchema.pageSizeBytes
        try db.execute(sql: "PRAGMA max_page_count = \(max(1, bytes / pageSize))")
    }
}
