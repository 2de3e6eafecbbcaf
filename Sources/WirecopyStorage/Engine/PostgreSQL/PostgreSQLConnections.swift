import PostgreSQL

/// Reads a store in a PostgreSQL database.
struct PostgreSQLReading: ReadingConnections {
    /// Connections of one reading program; a web page asks for few things at once.
    private static let connectionsMax = 4

    private let pool: ConnectionPool
    private let address: ServerAddress

    /// Prepares connections to a database.
    init(_ address: ServerAddress) {
        self.address = address
        pool = ConnectionPool(count: Self.connectionsMax, label: "wirecopy.store") {
            try PostgreSQLOpening.connectForReading(address)
        }
    }

    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        try await pool.perform { try Self.transaction($0, body) }
    }

    func readWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try Self.transaction(try PostgreSQLOpening.connectForReading(address), body)
    }

    private static func transaction<Answer>(
        _ connection: Connection,
        _ body: (StoreDatabase) throws -> Answer
    ) throws -> Answer {
        try connection.transaction(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]) {
            try body(StoreDatabase(engine: PostgreSQLEngine($0)))
        }
    }
}

/// Writes a store in a PostgreSQL database; the writers of all processes take turns.
struct PostgreSQLWriting: WritingConnection {
    private let owner: ConnectionOwner

    /// Prepares a connection to a database.
    init(_ configuration: StoreConfiguration, _ address: ServerAddress) {
        owner = ConnectionOwner(label: "wirecopy.store") {
            try PostgreSQLOpening.connectForWriting(configuration, address)
        }
    }

    func commit<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        try await owner.perform { try Self.transaction($0, body) }
    }

    /// The server answers a commit when it is on disk.
    func makeDurable() async {}

    func writeWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try owner.performWaiting { try Self.transaction($0, body) }
    }

    private static func transaction<Answer>(
        _ connection: Connection,
        _ body: (StoreDatabase) throws -> Answer
    ) throws -> Answer {
        try connection.transaction(["BEGIN", PostgreSQLOpening.turn]) {
            let engine = PostgreSQLEngine($0)
            let answer = try body(StoreDatabase(engine: engine))
            try engine.finish()
            return answer
        }
    }
}
