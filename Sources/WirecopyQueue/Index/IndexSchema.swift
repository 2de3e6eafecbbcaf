import GRDB
import WirecopyMessages

/// The tables of the index: what reports ask for, and what a start needs to know.
///
/// Everything here follows from the log and can be made again from it. Rows are few and lie in the
/// order of the log, because each costs more than a message's place in the log: a message that a
/// stage takes has one, a page has one, and what both are looked up by has none (see
/// `IndexLookup`).
enum IndexSchema {
    /// Raised when an old program could misunderstand a new journal; 1 was a journal in SQLite, 2
    /// knew no compacted files.
    static let version = 3
    private static let oldestVersion = 2

    static let tables = """
        CREATE TABLE meta(
            key TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE word(
            id INTEGER PRIMARY KEY NOT NULL,
            text TEXT NOT NULL UNIQUE
        );
        CREATE TABLE page(
            position INTEGER PRIMARY KEY NOT NULL,
            root BLOB NOT NULL,
            subject TEXT NOT NULL,
            lane INTEGER NOT NULL,
            entered_at_ms INTEGER NOT NULL,
            open INTEGER NOT NULL,
            outcome TEXT,
            reason TEXT,
            article TEXT,
            closed_at_ms INTEGER,
            steps BLOB NOT NULL
        );
        CREATE TABLE message(
            position INTEGER PRIMARY KEY NOT NULL,
            page INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            queued_at_ms INTEGER NOT NULL,
            stage_version INTEGER,
            id BLOB
        );
        CREATE TABLE attempt(
            position INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            worker TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL
        );
        CREATE INDEX attempt_position ON attempt(position);
        CREATE TABLE dead_letter(
            position INTEGER PRIMARY KEY NOT NULL,
            stage TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL
        );
        CREATE TABLE open_state(
            position INTEGER PRIMARY KEY NOT NULL,
            attempts INTEGER NOT NULL,
            not_before_ms INTEGER,
            killers TEXT NOT NULL
        );
        CREATE TABLE open_key(
            position INTEGER PRIMARY KEY NOT NULL,
            stage INTEGER NOT NULL,
            key TEXT NOT NULL
        );
        CREATE TABLE lane_hold(
            stage TEXT NOT NULL,
            lane TEXT NOT NULL,
            until_ms INTEGER NOT NULL,
            PRIMARY KEY(stage, lane)
        ) WITHOUT ROWID;
        CREATE TABLE open_chunk(
            chunk INTEGER PRIMARY KEY NOT NULL,
            bits BLOB NOT NULL
        );
        CREATE TABLE total(
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            pages INTEGER NOT NULL,
            PRIMARY KEY(outcome, reason)
        ) WITHOUT ROWID;
        CREATE TABLE retired(
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            pages INTEGER NOT NULL,
            PRIMARY KEY(outcome, reason)
        ) WITHOUT ROWID;
        CREATE TABLE place(
            file INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY(file, offset)
        ) WITHOUT ROWID;
        CREATE TABLE lookup(
            key INTEGER PRIMARY KEY NOT NULL,
            entries BLOB NOT NULL
        );
        CREATE TABLE run(
            number INTEGER PRIMARY KEY NOT NULL,
            last INTEGER NOT NULL,
            oldest_ms INTEGER NOT NULL,
            newest_ms INTEGER NOT NULL
        );
        CREATE TABLE log_file(
            number INTEGER PRIMARY KEY NOT NULL,
            bytes INTEGER NOT NULL,
            last_position INTEGER NOT NULL,
            last_at_ms INTEGER NOT NULL,
            first_segment INTEGER,
            last_segment INTEGER,
            messages INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE damage(
            id INTEGER PRIMARY KEY NOT NULL,
            at_ms INTEGER NOT NULL,
            path TEXT NOT NULL,
            sentence TEXT NOT NULL
        );
        """

    /// Lets messages of one lane be found in these stages; others need none of the cost.
    static func prepareLanes(_ stages: Set<StageName>, in database: Database) throws {
        for stage in StageName.allCases {
            let name = stage == .fetch ? "message_lane" : "message_lane_\(stage.rawValue)"
            try database.execute(
                sql: stages.contains(stage)
                    ? """
                    CREATE INDEX IF NOT EXISTS \(name) ON message(lane, position)
                    WHERE kind = \(stage.number)
                    """
                    : "DROP INDEX IF EXISTS \(name)"
            )
        }
    }

    /// Makes the tables of a new index; the name says which journal it belongs to.
    static func prepare(_ database: Database, name: String) throws {
        try database.execute(sql: tables)
        try set("name", name, in: database)
        try set("schema_version", String(version), in: database)
    }

    /// Brings the tables of an earlier version up to this one.
    static func upgrade(_ database: Database) throws {
        guard try value("schema_version", in: database) == String(oldestVersion) else { return }
        try database.execute(
            sql: "ALTER TABLE log_file ADD COLUMN messages INTEGER NOT NULL DEFAULT 0"
        )
        try set("schema_version", String(version), in: database)
    }

    /// The journal's name, after a check of its version; `nil` when there are no tables yet.
    ///
    /// - Throws: `journalTooNew`, also for a journal of the first schema, or GRDB's errors.
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
        guard written >= oldestVersion else {
            throw QueueFailure(
                .journalBroken,
                """
                The journal \(path) has schema \(written), which this program does not read; \
                let the program that wrote it finish its messages, and begin a new folder.
                """
            )
        }
        return try value("name", in: database)
    }

    static func value(_ key: String, in database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT value FROM meta WHERE key = ?",
            arguments: [key]
        )
    }

    static func set(_ key: String, _ value: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)",
            arguments: [key, value]
        )
    }
}
