import PostgreSQL

/// Opens the connections of a store, wherever it is.
enum StoreConnection {
    /// Opens a store for writing, and makes it or brings it up to date.
    ///
    /// - Throws: `StorageFailure` when it cannot be opened, is no store, or a newer one.
    static func openForWriting(
        _ configuration: StoreConfiguration
    ) throws(StorageFailure) -> any WritingConnection {
        switch try StoreLocation(configuration.path) {
        case .file: try SQLiteOpening.openForWriting(configuration)
        case .server(let address): try PostgreSQLOpening.openForWriting(configuration, address)
        }
    }

    /// Opens a store that somebody else writes, for several readers at once.
    ///
    /// - Throws: `StorageFailure` when there is none, or one of another version.
    static func openForReading(_ path: String) throws(StorageFailure) -> any ReadingConnections {
        switch try StoreLocation(path) {
        case .file(let path): SQLiteReading(pool: try SQLiteOpening.openForReading(path))
        case .server(let address): try PostgreSQLOpening.openForReading(address)
        }
    }
}
