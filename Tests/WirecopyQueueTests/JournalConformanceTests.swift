import Testing
import WirecopyMessages
import WirecopyQueue

/// The journals that must hold the same suite.
enum JournalKind: CaseIterable, Sendable {
    case inMemory, log, simulated
}

/// A journal of either kind, with a directory that lives as long.
struct Bench {
    let journal: any Journal
    let directory: TemporaryDirectory
    var maker = MessageMaker()

    init(_ kind: JournalKind) throws {
        directory = try TemporaryDirectory()
        journal =
            switch kind {
            case .inMemory: InMemoryJournal()
            case .log: try LogJournal(directory: directory.path)
            case .simulated: try LogJournal(simulatedOn: SimulatedDisk(), options: .small)
            }
    }

    func commit(_ changes: JournalChange..., at now: Int = 1000) throws -> [JournalAnswer] {
        try journal.commit(changes, now: .ms(now))
    }

    func open(
        _ stage: StageName,
        _ priority: MessageClass = .live,
        after: Int = 0,
        limit: Int = 100
    ) throws -> [QueueEntry] {
        try journal.openEntries(
            RefillRequest(stage: stage, priority: priority, after: after, limit: limit)
        )
    }

    func failure(
        _ position: Int,
        attempt: Int = 1,
        _ next: FailedDelivery.Next,
        priority: MessageClass = .retry
    ) -> JournalChange {
        .fail(
            FailedDelivery(
                LeaseID(position: position, attempt: attempt),
                by: "fetch/one",
                code: .httpServerError,
                message: "The server said 503.",
                next: next,
                priority: priority
            )
        )
    }
}

@Suite struct JournalConformanceTests {
    @Test(arguments: JournalKind.allCases)
    func `a message that is appended is open and can be read back`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let message = bench.maker.request()
        let entry = try #require(try bench.commit(.append(message))[0].entry)
        #expect(entry.stage == .fetch)
        #expect(entry.bytes == message.contentBytes)
        #expect(entry.queuedAt == .ms(1000))
        #expect(try bench.open(.fetch) == [entry])
        #expect(try bench.journal.message(at: entry.position) == message)
    }

    @Test(arguments: JournalKind.allCases)
    func `a message that is known is not stored again`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let message = bench.maker.request()
        let answers = try bench.commit(.append(message), .append(message))
        #expect(answers[1] == .known)
        #expect(try bench.open(.fetch).count == 1)
    }

    @Test(arguments: JournalKind.allCases)
    func `a message that enters must be its own root`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let page = bench.maker.page(from: bench.maker.request())
        guard case .refused = try bench.commit(.append(page))[0] else {
            Issue.record("A page of an unknown root was taken.")
            return
        }
        #expect(try bench.open(.parse).isEmpty)
    }

    @Test(arguments: JournalKind.allCases)
    func `an acknowledgement closes the message and opens its output`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let request = bench.maker.request()
        let page = bench.maker.page(from: request, body: [9, 8, 7])
        let answers = try bench.commit(
            .append(request),
            .acknowledge(position: 1, outputs: [page])
        )
        let entry = try #require(answers[1].entry)
        #expect(entry.stage == .parse)
        #expect(try bench.open(.fetch).isEmpty)
        #expect(try bench.open(.parse) == [entry])
        #expect(try bench.journal.message(at: entry.position).attachments == [[9, 8, 7]])
    }

    @Test(arguments: JournalKind.allCases)
    func `the first acknowledgement wins`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let request = bench.maker.request()
        let first = bench.maker.page(from: request)
        let second = bench.maker.page(from: request)
        _ = try bench.commit(.append(request), .acknowledge(position: 1, outputs: [first]))
        #expect(
            try bench.commit(.acknowledge(position: 1, outputs: [second])) == [.unchanged]
        )
        #expect(try bench.open(.parse).count == 1)
    }

    @Test(arguments: JournalKind.allCases)
    func `an acknowledgement of nothing known changes nothing`(_ kind: JournalKind) throws {
        let bench = try Bench(kind)
        #expect(try bench.commit(.acknowledge(position: 77, outputs: [])) == [.unchanged])
        #expect(try bench.commit(bench.failure(77, .dead)) == [.unchanged])
        #expect(try bench.commit(.replay(position: 77, priority: .replay)) == [.unchanged])
        #expect(throws: QueueFailure.self) { try bench.journal.message(at: 77) }
        #expect(throws: QueueFailure.self) { try bench.journal.message(at: 0) }
    }

    @Test(arguments: JournalKind.allCases)
    func `outputs that lose the page are refused and the message stays open`(
        _ kind: JournalKind
    ) throws {
        var bench = try Bench(kind)
        let request = bench.maker.request()
        _ = try bench.commit(.append(request))
        let stranger = bench.maker.page(from: bench.maker.request())
        let broken = bench.maker.output(.outcome, from: request, data: Array("{}".utf8))
        let pair = [bench.maker.page(from: request), bench.maker.page(from: request)]
        let page = bench.maker.page(from: request)
        for outputs in [[], [stranger], [broken], pair, [page, stranger]] {
            let answer = try bench.commit(.acknowledge(position: 1, outputs: outputs))[0]
            guard case .refused = answer else {
                Issue.record("\(outputs.count) outputs were taken.")
                return
            }
        }
        #expect(try bench.open(.fetch).map(\.position) == [1])
        #expect(try bench.open(.parse).isEmpty)
    }

    @Test(arguments: JournalKind.allCases)
    func `further pages enter beside the one that is carried on`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let feed = bench.maker.request("https://news.example/feed")
        let outputs = [
            bench.maker.request("https://news.example/1"),
            bench.maker.stored(from: feed),
            bench.maker.request("https://news.example/2"),
        ]
        let answers = try bench.commit(
            .append(feed),
            .acknowledge(position: 1, outputs: outputs)
        )
        guard case .acknowledged(let entries) = answers[1] else {
            Issue.record("\(answers[1])")
            return
        }
        #expect(entries.map { $0 == nil } == [false, true, false])
        #expect(try bench.open(.fetch).count == 2)
    }

    @Test(arguments: JournalKind.allCases)
    func `a failed delivery is delayed under its new class`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let answers = try bench.commit(
            .append(bench.maker.request()),
            bench.failure(1, attempt: 2, .delayed(until: .ms(9000)))
        )
        #expect(answers[1] == .failed)
        #expect(try bench.open(.fetch, .live).isEmpty)
        let entry = try #require(try bench.open(.fetch, .retry).first)
        #expect(entry.attempts == 2)
        #expect(entry.notBefore == .ms(9000))
        #expect(try bench.journal.openEntries(at: [1, 2]) == [entry])
    }

    @Test(arguments: JournalKind.allCases)
    func `a dead message is open no more and can be replayed`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        _ = try bench.commit(.append(bench.maker.request()), bench.failure(1, .dead))
        #expect(try bench.open(.fetch, .retry).isEmpty)
        #expect(try bench.journal.state().deadCounts == [.fetch: 1])
        guard
            case .replayed(let entry, let wasDead) =
                try bench.commit(.replay(position: 1, priority: .retry))[0]
        else {
            Issue.record("The message was not replayed.")
            return
        }
        #expect(wasDead)
        #expect(entry.attempts == 0)
        #expect(try bench.open(.fetch, .retry) == [entry])
        #expect(try bench.journal.state().deadCounts.isEmpty)
    }

    @Test(arguments: JournalKind.allCases)
    func `a replay of an open message changes nothing`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let before = try bench.commit(.append(bench.maker.request()))[0].entry
        #expect(try bench.commit(.replay(position: 1, priority: .replay)) == [.unchanged])
        #expect(try bench.open(.fetch).first == before)
    }

    @Test(arguments: JournalKind.allCases)
    func `an output that was stored before is opened again, not lost`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let request = bench.maker.request()
        let page = bench.maker.page(from: request)
        let end = bench.maker.stored(from: page)
        _ = try bench.commit(
            .append(request),
            .acknowledge(position: 1, outputs: [page]),
            .acknowledge(position: 2, outputs: [end]),
            .replay(position: 1, priority: .replay),
            .acknowledge(position: 1, outputs: [page])
        )
        #expect(try bench.open(.parse).map(\.position) == [2])
    }

    @Test(arguments: JournalKind.allCases)
    func `refills come in order and in slices`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        for _ in 1...7 { _ = try bench.commit(.append(bench.maker.request())) }
        #expect(try bench.open(.fetch, after: 0, limit: 3).map(\.position) == [1, 2, 3])
        #expect(try bench.open(.fetch, after: 3, limit: 3).map(\.position) == [4, 5, 6])
        #expect(try bench.open(.fetch, after: 6, limit: 3).map(\.position) == [7])
        #expect(try bench.open(.store).isEmpty)
    }

    @Test(arguments: JournalKind.allCases)
    func `the state counts what is open and what is held`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        _ = try bench.commit(
            .append(bench.maker.request()),
            .append(bench.maker.request()),
            bench.failure(2, .delayed(until: .ms(5))),
            .pause(.store, true),
            .pause(.parse, true),
            .pause(.parse, false)
        )
        let state = try bench.journal.state()
        #expect(
            state.openCounts == [
                .init(stage: .fetch, priority: .live, messages: 1),
                .init(stage: .fetch, priority: .retry, messages: 1),
            ]
        )
        #expect(state.paused == [.store])
    }
}
