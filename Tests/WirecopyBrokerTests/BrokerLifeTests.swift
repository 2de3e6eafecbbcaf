import Glibc
import Logging
import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

@Suite(.timeLimit(.minutes(2))) struct BrokerLifeTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a worker keeps its lease over a restart of the broker`() async throws {
        let request = Pages.request()
        let first = try await RunningBroker.start(directory)
        let before = try await RawPeer.connect(to: first.endpoint)
        try await before.greet("fetch/1", .fetch, credit: 1)
        _ = try await before.publish([request])
        let lease = try #require(try await before.deliveries().first).lease
        try await first.stop()
        let second = try await RunningBroker.start(directory) { configuration in
            configuration.limits.reclaimGrace = .seconds(60)
        }
        let after = try await RawPeer.connect(to: second.endpoint)
        let unknown = LeaseID(position: 500, attempt: 1)
        let welcome = try await after.greet("fetch/1", .fetch, held: [lease, unknown])
        #expect(welcome.held == [lease])
        #expect(try await after.finish(lease, [Pages.end(request)]))
        try await second.stop()
    }

    @Test func `what was open when the broker died is delivered by the next`() async throws {
        let request = Pages.request()
        let page = Pages.page(from: request, bytes: 5000)
        let first = try await RunningBroker.start(directory)
        let before = try await RawPeer.connect(to: first.endpoint)
        try await before.greet("fetch/1", .fetch, credit: 2)
        _ = try await before.publish([request, Pages.request(2)])
        let lease = try #require(try await before.deliveries().first).lease
        #expect(try await before.finish(lease, [page]))
        let crashed = try directory.crashCopy()
        let second = try await RunningBroker.start(crashed)
        let parser = try await RawPeer.connect(to: second.endpoint)
        try await parser.greet("parse/1", .parse, credit: 1)
        #expect(try await parser.deliveries().map(\.message) == [page])
        let fetcher = try await RawPeer.connect(to: second.endpoint)
        try await fetcher.greet("fetch/2", .fetch, credit: 2)
        let open = try await fetcher.deliveries().map(\.message.envelope.subject)
        #expect(open == ["https://news.example/2"])
        // A worker that did not hear SETTLED says DONE again.
        #expect(try await fetcher.finish(lease, [page]) == false)
        try await second.stop()
        try await first.stop()
    }

    @Test func `a graceful stop lets workers finish what they have`() async throws {
        let broker = try await RunningBroker.start(directory) { $0.stopGrace = .seconds(60) }
        let worker = try await RawPeer.connect(to: broker.endpoint)
        try await worker.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        _ = try await worker.publish([request, Pages.request(2)])
        let lease = try #require(try await worker.deliveries().first).lease
        broker.beginStop()
        _ = try await worker.hear { $0 == .drain }
        try await worker.say(.publish(request: 5, [Pages.request(3)]))
        let reply = try await worker.hear { if case .confirm(5, _) = $0 { true } else { false } }
        guard case .confirm(_, let confirmations) = reply,
            case .refused(.draining, _) = confirmations[0]
        else {
            Issue.record("\(reply)")
            return
        }
        #expect(try await worker.finish(lease, [Pages.end(request)]))
        try await broker.ended()
        let reports = try JournalReports(openingReadOnly: directory.path + "/queue")
        let ledger = try reports.ledger()
        #expect(ledger.outcomes == ["stored": 1])
        #expect(ledger.inFlight == 1)
        #expect(ledger.isBalanced)
    }

    @Test func `a broker that is stopped before it runs ends at once`() async throws {
        let configuration = BrokerConfiguration(journalDirectory: directory.path)
        let service = BrokerService(configuration: configuration, logger: .init(label: "test"))
        service.stop()
        try await service.run()
    }

    @Test func `a broker whose journal breaks ends with the reason`() async throws {
        let disk = SimulatedDisk()
        let broker = try await RunningBroker.start(directory) { configuration in
            configuration.journal.makeFiles = { _ in disk }
        }
        disk.fault = SimulatedDisk.Fault(at: 1, number: EIO, isLasting: true)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        try await peer.say(.publish(request: 1, [Pages.request()]))
        let failure = await #expect(throws: BrokerFailure.self) { try await broker.ended() }
        #expect(failure?.code == .journal(.journalBroken))
        let reports = try JournalReports(openingReadOnly: directory.path + "/queue")
        #expect(try reports.ledger().entered == 0)
    }

    @Test func `a stage stays paused over a restart`() async throws {
        let first = try await RunningBroker.start(directory)
        let before = try await RawPeer.connect(to: first.endpoint)
        try await before.greet("command/1")
        let _: NoArguments = try await before.ask(.pause, StageRequest(stage: .store))
        try await first.stop()
        let second = try await RunningBroker.start(directory)
        let after = try await RawPeer.connect(to: second.endpoint)
        try await after.greet("command/1")
        let status: BrokerStatus = try await after.ask(.status)
        #expect(status.stages.map(\.isPaused) == [false, false, false, true])
        try await second.stop()
    }
}
