/// Why something asked of a PostgreSQL server was not done.
package struct PostgreSQLFailure: Error, Sendable, Equatable {
    /// The kinds of failure, by what one does about them.
    package enum Code: String, Sendable, CaseIterable {
        /// The text is no connection string.
        case addressInvalid
        /// No server answers at the address.
        case notReachable
        /// The server refuses the user, the password or the right to do it.
        case accessDenied
        /// The server has no such database.
        case databaseMissing
        /// The server takes no more connections.
        case tooManyConnections
        /// The connection broke, or the server stopped; whether a commit was done is unknown.
        case lost
        /// The server's disk is full, or its memory.
        case full
        /// Another transaction held a lock longer than `lock_timeout`, or two waited for each
        /// other.
        case busy
        /// The statement ran longer than `statement_timeout`, or was cancelled.
        case cancelled
        /// A row breaks a rule of the schema.
        case constraintBroken
        /// A value does not fit its column or function.
        case valueRefused
        /// The statement is none, or names something that is not there.
        case statementRefused
        /// The statement would write, in a transaction or a database that only reads.
        case readOnly
        /// The data on the server's disk are damaged.
        case damaged
        /// Anything else that the server reports.
        case other
    }

    /// The kind of failure.
    package let code: Code
    /// The server's five characters for the cause, such as `23505`; `nil` when it did not answer.
    package let state: String?
    /// What the server or libpq says, on one line; never a password.
    package let message: String

    /// Makes a failure.
    package init(_ code: Code, state: String? = nil, _ message: String) {
        self.code = code
        self.state = state
        self.message = message
    }

    /// Makes a failure of what the server reports.
    init(state: String?, _ message: String) {
        let code = state.map(Self.code(ofState:)) ?? .lost
        // libpq goes on for lines about what a lost connection probably means.
        let first = message.prefix { !$0.isNewline }
        self.init(code, state: state, Self.oneLine(state == nil ? String(first) : message))
    }

    /// Whether the connection can be used no more.
    package var isConnectionGone: Bool {
        switch code {
        case .lost, .notReachable, .accessDenied, .databaseMissing, .tooManyConnections: true
        default: false
        }
    }

    /// The kind of a state (https://www.postgresql.org/docs/15/errcodes-appendix.html): some states
    /// by themselves, the others by their class, the first two characters.
    static func code(ofState state: String) -> Code {
        states[state] ?? classes[String(state.prefix(2))] ?? .other
    }

    private static let states: [String: Code] = [
        "3D000": .databaseMissing,
        "25006": .readOnly,
        "42501": .accessDenied,
        "40001": .busy, "40P01": .busy, "55P03": .busy,
        "53300": .tooManyConnections,
        "57014": .cancelled,
        "57P01": .lost, "57P02": .lost, "57P03": .notReachable, "57P05": .lost,
        "XX001": .damaged, "XX002": .damaged,
    ]

    private static let classes: [String: Code] = [
        "08": .lost, "22": .valueRefused, "23": .constraintBroken, "28": .accessDenied,
        "42": .statementRefused, "53": .full, "54": .valueRefused, "58": .other,
    ]

    /// libpq ends its sentences with newlines.
    static func oneLine(_ text: String) -> String {
        text.split { $0.isNewline }.map { $0.trimmingSpaces() }.joined(separator: " ")
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " || $0 == "\t" })
    }
}
