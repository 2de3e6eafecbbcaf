/// Where a store is and how it is written.
package struct StoreConfiguration: Sendable {
    /// Path of the database file, beside which SQLite puts `-wal` and `-shm`; or the connection
    /// string of a PostgreSQL database: `postgresql://user@host/database`.
    package var path: String
    /// How long a writer waits for another process before it gives up with `busy`.
    package var busyTimeout: Duration
    /// Most bytes that SQLite's file may grow to; `nil` for as much as the disk has.
    package var sizeLimitBytes: Int?

    /// Describes a store.
    package init(
        path: String,
        busyTimeout: Duration = .seconds(10),
        sizeLimitBytes: Int? = nil
    ) {
        self.path = path
        self.busyTimeout = busyTimeout
        self.sizeLimitBytes = sizeLimitBytes
    }
}
