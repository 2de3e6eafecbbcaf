import Testing
import WirecopyMessages

@testable import WirecopyWorker

struct WorkerMeterTests {
    private static func at(_ seconds: Int) -> Instant { Instant(milliseconds: seconds * 1000) }

    @Test func `the last minute is counted, and nothing older`() {
        var recent = RecentCount()
        for second in 0..<120 { recent.add(at: Self.at(1_000_000 + second)) }
        #expect((55...60).contains(recent.total(at: Self.at(1_000_119))))
        #expect((25...30).contains(recent.total(at: Self.at(1_000_150))))
        #expect(recent.total(at: Self.at(1_000_200)) == 0)
        #expect(recent.total(at: Self.at(9_000_000)) == 0)
    }

    @Test func `a clock that is set back counts on`() {
        var recent = RecentCount()
        recent.add(at: Self.at(1_000_000))
        recent.add(at: Self.at(900_000))
        recent.add(at: Self.at(-5))
        #expect(recent.total(at: Self.at(1_000_001)) == 3)
        #expect(recent.total(at: Self.at(10)) == 3)
    }

    @Test func `failures are told by code, and the last one with its sentence, cut short`() {
        var meter = WorkerMeter(slots: 3)
        let long = String(repeating: "word ", count: 100)
        meter.reported(.failed(StageFailure(.httpGone, .bury, "Gone.")), at: Self.at(5))
        meter.reported(
            .failed(StageFailure(.connectionFailed, .retry(after: nil), long)),
            at: Self.at(7)
        )
        meter.reported(.done([]), at: Self.at(8))
        let status = meter.status(at: Self.at(9))
        #expect(status.rejectedTotal == 1)
        #expect(status.retriedTotal == 1)
        #expect(status.doneTotal == 1)
        #expect(status.finishedLastMinute == 3)
        #expect(status.lastError?.code == "connection_failed")
        #expect(status.lastError?.atMilliseconds == 7000)
        #expect(status.lastError?.message.count == 200)
    }

    @Test func `a first welcome is no reconnection`() {
        var meter = WorkerMeter(slots: 1)
        #expect(meter.status(at: Self.at(1)).reconnectionsTotal == 0)
        meter.welcomed()
        #expect(meter.status(at: Self.at(1)).reconnectionsTotal == 0)
        meter.welcomed()
        meter.welcomed()
        #expect(meter.status(at: Self.at(1)).reconnectionsTotal == 2)
        meter.lostLeases(2)
        meter.lostLeases(-1)
        #expect(meter.status(at: Self.at(1)).leasesLostTotal == 2)
    }
}
