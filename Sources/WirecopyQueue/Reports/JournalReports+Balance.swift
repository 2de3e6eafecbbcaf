import GRDB
package import WirecopyMessages

// The balance of each stage and of each source.
extension JournalReports {
    /// The balance of everything that ever entered, with each stage and source where asked for.
    ///
    /// The details walk through every message: about a second for a million.
    package func ledger(_ request: LedgerRequest) throws(QueueFailure) -> LedgerReport {
        var report = try ledger()
        guard request.details == true else { return report }
        let everything = try MessageSelection(ReplayRequest())
        let (stages, sources) = try selecting(everything) { database in
            (try Self.stages(in: database), try Self.sources(in: database))
        }
        report.stages = stages
        report.sources = Array(sources.prefix(LedgerReport.sourcesMax))
        report.otherSourcesEntered =
            sources.dropFirst(LedgerReport.sourcesMax).reduce(0) { $0 + $1.entered }
        return report
    }

    private static func stages(in database: Database) throws -> [LedgerReport.StageBalance] {
        var balances = StageName.allCases.map { LedgerReport.StageBalance(stage: $0) }
        let query = """
            SELECT stage, state, is_continued, count(*) FROM \(QueueMessageView.name)
            WHERE stage IS NOT NULL GROUP BY 1, 2, 3
            """
        for row in try Row.fetchAll(database, sql: query) {
            guard let index = balances.firstIndex(where: { $0.stage.rawValue == row[0] as String })
            else { continue }
            let count: Int = row[3]
            balances[index].entered += count
            switch (row[1] as String, row[2] as Bool) {
            case ("dead", _): balances[index].dead += count
            case ("done", true): balances[index].done += count
            case ("done", false): break
            default: balances[index].open += count
            }
        }
        return balances
    }

    private static func sources(in database: Database) throws -> [LedgerReport.SourceBalance] {
        var balances: [String: LedgerReport.SourceBalance] = [:]
        let query = """
            SELECT host, outcome, count(*) FROM \(QueueMessageView.name)
            WHERE is_root GROUP BY 1, 2
            """
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let host: String = row[0]
            let count: Int = row[2]
            balances[host, default: .init(host: host)].entered += count
            if let outcome = row[1] as String? {
                balances[host]?.outcomes[outcome, default: 0] += count
            } else {
                balances[host]?.inFlight += count
            }
        }
        return balances.values.sorted { ($1.entered, $0.host) < ($0.entered, $1.host) }
    }
}
