import Testing

@testable import WirecopyMessages

struct ReportTests {
    private func ledger(entered: Int, inFlight: Int, lost: Int = 0) -> LedgerReport {
        LedgerReport(
            entered: entered,
            inFlight: inFlight,
            openMessages: inFlight,
            lost: lost,
            outcomes: ["stored": 3, "dead": 1],
            reasons: ["http_gone": 1]
        )
    }

    @Test func `a ledger balances when entered is the sum of outcomes and in flight`() {
        #expect(ledger(entered: 6, inFlight: 2).isBalanced)
        #expect(!ledger(entered: 7, inFlight: 2).isBalanced)
        #expect(!ledger(entered: 6, inFlight: 2, lost: 1).isBalanced)
    }

    @Test func `a report survives its JSON, with keys in snake case`() throws {
        var stage = StageReport(stage: .parse)
        stage.queueMsP95 = 12
        let status = BrokerStatus(
            broker: "b",
            startedAtMs: 1,
            nowMs: 2,
            ledger: ledger(entered: 4, inFlight: 0),
            stages: [stage],
            workers: [WorkerReport(peer: "p", stage: .parse, stageVersion: "1.0")]
        )
        let json = try status.reportJSON()
        #expect(try BrokerStatus(reportJSON: json) == status)
        #expect(String(decoding: json, as: UTF8.self).contains("\"queue_ms_p95\":12"))
    }
}
