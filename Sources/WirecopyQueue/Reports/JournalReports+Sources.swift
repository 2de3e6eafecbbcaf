import GRDB
package import WirecopyMessages

// Sources, which live in the queue as polls that wait.
extension JournalReports {
    /// A message that is open under a key.
    package struct KeyedMessage: Sendable {
        /// Its place in the journal.
        package let position: Int
        /// The message.
        package let message: Message

        /// Joins the two.
        package init(position: Int, message: Message) {
            self.position = position
            self.message = message
        }
    }

    /// Watched sources, by their place in the journal.
    package func sources(_ request: SourcesRequest) throws(QueueFailure) -> SourcesReport {
        let limit = SourcesReport.sourcesMax
        let positions = try reading { database in
            try Int.fetchAll(
                database,
                sql: """
                    SELECT position FROM open_key
                    WHERE stage = ? AND position > ? AND substr(key, 1, ?) = ?
                    ORDER BY position LIMIT ?
                    """,
                arguments: [
                    StageName.fetch.number, request.after ?? 0, SourcePoll.keyPrefix.count,
                    SourcePoll.keyPrefix, limit,
                ]
            )
        }
        var report = SourcesReport(sources: [])
        for position in positions {
            let message = try message(at: position)
            guard let fetch = try? FetchRequest(json: message.data), let poll = fetch.poll else {
                continue
            }
            let envelope = message.envelope
            let due = envelope.notBefore ?? envelope.madeAt
            report.sources.append(.init(url: fetch.url, poll: poll, due: due))
        }
        if positions.count == limit { report.next = positions.last }
        return report
    }

    /// The poll of a source that is open; `nil` when there is none.
    package func openPoll(of url: String) throws(QueueFailure) -> KeyedMessage? {
        let position = try reading { database in
            try Int.fetchOne(
                database,
                sql: "SELECT position FROM open_key WHERE stage = ? AND key = ?",
                arguments: [StageName.fetch.number, SourcePoll.key(of: url)]
            )
        }
        guard let position else { return nil }
        return KeyedMessage(position: position, message: try message(at: position))
    }
}
