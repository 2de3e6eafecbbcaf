/// Opens the connections of a store.
enum StoreConnection {
    /// Opens a store for writing, and makes it or brings it up to date.
    ///
    /// - Throws: `StorageFailure` when it cannot be opened, is no store, or a newer one.
    static func openForWriting(
        _ configuration: StoreConfiguration
    ) throws(StorageFailure) -> any WritingConnection {
        SQLiteWriting(queue: try SQLiteOpening.openForWriting(configuration))
    }

    /// Opens a store that somebody else writes, for several readers at once.
    ///
    /// - Throws: `StorageFailure` when there is none at the path, or one of another version.
    static func openForReading(_ path: String) throws(StorageFailure) -> any ReadingConnections {
        SQLiteReading(pool: try SQLiteOpening.openForReading(path))
    }
}
