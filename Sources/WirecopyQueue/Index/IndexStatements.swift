import GRDB

/// The statements with which the index's writer works.
struct IndexStatements {
    let begin: IndexStatement
    let commit: IndexStatement
    let rollback: IndexStatement
    let insertWord: IndexStatement
    let findWord: IndexStatement
    let insertPage: IndexStatement
    let readPage: IndexStatement
    let updatePage: IndexStatement
    let insertMessage: IndexStatement
    let insertAttempt: IndexStatement
    let insertDeadLetter: IndexStatement
    let deleteDeadLetter: IndexStatement
    let setOpenState: IndexStatement
    let deleteOpenState: IndexStatement
    let insertOpenKey: IndexStatement
    let deleteOpenKey: IndexStatement
    let setChunk: IndexStatement
    let deleteChunk: IndexStatement
    let addTotal: IndexStatement
    let insertPlace: IndexStatement
    let insertLookup: IndexStatement
    let insertRun: IndexStatement
    let noteFile: IndexStatement

    init(_ database: Database) throws {
        guard let connection = unsafe database.sqliteConnection else {
            throw QueueFailure(.journalBroken, "The index has no connection to its database.")
        }
        func make(_ sql: String) throws -> IndexStatement {
            unsafe try IndexStatement(sql, on: connection)
        }
        begin = try make("BEGIN IMMEDIATE")
        commit = try make("COMMIT")
        rollback = try make("ROLLBACK")
        insertWord = try make("INSERT INTO word(id, text) VALUES (?, ?)")
        findWord = try make("SELECT id FROM word WHERE text = ?")
        insertPage = try make(IndexSQL.insertPage)
        readPage = try make(IndexSQL.readPage)
        updatePage = try make(IndexSQL.updatePage)
        insertMessage = try make(IndexSQL.insertMessage)
        insertAttempt = try make(IndexSQL.insertAttempt)
        insertDeadLetter = try make(IndexSQL.insertDeadLetter)
        deleteDeadLetter = try make("DELETE FROM dead_letter WHERE position = ?")
        setOpenState = try make(IndexSQL.setOpenState)
        deleteOpenState = try make("DELETE FROM open_state WHERE position = ?")
        insertOpenKey = try make(
            "INSERT OR REPLACE INTO open_key(position, stage, key) VALUES (?, ?, ?)"
        )
        deleteOpenKey = try make("DELETE FROM open_key WHERE position = ?")
        setChunk = try make("INSERT OR REPLACE INTO open_chunk(chunk, bits) VALUES (?, ?)")
        deleteChunk = try make("DELETE FROM open_chunk WHERE chunk = ?")
        addTotal = try make(IndexSQL.addTotal)
        insertPlace = try make(
            "INSERT OR REPLACE INTO place(file, offset, position) VALUES (?, ?, ?)"
        )
        insertLookup = try make("INSERT OR REPLACE INTO lookup(key, entries) VALUES (?, ?)")
        insertRun = try make(
            "INSERT OR REPLACE INTO run(number, last, oldest_ms, newest_ms) VALUES (?, ?, ?, ?)"
        )
        noteFile = try make(IndexSQL.noteFile)
    }
}

/// The longer ones.
private enum IndexSQL {
    static let insertPage = """
        INSERT OR REPLACE INTO page(position, root, subject, lane, entered_at_ms, open,
        outcome, reason, article, closed_at_ms, steps)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let readPage = """
        SELECT open, outcome, reason, article, closed_at_ms, steps FROM page
        WHERE position = ?
        """
    static let updatePage = """
        UPDATE page SET open = ?2, outcome = ?3, reason = ?4, article = ?5, closed_at_ms = ?6,
        steps = ?7 WHERE position = ?1
        """
    static let insertMessage = """
        INSERT OR REPLACE INTO message(position, page, kind, lane, bytes, queued_at_ms,
        stage_version, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let insertAttempt = """
        INSERT INTO attempt(position, attempt, at_ms, worker, code, message)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    static let insertDeadLetter = """
        INSERT OR REPLACE INTO dead_letter(position, stage, at_ms, code, message)
        VALUES (?, ?, ?, ?, ?)
        """
    static let setOpenState = """
        INSERT OR REPLACE INTO open_state(position, attempts, not_before_ms, killers)
        VALUES (?, ?, ?, ?)
        """
    static let addTotal = """
        INSERT INTO total(outcome, reason, pages) VALUES (?1, ?2, ?3)
        ON CONFLICT(outcome, reason) DO UPDATE SET pages = pages + ?3
        """
    static let noteFile = """
        INSERT INTO log_file(number, bytes, last_position, last_at_ms, first_segment,
        last_segment, messages) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT(number) DO UPDATE SET bytes = ?2, last_position = ?3, last_at_ms = ?4,
        first_segment = coalesce(first_segment, ?5),
        last_segment = coalesce(?6, last_segment), messages = messages + ?7
        """
}
