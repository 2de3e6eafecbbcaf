import PostgreSQL
import WirecopyMessages

/// Opens connections to PostgreSQL with the settings on which a store's guarantees rest.
enum PostgreSQLOpening {
    /// Waits until no other process writes the store; the lock ends with the transaction. Without
    /// it, two writers would weigh their articles without seeing each other's.
    static let turn = "SELECT pg_advisory_xact_lock(\(StoreSchema.applicationID))"

    /// How long a statement of a writer or a reader may take; one of a reader's pages takes
    /// milliseconds, a check of a large store minutes.
    private static let statementLimit = Duration.seconds(600)
    /// Words that an index may have in a list, beside its tree: each search reads all of it, and to
    /// write in larger portions made nothing faster. Of some sixty articles.
    private static let pendingKilobytes = 512
    /// A writer that does nothing within a transaction holds up all others.
    private static let idleLimit = Duration.seconds(60)

    /// Opens a store for writing, and makes it or brings it up to date.
    ///
    /// - Throws: `StorageFailure` when the server refuses, or has something else there.
    static func openForWriting(
        _ configuration: StoreConfiguration,
        _ address: ServerAddress
    ) throws(StorageFailure) -> PostgreSQLWriting {
        do {
            try PostgreSQLSchema.migrate(try connect(address))
            return PostgreSQLWriting(configuration, address)
        } catch {
            throw StorageFailure(error, attempt: "open \(address.description) for writing")
        }
    }

    /// Opens a store that somebody else writes, for several readers at once.
    ///
    /// - Throws: `StorageFailure` when the server refuses, or has no store of this version.
    static func openForReading(_ address: ServerAddress) throws(StorageFailure) -> PostgreSQLReading
    {
        let connections = PostgreSQLReading(address)
        do {
            try connections.readWaiting { try PostgreSQLSchema.checkCurrent($0) }
        } catch {
            throw StorageFailure(error, attempt: "open \(address.description) for reading")
        }
        return connections
    }

    /// Connects for transactions that only read.
    static func connectForReading(_ address: ServerAddress) throws -> Connection {
        let connection = try connect(address)
        try connection.script("SET default_transaction_read_only = on")
        return connection
    }

    /// Connects for transactions that write, and makes sure that commits are on disk.
    static func connectForWriting(
        _ configuration: StoreConfiguration,
        _ address: ServerAddress
    ) throws -> Connection {
        let connection = try connect(address)
        // Other settings than `off` wait for the disk too, some for a second server besides. Plans
        // are kept, and those of an empty store would go on to read whole tables as they grow. LZ4,
        // where the server has it, takes a third of the time for texts of nearly the same size.
        try connection.script(
            """
            SET lock_timeout = \(configuration.busyTimeout.wholeMilliseconds);
            SET idle_in_transaction_session_timeout = \(idleLimit.wholeMilliseconds);
            SET enable_seqscan = off;
            SET gin_pending_list_limit = \(pendingKilobytes);
            SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings
            WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals);
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') = 'off'
            """
        )
        return connection
    }

    private static func connect(_ address: ServerAddress) throws -> Connection {
        let connection = try Connection(address, program: "wirecopy")
        // Statements are short and many: compiling them would take longer than running them.
        try connection.script(
            """
            SET search_path = \(PostgreSQLSchema.name);
            SET statement_timeout = \(statementLimit.wholeMilliseconds);
            SET jit = off
            """
        )
        return connection
    }
}
