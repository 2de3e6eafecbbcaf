import Testing
import WirecopyClient
import WirecopyMessages
import WirecopyWorker

@Suite(.timeLimit(.minutes(1)))
struct StopTests {
    @Test func `a stop gives back what was not begun and finishes the rest`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("held"), request("ok", 2)])
        await broker.status { $0.receivedTotal == 2 }
        bench.worker.stop()
        #expect(await broker.drained() == [lease(2)])
        bench.stage.gate.open()
        #expect(await broker.done().map(\.lease) == [lease(1)])
        try await broker.settle([lease(1)])
        await broker.bye()
        try await bench.end()
        #expect(await broker.acknowledged == [lease(1)])
    }

    @Test func `what the broker sends to a stopping worker comes back at once`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("held")])
        await broker.status { $0.receivedTotal == 1 }
        bench.worker.stop()
        #expect(await broker.drained().isEmpty)
        try await broker.deliver([request("ok", 2)], from: 2)
        #expect(await broker.drained() == [lease(2)])
        bench.stage.gate.open()
        try await broker.settle(await broker.done().map(\.lease))
        try await bench.end()
    }

    @Test func `work beyond the grace period is left and named`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker) {
            $0.grace = .milliseconds(20)
        }
        _ = await broker.credit()
        try await broker.deliver([request("patient")])
        await broker.status { $0.busySlots == 1 }
        bench.worker.stop()
        await broker.bye()
        let failure = await #expect(throws: WorkerFailure.self) { try await bench.end() }
        #expect(failure == .graceExceeded(count: 1, grace: .milliseconds(20)))
        #expect(await broker.acknowledged.isEmpty)
    }

    @Test func `a stop before any broker answered ends at once`() async throws {
        let bench = try await WorkerBench { $0.link.endpoint = "tcp://127.0.0.1:1" }
        bench.worker.stop()
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `cancelling the task stops the worker and its work`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([request("patient")])
        await broker.status { $0.busySlots == 1 }
        bench.cancel()
        await bench.stage.wasCancelled.wait()
        try await broker.settle(await broker.done().map(\.lease))
        await broker.bye()
        try await bench.end()
    }
}
