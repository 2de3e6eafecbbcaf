import GRDB
package import WirecopyMessages

// The queues while no broker runs.
extension JournalReports {
    /// Queues and ledger as they rest; rates, times and workers are known to a broker alone.
    package func status(now: Instant) throws(QueueFailure) -> BrokerStatus {
        let ledger = try ledger()
        let stages = try reading { database in
            try StageName.allCases.map { try stage($0, in: database, now: now) }
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
        in database: Database,
        now: Instant
    ) throws -> StageReport {
        var report = StageReport(stage: stage)
        let open = """
            SELECT count(*) FILTER (WHERE coalesce(not_before_ms, 0) <= ?2),
                count(*) FILTER (WHERE not_before_ms > ?2),
                min(seq) FILTER (WHERE coalesce(not_before_ms, 0) <= ?2)
            FROM open WHERE stage = ?1
            """
        let arguments: StatementArguments = [stage.rawValue, now.milliseconds]
        guard let row = try Row.fetchOne(database, sql: open, arguments: arguments) else {
            return report
        }
        report.ready = row[0]
        report.delayed = row[1]
        if let oldest = row[2] as Int? {
            let queuedAt = try Int.fetchOne(
                database,
                sql: "SELECT queued_at_ms FROM log WHERE seq = ?",
                arguments: [oldest]
            )
            report.lagMs = max(0, now.milliseconds - (queuedAt ?? now.milliseconds))
        }
        report.dead =
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM dead_letter WHERE stage = ?",
                arguments: [stage.rawValue]
            ) ?? 0
        return report
    }
}
