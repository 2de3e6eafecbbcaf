import PostgreSQL

/// The schema of a store in PostgreSQL: the tables, columns and views of `StoreSchema`.
///
/// It has migrations of its own, since it begins with what SQLite's files had come to. One that has
/// been released is never changed.
enum PostgreSQLSchema {
    /// The schema, in the server's sense, that holds all of a store; it is the only one on the
    /// connections' search path.
    static let name = "wirecopy"

    /// All migrations, oldest first; each is a list of scripts.
    private static let migrations: [[String]] = [
        [
            functions, articleTables, annotationTables, copyTables, nameTables, storyTables,
            storyEditTables, storyKeyTables, searchTables, ownViews, StoreSchema.addressViews,
            StoreSchema.commonViewsOfVersion5, StoreSchema.storyViews,
            StoreSchema.storyViewsOfVersion7,
        ],
        [functionsOfVersion2],
    ]

    /// The tables and the views of all versions.
    private static let names: (tables: Set<String>, views: Set<String>) = {
        var names: (tables: Set<String>, views: Set<String>) = ([], [])
        for script in migrations.joined() {
            let words = InsertText.words(of: script)
            for (index, word) in words.enumerated().dropFirst(2) where words[index - 2] == "CREATE"
            {
                if words[index - 1] == "TABLE" { names.tables.insert(word) }
                if words[index - 1] == "VIEW" { names.views.insert(word) }
            }
        }
        return names
    }()

    /// The tables that a statement of these words looks at or changes, and maybe others; `nil` when
    /// only the server knows, as for a view.
    static func tables(named words: [String]) -> Set<String>? {
        guard names.views.isDisjoint(with: words) else { return nil }
        let tables = names.tables.intersection(words)
        return tables.isEmpty ? nil : tables
    }

    /// Brings a database, empty or old, to the newest version; other processes wait meanwhile.
    ///
    /// - Throws: `StorageFailure` for a database that holds something else, or a newer store;
    ///   `PostgreSQLFailure`.
    static func migrate(_ connection: Connection) throws {
        try connection.transaction(["BEGIN", PostgreSQLOpening.turn]) { connection in
            let db = StoreDatabase(engine: PostgreSQLEngine(connection))
            let version = try version(db)
            try check(version ?? 0)
            if version == nil {
                try connection.script(
                    """
                    CREATE SCHEMA \(name);
                    CREATE TABLE store_schema (version BIGINT PRIMARY KEY)
                    """
                )
            }
            for number in (version ?? 0)..<migrations.count {
                for script in migrations[number] { try connection.script(script) }
                try db.run("INSERT INTO store_schema (version) VALUES (?)", number + 1)
            }
        }
    }

    /// Checks that this program can read a store as it is.
    ///
    /// - Throws: `StorageFailure` for a database without a store, and for another version.
    static func checkCurrent(_ db: StoreDatabase) throws {
        guard let version = try version(db) else {
            throw StorageFailure(
                .notOpened,
                "The PostgreSQL database holds no store yet. Start wirecopy-storage once with this "
                    + "connection string to make it."
            )
        }
        try check(version)
        guard version == migrations.count else {
            throw StorageFailure(
                .schemaOlder,
                "The store was made by an older version of Wirecopy. "
                    + "Start wirecopy-storage once to bring it up to date."
            )
        }
    }

    private static func check(_ version: Int) throws {
        guard version <= migrations.count else {
            throw StorageFailure(
                .schemaNewer,
                "The store was made by a newer version of Wirecopy. "
                    + "Update this program, or give another database."
            )
        }
    }

    /// The version of the store in a database; `nil` when there is none yet.
    private static func version(_ db: StoreDatabase) throws -> Int? {
        let encoding = try db.text("SELECT current_setting('server_encoding')")
        guard encoding == "UTF8" else {
            throw StorageFailure(
                .notAStore,
                "The PostgreSQL database has the encoding \(encoding ?? "none"); a store needs "
                    + "UTF8. Make one with createdb --encoding=UTF8 --template=template0."
            )
        }
        guard try db.first(Bool.self, "SELECT to_regnamespace('\(name)') IS NOT NULL") == true
        else { return nil }
        let isOurs = "SELECT to_regclass('\(name).store_schema') IS NOT NULL"
        guard try db.first(Bool.self, isOurs) == true else {
            throw StorageFailure(
                .notAStore,
                "The PostgreSQL database has a schema \(name) that is no store. "
                    + "Give the connection string of another database."
            )
        }
        return try db.first(Int.self, "SELECT max(version) FROM store_schema") ?? 0
    }
}
