import WirecopyMessages

/// The state of the queue as tables: a row a stage, a row a worker, the ledger.
struct StatusScreen {
    private let now: BrokerStatus
    private let previous: BrokerStatus?

    /// Prepares a screen; rates are taken since `previous`, or since the broker started.
    init(_ now: BrokerStatus, previous: BrokerStatus?) {
        self.now = now
        self.previous = previous
    }

    /// The screen's lines, none longer than `columns`.
    func lines(columns: Int) -> [String] {
        let up = Quantity.duration(milliseconds: now.nowMs - now.startedAtMs)
        let head = "broker \(now.broker)   up \(up)"
        return [head, ""] + stageTable.lines(columns: columns) + unattendedLines + [""]
            + workerLines(columns: columns) + ["", ledgerLine]
    }

    private var stageTable: Table {
        var table = Table([
            ("STAGE", .left), ("WORKERS", .right), ("IN/S", .right), ("OUT/S", .right),
            ("READY", .right), ("LEASED", .right), ("DELAYED", .right), ("DEAD", .right),
            ("OLDEST", .right), ("QUEUE P50", .right), ("P95", .right), ("WORK P50", .right),
            ("P95", .right), ("RETRIED", .right),
        ])
        for stage in now.stages {
            let before = previous?.stages.first { $0.stage == stage.stage }
            let workers = now.workers.count { $0.stage == stage.stage }
            table.add([
                stage.stage.rawValue + (stage.isPaused ? " (paused)" : ""), "\(workers)",
                rate(stage.receivedTotal, before?.receivedTotal),
                rate(stage.doneTotal, before?.doneTotal), "\(stage.ready)", "\(stage.leased)",
                "\(stage.delayed)", "\(stage.dead)", Quantity.duration(milliseconds: stage.lagMs),
                "\(stage.queueMsP50) ms", "\(stage.queueMsP95) ms", "\(stage.serviceMsP50) ms",
                "\(stage.serviceMsP95) ms", "\(stage.retriedTotal)",
            ])
        }
        return table
    }

    /// Stages whose messages nobody takes: a worker is missing, or is of an older version.
    private var unattendedLines: [String] {
        now.stages.compactMap { stage in
            guard let since = stage.unattendedSinceMs else { return nil }
            let waited = Quantity.duration(milliseconds: max(0, now.nowMs - since))
            let count = Quantity.count(stage.ready, "message")
            return "\(stage.stage.rawValue): \(count) parked, no worker for \(waited)"
        }
    }

    private func workerLines(columns: Int) -> [String] {
        guard !now.workers.isEmpty else { return ["no workers"] }
        var table = Table([
            ("WORKER", .left), ("BUSY", .right), ("LEASED", .right), ("DONE", .right),
            ("RETRIED", .right), ("GIVEN UP", .right), ("CPU", .right), ("MEMORY", .right),
            ("SILENT", .right),
        ])
        for worker in now.workers {
            table.add([
                worker.peer, "\(worker.busySlots)/\(worker.slots)", "\(worker.leased)",
                "\(worker.doneTotal)", "\(worker.retriedTotal)", "\(worker.rejectedTotal)",
                Quantity.duration(milliseconds: worker.cpuMs),
                Quantity.bytes(worker.residentBytesMax),
                Quantity.duration(milliseconds: worker.silentMs),
            ])
        }
        return table.lines(columns: columns)
    }

    private var ledgerLine: String { LedgerLine(now.ledger).text }

    private func rate(_ total: Int, _ before: Int?) -> String {
        let since = previous?.nowMs ?? now.startedAtMs
        let seconds = max(0.001, Double(now.nowMs - since) / 1000)
        return Quantity.rate(Double(max(0, total - (before ?? 0))) / seconds)
    }
}

/// The ledger in one line: `entered 60 = 57 stored + 2 duplicate + 1 dead + 0 in flight; 0 lost`.
struct LedgerLine {
    /// The line.
    let text: String

    /// Writes a ledger as a sum.
    init(_ ledger: LedgerReport) {
        let parts = OutcomeKind.counts(ledger.count)
        let standing = ledger.standing > 0 ? ["\(ledger.standing) standing"] : []
        let sum = (parts + ["\(ledger.inFlight) in flight"] + standing).joined(separator: " + ")
        let verdict = ledger.isBalanced ? "balanced" : "NOT BALANCED"
        text = "entered \(ledger.entered) = \(sum); \(ledger.lost) lost; \(verdict)"
    }
}
