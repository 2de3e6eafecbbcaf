import Testing
import WirecopyClient
import WirecopyMessages
import WirecopyWorker

@Suite(.timeLimit(.minutes(1)))
struct ReconnectionTests {
    @Test func `finished work that was not settled is told again`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(broker: broker)
        #expect(await broker.hello().held.isEmpty)
        _ = await broker.credit()
        try await broker.deliver([request("ok")])
        let first = await broker.done()
        try await broker.forgetPeer()
        #expect(await broker.hello().held == [lease(1)])
        #expect(await broker.done() == first)
        try await broker.settle([lease(1)], isFirst: false)
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `work goes on over a reconnection and its leases are named`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.hello()
        #expect(await broker.credit().messagesTotal == 2)
        try await broker.deliver([request("held"), request("ok", 2)])
        try await broker.forgetPeer()
        #expect(await broker.hello().held == [lease(1), lease(2)])
        bench.stage.gate.open()
        var finished: [LeaseID] = []
        while finished.count < 2 { finished += await broker.done().map(\.lease) }
        #expect(finished == [lease(1), lease(2)])
        try await broker.settle(finished)
        // Totals count from the new greeting on.
        var credit = await broker.credit()
        while credit.messagesTotal < 2 { credit = await broker.credit() }
        #expect(credit.messagesTotal == 2)
        bench.worker.stop()
        try await bench.end()
        #expect(await broker.acknowledged == [lease(1), lease(2)])
    }

    @Test func `leases that the new broker does not confirm are dropped`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.hello()
        _ = await broker.credit()
        try await broker.deliver([request("patient"), request("ok", 2)])
        await broker.status { $0.busySlots == 1 }
        await broker.set(.forgetful)
        try await broker.forgetPeer()
        #expect(await broker.hello().held == [lease(1), lease(2)])
        await bench.stage.wasCancelled.wait()
        _ = await broker.credit()
        try await broker.deliver([request("ok", 3)], from: 3)
        #expect(await broker.done().map(\.lease) == [lease(3)])
        try await broker.settle([lease(3)])
        bench.worker.stop()
        try await bench.end()
        #expect(await broker.acknowledged == [lease(3)])
    }

    @Test func `a silent broker is greeted again until it answers`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(broker: broker) {
            $0.link.welcomeTimeout = .milliseconds(50)
            $0.link.silentHeartbeats = 3
        }
        _ = await broker.hello()
        await broker.set(.silent)
        while await broker.silentHellos < 2 { await Task.yield() }
        await broker.set(.welcoming)
        _ = await broker.hello()
        bench.cancel()
        try await bench.end()
    }

    @Test func `a broker that stops gets its work finished and is sought again`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 1, broker: broker)
        _ = await broker.hello()
        _ = await broker.credit()
        try await broker.deliver([request("held"), request("ok", 2)])
        try await broker.say(.drain)
        #expect(await broker.drained() == [lease(2)])
        bench.stage.gate.open()
        #expect(await broker.done().map(\.lease) == [lease(1)])
        try await broker.settle([lease(1)])
        await broker.bye()
        #expect(await broker.hello().held.isEmpty)
        #expect(await broker.credit().messagesTotal == 2)
        bench.worker.stop()
        try await bench.end()
    }
}
