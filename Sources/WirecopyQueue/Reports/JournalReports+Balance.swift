import FoundationEssentials
import GRDB
package import WirecopyMessages

// The balance of each stage and of each source.
extension JournalReports {
    /// The balance of everything that ever entered, with each stage and source where asked for.
    ///
    /// The details walk through every message: about a second for a few millions.
    package func ledger(_ request: LedgerRequest) throws(QueueFailure) -> LedgerReport {
        var report = try ledger()
        guard request.details == true else { return report }
        let (stages, sources) = try reading { database in
            (try Self.stages(in: database), try Self.sources(in: database))
        }
        report.stages = stages
        report.sources = Array(sources.prefix(LedgerReport.sourcesMax))
        let others = sources.dropFirst(LedgerReport.sourcesMax)
        report.otherSourcesEntered = others.reduce(0) { $0 + $1.entered }
        return report
    }

    private static func stages(in database: Database) throws -> [LedgerReport.StageBalance] {
        let open = try OpenSet(in: database)
        let lost = try lost(in: database)
        var entered: [Int: Int] = [:]
        let counts = "SELECT kind, count(*) FROM message GROUP BY kind"
        for row in try Row.fetchAll(database, sql: counts) { entered[row[0]] = row[1] }
        return StageName.allCases.map { stage in
            var balance = LedgerReport.StageBalance(stage: stage)
            balance.entered = entered[stage.number] ?? 0
            balance.open = MessageClass.allCases.reduce(0) { $0 + open.count(stage, $1) }
            balance.dead = open.deadCount(stage)
            let ended = balance.entered - balance.open - balance.dead
            balance.done = ended - (lost[stage] ?? 0)
            return balance
        }
    }

    /// Pages in flight without an open message, by the stage that was to carry them on.
    private static func lost(in database: Database) throws -> [StageName: Int] {
        var lost: [StageName: Int] = [:]
        let query = "SELECT position FROM page WHERE outcome IS NULL AND open <= 0"
        let pages = try Int.fetchCursor(database, sql: query)
        while let page = try pages.next() {
            let last = try steps(ofPage: page, in: database).last ?? page
            let kind = try Int.fetchOne(
                database,
                sql: "SELECT kind FROM message WHERE position = ?",
                arguments: [last]
            )
            guard let stage = kind.flatMap({ StageName(number: $0) }) else { continue }
            lost[stage, default: 0] += 1
        }
        return lost
    }

    private static func sources(in database: Database) throws -> [LedgerReport.SourceBalance] {
        var balances: [String: LedgerReport.SourceBalance] = [:]
        let query = """
            SELECT w.text, p.outcome, count(*) FROM page AS p JOIN word AS w ON w.id = p.lane
            GROUP BY p.lane, p.outcome
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
