import GRDB
import GRDBSQLite
import WirecopyMessages

/// A connection of its own to the journal's index, for SQL that an operator wrote.
///
/// The file is opened for reading only. While a query is prepared and run, SQLite asks what it may
/// do (https://www.sqlite.org/c3ref/set_authorizer.html): it may read `queue_message`, and what
/// that view itself reads; it may call functions of a list; nothing else, so no pragma, no other
/// table, no extension, no recursion. Length, depth and time are limited.
struct GuardedConnection {
    /// Longest value that a query may make, in bytes; an envelope has at most 16 KiB.
    static let valueBytesMax: Int32 = 1 << 20
    /// Instructions of SQLite's machine between two looks at the clock: about 10 ms.
    private static let stepsBetweenLooks: Int32 = 100_000

    private let queue: DatabaseQueue

    /// Opens the index of a journal; `open` says where its messages stand.
    init(path: String, open: OpenSet) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.label = "selection"
        let state = DatabaseFunction(QueueMessageView.stateFunction, argumentCount: 1, pure: true) {
            Int.fromDatabaseValue($0[0]).map { open.stateName(of: $0) }
        }
        configuration.prepareDatabase { database in
            database.add(function: state)
            try QueueMessageView.create(in: database)
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Runs one query that may do nothing but read the view, for at most `limit`.
    ///
    /// - Throws: GRDB's errors; one with `SQLITE_AUTH` or `SQLITE_INTERRUPT` for what is refused.
    func read<Value>(
        within limit: Duration,
        _ body: (Database) throws -> Value
    ) throws -> Value {
        try queue.unsafeReentrantRead { database in
            let guardian = Guardian(deadline: .now + limit)
            unsafe guardian.begin(database.sqliteConnection)
            defer { unsafe guardian.end(database.sqliteConnection) }
            return try body(database)
        }
    }

    /// What SQLite asks while a query is prepared and run.
    private final class Guardian {
        private let deadline: ContinuousClock.Instant

        init(deadline: ContinuousClock.Instant) { self.deadline = deadline }

        var isOver: Bool { ContinuousClock.now > deadline }

        // The callbacks get `self` unretained: `end` takes it back before the caller lets go.
        func begin(_ connection: OpaquePointer?) {
            let limits: [(Int32, Int32)] = [
                (SQLITE_LIMIT_LENGTH, GuardedConnection.valueBytesMax),
                (SQLITE_LIMIT_EXPR_DEPTH, 100), (SQLITE_LIMIT_COMPOUND_SELECT, 4),
                (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500), (SQLITE_LIMIT_ATTACHED, 0),
            ]
            for (name, value) in limits { _ = unsafe sqlite3_limit(connection, name, value) }
            let context = unsafe Unmanaged.passUnretained(self).toOpaque()
            unsafe sqlite3_progress_handler(
                connection,
                GuardedConnection.stepsBetweenLooks,
                { context in
                    guard let context = unsafe context else { return 1 }
                    return unsafe Unmanaged<Guardian>.fromOpaque(context).takeUnretainedValue()
                        .isOver ? 1 : 0
                },
                context
            )
            _ = unsafe sqlite3_set_authorizer(
                connection,
                { _, action, first, second, _, view in
                    let text = { (pointer: UnsafePointer<CChar>?) in
                        unsafe pointer.map { unsafe String(cString: $0) }
                    }
                    let isAllowed = unsafe Guardian.allows(
                        action,
                        text(first),
                        text(second),
                        inside: text(view)
                    )
                    return isAllowed ? SQLITE_OK : SQLITE_DENY
                },
                nil
            )
        }

        func end(_ connection: OpaquePointer?) {
            unsafe sqlite3_progress_handler(connection, 0, nil, nil)
            _ = unsafe sqlite3_set_authorizer(connection, nil, nil)
        }

        private static func allows(
            _ action: Int32,
            _ first: String?,
            _ second: String?,
            inside view: String?
        ) -> Bool {
            switch action {
            case SQLITE_SELECT: true
            case SQLITE_READ:
                // Rows of which no column is read, as in EXISTS, are asked for under the name of
                // the view's own table.
                first == QueueMessageView.name || view == QueueMessageView.name
                    || first == QueueMessageView.table && second == ""
            case SQLITE_FUNCTION:
                second.map { functions.contains($0.lowercased()) } ?? false
                    || second == QueueMessageView.stateFunction
            default: false
            }
        }

        /// Functions that make nothing larger than their arguments allow and look nowhere else.
        private static let functions: Set<String> = [
            "abs", "avg", "coalesce", "count", "date", "datetime", "glob", "hex", "ifnull", "iif",
            "instr", "json_extract", "julianday", "length", "like", "lower", "ltrim", "max", "min",
            "nullif", "replace", "round", "rtrim", "strftime", "substr", "substring", "sum",
            "time", "total", "trim", "typeof", "unicode", "unixepoch", "upper",
        ]
    }
}

extension OpenSet {
    /// `ready`, `dead` or `done`; leases and delays are not told apart from `ready`.
    fileprivate func stateName(of position: Int) -> String {
        if isOpen(position) { return "ready" }
        return StageName.allCases.contains { isDead(position, $0) } ? "dead" : "done"
    }
}
