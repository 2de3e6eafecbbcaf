import PostgreSQL

/// Where a store is: in a file of SQLite's, or in a database of a PostgreSQL server.
enum StoreLocation: Sendable {
    case file(String)
    case server(ServerAddress)

    /// The location for people, without a password.
    var description: String {
        switch self {
        case .file(let path): path
        case .server(let address): address.description
        }
    }

    /// Reads a path, or a connection string: `postgresql://user@host/database`.
    ///
    /// - Throws: `StorageFailure` with `notOpened` for a connection string that cannot be read.
    init(_ text: String) throws(StorageFailure) {
        guard ServerAddress.isAddress(text) else {
            self = .file(text)
            return
        }
        do throws(PostgreSQLFailure) {
            self = .server(try ServerAddress(text))
        } catch {
            throw StorageFailure(.notOpened, "The store cannot be opened: \(error.message).")
        }
    }
}
