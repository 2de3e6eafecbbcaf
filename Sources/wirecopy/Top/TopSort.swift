import ArgumentParser
import WirecopyClient
import WirecopyMessages

/// What the rows of `top` are ordered by; a table without that column keeps its own order, stages
/// along the pipeline and workers by name.
enum TopSort: String, CaseIterable, ExpressibleByArgument {
    case name, `in`, out, backlog, oldest, retried, dead, busy, cpu, memory, silent

    /// The key that chooses it on the screen.
    var key: Character {
        switch self {
        case .name: "n"
        case .in: "i"
        case .out: "o"
        case .backlog: "b"
        case .oldest: "a"
        case .retried: "t"
        case .dead: "d"
        case .busy: "u"
        case .cpu: "c"
        case .memory: "m"
        case .silent: "s"
        }
    }

    /// Orders the stages of one broker, the greatest first unless reversed.
    func stages(_ history: StatusHistory, reversed: Bool) -> [StageReport] {
        let stages = history.latest?.stages ?? []
        let value: (StageReport) -> Double
        switch self {
        case .in: value = { history.inRate($0.stage) }
        case .out: value = { history.outRate($0.stage) }
        case .backlog: value = { Double($0.backlog) }
        case .oldest: value = { Double($0.lagMs) }
        case .retried: value = { Double($0.retriedTotal) }
        case .dead: value = { Double($0.dead) }
        case .name, .busy, .cpu, .memory, .silent: return reversed ? stages.reversed() : stages
        }
        return Self.ordered(stages, reversed, value) { "\($0.stage.rank)" }
    }

    /// Orders workers, the greatest first unless reversed.
    func workers(_ rows: [TopWorker], reversed: Bool) -> [TopWorker] {
        let value: (TopWorker) -> Double
        switch self {
        case .out, .in: value = { $0.outPerSecond }
        case .retried: value = { Double($0.report.retriedTotal) }
        case .dead: value = { Double($0.report.rejectedTotal) }
        case .busy: value = { Double($0.report.busySlots) }
        case .cpu: value = { Double($0.report.cpuMs) }
        case .memory: value = { Double($0.memory) }
        case .silent: value = { Double($0.report.silentMs) }
        case .backlog: value = { Double($0.report.leased) }
        case .name, .oldest: value = { _ in 0 }
        }
        return Self.ordered(rows, reversed, value) { "\($0.broker) \($0.report.peer)" }
    }

    private static func ordered<Row>(
        _ rows: [Row],
        _ reversed: Bool,
        _ value: (Row) -> Double,
        _ name: (Row) -> String
    ) -> [Row] {
        let sorted = rows.sorted { (value($1), name($0)) < (value($0), name($1)) }
        return reversed ? sorted.reversed() : sorted
    }
}

/// One worker of one broker.
struct TopWorker {
    let broker: String
    let report: WorkerReport
    let outPerSecond: Double

    /// Resident bytes; the most so far when the worker does not tell those of now.
    var memory: Int {
        report.residentBytes.flatMap { $0 > 0 ? $0 : nil } ?? report.residentBytesMax
    }
}

extension StageName {
    /// 0 for the first stage of the pipeline.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
