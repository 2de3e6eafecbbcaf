import WirecopyMessages

/// The rows of edits within a transaction.
struct StoryEdits {
    let db: StoreDatabase

    /// The newest edits.
    func newest(_ limit: Int) throws -> [StoryEdit] {
        try db.rows("SELECT * FROM story_edit ORDER BY id DESC LIMIT ?", limit).compactMap(edit)
    }

    /// The edit of a number.
    func edit(_ id: Int64) throws -> StoryEdit? {
        try db.row("SELECT * FROM story_edit WHERE id = ?", id).flatMap(edit)
    }

    /// An edit that holds: that of a number, or the newest.
    func holding(_ id: Int?) throws -> StoryEdit? {
        try db.row(
            """
            SELECT * FROM story_edit WHERE undone_at_ms IS NULL AND id = coalesce(?, id)
            ORDER BY id DESC LIMIT 1
            """,
            id
        )
        .flatMap(edit)
    }

    /// The edit that put an article where it is; `nil` when it came there by itself.
    func deciding(_ article: Int64) throws -> StoryEdit? {
        try db.row(
            """
            SELECT story_edit.* FROM story_pin JOIN story_edit ON story_edit.id = story_pin.edit
            WHERE story_pin.article = ? AND story_edit.undone_at_ms IS NULL
            ORDER BY story_edit.id DESC LIMIT 1
            """,
            article
        )
        .flatMap(edit)
    }

    private func edit(_ row: StoreRow) throws -> StoryEdit? {
        guard let action = StoryEdit.Action(rawValue: row["action"]) else { return nil }
        let id: Int = row["id"]
        return StoryEdit(
            id: id,
            action: action,
            story: row["story"],
            other: row["other"],
            articles: action == .merge ? [] : try articles(of: id),
            atMs: row["at_ms"],
            undoneAtMs: row["undone_at_ms"]
        )
    }

    private func articles(of edit: Int) throws -> [String] {
        try db.all(
            String.self,
            """
            SELECT article.id FROM story_pin
            JOIN article ON article.number = story_pin.article
            WHERE story_pin.edit = ? ORDER BY story_pin.article LIMIT ?
            """,
            edit,
            StoryEdit.articlesNamed
        )
    }

    /// Notes an edit.
    ///
    /// - Throws: `StorageFailure` with `ruleRefused` when too many hold.
    func add(
        _ action: StoryEdit.Action,
        from story: Int64,
        into other: Int64,
        _ now: Instant
    ) throws -> Int64 {
        let holding: Int =
            try db.row("SELECT count(*) FROM story_edit WHERE undone_at_ms IS NULL")?[0] ?? 0
        guard holding < StoryEditor.editsMax else {
            throw StorageFailure(
                .ruleRefused,
                "\(holding) edits hold, which is the limit; undo some with wirecopy stories undo."
            )
        }
        return try db.insert(
            """
            INSERT INTO story_edit (action, story, other, at_ms) VALUES (?, ?, ?, ?)
            RETURNING id
            """,
            action.rawValue,
            story,
            other,
            now.milliseconds
        )
    }

    /// Notes that an edit put an article where it is.
    func pin(_ article: Int64, _ edit: Int64, from story: Int64) throws {
        try db.run(
            "INSERT INTO story_pin (article, edit, story) VALUES (?, ?, ?)",
            article,
            edit,
            story
        )
    }

    /// Works out anew which stories stay apart, after an edit came or went.
    func settleApart() throws {
        let reader = StoryReader(db: db)
        try db.run("DELETE FROM story_apart")
        let rows = try db.rows(
            """
            SELECT id, story, other FROM story_edit
            WHERE undone_at_ms IS NULL AND action <> 'merge'
            """
        )
        for row in rows {
            guard let story = try reader.living(row[1]), let other = try reader.living(row[2]),
                story != other
            else { continue }
            for (left, right) in [(story, other), (other, story)] {
                try db.run(
                    "INSERT INTO story_apart (story, other, edit) VALUES (?, ?, ?)",
                    left,
                    right,
                    row[0] as Int64
                )
            }
        }
    }
}
