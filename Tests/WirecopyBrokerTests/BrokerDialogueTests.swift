import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

@Suite(.timeLimit(.minutes(2))) struct BrokerDialogueTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a page goes from the publisher through two workers to its end`() async throws {
        let broker = try await RunningBroker.start(directory)
        let publisher = try await RawPeer.connect(to: broker.endpoint)
        try await publisher.greet("command/1")
        let fetcher = try await RawPeer.connect(to: broker.endpoint)
        try await fetcher.greet("fetch/1", .fetch, credit: 1)
        let parser = try await RawPeer.connect(to: broker.endpoint)
        try await parser.greet("parse/1", .parse, credit: 1)
        let request = Pages.request()
        #expect(try await publisher.publish([request]) == [.accepted])
        let fetch = try #require(try await fetcher.deliveries().first)
        #expect(fetch.message == request)
        #expect(fetch.lease.attempt == 1)
        let page = Pages.page(from: request)
        #expect(try await fetcher.finish(fetch.lease, [page]))
        let parse = try #require(try await parser.deliveries().first)
        #expect(parse.message == page)
        #expect(try await parser.finish(parse.lease, [Pages.end(page)]))
        let ledger: LedgerReport = try await publisher.ask(.ledger)
        #expect(ledger.outcomes == ["stored": 1])
        #expect(ledger.isBalanced)
        try await broker.stop()
    }

    @Test func `a message that is published twice is stored once`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        let request = Pages.request()
        #expect(try await peer.publish([request]) == [.accepted])
        #expect(
            try await peer.publish([request, Pages.request(2)], request: 2) == [
                .known, .accepted,
            ]
        )
        try await broker.stop()
    }

    @Test func `a lease that runs out is given to another and the first to finish wins`()
        async throws
    {
        let broker = try await RunningBroker.start(directory) { configuration in
            configuration.limits.lease = .milliseconds(100)
        }
        let first = try await RawPeer.connect(to: broker.endpoint)
        try await first.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        _ = try await first.publish([request])
        let lost = try #require(try await first.deliveries().first)
        let second = try await RawPeer.connect(to: broker.endpoint)
        try await second.greet("fetch/2", .fetch, credit: 1)
        let found = try #require(try await second.deliveries().first)
        #expect(found.lease == LeaseID(position: lost.lease.position, attempt: 2))
        #expect(found.priority == .retry)
        #expect(try await first.finish(lost.lease, [Pages.end(request)]))
        #expect(try await second.finish(found.lease, [Pages.end(request)]) == false)
        let trace: TraceReport = try await first.ask(
            .trace,
            TraceRequest(root: request.envelope.root.description)
        )
        let attempts = try #require(trace.lineages.first?.steps.first?.attempts)
        #expect(Set(attempts.map(\.code)) == ["worker_lost"])
        #expect(trace.lineages.first?.steps.map(\.state) == ["done", "done"])
        try await broker.stop()
    }

    @Test func `an extended lease is kept and a lost one is named`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch, credit: 1)
        _ = try await peer.publish([Pages.request()])
        let lease = try #require(try await peer.deliveries().first).lease
        let other = LeaseID(position: 99, attempt: 1)
        try await peer.say(.extend([lease, other]))
        let reply = try await peer.hear { if case .extended = $0 { true } else { false } }
        #expect(reply == .extended(leaseMilliseconds: 30_000, lost: [other]))
        try await broker.stop()
    }

    @Test func `a silent worker's message goes to another worker`() async throws {
        // The usual heartbeat: on a busy machine a shorter one takes the heir for silent too.
        let broker = try await RunningBroker.start(directory)
        let dying = try await RawPeer.connect(to: broker.endpoint)
        try await dying.greet("fetch/1", .fetch, credit: 1)
        _ = try await dying.publish([Pages.request()])
        _ = try await dying.deliveries()
        await dying.vanish()
        let heir = try await RawPeer.connect(to: broker.endpoint)
        try await heir.greet("fetch/2", .fetch, credit: 1)
        try await heir.beat(every: .milliseconds(500))
        #expect(try await heir.deliveries().first?.lease.attempt == 2)
        try await broker.stop()
    }

    @Test func `a worker that leaves gives its messages back uncounted`() async throws {
        let broker = try await RunningBroker.start(directory)
        let leaving = try await RawPeer.connect(to: broker.endpoint)
        try await leaving.greet("fetch/1", .fetch, credit: 2)
        _ = try await leaving.publish([Pages.request(1), Pages.request(2)])
        let leases = try await leaving.deliveries().map(\.lease)
        try await leaving.say(.drain(unstarted: [leases[1]]))
        try await leaving.say(.bye)
        let heir = try await RawPeer.connect(to: broker.endpoint)
        try await heir.greet("fetch/2", .fetch, credit: 2)
        var found: [LeaseID] = []
        while found.count < 2 { found += try await heir.deliveries().map(\.lease) }
        #expect(found.map(\.attempt) == [1, 1])
        try await broker.stop()
    }

    @Test func `what a worker buries becomes a dead letter and can be replayed`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch, credit: 2)
        let request = Pages.request()
        _ = try await peer.publish([request])
        let lease = try #require(try await peer.deliveries().first).lease
        let failure = StageFailure(.httpGone, .bury, "The page is gone.")
        try await peer.say(.fail([.init(lease: lease, failure)]))
        #expect(try await peer.settlements() == [.init(lease: lease, isFirst: true)])
        try await peer.say(.fail([.init(lease: lease, failure)]))
        #expect(try await peer.settlements() == [.init(lease: lease, isFirst: false)])
        let letters: DeadLetterReport = try await peer.ask(
            .deadLetters,
            DeadLetterRequest(position: lease.position)
        )
        #expect(letters.letters.first?.message == "The page is gone.")
        var replay = ReplayRequest()
        replay.outcome = "dead"
        replay.priority = .retry
        replay.dryRun = true
        let count: ReplayReport = try await peer.ask(.replay, replay)
        #expect((count.count, count.replayed) == (1, 0))
        replay.dryRun = false
        let report: ReplayReport = try await peer.ask(.replay, replay)
        #expect((report.count, report.replayed) == (1, 1))
        let again = try #require(try await peer.deliveries().first)
        #expect(again.priority == .retry)
        #expect(try await peer.finish(again.lease, [Pages.end(request)]))
        let ledger: LedgerReport = try await peer.ask(.ledger)
        #expect(ledger.outcomes == ["stored": 1])
        try await broker.stop()
    }

    @Test func `outputs that would lose the page are not taken`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        _ = try await peer.publish([request])
        let lease = try #require(try await peer.deliveries().first).lease
        #expect(try await peer.finish(lease, []) == false)
        let ledger: LedgerReport = try await peer.ask(.ledger)
        #expect(ledger.inFlight == 1)
        #expect(ledger.isBalanced)
        try await broker.stop()
    }

    @Test func `a paused stage delivers nothing until it is resumed`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch, credit: 1)
        let _: NoArguments = try await peer.ask(.pause, StageRequest(stage: .fetch))
        _ = try await peer.publish([Pages.request()])
        let status: BrokerStatus = try await peer.ask(.status)
        #expect(status.stages[0].isPaused)
        #expect(status.stages[0].ready == 1)
        #expect(status.workers.map(\.peer) == ["fetch/1"])
        let _: NoArguments = try await peer.ask(.resume, StageRequest(stage: .fetch))
        #expect(try await peer.deliveries().count == 1)
        try await broker.stop()
    }

    @Test func `a thousand messages pass in batches and the account balances`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch, credit: 1000)
        let requests = (1...1000).map { Pages.request($0) }
        _ = try await peer.publish(requests)
        var left = 1000
        while left > 0 {
            let deliveries = try await peer.deliveries()
            try await peer.say(
                .done(deliveries.map { .init(lease: $0.lease, outputs: [Pages.end($0.message)]) })
            )
            left -= deliveries.count
        }
        var settled = 0
        while settled < 1000 { settled += try await peer.settlements().count(where: \.isFirst) }
        let status: BrokerStatus = try await peer.ask(.status)
        #expect(status.ledger.outcomes == ["stored": 1000])
        #expect(status.ledger.isBalanced)
        #expect(status.stages[0].doneTotal == 1000)
        #expect(status.stages[0].leased == 0)
        try await broker.stop()
    }
}
