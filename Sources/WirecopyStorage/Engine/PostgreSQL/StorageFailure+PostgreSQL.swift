import PostgreSQL

extension StorageFailure {
    /// Turns what PostgreSQL reported while `attempt` was done into a failure.
    init(_ failure: PostgreSQLFailure, attempt: String) {
        let cause = Self.cause(failure)
        self.init(
            cause.code,
            "The store failed to \(attempt): \(cause.reason).",
            underlying: failure.state.map { "SQLSTATE \($0)" } ?? failure.code.rawValue
        )
    }

    /// What a failure of PostgreSQL means here; a server that is away is waited for as one that is
    /// busy, since its return is a matter of seconds.
    private static func cause(_ failure: PostgreSQLFailure) -> (code: Code, reason: String) {
        switch failure.code {
        case .notReachable, .lost, .tooManyConnections, .busy, .full, .cancelled:
            passing(failure)
        case .addressInvalid, .accessDenied, .databaseMissing, .readOnly:
            refusal(failure)
        case .constraintBroken: (.rowRefused, "a row would break a rule of the schema")
        case .valueRefused:
            (.rowRefused, "a value does not fit its column (\(failure.message))")
        case .statementRefused: (.rowRefused, "a statement was refused (\(failure.message))")
        case .damaged:
            (
                .damaged,
                "its files are damaged (\(failure.message)); stop the storage workers, restore a "
                    + "backup of the server, and replay what is missing"
            )
        case .other: (.failed, failure.message)
        }
    }

    /// What goes by, maybe with somebody's help.
    private static func passing(_ failure: PostgreSQLFailure) -> (code: Code, reason: String) {
        switch failure.code {
        case .notReachable:
            (
                .busy,
                "its PostgreSQL server does not answer (\(failure.message)); start it, or check "
                    + "host and port, and it goes on by itself"
            )
        case .tooManyConnections:
            (
                .busy,
                "its PostgreSQL server has no connection left; raise max_connections or stop what "
                    + "needs none"
            )
        case .busy: (.busy, "other writers kept it locked for longer than the busy timeout")
        case .full:
            (
                .full,
                "its PostgreSQL server has no room left (\(failure.message)); make room and it "
                    + "goes on by itself"
            )
        case .cancelled: (.cancelled, "it was cancelled, or took longer than it may")
        default:
            (
                .busy,
                "the connection to its PostgreSQL server broke (\(failure.message)); it is opened "
                    + "anew by itself"
            )
        }
    }

    /// What stays until somebody changes it.
    private static func refusal(_ failure: PostgreSQLFailure) -> (code: Code, reason: String) {
        switch failure.code {
        case .databaseMissing:
            (
                .notOpened,
                "its PostgreSQL server has no such database; make it with createdb, with the "
                    + "encoding UTF8"
            )
        case .accessDenied:
            (
                .notOpened,
                "its PostgreSQL server refuses (\(failure.message)); check user, password and "
                    + "rights: PGPASSWORD or ~/.pgpass keep a password out of sight"
            )
        case .readOnly:
            (.notOpened, "its PostgreSQL server may only be read; name the one that is written")
        default: (.notOpened, failure.message)
        }
    }
}
