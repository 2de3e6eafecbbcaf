import GRDB
import WirecopyMessages

/// The view `queue_message`: one row a message, for selections and for SQL of operators.
///
/// It is temporary, made for each connection that asks, so that its columns can follow the schema
/// of the journal without a migration. `docs/guides/replay.md` documents the columns.
enum QueueMessageView {
    static let name = "queue_message"

    /// Makes the view in a connection.
    static func create(in database: Database) throws {
        try database.execute(sql: "CREATE TEMP VIEW \(name) AS \(query)")
    }

    /// Columns that no selection names are not computed: SQLite flattens the view.
    ///
    /// `CROSS JOIN` keeps the log the outer loop, so that slices are read in the order of places
    /// and not sorted again each time.
    ///
    /// Each table is asked for a column besides its row identity: a part that names none would be
    /// taken by `GuardedConnection` for a reading outside the view.
    private static let query = """
        SELECT l.seq AS position,
            \(uuid("l.id")) AS id,
            \(uuid("l.root")) AS root,
            g.subject AS url,
            l.lane AS host,
            l.kind AS kind,
            \(stage) AS stage,
            CASE
                WHEN \(deathCode) IS NOT NULL THEN 'dead'
                WHEN NOT \(JournalReports.isOpen) THEN 'done'
                WHEN coalesce(\(notBefore), 0) > 1000 * unixepoch() THEN 'delayed'
                ELSE 'ready'
            END AS state,
            g.outcome AS outcome,
            g.reason AS reason,
            g.article AS article,
            coalesce(
                \(deathCode),
                (SELECT a.code FROM attempt AS a WHERE a.seq = l.seq ORDER BY a.rowid DESC LIMIT 1)
            ) AS error_code,
            (SELECT \(version("c")) FROM content AS c WHERE c.seq = l.seq) AS stage_version,
            (
                SELECT \(version("c")) FROM log AS n JOIN content AS c ON c.seq = n.seq
                WHERE n.root = l.root AND n.seq > l.seq
                    AND json_extract(CAST(c.envelope AS TEXT), '$.parent') = \(uuid("l.id"))
                ORDER BY n.seq DESC LIMIT 1
            ) AS done_version,
            l.bytes AS bytes,
            l.queued_at_ms AS queued_at_ms,
            (SELECT count(*) FROM attempt AS a WHERE a.seq = l.seq) AS attempts,
            l.id = l.root AS is_root,
            EXISTS (SELECT 1 FROM log AS n WHERE n.root = l.root AND n.seq > l.seq) AS is_continued
        FROM log AS l CROSS JOIN ledger AS g ON g.root = l.root
        """

    private static let stage = """
        CASE l.kind \(
            StageName.allCases.map { "WHEN '\($0.input.rawValue)' THEN '\($0.rawValue)'" }
                .joined(separator: " ")
        ) END
        """

    private static let deathCode = "(SELECT d.code FROM dead_letter AS d WHERE d.seq = l.seq)"

    private static let notBefore = """
        (
            SELECT o.not_before_ms FROM open AS o
            WHERE o.stage = \(stage) AND o.class IN (0, 1, 2) AND o.seq = l.seq
        )
        """

    private static func version(_ content: String) -> String {
        "json_extract(CAST(\(content).envelope AS TEXT), '$.stage_version')"
    }

    /// The text of an identity that is kept as 16 bytes: `018f…-….`
    private static func uuid(_ column: String) -> String {
        let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        return "lower("
            + parts.map { "substr(hex(\(column)), \($0.0), \($0.1))" }.joined(
                separator: " || '-' || "
            )
            + ")"
    }
}
