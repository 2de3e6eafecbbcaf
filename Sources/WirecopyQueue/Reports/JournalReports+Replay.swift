import GRDB
package import WirecopyMessages

// What a replay would send.
extension JournalReports {
    /// Counts the messages that a replay would make ready again; changes nothing.
    ///
    /// - Throws: `requestInvalid` when the selection would mean every stage at once.
    package func replay(_ request: ReplayRequest) throws(QueueFailure) -> ReplayReport {
        try reading { database in
            let selection = try ReplaySelection(request, in: database)
            let open = try OpenSet(in: database)
            var report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            var lanes: [Int: Int] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT m.position, m.bytes, m.lane \(selection.source)",
                arguments: StatementArguments(selection.arguments)
            )
            while let row = try rows.next() {
                guard !open.isOpen(row[0]) else { continue }
                report.count += 1
                report.bytes += row[1] as Int
                lanes[row[2], default: 0] += 1
            }
            let largest = lanes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            for (lane, messages) in largest.prefix(ReplayReport.hostsMax) {
                let name = try String.fetchOne(
                    database,
                    sql: "SELECT text FROM word WHERE id = ?",
                    arguments: [lane]
                )
                report.hosts[name ?? ""] = messages
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
        try reading { database in
            let selection = try ReplaySelection(request, in: database)
            let open = try OpenSet(in: database)
            let cursor = try Int.fetchCursor(
                database,
                sql: "SELECT m.position \(selection.source) AND m.position > ? ORDER BY m.position",
                arguments: StatementArguments(selection.arguments + [position])
            )
            var positions: [Int] = []
            while positions.count < limit, let next = try cursor.next() {
                if !open.isOpen(next) { positions.append(next) }
            }
            return positions
        }
    }
}

/// The condition of a replay on a message `m` and its page `p`; all given parts must hold. That
/// it is not open is for the caller to hold.
struct ReplaySelection {
    private(set) var source = ""
    private(set) var arguments: [(any DatabaseValueConvertible)?] = []

    init(_ request: ReplayRequest, in database: Database) throws {
        let isOfDead = request.outcome == OutcomeKind.dead.rawValue
        guard request.stage != nil || !request.positions.isEmpty || isOfDead else {
            throw QueueFailure(
                .requestInvalid,
                "Name the stage that shall work again, or places, or the outcome dead."
            )
        }
        let isAboutPages = request.outcome != nil || request.reason != nil
        source = "FROM message AS m"
        if isAboutPages { source += " JOIN page AS p ON p.position = m.page" }
        // The kind stands in the text: only so the partial index of fetches is considered.
        let kind = request.stage.map { "= \($0.number)" } ?? "< \(StageName.allCases.count)"
        source += " WHERE m.kind \(kind)"
        if !request.positions.isEmpty {
            let list = request.positions.map { String($0) }.joined(separator: ",")
            add("m.position IN (SELECT value FROM json_each(?))", "[\(list)]")
        } else if request.stage == nil {
            source += " AND m.position IN (SELECT position FROM dead_letter)"
        }
        add("m.lane = (SELECT id FROM word WHERE text = ?)", request.host)
        add("m.queued_at_ms >= ?", request.sinceMs)
        add("m.queued_at_ms < ?", request.untilMs)
        if let url = request.url {
            let pages = try JournalReports.pages(ofSubject: url, limit: Int.max, in: database)
            let list = pages.map { String($0) }.joined(separator: ",")
            add("m.page IN (SELECT value FROM json_each(?))", "[\(list)]")
        }
        add("p.outcome = ?", request.outcome)
        add("p.reason = ?", request.reason)
    }

    private mutating func add(
        _ part: String,
        _ argument: (any DatabaseValueConvertible)?
    ) {
        guard let argument else { return }
        source += " AND \(part)"
        arguments.append(argument)
    }
}
