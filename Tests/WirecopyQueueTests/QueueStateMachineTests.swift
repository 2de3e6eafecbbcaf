import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// A queue with one worker, and helpers to bring message 1 into any state.
private struct Desk {
    var machine: QueueStateMachine
    var generator = SeededGenerator()
    let worker = "fetch/one"

    /// Lanes have their own tests; here messages of one host go as fast as workers take them.
    static let limits: QueueLimits = {
        var limits = QueueLimits()
        limits.laneLeasedMax = [:]
        return limits
    }()

    init(limits: QueueLimits = limits, credit: Int = 10, bytes: Int = 1 << 30) {
        machine = QueueStateMachine(limits: limits)
        join(worker, credit: credit, bytes: bytes)
    }

    mutating func join(
        _ name: String,
        held: [LeaseID] = [],
        credit: Int = 10,
        bytes: Int = 1 << 30,
        at now: Int = 0
    ) {
        _ = machine.join(
            .init(peer: name, stage: .fetch, held: held),
            for: .fetch,
            now: .ms(now)
        )
        machine.grant(.init(messagesTotal: credit, bytesTotal: bytes), to: name)
    }

    mutating func publish(
        _ position: Int,
        _ priority: MessageClass = .live,
        bytes: Int = 100,
        at now: Int = 0
    ) {
        machine.published(.entry(position, priority, bytes: bytes), now: .ms(now))
    }

    mutating func deliver(at now: Int = 0) -> [LeaseID] {
        machine.deliveries(countMax: 1000, now: .ms(now)).flatMap { $0.deliveries.map(\.lease) }
    }

    mutating func fail(
        _ lease: LeaseID,
        _ disposition: StageFailure.Disposition = .retry(after: .seconds(1)),
        at now: Int = 0
    ) -> QueueStateMachine.FailAction {
        machine.fail(
            .init(lease: lease, StageFailure(.stageFailed, disposition, "It failed.")),
            by: worker,
            now: .ms(now),
            using: &generator
        )
    }

    mutating func done(_ lease: LeaseID, at now: Int = 0) {
        machine.done([.init(lease: lease, outputs: [])], by: worker, now: .ms(now))
    }

    mutating func failed(
        _ lease: LeaseID,
        _ next: FailedDelivery.Next,
        isOpen: Bool = true
    ) {
        let failure = FailedDelivery(
            lease,
            by: worker,
            code: .stageFailed,
            message: "It failed.",
            next: next,
            priority: .retry
        )
        machine.failed(failure, isOpen: isOpen, now: .ms(10))
    }

    mutating func tick(at now: Int) -> QueueStateMachine.TickAction {
        machine.tick(now: .ms(now), using: &generator)
    }
}

extension QueueEntry {
    fileprivate static func entry(
        _ position: Int,
        _ priority: MessageClass = .live,
        bytes: Int = 100
    ) -> QueueEntry {
        QueueEntry(
            position: position,
            stage: .fetch,
            priority: priority,
            bytes: bytes,
            lane: "news.example",
            queuedAt: .ms(0)
        )
    }
}

@Suite struct QueueStateMachineTests {
    @Test func `a published message is delivered to a worker with credit`() {
        var desk = Desk()
        desk.publish(1)
        #expect(desk.deliver() == [LeaseID(position: 1, attempt: 1)])
        #expect(desk.deliver().isEmpty)
    }

    @Test func `nothing is delivered without credit`() {
        var desk = Desk(credit: 0)
        desk.publish(1)
        #expect(desk.deliver().isEmpty)
        desk.machine.grant(.init(messagesTotal: 1, bytesTotal: 1000), to: desk.worker)
        #expect(desk.deliver().count == 1)
    }

    @Test func `a doubled credit does no harm`() {
        var desk = Desk(credit: 0)
        for position in 1...3 { desk.publish(position) }
        for _ in 1...2 {
            desk.machine.grant(.init(messagesTotal: 1, bytesTotal: 1000), to: desk.worker)
        }
        #expect(desk.deliver().count == 1)
    }

    @Test func `a message larger than the whole credit goes alone`() {
        var desk = Desk(credit: 5, bytes: 1005)
        desk.publish(1, bytes: 2000)
        desk.publish(2, bytes: 10)
        #expect(desk.deliver().map(\.position) == [1])
        desk.done(LeaseID(position: 1, attempt: 1), at: 1)
        #expect(desk.deliver().map(\.position) == [2])
    }

    @Test func `workers take turns`() {
        var desk = Desk()
        desk.join("fetch/two")
        for position in 1...4 { desk.publish(position) }
        let actions = desk.machine.deliveries(countMax: 100, now: .ms(0))
        #expect(actions.map { $0.deliveries.map(\.lease.position) } == [[1, 3], [2, 4]])
    }

    @Test func `a replay of thousands does not delay live messages and still moves`() {
        var desk = Desk(credit: 21)
        for position in 1...100 { desk.publish(position, .replay) }
        for position in 101...200 { desk.publish(position, .live) }
        for position in 201...300 { desk.publish(position, .retry) }
        let positions = desk.deliver().map(\.position)
        #expect(positions.prefix(16).allSatisfy { 101...200 ~= $0 })
        #expect(positions.dropFirst(16).prefix(4).allSatisfy { 201...300 ~= $0 })
        #expect(positions.last == 1)
    }

    @Test func `beside a replay of a million live messages have sixteen turns of seventeen`() {
        var desk = Desk(credit: 340)
        var state = JournalState()
        state.openCounts = [.init(stage: .fetch, priority: .replay, messages: 1_000_000)]
        desk.machine.restore(state, now: .ms(0))
        for request in desk.machine.refills() {
            let entries = (1...request.limit).map { QueueEntry.entry($0, .replay) }
            desk.machine.refilled(request, entries, now: .ms(0))
        }
        _ = desk.tick(at: 1500)
        for position in 2_000_001...2_001_000 { desk.publish(position, at: 1500) }
        let positions = desk.deliver(at: 1500).map(\.position)
        #expect(positions.count == 340)
        #expect(positions.count { $0 > 2_000_000 } == 320)
        #expect(desk.machine.messages.count <= 11_000)
        #expect(desk.machine.stageReports(now: .ms(1500))[0].ready == 1_000_660)
    }

    @Test func `a paused stage delivers nothing until it is resumed`() {
        var desk = Desk()
        desk.publish(1)
        desk.machine.pause(.fetch, true)
        #expect(desk.deliver().isEmpty)
        #expect(desk.machine.stageReports(now: .ms(0))[0].isPaused)
        desk.machine.pause(.fetch, false)
        #expect(desk.deliver().count == 1)
    }

    @Test func `a lease that runs out makes the message ready again`() throws {
        var desk = Desk()
        desk.publish(1)
        _ = desk.deliver()
        desk.machine.heard(desk.worker, now: .ms(29_000))
        #expect(desk.tick(at: 29_999).failures.isEmpty)
        let failure = try #require(desk.tick(at: 30_000).failures.first)
        #expect(failure.code == .workerLost)
        desk.machine.failed(failure, isOpen: true, now: .ms(30_000))
        #expect(desk.deliver(at: 30_001) == [LeaseID(position: 1, attempt: 2)])
    }

    @Test func `an extended lease lasts longer`() {
        var desk = Desk()
        desk.publish(1)
        let lease = desk.deliver()[0]
        #expect(desk.machine.extend([lease], by: desk.worker, now: .ms(20_000)).isEmpty)
        desk.machine.heard(desk.worker, now: .ms(49_000))
        #expect(desk.tick(at: 49_000).failures.isEmpty)
        #expect(desk.tick(at: 50_000).failures.count == 1)
    }

    @Test func `a silent worker loses its leases and must greet again`() {
        var desk = Desk()
        desk.publish(1)
        _ = desk.deliver()
        let action = desk.tick(at: 6000)
        #expect(action.silent == [desk.worker])
        #expect(action.failures.map(\.lease.position) == [1])
        #expect(!desk.machine.isPresent(desk.worker))
        desk.publish(2)
        #expect(desk.deliver(at: 6001).isEmpty)
    }

    @Test func `a message that fails five times is given up`() {
        var desk = Desk()
        desk.publish(1)
        var now = 0
        for attempt in 1...5 {
            let lease = desk.deliver(at: now)[0]
            #expect(lease.attempt == attempt)
            guard case .persist(let failure) = desk.fail(lease, at: now) else {
                Issue.record("The failure of attempt \(attempt) was ignored.")
                return
            }
            #expect((failure.next == .dead) == (attempt == 5))
            desk.machine.failed(failure, isOpen: true, now: .ms(now))
            now += 1000
            desk.machine.heard(desk.worker, now: .ms(now))
            _ = desk.tick(at: now)
        }
        #expect(desk.machine.stageReports(now: .ms(now))[0].dead == 1)
        #expect(desk.deliver(at: now).isEmpty)
    }

    @Test func `a final failure is given up at once`() {
        var desk = Desk()
        desk.publish(1)
        guard case .persist(let failure) = desk.fail(desk.deliver()[0], .bury) else {
            Issue.record("The failure was ignored.")
            return
        }
        #expect(failure.next == .dead)
    }

    @Test func `a wait that the stage asks for is kept`() {
        var desk = Desk()
        desk.publish(1)
        let action = desk.fail(desk.deliver()[0], .retry(after: .seconds(90)), at: 500)
        guard case .persist(let failure) = action else {
            Issue.record("The failure was ignored.")
            return
        }
        #expect(failure.next == .delayed(until: .ms(90_500)))
        desk.machine.failed(failure, isOpen: true, now: .ms(500))
        #expect(desk.machine.nextDeadline == .ms(6000))
        desk.machine.heard(desk.worker, now: .ms(90_000))
        _ = desk.tick(at: 90_499)
        #expect(desk.deliver(at: 90_499).isEmpty)
        _ = desk.tick(at: 90_500)
        #expect(desk.deliver(at: 90_500).count == 1)
    }

    @Test func `a failed replay stays a replay and anything else becomes a retry`() {
        var desk = Desk()
        desk.publish(1, .live)
        desk.publish(2, .replay)
        let priorities = desk.deliver().map { lease -> MessageClass? in
            guard case .persist(let failure) = desk.fail(lease) else { return nil }
            return failure.priority
        }
        #expect(priorities == [.retry, .replay])
    }

    @Test func `work that is done too late still counts while the message is open`() {
        var desk = Desk()
        desk.publish(1)
        let lease = desk.deliver()[0]
        for failure in desk.tick(at: 30_000).failures {
            desk.machine.failed(failure, isOpen: true, now: .ms(30_000))
        }
        desk.done(lease, at: 30_001)
        desk.join("fetch/two", at: 30_001)
        #expect(desk.deliver(at: 30_002).isEmpty)
        desk.machine.settled(1, isFirst: true)
        #expect(desk.machine.stageReports(now: .ms(30_003))[0].doneTotal == 1)
    }

    @Test func `an acknowledgement that did not fit on the disk is offered again later`() {
        var desk = Desk()
        desk.publish(1)
        desk.done(desk.deliver()[0], at: 1)
        desk.machine.postponed(1, now: .ms(1))
        for moment in [5001, 10_001] {
            desk.machine.heard(desk.worker, now: .ms(moment))
            _ = desk.tick(at: moment)
            let again = moment == 5001 ? [] : [LeaseID(position: 1, attempt: 1)]
            #expect(desk.deliver(at: moment) == again)
        }
    }

    @Test func `a worker that comes back keeps what it names and loses the rest`() {
        var desk = Desk()
        desk.publish(1)
        desk.publish(2)
        let leases = desk.deliver()
        let action = desk.machine.join(
            .init(
                peer: desk.worker,
                stage: .fetch,
                held: [leases[0], .init(position: 9, attempt: 1)]
            ),
            for: .fetch,
            now: .ms(10)
        )
        #expect(action.held == [leases[0]])
        #expect(action.unknown == [LeaseID(position: 9, attempt: 1)])
        #expect(desk.machine.state(of: 1) == .leased)
        #expect(desk.machine.state(of: 2) == .ready)
    }

    @Test func `a lease that another worker has by now cannot be claimed`() {
        var desk = Desk()
        desk.publish(1)
        let lease = desk.deliver()[0]
        let action = desk.machine.join(
            .init(peer: "fetch/two", stage: .fetch, held: [lease]),
            for: .fetch,
            now: .ms(10)
        )
        #expect(action.held.isEmpty)
        #expect(desk.machine.workerReports(now: .ms(10)).map(\.leased) == [1, 0])
    }

    @Test func `a lease on a message that is only on disk is taken over`() {
        var desk = Desk()
        let lease = LeaseID(position: 7, attempt: 3)
        var entry = QueueEntry.entry(7)
        entry.attempts = 2
        let held = desk.machine.reclaim(
            [lease],
            by: desk.worker,
            open: [entry],
            now: .ms(0)
        )
        #expect(held == [lease])
        #expect(desk.machine.holds(lease, desk.worker))
    }

    @Test func `a draining worker gets nothing more and gives back what it has not begun`() {
        var desk = Desk(credit: 2)
        for position in 1...3 { desk.publish(position) }
        let leases = desk.deliver()
        desk.machine.grant(.init(messagesTotal: 9, bytesTotal: 1 << 30), to: desk.worker)
        desk.machine.drain(desk.worker, unstarted: [leases[1]], now: .ms(1))
        #expect(desk.deliver(at: 2).isEmpty)
        desk.join("fetch/two", at: 3)
        #expect(
            desk.deliver(at: 4) == [
                LeaseID(position: 2, attempt: 1), LeaseID(position: 3, attempt: 1),
            ]
        )
    }

    @Test func `a broker that stops delivers nothing`() {
        var desk = Desk()
        desk.publish(1)
        desk.machine.isDraining = true
        #expect(desk.deliver().isEmpty)
    }

    @Test func `a worker that was silent for long is forgotten`() {
        var desk = Desk()
        _ = desk.tick(at: 6000)
        #expect(desk.machine.workerReports(now: .ms(6000)).count == 1)
        _ = desk.tick(at: 606_000)
        #expect(desk.machine.workerReports(now: .ms(606_000)).isEmpty)
    }
}

/// What a message may be in when an event comes.
private enum Situation: String, CaseIterable {
    case absent, ready, leased, settling, delayed
}

private enum Event: String, CaseIterable {
    case done, fail, extend, release, leave, leaseEnd, delayEnd, settled, failed, greet, replayed
    case postponed, refused, finishedMeanwhile, gaveUp, silence, drain, disconnect
    case greetWithout, reclaim, pause, resume
}

@Suite struct QueueTransitionTests {
    /// The state of the message after each event; a row an event, a column a situation.
    private static let table: [Event: [OpenState?]] = [
        //          absent  ready    leased   settling delayed
        .done: [nil, .leased, .leased, .leased, .leased],
        .fail: [nil, .ready, .leased, .leased, .delayed],
        .extend: [nil, .ready, .leased, .leased, .delayed],
        .release: [nil, .ready, .ready, .leased, .delayed],
        .leave: [nil, .ready, .ready, .leased, .delayed],
        .leaseEnd: [nil, .ready, .leased, .leased, .ready],
        .delayEnd: [nil, .ready, .leased, .leased, .ready],
        .settled: [nil, nil, nil, nil, nil],
        .failed: [nil, .delayed, .delayed, .leased, .delayed],
        .greet: [nil, .leased, .leased, .leased, .delayed],
        .replayed: [.ready, .ready, .leased, .leased, .delayed],
        .postponed: [nil, .delayed, .delayed, .delayed, .delayed],
        .refused: [nil, .ready, .leased, .leased, .delayed],
        .finishedMeanwhile: [nil, nil, nil, nil, nil],
        .gaveUp: [nil, nil, nil, nil, nil],
        .silence: [nil, .ready, .leased, .leased, .ready],
        .drain: [nil, .ready, .ready, .leased, .delayed],
        .disconnect: [nil, .ready, .leased, .leased, .delayed],
        .greetWithout: [nil, .ready, .ready, .leased, .delayed],
        .reclaim: [.leased, .leased, .leased, .leased, .delayed],
        .pause: [nil, .ready, .leased, .leased, .delayed],
        .resume: [nil, .ready, .leased, .leased, .delayed],
    ]

    @Test(arguments: Event.allCases, Situation.allCases)
    private func `each event leads each state where the table says`(
        _ event: Event,
        _ situation: Situation
    ) throws {
        var desk = Desk()
        let lease = LeaseID(position: 1, attempt: 1)
        bring(&desk, into: situation)
        let before = desk.machine.unfinishedCount
        apply(event, lease, to: &desk)
        let expected = try #require(Self.table[event])
        let column = try #require(Situation.allCases.firstIndex(of: situation))
        #expect(desk.machine.state(of: 1) == expected[column], "\(event) when \(situation)")
        let report = desk.machine.stageReports(now: .ms(2000))[0]
        let total = report.ready + report.leased + report.delayed
        #expect(total == (desk.machine.state(of: 1) == nil ? 0 : 1), "counts; before \(before)")
    }

    private func bring(_ desk: inout Desk, into situation: Situation) {
        guard situation != .absent else { return }
        desk.publish(1)
        guard situation != .ready else { return }
        let lease = desk.deliver()[0]
        switch situation {
        case .settling: desk.done(lease, at: 0)
        case .delayed:
            guard case .persist(let failure) = desk.fail(lease) else { return }
            desk.machine.failed(failure, isOpen: true, now: .ms(0))
        case .absent, .ready, .leased: break
        }
    }

    private func apply(_ event: Event, _ lease: LeaseID, to desk: inout Desk) {
        switch event {
        case .done: desk.done(lease, at: 10)
        case .fail: _ = desk.fail(lease, at: 10)
        case .extend: _ = desk.machine.extend([lease], by: desk.worker, now: .ms(10))
        case .release: desk.machine.release([lease], by: desk.worker, now: .ms(10))
        case .leave: desk.machine.leave(desk.worker, now: .ms(10))
        case .leaseEnd:
            desk.machine.heard(desk.worker, now: .ms(30_000))
            _ = desk.tick(at: 30_000)
        case .delayEnd: _ = desk.tick(at: 1000)
        case .settled: desk.machine.settled(1, isFirst: true)
        case .failed: desk.failed(lease, .delayed(until: .ms(5000)))
        case .finishedMeanwhile: desk.failed(lease, .dead, isOpen: false)
        case .gaveUp: desk.failed(lease, .dead)
        case .greet: desk.join(desk.worker, held: [lease], at: 10)
        case .replayed: desk.machine.replayed(.entry(1), wasDead: false, now: .ms(10))
        default: applyMore(event, lease, to: &desk)
        }
    }

    private func applyMore(_ event: Event, _ lease: LeaseID, to desk: inout Desk) {
        switch event {
        case .postponed: desk.machine.postponed(1, now: .ms(10))
        case .refused:
            _ = desk.machine.refused(
                lease,
                StageFailure(.stageFailed, .retry(after: nil), "It was refused."),
                by: desk.worker,
                now: .ms(10),
                using: &desk.generator
            )
        case .silence: _ = desk.tick(at: 6000)
        case .drain: desk.machine.drain(desk.worker, unstarted: [lease], now: .ms(10))
        case .disconnect: desk.machine.disconnect(desk.worker)
        case .greetWithout: desk.join(desk.worker, at: 10)
        case .reclaim:
            _ = desk.machine.reclaim(
                [lease],
                by: desk.worker,
                open: [.entry(1)],
                now: .ms(10)
            )
        case .pause: desk.machine.pause(.fetch, true)
        case .resume: desk.machine.pause(.fetch, false)
        default: Issue.record("\(event) is not tried.")
        }
    }
}

@Suite struct QueueWindowTests {
    private static let limits: QueueLimits = {
        var limits = Desk.limits
        limits.windowMax = 10
        limits.windowLow = 4
        limits.reclaimGrace = .seconds(3)
        return limits
    }()

    @Test func `what does not fit in memory stays on disk and is read when memory runs low`() {
        var desk = Desk(limits: Self.limits, credit: 7)
        for position in 1...25 { desk.publish(position) }
        #expect(desk.machine.refills().isEmpty)
        #expect(desk.machine.stageReports(now: .ms(0))[0].ready == 25)
        #expect(desk.deliver().count == 7)
        let request = RefillRequest(stage: .fetch, priority: .live, after: 10, limit: 7)
        #expect(desk.machine.refills() == [request])
        #expect(desk.machine.refills().isEmpty)
        desk.machine.refilled(request, (11...17).map { .entry($0) }, now: .ms(1))
        #expect(desk.machine.stageReports(now: .ms(1))[0].ready == 18)
        desk.machine.grant(.init(messagesTotal: 30, bytesTotal: 1 << 30), to: desk.worker)
        #expect(desk.deliver(at: 2).map(\.position) == Array(8...17))
        let last = RefillRequest(stage: .fetch, priority: .live, after: 17, limit: 10)
        #expect(desk.machine.refills() == [last])
        desk.machine.refilled(last, (18...25).map { .entry($0) }, now: .ms(3))
        #expect(desk.deliver(at: 4).map(\.position) == Array(18...25))
        #expect(desk.machine.refills().isEmpty)
    }

    @Test func `a message that comes in during a refill is not lost`() {
        var desk = Desk(limits: Self.limits, credit: 20)
        for position in 1...11 { desk.publish(position) }
        _ = desk.deliver()
        let request = desk.machine.refills()[0]
        desk.publish(12)
        desk.machine.refilled(request, [.entry(11), .entry(12)], now: .ms(1))
        #expect(desk.deliver(at: 1).map(\.position) == [11, 12])
        desk.publish(13, at: 2)
        #expect(desk.deliver(at: 2).map(\.position) == [13])
    }

    @Test func `a replayed message before the window is found again`() {
        var desk = Desk(limits: Self.limits, credit: 30)
        for position in 101...111 { desk.publish(position, .replay) }
        desk.machine.replayed(.entry(5, .replay), wasDead: true, now: .ms(0))
        #expect(desk.machine.state(of: 5) == nil)
        #expect(desk.deliver().count == 10)
        let request = desk.machine.refills()[0]
        #expect(request.after == 4)
        desk.machine.replayed(.entry(3, .replay), wasDead: false, now: .ms(0))
        let found = [5] + Array(101...109)
        desk.machine.refilled(request, found.map { .entry($0, .replay) }, now: .ms(1))
        let next = desk.machine.refills()[0]
        #expect(next.after == 2)
        let rest = [3, 5] + Array(101...108)
        desk.machine.refilled(next, rest.map { .entry($0, .replay) }, now: .ms(1))
        #expect(Set(desk.deliver(at: 2).map(\.position)) == [3, 5])
        let tail = desk.machine.refills()[0]
        desk.machine.refilled(tail, (109...111).map { .entry($0, .replay) }, now: .ms(2))
        #expect(desk.deliver(at: 3).map(\.position) == [111])
        #expect(desk.machine.refills().isEmpty)
    }

    @Test func `after a restart workers may claim what is open before it is offered to others`() {
        var desk = Desk(limits: Self.limits, credit: 20)
        var state = JournalState()
        state.openCounts = [.init(stage: .fetch, priority: .live, messages: 2)]
        state.deadCounts = [.fetch: 4]
        state.paused = [.store]
        desk.machine.restore(state, now: .ms(0))
        let request = desk.machine.refills()[0]
        desk.machine.refilled(request, [.entry(1), .entry(2)], now: .ms(1))
        desk.publish(3, at: 2)
        #expect(desk.deliver(at: 2).isEmpty)
        #expect(desk.machine.nextDeadline == .ms(3000))
        desk.join("fetch/two", held: [LeaseID(position: 2, attempt: 1)], at: 100)
        _ = desk.tick(at: 3000)
        #expect(desk.deliver(at: 3000).map(\.position) == [1, 3])
        let reports = desk.machine.stageReports(now: .ms(3000))
        #expect(reports[0].dead == 4)
        #expect(reports[3].isPaused)
    }

    @Test func `time that opening the journal took is part of the grace, but not all of it`() {
        for (opening, opensAt) in [(0, 3000), (500, 3000), (2500, 3500), (4000, 5000)] {
            var desk = Desk(limits: Self.limits, credit: 20)
            var state = JournalState()
            state.openCounts = [.init(stage: .fetch, priority: .live, messages: 2)]
            desk.machine.restore(state, startedAt: .ms(0), now: .ms(opening))
            #expect(desk.machine.nextDeadline == .ms(opensAt))
        }
    }
}
