import GRDB
package import WirecopyMessages

// The queues while no broker runs.
extension JournalReports {
    /// Queues and ledger as they rest; rates, times and workers are known to a broker alone.
    package func status(now: Instant) throws(QueueFailure) -> BrokerStatus {
        let ledger = try ledger()
        let stages = try reading { database in
            let open = try OpenSet(in: database)
            let delayed = try Self.delayed(in: database, now: now)
            return try StageName.allCases.map { stage in
                try self.stage(stage, open, delayed, in: database, now: now)
            }
        }
        return BrokerStatus(
            broker: "at rest",
            startedAtMs: now.milliseconds,
            nowMs: now.milliseconds,
            ledger: ledger,
            stages: stages,
            workers: []
        )
    }

    private func stage(
        _ stage: StageName,
        _ open: OpenSet,
        _ delayed: [StageName: Set<Int>],
        in database: Database,
        now: Instant
    ) throws -> StageReport {
        let waiting = delayed[stage] ?? []
        var report = StageReport(stage: stage)
        let count = MessageClass.allCases.reduce(0) { $0 + open.count(stage, $1) }
        report.delayed = waiting.count
        report.ready = count - waiting.count
        report.dead = open.deadCount(stage)
        let oldest = MessageClass.allCases.compactMap { priority in
            Self.first(stage, priority, in: open, notIn: waiting)
        }
        if let oldest = oldest.min() {
            let queuedAt = try Int.fetchOne(
                database,
                sql: "SELECT queued_at_ms FROM message WHERE position = ?",
                arguments: [oldest]
            )
            report.lagMs = max(0, now.milliseconds - (queuedAt ?? now.milliseconds))
        }
        return report
    }

    private static func first(
        _ stage: StageName,
        _ priority: MessageClass,
        in open: OpenSet,
        notIn delayed: Set<Int>
    ) -> Int? {
        var place = open.next(stage, priority, after: 0)
        while let found = place, delayed.contains(found) {
            place = open.next(stage, priority, after: found)
        }
        return place
    }

    /// Open messages whose moment has not come.
    private static func delayed(
        in database: Database,
        now: Instant
    ) throws -> [StageName: Set<Int>] {
        let query = """
            SELECT s.position, m.kind FROM open_state AS s
            JOIN message AS m ON m.position = s.position WHERE s.not_before_ms > ?
            """
        var delayed: [StageName: Set<Int>] = [:]
        let rows = try Row.fetchCursor(database, sql: query, arguments: [now.milliseconds])
        while let row = try rows.next() {
            guard let stage = StageName(number: row[1]) else { continue }
            delayed[stage, default: []].insert(row[0])
        }
        return delayed
    }
}
