import Testing
import WirecopyClient
import WirecopyMessages
import WirecopyWorker

/// A worker whose machine is in trouble eases off, and loses nothing by it.
@Suite(.timeLimit(.minutes(1))) struct EasingTests {
    private static let busy = StageFailure(.storeBusy, .retry(after: nil), "It is locked.")

    @Test func `trouble makes a worker rest, try one message, and go on when it is done`() {
        var generator = SeededGenerator(state: 1)
        var easing = Easing()
        #expect(easing.messagesMax == .max)
        let pause = easing.failed(Self.busy, using: &generator)
        #expect(pause.map { $0 <= .seconds(1) } ?? false)
        #expect(easing.messagesMax == 0)
        // Others that were in work fail for the same reason.
        let second = easing.failed(Self.busy, using: &generator)
        #expect(second == nil)
        easing.wake()
        #expect(easing.messagesMax == 1)
        let third = easing.failed(Self.busy, using: &generator)
        #expect(third != nil)
        easing.wake()
        let goesOn = [easing.succeeded(), easing.succeeded()]
        #expect(goesOn == [true, false])
        #expect(easing.messagesMax == .max)
    }

    @Test func `a message's own failure is no reason to rest`() {
        var generator = SeededGenerator(state: 1)
        var easing = Easing()
        for code in ErrorCode.allCases where !code.isExcused {
            let failure = StageFailure(code, .retry(after: nil), "It failed.")
            let pause = easing.failed(failure, using: &generator)
            #expect(pause == nil)
        }
        let final = StageFailure(.storeFailed, .bury, "It failed.")
        let pause = easing.failed(final, using: &generator)
        #expect(pause == nil)
        #expect(easing.messagesMax == .max)
    }

    @Test func `what was not begun is given back when the machine is in trouble`() async throws {
        let bench = try await WorkerBench(slots: 1) {
            // No try within this test.
            $0.pauses = Backoff(first: .seconds(3600), limit: .seconds(3600))
        }
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("locked"), request("ok", 2)])
        var failures: [QueueCommand.Failure] = []
        while failures.count < 2 { failures += await bench.broker.failures() }
        #expect(failures.map(\.lease) == [lease(1), lease(2)])
        #expect(failures.allSatisfy { $0.failure.code == .storeBusy })
        await bench.broker.status { $0.isResting }
        // What was on its way goes back as well.
        try await bench.broker.deliver([request("ok", 3)], from: 3)
        #expect(await bench.broker.failures().map(\.lease) == [lease(3)])
        bench.cancel()
    }

    @Test func `after a pause one message is tried, and all slots work once it is done`()
        async throws
    {
        let bench = try await WorkerBench(slots: 2) {
            $0.pauses = Backoff(first: .milliseconds(1), limit: .milliseconds(1))
        }
        #expect(await bench.broker.credit().messagesTotal == 4)
        try await bench.broker.deliver([request("locked")])
        #expect(await bench.broker.failures().map(\.lease) == [lease(1)])
        // The credit that was given before is enough for a try.
        try await bench.broker.deliver([request("ok", 2)], from: 2)
        var done: [LeaseID] = []
        while done.isEmpty {
            let command = await bench.broker.next { command -> QueueCommand? in
                switch command {
                case .done, .fail: command
                default: nil
                }
            }
            switch command {
            case .done(let completions): done = completions.map(\.lease)
            // It came before the pause was over.
            default: try await bench.broker.deliver([request("ok", 2)], from: 3)
            }
        }
        await bench.broker.status { !$0.isResting }
        bench.cancel()
    }

    @Test func `work that has no room at the broker is kept and said again`() async throws {
        let bench = try await WorkerBench(slots: 1)
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("ok")])
        let first = await bench.broker.done()
        #expect(first.map(\.lease) == [lease(1)])
        for _ in 1...2 {
            try await bench.broker.say(
                .settled([.init(lease: lease(1), isFirst: false, again: .milliseconds(1))])
            )
            #expect(await bench.broker.done() == first)
        }
        try await bench.broker.settle([lease(1)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `kept work counts as held, holds credit back and outlives a reconnection`() {
        var keeper = LeaseKeeper(messagesMax: 2, bytesMax: 1 << 20)
        #expect(keeper.takeCredit()?.messagesTotal == 2)
        let deliveries = (1...2).map {
            BrokerReply.Delivery(lease: lease($0), priority: .live, message: request("ok", $0))
        }
        keeper.receive(deliveries)
        for position in 1...2 {
            _ = keeper.start()
            _ = keeper.finish(lease(position), .done([]))
        }
        let reports = keeper.takeReports()
        let pause = keeper.settle(
            (1...2).map { .init(lease: lease($0), isFirst: false, again: .seconds($0)) }
        )
        #expect(pause == .seconds(2))
        #expect(keeper.held == [lease(1), lease(2)])
        #expect(!keeper.isQuiet)
        #expect(keeper.takeCredit()?.messagesTotal ?? 2 == 2)
        #expect(keeper.takeReports() == [])
        #expect(keeper.restart(held: []) == [])
        #expect(keeper.takeReports() == reports)
        keeper.settle((1...2).map { .init(lease: lease($0), isFirst: true) })
        #expect(keeper.isQuiet)
    }
}
