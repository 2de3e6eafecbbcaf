import Testing
import WirecopyMessages
import WirecopyQueue

/// Unique keys, delays, kills and resting lanes, held by every journal.
@Suite struct JournalKeyTests {
    @Test(arguments: JournalKind.allCases)
    func `a key that is open is not stored a second time`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let first = bench.maker.poll("feed")
        let answers = try bench.commit(
            .append(first),
            .append(bench.maker.poll("feed")),
            .append(first),
            .append(bench.maker.poll("another"))
        )
        #expect(answers[1] == .duplicateKey(1))
        #expect(answers[2] == .known)
        #expect(answers[3].entry != nil)
        #expect(try bench.open(.fetch).count == 2)
    }

    @Test(arguments: JournalKind.allCases)
    func `a finished message frees its key for what it hands in`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let poll = bench.maker.poll("feed")
        let next = bench.maker.poll("feed")
        let answers = try bench.commit(
            .append(poll),
            .acknowledge(
                position: 1,
                outputs: [bench.maker.page(from: poll), next, bench.maker.poll("feed")]
            )
        )
        guard case .acknowledged(let entries) = answers[1] else {
            Issue.record("The poll was not finished: \(answers[1]).")
            return
        }
        #expect(entries.map { $0?.stage } == [.parse, .fetch, nil])
        #expect(try bench.open(.fetch).count == 1)
    }

    @Test(arguments: JournalKind.allCases)
    func `a key is held by a delayed message and freed by a dead one`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        _ = try bench.commit(.append(bench.maker.poll("feed")))
        _ = try bench.commit(bench.failure(1, .delayed(until: .ms(9000))))
        #expect(try bench.commit(.append(bench.maker.poll("feed"))) == [.duplicateKey(1)])
        _ = try bench.commit(bench.failure(1, attempt: 2, .dead))
        #expect(try bench.commit(.append(bench.maker.poll("feed")))[0].entry != nil)
        let replay = JournalChange.replay(position: 1, priority: .replay)
        #expect(try bench.commit(replay) == [.unchanged])
    }

    @Test(arguments: JournalKind.allCases)
    func `a message that carries a page on is never dropped`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let poll = bench.maker.poll("feed")
        var page = bench.maker.page(from: poll).envelope
        page.key = "page"
        let pages = [page, page].map { Message(envelope: $0, data: [], attachments: [[1]]) }
        let answers = try bench.commit(
            .append(poll),
            .acknowledge(position: 1, outputs: [pages[0]])
        )
        #expect(answers[1].entry?.stage == .parse)
    }

    @Test(arguments: JournalKind.allCases)
    func `a delayed message tells when it may be delivered`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        let entry = try #require(
            try bench.commit(.append(bench.maker.poll("feed", notBefore: .ms(1_600_000))))[0].entry
        )
        #expect(entry.notBefore == .ms(1_600_000))
        #expect(try bench.open(.fetch) == [entry])
    }

    @Test(arguments: JournalKind.allCases)
    func `the workers that a message killed stay with it`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        _ = try bench.commit(.append(bench.maker.request()))
        var failure = FailedDelivery(
            LeaseID(position: 1, attempt: 2),
            by: "fetch/two",
            code: .workerLost,
            message: "The worker fetch/two died.",
            next: .delayed(until: .ms(1000)),
            priority: .live
        )
        failure.killers = ["fetch/one", "fetch/two"]
        _ = try bench.commit(.fail(failure))
        #expect(try bench.open(.fetch)[0].killers == ["fetch/one", "fetch/two"])
    }

    @Test(arguments: JournalKind.allCases)
    func `a resting lane is remembered until it rests no more`(_ kind: JournalKind) throws {
        let bench = try Bench(kind)
        let answers = try bench.commit(
            .holdLane(.fetch, lane: "slow.example", until: .ms(90_000)),
            .holdLane(.fetch, lane: "slow.example", until: .ms(95_000)),
            .holdLane(.fetch, lane: "other.example", until: .ms(99_000)),
            .holdLane(.fetch, lane: "other.example", until: nil)
        )
        #expect(answers == Array(repeating: .laneHeld, count: 4))
        let holds = try bench.journal.state().laneHolds
        #expect(holds == [.init(stage: .fetch, lane: "slow.example", until: .ms(95_000))])
    }

    @Test(arguments: JournalKind.allCases)
    func `a refill can ask for one lane`(_ kind: JournalKind) throws {
        var bench = try Bench(kind)
        for lane in ["a.example", "b.example", "a.example"] {
            _ = try bench.commit(.append(bench.maker.request("https://\(lane)/", lane: lane)))
        }
        let request = RefillRequest(
            stage: .fetch,
            priority: .live,
            after: 0,
            limit: 10,
            lane: "a.example"
        )
        #expect(try bench.journal.openEntries(request).map(\.position) == [1, 3])
    }

    @Test func `keys, kills and holds survive a restart`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let first = try LogJournal(directory: directory.path)
        _ = try first.commit([.append(maker.poll("feed"))], now: .ms(1))
        _ = try first.commit([.holdLane(.fetch, lane: "a", until: .ms(5))], now: .ms(2))
        try first.close()
        let second = try LogJournal(directory: directory.path)
        #expect(try second.state().laneHolds == [.init(stage: .fetch, lane: "a", until: .ms(5))])
        let again = try second.commit([.append(maker.poll("feed"))], now: .ms(3))
        #expect(again == [.duplicateKey(1)])
    }
}
