import Foundation
import Testing
import WirecopyMessages

@testable import wirecopy

struct ConsoleTests {
    @Test(arguments: [
        (840, "840 ms"), (12_000, "12 s"), (185_000, "3:05 min"), (7_800_000, "2:10 h"),
        (400_000_000, "4 d"),
    ])
    func `a duration is told in its largest useful unit`(_ milliseconds: Int, _ text: String) {
        #expect(Quantity.duration(milliseconds: milliseconds) == text)
    }

    @Test func `sizes, rates, clocks and counts read as people write them`() {
        #expect(Quantity.bytes(512) == "512 B")
        #expect(Quantity.bytes(18_342) == "18.3 kB")
        #expect(Quantity.rate(0.04) == "0.0")
        #expect(Quantity.rate(41.4) == "41")
        #expect(Quantity.clock(.seconds(75)) == "01:15")
        #expect(Quantity.count(1, "page") == "1 page")
        #expect(Quantity.count(2, "page") == "2 pages")
    }

    @Test func `a table aligns its columns and cuts lines that are too long`() {
        var table = Table([("NAME", .left), ("COUNT", .right)])
        table.add(["parse", "7"])
        table.add(["extract", "1200"])
        #expect(table.lines(columns: 80) == ["NAME     COUNT", "parse        7", "extract   1200"])
        #expect(table.lines(columns: 10).allSatisfy { $0.count <= 10 })
    }

    @Test func `text of a page cannot steer the terminal`() {
        let hostile = "a\u{1B}[2Jb\u{202E}c\r\nd"
        #expect(Terminal.safe(hostile) == "a [2Jb c  d")
    }

    @Test func `moments are ages or dates`() throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(try Moment("90m", now: now).milliseconds == 994_600_000)
        #expect(try Moment("2d", now: now).milliseconds == 827_200_000)
        #expect(try Moment("1970-01-02", now: now).milliseconds == 86_400_000)
        for text in ["", "soon", "2y", "-3d", "1970-13-01"] {
            #expect(throws: (any Error).self) { try Moment(text, now: now) }
        }
    }

    private func ledger(_ outcomes: [String: Int], entered: Int, inFlight: Int) -> LedgerReport {
        LedgerReport(
            entered: entered,
            inFlight: inFlight,
            openMessages: inFlight,
            lost: 0,
            outcomes: outcomes,
            reasons: [:]
        )
    }

    @Test func `status names stages whose messages nobody takes`() {
        var stage = StageReport(stage: .parse)
        stage.ready = 12
        stage.unattendedSinceMs = 1_000_000
        let status = BrokerStatus(
            broker: "b",
            startedAtMs: 0,
            nowMs: 1_185_000,
            ledger: ledger([:], entered: 12, inFlight: 12),
            stages: [StageReport(stage: .fetch), stage],
            workers: []
        )
        let lines = StatusScreen(status, previous: nil).lines(columns: 120)
        #expect(lines.contains("parse: 12 messages parked, no worker for 3:05 min"))
        #expect(!lines.contains { $0.hasPrefix("fetch:") })
    }

    @Test func `a run counts what it changed, not what was there before`() {
        let before = ledger(["stored": 5, "dead": 1], entered: 6, inFlight: 0)
        let after = ledger(["stored": 7, "dead": 1, "unchanged": 1], entered: 10, inFlight: 1)
        let line = RunProgress(before: before).line(after)
        for part in ["4 pages", "2 stored", "1 unchanged", "1 in flight", "0 lost"] {
            #expect(line.contains(part), "\(line) tells \(part)")
        }
        #expect(!line.contains("dead"))
    }

    @Test func `the ledger is told as a sum, and says when it is none`() {
        let balanced = LedgerLine(ledger(["stored": 3], entered: 4, inFlight: 1)).text
        #expect(balanced == "entered 4 = 3 stored + 1 in flight; 0 lost; balanced")
        let broken = LedgerLine(ledger(["stored": 3], entered: 5, inFlight: 1)).text
        #expect(broken.contains("NOT BALANCED"))
    }

    @Test func `a program that keeps ending is started again ever more slowly, to a limit`() {
        var pause = RestartPause()
        let start = ContinuousClock.now
        let pauses = (0..<8).map { _ in pause.next(after: start) }
        #expect(pauses[0] == .milliseconds(100))
        #expect(pauses[1] == .milliseconds(200))
        #expect(pauses.last == .seconds(2))
    }
}
