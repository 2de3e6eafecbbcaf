import CPostgreSQL

/// Where a database is and who asks, as a connection string says it.
///
/// What the string leaves out comes from libpq's environment (`PGPASSWORD`, ...), `~/.pgpass` and
/// its defaults.
package struct ServerAddress: Sendable, Equatable {
    /// libpq's parameters by their keywords, decoded.
    private(set) var parameters: [String: String]

    /// Reads `postgresql://user@host:port/database?...` or `postgres://...`.
    ///
    /// - Throws: `PostgreSQLFailure` with `addressInvalid`; its message repeats nothing of the
    ///   text, which may hold a password.
    package init(_ text: String) throws(PostgreSQLFailure) {
        guard Self.isAddress(text), let read = Self.read(text) else {
            throw PostgreSQLFailure(
                .addressInvalid,
                "The connection string cannot be read; it should look like "
                    + "postgresql://user@host:5432/database"
            )
        }
        parameters = read
    }

    /// Whether a text begins as a connection string does.
    package static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// The address for people: without password, and without what tells nobody where it is.
    package var description: String {
        let user = parameters["user"].map { $0 + "@" } ?? ""
        let host = parameters["host"] ?? parameters["hostaddr"] ?? ""
        let port = parameters["port"].map { ":" + $0 } ?? ""
        let database = parameters["dbname"] ?? ""
        guard host.hasPrefix("/") else { return "postgresql://\(user)\(host)\(port)/\(database)" }
        return "postgresql://\(user)\(port)/\(database)?host=\(host)"
    }

    /// The same server and user, another database.
    package func database(_ name: String) -> ServerAddress {
        var other = self
        other.parameters["dbname"] = name
        return other
    }

    private static func read(_ text: String) -> [String: String]? {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(text, &complaint) else {
            unsafe PQfreemem(complaint)
            return nil
        }
        defer { unsafe PQconninfoFree(options) }
        var parameters: [String: String] = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parameters[String(cString: keyword)] = String(cString: value)
            }
            unsafe option += 1
        }
        return parameters
    }
}
