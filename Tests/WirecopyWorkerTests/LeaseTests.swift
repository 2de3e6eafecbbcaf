import Testing
import WirecopyMessages
import WirecopyWorker

@Suite(.timeLimit(.minutes(1)))
struct LeaseTests {
    /// Long enough for a call that does nothing, however loaded the machine is.
    private let timeLimit = Duration.seconds(2)

    @Test func `leases are renewed while their messages wait or are in work`() async throws {
        let broker = try FakeBroker()
        await broker.setTimes(lease: 60)
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("held"), request("ok")])
        #expect(await broker.extend() == [lease(1), lease(2)])
        #expect(await broker.extend() == [lease(1), lease(2)])
        bench.stage.gate.open()
        var finished: [LeaseID] = []
        while finished.count < 2 { finished += await broker.done().map(\.lease) }
        #expect(finished == [lease(1), lease(2)])
        bench.cancel()
    }

    @Test func `work whose lease is lost is cancelled and not acknowledged`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("patient"), request("ok", 2)])
        try await broker.say(.extended(leaseMilliseconds: 60_000, lost: [lease(1)]))
        await bench.stage.wasCancelled.wait()
        #expect(await broker.done().map(\.lease) == [lease(2)])
        try await broker.settle([lease(2)])
        bench.worker.stop()
        try await bench.end()
        #expect(await broker.acknowledged == [lease(2)])
    }

    @Test func `a message that waits and is lost is not begun`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("held"), request("bury", 2)])
        try await broker.say(.extended(leaseMilliseconds: 60_000, lost: [lease(2)]))
        bench.stage.gate.open()
        #expect(await broker.done().map(\.lease) == [lease(1)])
        try await broker.settle([lease(1)])
        bench.worker.stop()
        try await bench.end()
        let hasFailed = await broker.history.contains { if case .fail = $0 { true } else { false } }
        #expect(!hasFailed)
    }

    @Test func `a call that takes too long is given back and does not block others`() async throws {
        let bench = try await WorkerBench(slots: 2) {
            $0.stageTimeLimit = timeLimit
            $0.hungSlotsMax = 2
        }
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("stubborn"), request("ok", 2)])
        #expect(await bench.broker.done().map(\.lease) == [lease(2)])
        let failure = try #require(await bench.broker.failures().first)
        #expect(failure.lease == lease(1))
        #expect(failure.failure.code == .stageTimedOut)
        #expect(failure.failure.disposition == .retry(after: nil))
        try await bench.broker.deliver([request("ok", 3)], from: 3)
        #expect(await bench.broker.done().map(\.lease) == [lease(3)])
        try await bench.broker.settle([lease(1), lease(2), lease(3)])
        bench.stage.gate.open()
        bench.worker.stop()
        try await bench.end()
        #expect(await bench.broker.acknowledged == [lease(2), lease(3)])
    }

    @Test func `a call that notices its cancellation frees its slot`() async throws {
        let bench = try await WorkerBench(slots: 1) { $0.stageTimeLimit = timeLimit }
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("patient"), request("ok", 2)])
        #expect(await bench.broker.failures().first?.failure.code == .stageTimedOut)
        #expect(await bench.broker.done().map(\.lease) == [lease(2)])
        try await bench.broker.settle([lease(1), lease(2)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `a worker whose slots hang gives the rest back and ends`() async throws {
        let bench = try await WorkerBench(slots: 2) {
            $0.stageTimeLimit = .milliseconds(20)
            $0.cancelPatience = .milliseconds(20)
            $0.hungSlotsMax = 2
        }
        _ = await bench.broker.credit()
        let messages = [request("stubborn"), request("stubborn", 2), request("ok", 3)]
        try await bench.broker.deliver(messages)
        var failed: [LeaseID] = []
        while failed.count < 2 { failed += await bench.broker.failures().map(\.lease) }
        #expect(failed.sorted { $0.position < $1.position } == [lease(1), lease(2)])
        try await bench.broker.settle(failed)
        #expect(await bench.broker.drained() == [lease(3)])
        await bench.broker.bye()
        // A real program ends here; the test lets the calls return to see the reason.
        await bench.abandoned.wait()
        bench.stage.gate.open()
        let failure = await #expect(throws: WorkerFailure.self) { try await bench.end() }
        #expect(failure == .slotsHung(count: 2, timeLimit: .milliseconds(20)))
    }
}
