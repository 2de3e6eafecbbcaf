import Testing
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

@testable import wirecopy

/// What `top` makes of the answers of brokers.
struct TopTests {
    static func status(
        at seconds: Int,
        done: Int = 0,
        received: Int = 0,
        ready: Int = 0,
        workers: [WorkerReport] = [],
        startedAtMs: Int = 0
    ) -> BrokerStatus {
        let stages = StageName.allCases.map { name in
            var stage = StageReport(stage: name)
            guard name == .parse else { return stage }
            (stage.doneTotal, stage.receivedTotal, stage.ready) = (done, received, ready)
            return stage
        }
        return BrokerStatus(
            broker: "b",
            startedAtMs: startedAtMs,
            nowMs: seconds * 1000,
            ledger: LedgerReport(
                entered: received,
                inFlight: ready,
                openMessages: ready,
                lost: 0,
                outcomes: ["stored": received - ready],
                reasons: [:]
            ),
            stages: stages,
            workers: workers
        )
    }

    static func worker(_ peer: String, _ change: (inout WorkerReport) -> Void = { _ in })
        -> WorkerReport
    {
        var report = WorkerReport(peer: peer, stage: .parse, stageVersion: "1")
        report.isSilent = false
        change(&report)
        return report
    }

    static func board(_ looks: [BrokerStatus], endpoint: String = "tcp://a:1") -> TopBoard {
        let board = TopBoard(endpoints: [endpoint])
        for look in looks { board.add(.success(look), of: 0) }
        return board
    }

    static func text(
        _ looks: [BrokerStatus],
        _ choice: TopScreen.Choice = .init(),
        columns: Int = 300,
        rows: Int = .max
    ) -> [String] {
        TopScreen(board(looks).snapshot, choice).lines(columns: columns, rows: rows).map(\.text)
    }

    @Test(arguments: [
        (0, 5.0, 5.0, "empty"), (600, 1, 11, "empty in 60 s"), (1800, 0, 10, "empty in 3 min"),
        (72_000, 0, 10, "empty in 2 h"), (10, 5, 5, "steady"), (10, 9, 5, "grows"),
        (10, 0, 0, "stands still"), (10, 1, 0, "grows"), (1, 0, 100, "empty in 1 s"),
        (4_000_000, 0, 10, "empty in 5 d"),
    ])
    func `the drain time follows from backlog and rates`(
        _ backlog: Int,
        _ incoming: Double,
        _ outgoing: Double,
        _ text: String
    ) {
        let drain = DrainTime(backlog: backlog, inPerSecond: incoming, outPerSecond: outgoing)
        #expect(drain.text == text)
    }

    @Test func `rates are taken over the last ten seconds`() {
        var history = StatusHistory()
        for second in 0...30 {
            let done = second <= 20 ? 0 : (second - 20) * 7
            history.add(Self.status(at: second, done: done, received: second * 2, ready: 140))
        }
        #expect(history.outRate(.parse) == 7)
        #expect(history.inRate(.parse) == 2)
        #expect(history.outRate(.fetch) == 0)
        #expect(history.outRates(.parse).suffix(12) == [0, 0] + Array(repeating: 7, count: 10))
    }

    @Test func `a broker that was started again begins anew, and no rate is below 0`() {
        var history = StatusHistory()
        history.add(Self.status(at: 1, done: 500))
        history.add(Self.status(at: 2, done: 600))
        #expect(history.outRate(.parse) == 100)
        history.add(Self.status(at: 3, done: 1, startedAtMs: 2500))
        #expect(history.outRate(.parse) == 0)
        history.add(Self.status(at: 4, done: 3, startedAtMs: 2500))
        #expect(history.outRate(.parse) == 2)
    }

    @Test func `looks are bounded`() {
        var history = StatusHistory()
        for second in 0..<500 { history.add(Self.status(at: second, done: second)) }
        #expect(history.outRates(.parse).count == StatusHistory.looksMax - 1)
    }

    @Test func `a sparkline fills its height and its width`() {
        #expect(Sparkline.text([0, 1, 2, 4, 8], width: 5) == "▁▂▃▅█")
        #expect(Sparkline.text([5], width: 3) == "  █")
        #expect(Sparkline.text([0, 0], width: 2) == "▁▁")
        #expect(Sparkline.text([1, 2, 3], width: 2) == "▆█")
        #expect(Sparkline.text([], width: 2) == "  ")
    }

    @Test func `a silent worker and a stage without workers are told`() throws {
        let silent = Self.worker("parse/a") { ($0.isSilent, $0.silentMs) = (true, 21_000) }
        let lines = Self.text([Self.status(at: 1, received: 9, ready: 9, workers: [silent])])
        let stage = try #require(lines.first { $0.hasPrefix("parse ") })
        #expect(stage.contains("0 + 1 silent"))
        #expect(stage.contains("no workers"))
        #expect(lines.contains { $0.hasPrefix("parse/a") && $0.contains("SILENT 21 s") })
        let styles = TopScreen(
            Self.board([
                Self.status(at: 1, received: 9, ready: 9, workers: [silent])
            ]).snapshot
        ).lines(columns: 300).filter { $0.style == .alarm }
        #expect(styles.count == 2)
    }

    @Test(arguments: [
        (TopSort.name, ["a", "b", "c"]), (.cpu, ["c", "b", "a"]), (.busy, ["b", "a", "c"]),
        (.silent, ["a", "c", "b"]), (.memory, ["c", "a", "b"]),
    ])
    func `workers are ordered as chosen`(_ sort: TopSort, _ order: [String]) {
        let workers = [
            Self.worker("b") { ($0.cpuMs, $0.busySlots, $0.silentMs) = (2, 9, 1) },
            Self.worker("a") { ($0.cpuMs, $0.busySlots, $0.silentMs) = (1, 3, 9) },
            Self.worker("c") { ($0.cpuMs, $0.silentMs, $0.residentBytes) = (3, 2, 7) },
        ]
        let rows = workers.map { TopWorker(broker: "x", report: $0, outPerSecond: 0) }
        #expect(sort.workers(rows, reversed: false).map(\.report.peer) == order)
        #expect(sort.workers(rows, reversed: true).map(\.report.peer) == order.reversed())
    }

    @Test func `stages are ordered by backlog, or along the pipeline`() {
        var history = StatusHistory()
        history.add(Self.status(at: 1, received: 5, ready: 5))
        let by = { (sort: TopSort) in sort.stages(history, reversed: false).map(\.stage) }
        #expect(by(.backlog) == [.parse, .fetch, .extract, .store])
        #expect(by(.name) == StageName.allCases)
        #expect(by(.cpu) == StageName.allCases)
    }

    @Test(arguments: [(20, 5), (40, 10), (60, 12), (80, 24), (100, 30), (200, 70), (1, 1), (0, 0)])
    func `every line fits every terminal, and so does their number`(_ columns: Int, _ rows: Int) {
        let workers = (0..<50).map { number in
            Self.worker("parse/host-\(number)") { report in
                report.lastErrorCode = "no_main_text"
                report.lastErrorMessage = String(repeating: "word ", count: 40)
            }
        }
        let looks = (0..<5).map {
            Self.status(at: $0, done: $0 * 9, received: 90, ready: 50, workers: workers)
        }
        for help in [false, true] {
            let lines = Self.text(looks, .init(showsHelp: help), columns: columns, rows: rows)
            #expect(lines.count <= rows)
            if columns > 1 { #expect(lines.allSatisfy { $0.count <= columns }) }
        }
        guard columns >= 60, rows >= 12 else { return }
        let lines = Self.text(looks, columns: columns, rows: rows)
        for title in ["STAGE", "OUT/S", "BACKLOG", "DRAIN", "DEAD"] {
            #expect(lines.contains { $0.contains(title) }, "\(title) is shown at \(columns).")
        }
        #expect(lines.contains { $0.contains("more workers") } == (rows < 61))
    }

    @Test func `a broker that is away stands beside one that is there`() {
        let board = TopBoard(endpoints: ["tcp://a:1", "tcp://b:2"])
        board.add(.success(Self.status(at: 1, workers: [Self.worker("parse/x")])), of: 0)
        board.add(.failure(ProgramFailure(.unavailable, "Nobody answers.")), of: 1)
        let lines = TopScreen(board.snapshot).lines(columns: 200).map(\.text)
        #expect(lines.contains("broker tcp://b:2   AWAY: Nobody answers."))
        #expect(lines.contains { $0.hasPrefix("broker tcp://a:1   up 1 s") })
        #expect(lines.contains { $0.hasPrefix("parse/x") && $0.contains("tcp://a:1") })
        // What was last known stays when a broker goes away.
        board.add(.failure(ProgramFailure(.unavailable, "Gone.")), of: 0)
        let later = TopScreen(board.snapshot).lines(columns: 200)
        #expect(
            later.contains { $0.text == "broker tcp://a:1   AWAY: Gone." && $0.style == .alarm }
        )
        #expect(later.contains { $0.text.hasPrefix("parse/x") })
    }

    @Test func `keys choose, and q quits`() {
        var choice = TopScreen.Choice()
        for (key, expected) in [
            ("b", TopScreen.Choice(sort: .backlog)),
            ("r", .init(sort: .backlog, isReversed: true)),
            ("w", .init(sort: .backlog, isReversed: true, showsWorkers: false)),
            ("x", .init(sort: .backlog, isReversed: true, showsWorkers: false)),
        ] as [(Character, TopScreen.Choice)] {
            let goesOn = choice.take(key)
            #expect(goesOn)
            #expect(choice == expected)
        }
        let goesOn = choice.take("q")
        #expect(!goesOn)
        let keys = TopSort.allCases.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(Set(keys).isDisjoint(with: ["q", "h", "r", "w", " ", "?"]))
    }

    @Test func `a look as JSON carries rates, estimate and status`() throws {
        let looks = (0...4).map {
            Self.status(at: $0, done: $0 * 5, received: 60, ready: 40, workers: [Self.worker("p")])
        }
        let report = TopReport(Self.board(looks).snapshot[0])
        let parse = try #require(report.rates.first { $0.stage == .parse })
        #expect(parse.outPerSecond == 5)
        #expect(parse.drainMs == 8000)
        #expect(parse.drain == "empty in 8 s")
        #expect(parse.workers == 1)
        #expect(try TopReport(reportJSON: report.reportJSON()) == report)
    }
}
