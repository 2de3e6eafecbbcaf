import CSQLiteSettings
import GRDB
import WirecopyMessages

/// Opens SQLite files with the settings on which a store's guarantees rest.
enum SQLiteOpening {
    /// Opens a store for writing, and makes it or brings it up to date.
    static func openForWriting(
        _ configuration: StoreConfiguration
    ) throws(StorageFailure) -> DatabaseQueue {
        _ = memorySettings
        do {
            var options = options(busyTimeout: configuration.busyTimeout)
            options.journalMode = .wal
            options.prepareDatabase { db in
                try db.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSizeBytes)")
                // A negative number is kibibytes.
                try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes)")
            }
            let queue = try DatabaseQueue(path: configuration.path, configuration: options)
            try StoreSchema.migrate(queue)
            try queue.writeWithoutTransaction { db in
                // GRDB chooses NORMAL for WAL files, after any preparation of ours.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
                try db.execute(sql: "PRAGMA journal_size_limit = \(logBytesMax)")
                try limitSize(configuration.sizeLimitBytes, db)
            }
            return queue
        } catch {
            throw StorageFailure(error, attempt: "open \(configuration.path) for writing")
        }
    }

    /// Keeps SQLite from counting its memory, for which it takes a lock at each allocation: a
    /// twentieth of the time of storing. Works before the process's first connection, later not.
    private static let memorySettings = sqlite_forgo_memory_statistics()

    /// Room for a whole group's pages and the upper levels of the indexes: with SQLite's own 2 MB
    /// each commit reads back and spills what it has just written.
    private static let cacheKibibytes = 64 << 10
    /// Pages in the write-ahead log before they are moved to the database: 64 MB, so that a page
    /// which many commits change is moved once.
    private static let checkpointPages = 8192
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

    private static func limitSize(_ bytes: Int?, _ db: Database) throws {
        guard let bytes else { return }
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? StoreSchema.pageSizeBytes
        try db.execute(sql: "PRAGMA max_page_count = \(max(1, bytes / pageSize))")
    }
}
