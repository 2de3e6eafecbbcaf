import CPostgreSQL

/// A connection to a PostgreSQL server, over which many statements may be on their way at once
/// (libpq's pipeline mode): what nobody waits for costs no round trip.
///
/// One thread uses it at a time. After a failure within a transaction each call fails with that
/// failure until `rollBack`.
@safe package final class Connection {
    /// Statements that the server keeps prepared for this connection. Texts that are met once would
    /// fill its memory: when there are so many, all are forgotten.
    package static let preparedMax = 400
    /// Statements on their way whose answers nobody has read; bounds what waits in the sockets.
    static let queuedMax = 512

    let handle: OpaquePointer
    var prepared: [String: Prepared] = [:]
    var nextName = 0
    /// What the answers that are on their way belong to.
    var queue: [Expected] = []
    /// The inserts whose rows may be gathered, by their texts.
    var inserts: [String: RowInsert] = [:]
    /// Those of them of which rows wait.
    var gathered: [RowInsert] = []
    /// The first failure of the transaction.
    var failure: PostgreSQLFailure?
    /// By what the work at hand may be cancelled.
    var interruption: Canceller?

    /// A statement that the server has prepared.
    struct Prepared {
        let name: String
        /// Types of the parameters, as far as they are known.
        var types: [UInt32]
    }

    enum Expected {
        case preparation(of: String)
        case statement
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - address: the server, the database and the user.
    ///   - program: name by which the server's administrator sees the connection.
    ///   - timeout: whole seconds that connecting may take, unless the address says otherwise.
    /// - Throws: `PostgreSQLFailure` when there is no server, or it refuses.
    package init(
        _ address: ServerAddress,
        program: String,
        timeout: Duration = .seconds(10)
    ) throws(PostgreSQLFailure) {
        var parameters = [
            "connect_timeout": String(max(1, timeout.components.seconds)),
            // A server that is gone is noticed after a minute, also while nothing is sent.
            "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
            "tcp_user_timeout": "60000",
        ]
        parameters.merge(address.parameters) { _, given in given }
        parameters["client_encoding"] = "UTF8"
        parameters["fallback_application_name"] = program
        guard let handle = unsafe Self.connect(parameters) else {
            throw PostgreSQLFailure(.other, "libpq has no memory for a connection.")
        }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            defer { unsafe PQfinish(handle) }
            throw unsafe Self.refusal(handle)
        }
        unsafe shim_ignore_notices(handle)
        unsafe self.handle = handle
        guard unsafe PQenterPipelineMode(handle) == 1 else {
            throw PostgreSQLFailure(.other, "The connection cannot enter pipeline mode.")
        }
    }

    deinit { unsafe PQfinish(handle) }

    /// Whether it can be used no more.
    package var isGone: Bool { unsafe PQstatus(handle) == CONNECTION_BAD }

    /// Lets other threads cancel what the connection does.
    package var canceller: Canceller { unsafe Canceller(PQgetCancel(handle)) }

    private static func connect(_ parameters: [String: String]) -> OpaquePointer? {
        let sorted = parameters.sorted { $0.key < $1.key }
        return unsafe withStrings(sorted.map(\.key)) { keywords in
            unsafe withStrings(sorted.map(\.value)) { values in
                unsafe PQconnectdbParams(keywords, values, 0)
            }
        }
    }

    private static func withStrings<Answer>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
    ) -> Answer {
        var bytes: [CChar] = []
        let starts = texts.map { text in
            defer { bytes += text.utf8CString }
            return bytes.count
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var list = unsafe starts.map { start in unsafe buffer.baseAddress.map { $0 + start } }
            unsafe list.append(nil)
            return unsafe list.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }

    /// Why connecting failed: libpq tells it in words only, and those of a missing database or a
    /// wrong password come from the server.
    private static func refusal(_ handle: OpaquePointer) -> PostgreSQLFailure {
        let words = unsafe PostgreSQLFailure.oneLine(String(cString: PQerrorMessage(handle)))
        let signs: [(String, PostgreSQLFailure.Code)] = [
            // It is starting up, shutting down, or recovering.
            ("the database system is", .notReachable),
            ("password", .accessDenied), ("authentication", .accessDenied),
            ("pg_hba.conf", .accessDenied), ("role ", .accessDenied),
            ("permission denied", .accessDenied), ("does not exist", .databaseMissing),
            ("too many", .tooManyConnections), ("remaining connection", .tooManyConnections),
        ]
        let fatal = words.firstRange(of: "FATAL:").map { words[$0.upperBound...] }
        let code = fatal.flatMap { text in signs.first { text.contains($0.0) }?.1 }
        return PostgreSQLFailure(code ?? .notReachable, words)
    }
}
