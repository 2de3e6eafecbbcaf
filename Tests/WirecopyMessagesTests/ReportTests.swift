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

    @Test func `a worker's report of an earlier broker is read`() throws {
        let json = """
            {"busy_slots":1,"cpu_ms":2,"done_total":3,"leased":0,"peer":"p","rejected_total":0,\
            "resident_bytes_max":4,"retried_total":0,"service_ms_total":5,"silent_ms":6,"slots":2,\
            "stage":"parse","stage_version":"1.0"}
            """
        let report = try WorkerReport(reportJSON: Array(json.utf8))
        #expect(report.slots == 2)
        #expect(report.isSilent == nil)
        #expect(report.lastErrorCode == nil)
    }

    @Test func `texts of a worker's status are cut short`() throws {
        let long = String(repeating: "x", count: 100_000)
        let json = "{\"host\":\"\(long)\",\"last_error_code\":\"\(long)\",\"version\":\"1\"}"
        let status = try WorkerStatus(json: Array(json.utf8))
        #expect(status.host.count == 300)
        #expect(status.lastError?.code.count == 300)
        #expect(status.lastError?.message == "")
        #expect(status.version == "1")
    }
}
