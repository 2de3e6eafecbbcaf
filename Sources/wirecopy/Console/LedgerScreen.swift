import WirecopyMessages

/// The parts of a ledger as people read them: stages, sources, reasons.
struct LedgerScreen {
    /// Sources that are shown; more of them are in `--json`.
    private static let sourcesMax = 20

    private let ledger: LedgerReport

    init(_ ledger: LedgerReport) { self.ledger = ledger }

    /// The lines, each none longer than `columns`.
    func lines(columns: Int) -> [String] {
        [stages, sources, reasons].filter { !$0.isEmpty }
            .flatMap { [""] + $0.lines(columns: columns) } + rest
    }

    private var stages: Table {
        var table = Table([
            ("STAGE", .left), ("ENTERED", .right), ("DONE", .right), ("DEAD", .right),
            ("OPEN", .right), ("LOST", .right),
        ])
        for stage in ledger.stages ?? [] {
            table.add([
                stage.stage.rawValue, "\(stage.entered)", "\(stage.done)", "\(stage.dead)",
                "\(stage.open)", "\(stage.lost)",
            ])
        }
        return table
    }

    private var sources: Table {
        let outcomes = OutcomeKind.allCases.filter { ledger.count($0) > 0 }
        var table = Table(
            [("SOURCE", .left), ("ENTERED", .right)]
                + outcomes.map { ($0.rawValue.uppercased(), .right) } + [("IN FLIGHT", .right)]
        )
        for source in (ledger.sources ?? []).prefix(Self.sourcesMax) {
            table.add(
                [source.host, "\(source.entered)"]
                    + outcomes.map { "\(source.outcomes[$0.rawValue] ?? 0)" }
                    + ["\(source.inFlight)"]
            )
        }
        return table
    }

    private var rest: [String] {
        let known = ledger.sources?.count ?? 0
        guard known > Self.sourcesMax else { return [] }
        return ["and \(known - Self.sourcesMax) sources or more; see --json"]
    }

    private var reasons: Table {
        var table = Table([("REASON", .left), ("PAGES", .right)])
        let reasons = ledger.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (reason, count) in reasons { table.add([reason, "\(count)"]) }
        return table
    }
}
