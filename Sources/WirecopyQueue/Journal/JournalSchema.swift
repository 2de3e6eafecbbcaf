import GRDB

/// The tables of the SQLite journal.
///
/// `log` and `content` are append-only; content lies apart so that traces, replays and retention
/// do not walk through it. `open` holds what is not done: its key orders each stage's classes by
/// place, which is the order of refills. Leases are not written at all.
enum JournalSchema {
    /// Raised when an old program could misunderstand a new journal.
    static let version = 1

    static let tables = """
        CREATE TABLE meta(
            key TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE log(
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id BLOB NOT NULL UNIQUE,
            root BLOB NOT NULL,
            kind TEXT NOT NULL,
            lane TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            queued_at_ms INTEGER NOT NULL
        );
        CREATE INDEX log_root ON log(root);
        CREATE TABLE content(
            seq INTEGER PRIMARY KEY NOT NULL,
            envelope BLOB NOT NULL,
            data BLOB NOT NULL
        );
        CREATE TABLE attachment(
            seq INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            segment INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            PRIMARY KEY(seq, ordinal)
        ) WITHOUT ROWID;
        CREATE TABLE open(
            stage TEXT NOT NULL,
            class INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            not_before_ms INTEGER,
            killers TEXT,
            PRIMARY KEY(stage, class, seq)
        ) WITHOUT ROWID;
        CREATE TABLE open_key(
            stage TEXT NOT NULL,
            key TEXT NOT NULL,
            seq INTEGER NOT NULL UNIQUE,
            PRIMARY KEY(stage, key)
        ) WITHOUT ROWID;
        CREATE TABLE lane_hold(
            stage TEXT NOT NULL,
            lane TEXT NOT NULL,
            until_ms INTEGER NOT NULL,
            PRIMARY KEY(stage, lane)
        ) WITHOUT ROWID;
        CREATE TABLE ledger(
            root BLOB PRIMARY KEY NOT NULL,
            subject TEXT NOT NULL,
            entered_at_ms INTEGER NOT NULL,
            outcome TEXT,
            reason TEXT,
            article TEXT,
            closed_at_ms INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX ledger_subject ON ledger(subject, entered_at_ms);
        CREATE INDEX ledger_outcome ON ledger(outcome, reason);
        CREATE TABLE attempt(
            seq INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            worker TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL
        );
        CREATE INDEX attempt_seq ON attempt(seq);
        CREATE TABLE dead_letter(
            seq INTEGER PRIMARY KEY NOT NULL,
            stage TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL
        );
        """

    /// Makes the tables of a new journal; the name says which journal it is.
    static func prepare(_ database: Database, name: String) throws {
        try database.execute(sql: tables)
        for (key, value) in [("name", name), ("schema_version", String(version))] {
            try database.execute(
                sql: "INSERT INTO meta(key, value) VALUES (?, ?)",
                arguments: [key, value]
            )
        }
    }

    /// The journal's name, after a check of its version; `nil` when there are no tables yet.
    ///
    /// - Throws: `journalTooNew`, or GRDB's errors.
    static func name(in database: Database, path: String) throws -> String? {
        guard try database.tableExists("meta") else { return nil }
        let written = try value("schema_version", in: database).flatMap { Int($0) } ?? 0
        guard written <= version else {
            throw QueueFailure(
                .journalTooNew,
                """
                The journal \(path) has schema \(written), and this program reads up to \
                \(version); use the program that wrote it, or a later one.
                """
            )
        }
        return try value("name", in: database)
    }

    private static func value(_ key: String, in database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT value FROM meta WHERE key = ?",
            arguments: [key]
        )
    }
}

extension QueueFailure {
    /// Turns an error of GRDB into one of the queue; SQLite's result code keeps its C name.
    init(_ error: any Error, path: String) {
        if let failure = error as? QueueFailure {
            self = failure
        } else if let failure = error as? DatabaseError {
            let isFull = failure.resultCode == .SQLITE_FULL
            self.init(
                isFull ? .storageFull : .journalBroken,
                "SQLite refused to work on \(path): \(failure)."
            )
        } else {
            self.init(.journalBroken, "The journal \(path) failed: \(error).")
        }
    }
}
