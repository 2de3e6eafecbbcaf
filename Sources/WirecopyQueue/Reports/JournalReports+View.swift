import Foundation
package import GRDB
package import WirecopyMessages

// The view `queue_message`, which docs/guides/queue-views.md describes.
extension JournalReports {
    /// Asks a question in SQL that may use `queue_message`; everything is one snapshot.
    ///
    /// The view is a text to stand in front of a query: which messages are open is a set of bits,
    /// so its `state` comes from a function that exists for the time of the question.
    package func readingMessages<Value>(
        now: Instant,
        _ body: (_ database: Database, _ view: String) throws -> Value
    ) throws(QueueFailure) -> Value {
        try reading { database in
            let open = try OpenSet(in: database)
            let isOpen = DatabaseFunction("is_open", argumentCount: 1, pure: true) { values in
                guard let position = Int.fromDatabaseValue(values[0]) else { return nil }
                return open.isOpen(position)
            }
            let uuid = DatabaseFunction("uuid_text", argumentCount: 1, pure: true) { values in
                guard let bytes = Data.fromDatabaseValue(values[0]) else { return nil }
                return MessageID(bytes: Array(bytes))?.description
            }
            database.add(function: isOpen)
            database.add(function: uuid)
            defer {
                database.remove(function: isOpen)
                database.remove(function: uuid)
            }
            return try body(database, Self.view(now))
        }
    }

    /// `WITH queue_message AS (...)`, to stand in front of a SELECT.
    private static func view(_ now: Instant) -> String {
        let stages = StageName.allCases.map { "WHEN \($0.number) THEN '\($0.rawValue)'" }
        let kinds = StageName.allCases.map { "WHEN \($0.number) THEN '\($0.input.rawValue)'" }
        return """
            WITH queue_message AS (
                SELECT m.position AS position, uuid_text(coalesce(m.id, p.root)) AS id,
                    uuid_text(p.root) AS root, p.subject AS url, w.text AS host,
                    CASE m.kind \(kinds.joined(separator: " ")) END AS kind,
                    CASE m.kind \(stages.joined(separator: " ")) END AS stage,
                    CASE WHEN d.position IS NOT NULL THEN 'dead'
                        WHEN NOT is_open(m.position) THEN 'done'
                        WHEN s.not_before_ms > \(now.milliseconds) THEN 'delayed'
                        ELSE 'ready' END AS state,
                    p.outcome AS outcome, p.reason AS reason, d.code AS error_code,
                    (SELECT count(*) FROM attempt AS a WHERE a.position = m.position) AS attempts,
                    v.text AS stage_version, m.bytes AS bytes, m.queued_at_ms AS queued_at_ms,
                    p.entered_at_ms AS entered_at_ms
                FROM message AS m JOIN page AS p ON p.position = m.page
                JOIN word AS w ON w.id = m.lane
                LEFT JOIN word AS v ON v.id = m.stage_version
                LEFT JOIN dead_letter AS d ON d.position = m.position
                LEFT JOIN open_state AS s ON s.position = m.position
            )
            """
    }
}
