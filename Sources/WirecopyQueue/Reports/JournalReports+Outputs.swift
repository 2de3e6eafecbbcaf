import FoundationEssentials
import GRDB
package import WirecopyMessages

// What was made of a message.
extension JournalReports {
    /// Messages made from one message over all its deliveries and replays are fewer than this.
    private static let outputsMax = 5000

    /// The newest message that carried a page on, or ended its way, from the message at a place;
    /// `nil` when nothing was made of it.
    package func output(ofMessageAt position: Int) throws(QueueFailure) -> Message? {
        try reading { [directory] database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT id, root, kind FROM log WHERE seq = ?",
                    arguments: [position]
                ),
                let id = MessageID(bytes: Array(row[0] as Data)),
                let consumer = MessageKind(rawValue: row[2])?.consumer
            else { return nil }
            let kinds = [consumer.output, .outcome].map(\.rawValue)
            let later = try Row.fetchCursor(
                database,
                sql: """
                    SELECT l.seq, l.kind, c.envelope FROM log AS l
                    JOIN content AS c ON c.seq = l.seq
                    WHERE l.root = ? AND l.seq > ? ORDER BY l.seq DESC LIMIT ?
                    """,
                arguments: [row[1] as Data, position, Self.outputsMax]
            )
            while let candidate = try later.next() {
                guard kinds.contains(candidate[1]),
                    let envelope = try? Envelope(json: Array(candidate[2] as Data)),
                    envelope.parent == id
                else { continue }
                return try JournalQueries.message(
                    at: candidate[0],
                    in: database,
                    directory: directory
                )
            }
            return nil
        }
    }
}
