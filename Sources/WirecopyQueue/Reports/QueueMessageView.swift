import GRDB
import WirecopyMessages

/// The view `queue_message`: one row a message that a stage takes, for SQL of operators.
///
/// It is temporary, made for each connection that asks, so that its columns can follow the schema
/// of the index without a migration. `docs/guides/replay.md` documents the columns.
enum QueueMessageView {
    static let name = "queue_message"
    /// The table that has a row for each row of the view.
    static let table = "message"
    /// The function that tells where a message stands; open messages lie in bitmaps.
    static let stateFunction = "message_state"

    /// Makes the view in a connection that has the function.
    static func create(in database: Database) throws {
        try database.execute(sql: "CREATE TEMP VIEW \(name) AS \(query)")
    }

    /// The code of the last delivery of a message `m` that ended badly, or of its dead letter.
    static let errorCode = """
        coalesce(
            (SELECT d.code FROM dead_letter AS d WHERE d.position = m.position),
            (
                SELECT a.code FROM attempt AS a WHERE a.position = m.position
                ORDER BY a.rowid DESC LIMIT 1
            )
        )
        """

    /// Columns that no selection names are not computed: SQLite flattens the view.
    ///
    /// Pages and words are asked by subqueries and not joined: a join on a row's number alone would
    /// be taken by `GuardedConnection` for a reading outside the view, and cost each row something.
    private static let query = """
        SELECT m.position AS position,
            \(uuid("coalesce(m.id, \(page("root")))")) AS id,
            \(uuid(page("root"))) AS root,
            \(page("subject")) AS url,
            (SELECT w.text FROM word AS w WHERE w.id = m.lane) AS host,
            CASE m.kind \(words { $0.input.rawValue }) END AS kind,
            CASE m.kind \(words { $0.rawValue }) END AS stage,
            \(stateFunction)(m.position) AS state,
            \(page("outcome")) AS outcome,
            \(page("reason")) AS reason,
            \(page("article")) AS article,
            \(errorCode) AS error_code,
            (SELECT w.text FROM word AS w WHERE w.id = m.stage_version) AS stage_version,
            m.bytes AS bytes,
            m.queued_at_ms AS queued_at_ms,
            (SELECT count(a.code) FROM attempt AS a WHERE a.position = m.position) AS attempts,
            m.position = m.page AS is_root,
            m.page AS page,
            m.lane AS lane_number,
            m.kind AS kind_number
        FROM message AS m
        """

    private static func page(_ column: String) -> String {
        "(SELECT p.\(column) FROM page AS p WHERE p.position = m.page)"
    }

    private static func words(_ word: (StageName) -> String) -> String {
        StageName.allCases.map { "WHEN \($0.number) THEN '\(word($0))'" }.joined(separator: " ")
    }

    /// The text of an identity that is kept as 16 bytes: `018f…-….`
    private static func uuid(_ column: String) -> String {
        let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        let texts = parts.map { "substr(hex(\(column)), \($0.0), \($0.1))" }
        return "lower(\(texts.joined(separator: " || '-' || ")))"
    }
}
