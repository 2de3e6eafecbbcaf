import GRDB
package import WirecopyMessages

/// Which messages an operator means: a condition on `queue_message`; all given parts must hold.
package struct MessageSelection: Sendable {
    private(set) var condition = ""
    private(set) var arguments: [DatabaseValue] = []
    /// Whether an operator wrote a part of the condition.
    private(set) var hasForeignPart = false
    /// The only page that is meant.
    let url: String?

    /// Messages that are done or dead and go through a stage again.
    ///
    /// - Throws: `requestInvalid` when neither stage, places nor dead letters are named.
    init(replayOf request: ReplayRequest) throws(QueueFailure) {
        let isOfDead =
            request.outcome == OutcomeKind.dead.rawValue || request.isOfDeadLetters == true
        guard request.stage != nil || !request.positions.isEmpty || isOfDead else {
            throw QueueFailure(
                .requestInvalid,
                "Name the stage that shall work again, or places, or the outcome dead."
            )
        }
        try self.init(request)
        let isOnlyOfDead =
            request.isOfDeadLetters == true || request.stage == nil && request.positions.isEmpty
        condition += isOnlyOfDead ? " AND state = 'dead'" : " AND state IN ('done', 'dead')"
    }

    /// Messages of any state; without a stage, of every queue.
    ///
    /// - Throws: `requestInvalid` for a condition that is none, or too many places.
    package init(_ request: ReplayRequest) throws(QueueFailure) {
        url = request.url
        let stages = StageName.allCases.filter { request.stage == nil || request.stage == $0 }
        let words = stages.map { "'\($0.input.rawValue)'" }.joined(separator: ", ")
        condition = "kind IN (\(words))"
        if !request.positions.isEmpty { try add(places: request.positions) }
        add("host = ?", request.host)
        add("queued_at_ms >= ?", request.sinceMs)
        add("queued_at_ms < ?", request.untilMs)
        add("url = ?", request.url)
        add("outcome = ?", request.outcome)
        add("reason = ?", request.reason)
        add("error_code = ?", request.errorCode)
        add("done_version = ?", request.stageVersion)
        add("position <= ?", request.through)
        if let text = request.condition {
            condition += " AND (\(try SelectionExpression(text).sql))"
            hasForeignPart = true
        }
    }

    /// More places than a person names; a longer list is a condition.
    static let placesMax = 10_000

    fileprivate mutating func add(places: [Int]) throws(QueueFailure) {
        guard places.count <= Self.placesMax else {
            throw QueueFailure(
                .requestInvalid,
                "\(places.count) places were named, the limit is \(Self.placesMax); write a "
                    + "condition such as position BETWEEN 1 AND 5000."
            )
        }
        let list = places.map(String.init).joined(separator: ", ")
        condition += " AND position IN (\(list))"
    }

    private mutating func add(_ part: String, _ argument: (any DatabaseValueConvertible)?) {
        guard let argument else { return }
        condition += " AND \(part)"
        arguments.append(argument.databaseValue)
    }
}

extension JournalReports {
    /// How long a condition that an operator wrote may take; a scan of 10 million messages is
    /// about as long.
    private static let foreignTimeMax = Duration.seconds(20)
    /// Our own conditions end by themselves; a limit only keeps a fault from lasting.
    private static let ownTimeMax = Duration.seconds(600)

    /// How many messages are selected, their bytes, and their hosts.
    package func count(_ selection: MessageSelection) throws(QueueFailure) -> ReplayReport {
        let selection = try located(selection)
        let query = """
            SELECT host, count(*) AS messages, sum(bytes), max(position)
            FROM \(QueueMessageView.name) WHERE \(selection.condition)
            GROUP BY host ORDER BY messages DESC, host
            """
        return try selecting(selection) { database in
            var report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            let rows = try Row.fetchCursor(
                database,
                sql: query,
                arguments: StatementArguments(selection.arguments)
            )
            while let row = try rows.next() {
                report.count += row[1] as Int
                report.bytes += row[2] as Int
                report.through = max(report.through ?? 0, row[3])
                if report.hosts.count < ReplayReport.hostsMax { report.hosts[row[0]] = row[1] }
            }
            return report
        }
    }

    /// The next places that are selected, ascending.
    package func positions(
        _ selection: MessageSelection,
        after position: Int,
        limit: Int
    ) throws(QueueFailure) -> [Int] {
        let selection = try located(selection)
        let query = """
            SELECT position FROM \(QueueMessageView.name)
            WHERE \(selection.condition) AND position > ? ORDER BY position LIMIT ?
            """
        let arguments = selection.arguments + [position.databaseValue, limit.databaseValue]
        return try selecting(selection) { database in
            try Int.fetchAll(database, sql: query, arguments: StatementArguments(arguments))
        }
    }

    /// Names the places of the page that is meant: the ledger knows them by address, the view would
    /// be walked through.
    private func located(_ selection: MessageSelection) throws(QueueFailure) -> MessageSelection {
        guard let url = selection.url else { return selection }
        let places = try reading { database in
            try Int.fetchAll(
                database,
                sql: """
                    SELECT l.seq FROM ledger AS g JOIN log AS l ON l.root = g.root
                    WHERE g.subject = ? ORDER BY l.seq LIMIT ?
                    """,
                arguments: [url, MessageSelection.placesMax]
            )
        }
        var selection = selection
        // A page with more messages than can be named is looked for in the view.
        if places.count < MessageSelection.placesMax { try selection.add(places: places) }
        return selection
    }

    func selecting<Value>(
        _ selection: MessageSelection,
        _ body: (Database) throws -> Value
    ) throws(QueueFailure) -> Value {
        let limit = selection.hasForeignPart ? Self.foreignTimeMax : Self.ownTimeMax
        do {
            let path = SQLiteJournal.databasePath(in: directory)
            return try GuardedConnection(path: path).read(within: limit, body)
        } catch let failure as DatabaseError where selection.hasForeignPart {
            throw Self.refusal(failure, after: limit)
        } catch {
            throw QueueFailure(error, path: SQLiteJournal.databasePath(in: directory))
        }
    }

    private static func refusal(_ failure: DatabaseError, after limit: Duration) -> QueueFailure {
        let sentence =
            switch failure.resultCode {
            case .SQLITE_INTERRUPT:
                "The condition took longer than \(limit.components.seconds) s and was stopped; "
                    + "name the stage, the host or the time too."
            case .SQLITE_AUTH:
                "The condition reads or calls something that it may not; it may use the columns "
                    + "of queue_message and plain functions of texts, numbers and times."
            default:
                "The condition cannot be used: "
                    + "\(failure.message ?? failure.resultCode.description)."
            }
        return QueueFailure(.requestInvalid, sentence)
    }
}
