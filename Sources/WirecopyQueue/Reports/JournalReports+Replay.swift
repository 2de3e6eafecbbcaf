import GRDB
package import WirecopyMessages

// What a replay would send.
extension JournalReports {
    /// Counts the messages that a replay would make ready again; changes nothing.
    ///
    /// - Throws: `requestInvalid` when the selection would mean every stage at once.
    package func replay(_ request: ReplayRequest) throws(QueueFailure) -> ReplayReport {
        let selection = try Selection(request)
        return try reading { database in
            var report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            let query = """
                SELECT l.lane, count(*) AS messages, sum(l.bytes) FROM log AS l
                WHERE \(selection.condition) GROUP BY l.lane ORDER BY messages DESC
                """
            let rows = try Row.fetchCursor(
                database,
                sql: query,
                arguments: StatementArguments(selection.arguments)
            )
            while let row = try rows.next() {
                report.count += row[1] as Int
                report.bytes += row[2] as Int
                if report.hosts.count < ReplayReport.hostsMax { report.hosts[row[0]] = row[1] }
            }
            return report
        }
    }

    /// The next places that a replay selects, ascending.
    package func replayPositions(
        _ request: ReplayRequest,
        after position: Int,
        limit: Int
    ) throws(QueueFailure) -> [Int] {
        let selection = try Selection(request)
        return try reading { database in
            try Int.fetchAll(
                database,
                sql: """
                    SELECT l.seq FROM log AS l WHERE \(selection.condition) AND l.seq > ?
                    ORDER BY l.seq LIMIT ?
                    """,
                arguments: StatementArguments(selection.arguments + [position, limit])
            )
        }
    }

    /// The condition of a replay on a row `l` of the log; all given parts must hold.
    private struct Selection {
        var condition = ""
        var arguments: [(any DatabaseValueConvertible)?] = []

        init(_ request: ReplayRequest) throws(QueueFailure) {
            let isOfDead = request.outcome == OutcomeKind.dead.rawValue
            guard request.stage != nil || !request.positions.isEmpty || isOfDead else {
                throw QueueFailure(
                    .requestInvalid,
                    "Name the stage that shall work again, or places, or the outcome dead."
                )
            }
            let kinds = StageName.allCases.filter { request.stage == nil || request.stage == $0 }
            let words = kinds.map { "'\($0.input.rawValue)'" }.joined(separator: ", ")
            condition = "l.kind IN (\(words)) AND NOT \(isOpen)"
            if !request.positions.isEmpty {
                let list = request.positions.map(String.init).joined(separator: ",")
                add("l.seq IN (SELECT value FROM json_each(?))", "[\(list)]")
            } else if request.stage == nil {
                condition += " AND l.seq IN (SELECT seq FROM dead_letter)"
            }
            add("l.lane = ?", request.host)
            add("l.queued_at_ms >= ?", request.sinceMs)
            add("l.queued_at_ms < ?", request.untilMs)
            add("l.root IN (SELECT root FROM ledger WHERE subject = ?)", request.url)
            add("l.root IN (SELECT root FROM ledger WHERE outcome = ?)", request.outcome)
            add("l.root IN (SELECT root FROM ledger WHERE reason = ?)", request.reason)
        }

        private mutating func add(
            _ part: String,
            _ argument: (any DatabaseValueConvertible)?
        ) {
            guard let argument else { return }
            condition += " AND \(part)"
            arguments.append(argument)
        }
    }
}
