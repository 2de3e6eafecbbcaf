import WirecopyClient
import WirecopyMessages

/// The screen of `top`: a row a stage, a row a worker, for each broker.
///
/// Pure: what is known goes in, lines that fit come out.
struct TopScreen {
    /// How a line looks; the text alone says the same.
    enum Style { case plain, title, heading, alarm, faint }

    /// One line of the screen.
    struct Line: Equatable {
        let text: String
        let style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// What the operator chose.
    struct Choice: Equatable {
        var sort = TopSort.name
        var isReversed = false
        var showsWorkers = true
        var showsHelp = false
        var isPaused = false
    }

    /// Widest sparkline: a minute of looks each second, in pairs; older ones say little.
    private static let sparklineWidth = 30

    private let entries: [TopBoard.Entry]
    private let choice: Choice

    init(_ entries: [TopBoard.Entry], _ choice: Choice = Choice()) {
        self.entries = entries
        self.choice = choice
    }

    /// All lines, none longer than `columns`, at most `rows`; workers give way first.
    func lines(columns: Int, rows: Int = .max) -> [Line] {
        if choice.showsHelp { return Self.cut(Self.help, columns, rows) }
        var lines = [Line(headline, .title)]
        for entry in entries { lines += stageLines(entry, columns) }
        if choice.showsWorkers {
            lines += workerLines(columns, rows: rows - lines.count)
        }
        return Self.cut(lines, columns, rows)
    }

    private static func cut(_ lines: [Line], _ columns: Int, _ rows: Int) -> [Line] {
        lines.prefix(max(0, rows)).map { line in
            guard line.text.count > columns, columns > 1 else { return line }
            return Line(line.text.prefix(columns - 1) + "…", line.style)
        }
    }

    private static let help: [Line] =
        [
            Line("wirecopy top: keys", .title),
            Line("  q or Ctrl-C   quit"),
            Line("  space         hold the screen still, and go on"),
            Line("  w             show or hide the workers"),
            Line("  r             reverse the order"),
            Line("  h or ?        this page"),
            Line("order by:", .heading),
        ]
        + TopSort.allCases.map { Line("  \($0.key)             \($0.rawValue)") }

    private var headline: String {
        let order = choice.sort.rawValue + (choice.isReversed ? ", reversed" : "")
        let held = choice.isPaused ? "   HELD" : ""
        return "wirecopy top   by \(order)\(held)   h: keys  q: quit"
    }
}

// Stages.
extension TopScreen {
    private func stageLines(_ entry: TopBoard.Entry, _ columns: Int) -> [Line] {
        var lines = [Line("")]
        if let problem = entry.problem {
            lines.append(Line("broker \(entry.endpoint)   AWAY: \(problem)", .alarm))
        }
        guard let status = entry.history.latest else {
            return lines + (entry.problem == nil ? [Line("broker \(entry.endpoint)   asked")] : [])
        }
        let up = Quantity.duration(milliseconds: status.nowMs - status.startedAtMs)
        let drain = entry.history.drain.text
        lines.append(Line("broker \(entry.endpoint)   up \(up)   pages: \(drain)", .heading))
        let isSound = status.ledger.isBalanced && status.ledger.lost == 0
        lines.append(Line(LedgerLine(status.ledger).text, isSound ? .plain : .alarm))
        return lines + stageTable(entry.history, columns)
    }

    private func stageTable(_ history: StatusHistory, _ columns: Int) -> [Line] {
        var table = Table(
            [
                ("STAGE", .left), ("WORKERS", .right), ("IN/S", .right), ("OUT/S", .right),
                ("BACKLOG", .right), ("IN WORK", .right), ("OLDEST", .right), ("DRAIN", .left),
                ("WAIT P50", .right), ("WAIT P95", .right), ("WORK P50", .right),
                ("WORK P95", .right), ("RETRIED", .right), ("DEAD", .right),
                ("OUT/S, LATEST", .left),
            ],
            dropping: [
                "OUT/S, LATEST", "WAIT P50", "WORK P50", "WAIT P95", "IN WORK", "WORK P95",
                "OLDEST",
                "WORKERS", "RETRIED", "IN/S",
            ]
        )
        let stages = choice.sort.stages(history, reversed: choice.isReversed)
        for stage in stages { table.add(cells(stage, history)) }
        let lines = table.lines(columns: columns)
        return [Line(lines[0], .faint)]
            + zip(stages, lines.dropFirst()).map { stage, line in
                Line(line, isStuck(stage, history) ? .alarm : .plain)
            }
    }

    private func cells(_ stage: StageReport, _ history: StatusHistory) -> [String] {
        [
            stage.stage.rawValue + (stage.isPaused ? " (paused)" : ""), presence(stage, history),
            Quantity.rate(history.inRate(stage.stage)), Quantity.rate(history.outRate(stage.stage)),
            "\(stage.ready + stage.delayed)", "\(stage.leased)",
            Quantity.duration(milliseconds: stage.lagMs), drain(stage, history),
            "\(stage.queueMsP50) ms", "\(stage.queueMsP95) ms", "\(stage.serviceMsP50) ms",
            "\(stage.serviceMsP95) ms", Self.retried(stage), "\(stage.dead)",
            Sparkline.text(history.outRates(stage.stage), width: Self.sparklineWidth),
        ]
    }

    /// `7`, or `7 (3 excused)` when three were the machine's trouble and spent no attempt.
    private static func retried(_ stage: StageReport) -> String {
        let excused = stage.excusedTotal ?? 0
        return "\(stage.retriedTotal)" + (excused > 0 ? " (\(excused) excused)" : "")
    }

    /// `2`, or `1 + 1 silent`.
    private func presence(_ stage: StageReport, _ history: StatusHistory) -> String {
        let workers = history.latest?.workers.filter { $0.stage == stage.stage } ?? []
        let silent = workers.count { $0.hasFallenSilent }
        return silent == 0 ? "\(workers.count)" : "\(workers.count - silent) + \(silent) silent"
    }

    private func drain(_ stage: StageReport, _ history: StatusHistory) -> String {
        if isStuck(stage, history) { return "no workers" }
        if stage.isPaused, stage.backlog > 0 { return "held" }
        return history.drain(stage).text
    }

    private func isStuck(_ stage: StageReport, _ history: StatusHistory) -> Bool {
        let workers = history.latest?.workers ?? []
        return stage.backlog > 0
            && !workers.contains { $0.stage == stage.stage && !$0.hasFallenSilent }
    }
}

// Workers.
extension TopScreen {
    private var workers: [TopWorker] {
        let rows = entries.flatMap { entry in
            (entry.history.latest?.workers ?? []).map { report in
                TopWorker(
                    broker: entry.endpoint,
                    report: report,
                    outPerSecond: entry.history.rate(ofWorker: report.peer)
                )
            }
        }
        return choice.sort.workers(rows, reversed: choice.isReversed)
    }

    /// An empty line, a header, workers, and how many more there are.
    private func workerLines(_ columns: Int, rows: Int) -> [Line] {
        let workers = workers
        guard !workers.isEmpty else { return [Line(""), Line("no workers", .faint)] }
        let room = max(1, rows - 2)
        let count = workers.count <= room ? workers.count : max(0, room - 1)
        var table = workerTable
        for worker in workers.prefix(count) { table.add(cells(worker)) }
        let lines = table.lines(columns: columns)
        let heading = count > 0 ? [Line(lines[0], .faint)] : []
        let shown = zip(workers, lines.dropFirst()).map { worker, line in
            Line(line, worker.report.hasFallenSilent ? .alarm : .plain)
        }
        let rest = workers[count...]
        let silent = rest.count { $0.report.hasFallenSilent }
        let more = "… \(Quantity.count(rest.count, "more worker")), \(silent) of them silent"
        return [Line("")] + heading + shown
            + (rest.isEmpty ? [] : [Line(more, silent > 0 ? .alarm : .faint)])
    }

    private var workerTable: Table {
        let broker: [(String, Table.Alignment)] = entries.count > 1 ? [("BROKER", .left)] : []
        return Table(
            [("WORKER", .left)] + broker + [
                ("STATE", .left), ("BUSY", .right), ("OUT/S", .right), ("LEASED", .right),
                ("DONE", .right), ("RETRIED", .right), ("GIVEN UP", .right), ("CPU", .right),
                ("MEMORY", .right), ("UP", .right), ("VERSION", .left), ("LAST ERROR", .left),
            ],
            dropping: [
                "LAST ERROR", "VERSION", "UP", "LEASED", "CPU", "RETRIED", "GIVEN UP", "MEMORY",
                "DONE", "BROKER", "BUSY",
            ]
        )
    }

    private func cells(_ worker: TopWorker) -> [String] {
        let report = worker.report
        let broker = entries.count > 1 ? [worker.broker] : []
        return [report.peer] + broker + [
            Self.state(report), "\(report.busySlots)/\(report.slots)",
            Quantity.rate(worker.outPerSecond), "\(report.leased)", "\(report.doneTotal)",
            "\(report.retriedTotal)", "\(report.rejectedTotal)",
            Quantity.duration(milliseconds: report.cpuMs), Quantity.bytes(worker.memory),
            report.uptimeMs.map { Quantity.duration(milliseconds: $0) } ?? "",
            report.version ?? "", Self.lastError(report),
        ]
    }

    private static func state(_ report: WorkerReport) -> String {
        if report.hasFallenSilent {
            return "SILENT \(Quantity.duration(milliseconds: report.silentMs))"
        }
        if report.isDraining ?? false { return "drains" }
        if let hung = report.hungSlots, hung > 0 { return "\(hung) hung" }
        if report.isResting ?? false { return "rests" }
        return report.busySlots > 0 ? "works" : "waits"
    }

    private static func lastError(_ report: WorkerReport) -> String {
        guard let code = report.lastErrorCode else { return "" }
        return "\(code): \(report.lastErrorMessage ?? "")"
    }
}
