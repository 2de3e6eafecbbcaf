import Testing
import WirecopyMessages
import WirecopyWorker

@Suite(.timeLimit(.minutes(1)))
struct LeaseTests {
    /// For calls that never end by themselves; any other may exceed it too on a loaded machine,
    /// and is then delivered again.
    private let timeLimit = Duration.milliseconds(200)

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
        await bench.stage.isPatient.wait()
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
        await broker.status { $0.leasesLostTotal == 1 }
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
            // One slot hangs; the other's calls may only look so.
            $0.hungSlotsMax = 3
        }
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("stubborn")])
        var done = [try await bench.broker.deliverUntilDone(request("ok", 2), at: 2)]
        let failure = try #require(await bench.broker.report(of: lease(1))?.failure)
        #expect(failure.code == .stageTimedOut)
        #expect(failure.disposition == .retry(after: nil))
        done += [try await bench.broker.deliverUntilDone(request("ok", 3), at: 3)]
        try await bench.broker.settle([lease(1)] + done)
        bench.stage.gate.open()
        bench.worker.stop()
        try await bench.end()
        #expect(await bench.broker.acknowledged == done)
    }

    @Test func `a call that notices its cancellation frees its slot`() async throws {
        let bench = try await WorkerBench(slots: 1) {
            $0.stageTimeLimit = timeLimit
            $0.hungSlotsMax = 2
        }
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("patient")])
        let done = try await bench.broker.deliverUntilDone(request("ok", 2), at: 2)
        #expect(await bench.broker.report(of: lease(1))?.failure.code == .stageTimedOut)
        try await bench.broker.settle([lease(1), done])
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
