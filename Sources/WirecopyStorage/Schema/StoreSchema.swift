import GRDB

/// The schema of the store and its migrations; see docs/guides/sql-views.md for readers.
///
/// A migration that has been released is never changed; each later one gets the next number.
enum StoreSchema {
    /// `Wcpy` in SQLite's `application_id`: tells a store from other databases.
    static let applicationID = 0x5763_7079

    /// Bytes of a page: a version with its text spans few pages, and FTS5 segments pack well.
    static let pageSizeBytes = 8192

    /// Brings a store, empty or old, to the newest version.
    ///
    /// - Throws: `StorageFailure` for a file that is no store or a newer one; GRDB's errors.
    static func migrate(_ queue: DatabaseQueue) throws {
        try queue.read { try check($0, isEmptyAllowed: true) }
        try migrator.migrate(queue)
    }

    /// Checks that this program can read a store as it is.
    ///
    /// - Throws: `StorageFailure` for a file that is no store, a newer or an older one.
    static func checkCurrent(_ db: Database) throws {
        try check(db, isEmptyAllowed: false)
        guard try migrator.hasCompletedMigrations(db) else {
            throw StorageFailure(
                .schemaOlder,
                "The store was made by an older version of Wirecopy. "
                    + "Start wirecopy-storage once to bring it up to date."
            )
        }
    }

    private static func check(_ db: Database, isEmptyAllowed: Bool) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
        // GRDB makes tables of its own just before the first migration.
        let objects = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT LIKE 'grdb%'"
        )
        guard application == applicationID || isEmptyAllowed && objects == 0 else {
            throw StorageFailure(
                .notAStore,
                "The database is not a store of Wirecopy. Give the path of another file."
            )
        }
        guard try !migrator.hasBeenSuperseded(db) else {
            throw StorageFailure(
                .schemaNewer,
                "The store was made by a newer version of Wirecopy. "
                    + "Update this program, or give another data directory."
            )
        }
    }

    /// All migrations, oldest first.
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: articleTables)
            try db.execute(sql: annotationTables)
            try db.execute(sql: searchTables)
            try db.execute(sql: readerViews)
            try db.execute(sql: addressViews)
        }
        migrator.registerMigration("v2") { db in
            try db.execute(sql: articleColumnsOfVersion2)
            try db.execute(sql: articleViewOfVersion2)
        }
        migrator.registerMigration("v3") { db in
            try db.execute(sql: valueTable)
            try db.execute(sql: valueView)
        }
        migrator.registerMigration("v4") { db in
            try db.execute(sql: articleColumnsOfVersion4)
            try db.execute(sql: articleViewOfVersion4)
        }
        migrator.registerMigration("v5") { db in
            try db.execute(sql: viewsDroppedInVersion5)
            try db.execute(sql: versionColumnsOfVersion5)
            try db.execute(sql: annotationTablesOfVersion5)
            try db.execute(sql: quotationTableOfVersion5)
            try db.execute(sql: copyTablesOfVersion5)
            try db.execute(sql: nameTablesOfVersion5)
            try db.execute(sql: quotationIndexOfVersion5)
            try db.execute(sql: readerViewsOfVersion5)
            try db.execute(sql: commonViewsOfVersion5)
        }
        migrator.registerMigration("v6") { db in
            try db.execute(sql: storyTables)
            try db.execute(sql: storyViews)
        }
        migrator.registerMigration("v7") { db in
            try db.execute(sql: storyEditTables)
            try db.execute(sql: storyViewsOfVersion7)
        }
        migrator.registerMigration("v8") { db in
            try db.execute(sql: storyKeyTablesOfVersion8)
        }
        return migrator
    }()
}
