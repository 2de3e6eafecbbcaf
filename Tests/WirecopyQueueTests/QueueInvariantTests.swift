import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// Random dialogues with a journal that answers late but in order, as the broker's does.
///
/// Small bounds make every way to the disk and back a usual one.
private struct RandomDialogue {
    enum Job {
        case append(Message)
        case done([QueueCommand.Completion])
        case fail([FailedDelivery])
        case replay(Int, MessageClass)
        case refill(RefillRequest)
        case changes([JournalChange])
    }

    var machine: QueueStateMachine
    let journal = InMemoryJournal()
    var maker = MessageMaker()
    var generator: SeededGenerator
    var now = 1_000_000
    var jobs: [Job] = []
    var held: [(worker: String, lease: LeaseID)] = []
    var finished: [Int] = []
    var publishedCount = 0

    static let workers = ["fetch/a", "fetch/b", "fetch/c"]

    init(seed: UInt64) {
        generator = SeededGenerator(state: seed)
        machine = QueueStateMachine(limits: Self.limits)
    }

    static var limits: QueueLimits {
        var limits = QueueLimits()
        limits.windowMax = 20
        limits.windowLow = 6
        limits.delayedMax = 5
        limits.laneDepthDivisor = 4
        limits.lanesInTurnLow = 2
        limits.laneRefillsMax = 2
        return limits
    }

    mutating func step() throws {
        let worker = Self.workers[roll(Self.workers.count)]
        switch roll(20) {
        case 0..<5: try publish()
        case 5..<8: deliver()
        case 8..<11: finish(1 + roll(4), by: worker)
        case 11: fail(worker)
        case 12: try submit(.replay(1 + roll(publishedCount + 1), .replay))
        case 13: greet(worker, naming: roll(2) == 0)
        case 14: machine.leave(worker, now: .ms(now))
        case 15: extend(worker)
        case 16: giveBack(worker)
        case 17: try tick(at: now + roll(4000))
        case 18: if roll(20) == 0 { try restart() }
        default: try answer(roll(4))
        }
        try answer(roll(2))
    }

    /// Does what is left with a single worker, until the journal has nothing open.
    mutating func end() throws {
        for worker in Self.workers { machine.leave(worker, now: .ms(now)) }
        for _ in 0..<5000 {
            try answer(jobs.count)
            greet("fetch/last", naming: true)
            deliver()
            finish(held.count, by: "fetch/last")
            try answer(jobs.count)
            if try journal.state().openCounts.isEmpty, jobs.isEmpty { return }
            try tick(at: now + 1000)
        }
        Issue.record("Something stays open: \(try journal.state().openCounts).")
    }

    private mutating func roll(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    private mutating func submit(_ job: Job) throws { jobs.append(job) }

    private mutating func publish() throws {
        let lane = "host-\(min(roll(8), roll(8))).example"
        for _ in 0...roll(12) {
            let request = maker.request("https://\(lane)/", lane: lane)
            var envelope = request.envelope
            envelope.priority = roll(3) == 0 ? .replay : .live
            if roll(5) == 0 { envelope.notBefore = .ms(now + roll(20_000)) }
            jobs.append(.append(Message(envelope: envelope, data: request.data)))
            publishedCount += 1
        }
    }

    private mutating func deliver() {
        for request in machine.refills() { jobs.append(.refill(request)) }
        for action in machine.deliveries(countMax: 1 + roll(30), now: .ms(now)) {
            held += action.deliveries.map { (action.worker, $0.lease) }
        }
    }

    private mutating func finish(_ count: Int, by worker: String) {
        // Late ones, too: whatever was ever delivered to this worker may be reported.
        let mine = held.indices.filter { held[$0].worker == worker }.prefix(count)
        guard !mine.isEmpty else { return }
        let completions = mine.map { index in
            var completion = QueueCommand.Completion(lease: held[index].lease, outputs: [])
            completion.lanePause = roll(6) == 0 ? .milliseconds(roll(3000)) : nil
            return completion
        }
        for index in mine.reversed() { held.remove(at: index) }
        machine.done(completions, by: worker, now: .ms(now))
        jobs.append(.done(completions))
    }

    private mutating func fail(_ worker: String) {
        guard let index = held.firstIndex(where: { $0.worker == worker }) else { return }
        let lease = held.remove(at: index).lease
        let after: Duration? = roll(2) == 0 ? .milliseconds(roll(5000)) : nil
        let code: ErrorCode = roll(2) == 0 ? .httpRateLimited : .connectionFailed
        let failure = QueueCommand.Failure(lease: lease, .init(code, .retry(after: after), "No."))
        let action = machine.fail(failure, by: worker, now: .ms(now), using: &generator)
        if case .persist(let delivery) = action { jobs.append(.fail([delivery])) }
    }

    private mutating func greet(_ worker: String, naming: Bool) {
        let leases = naming ? held.filter { $0.worker == worker }.map(\.lease) : []
        let hello = QueueCommand.Hello(peer: worker, stage: .fetch, held: leases)
        _ = machine.join(hello, for: .fetch, now: .ms(now))
        machine.grant(.init(messagesTotal: 1 << 30, bytesTotal: 1 << 40), to: worker)
    }

    private mutating func extend(_ worker: String) {
        let leases = held.filter { $0.worker == worker }.map(\.lease)
        _ = machine.extend(leases, by: worker, now: .ms(now))
        machine.heard(worker, now: .ms(now))
    }

    private mutating func giveBack(_ worker: String) {
        let leases = held.filter { $0.worker == worker }.prefix(2).map(\.lease)
        machine.drain(worker, unstarted: Array(leases), now: .ms(now))
    }

    private mutating func tick(at moment: Int) throws {
        now = moment
        machine.heard("fetch/last", now: .ms(now))
        let action = machine.tick(now: .ms(now), using: &generator)
        if !action.failures.isEmpty { jobs.append(.fail(action.failures)) }
        if !action.endedHolds.isEmpty { jobs.append(.changes(action.endedHolds)) }
    }

    private mutating func restart() throws {
        try answer(roll(jobs.count + 1))
        jobs = []
        held = []
        machine = QueueStateMachine(limits: Self.limits)
        machine.restore(try journal.state(), now: .ms(now))
    }

    private mutating func answer(_ count: Int) throws {
        for _ in 0..<min(count, jobs.count) { try answer(jobs.removeFirst()) }
    }

    private mutating func answer(_ job: Job) throws {
        switch job {
        case .append(let message):
            if let entry = try commit([.append(message)])[0].entry {
                machine.published(entry, now: .ms(now))
            }
        case .done(let completions): try acknowledge(completions)
        case .fail(let failures):
            for (failure, answer) in zip(failures, try commit(failures.changes)) {
                machine.failed(failure, isOpen: answer == .failed, now: .ms(now))
            }
        case .replay(let position, let priority):
            let change = JournalChange.replay(position: position, priority: priority)
            guard case .replayed(let entry, let wasDead) = try commit([change])[0] else { return }
            machine.replayed(entry, wasDead: wasDead, now: .ms(now))
        case .refill(let request):
            machine.refilled(request, try journal.openEntries(request), now: .ms(now))
        case .changes(let changes): _ = try commit(changes)
        }
    }

    private mutating func acknowledge(_ completions: [QueueCommand.Completion]) throws {
        for completion in completions {
            let position = completion.lease.position
            let end = maker.stored(from: try journal.message(at: position))
            let answer = try commit([.acknowledge(position: position, outputs: [end])])[0]
            if case .acknowledged = answer { finished.append(position) }
            machine.settled(position, isFirst: answer != .unchanged)
        }
    }

    private func commit(_ changes: [JournalChange]) throws -> [JournalAnswer] {
        try journal.commit(changes, now: .ms(now))
    }
}

extension QueueStateMachine {
    /// What must hold after every event; the sentence says what does not.
    fileprivate func faults(in journal: InMemoryJournal) throws -> [String] {
        var faults: [String] = []
        let queue = queues[0]
        for rank in 0..<3 {
            let ready = (0..<queue.lanes.count).reduce(0) {
                $0 + Int(queue.lanes[LaneTable.Slot($1)].ready[rank].count)
            }
            if ready != queue.windows[rank].readyCount {
                faults.append("\(ready) ready in lanes, \(queue.windows[rank].readyCount) counted")
            }
            if queue.windows[rank].readyCount > limits.windowMax + limits.delayedMax + 20 {
                faults.append("\(queue.windows[rank].readyCount) in a window")
            }
        }
        if queue.delayedCount > limits.delayedMax { faults.append("\(queue.delayedCount) delayed") }
        let states =
            (0..<3).reduce(0) { $0 + queue.windows[$1].readyCount }
            + queue.delayedCount + queue.leasedCount + queue.settlingCount
        if states != messages.count { faults.append("\(states) in states of \(messages.count)") }
        let leased = workers.all.reduce(0) { $0 + Int(workers[$1].leases.count) }
        if leased != queue.leasedCount { faults.append("\(leased) leased by workers") }
        for slot in 0..<queue.lanes.count {
            let lane = queue.lanes[LaneTable.Slot(slot)]
            if lane.leasedCount < 0 || lane.messageCount < 0 { faults.append("negative counts") }
        }
        return faults
    }
}

@Suite struct QueueInvariantTests {
    @Test(arguments: 1...60)
    func `in any dialogue counts agree and everything ends`(_ seed: Int) throws {
        var dialogue = RandomDialogue(seed: UInt64(seed))
        for number in 0..<600 {
            try dialogue.step()
            let faults = try dialogue.machine.faults(in: dialogue.journal)
            guard faults.isEmpty else {
                Issue.record("Seed \(seed), step \(number): \(faults)")
                return
            }
        }
        try dialogue.end()
        #expect(dialogue.machine.messages.count == 0)
        let report = dialogue.machine.stageReports(now: .ms(dialogue.now))[0]
        #expect((report.ready, report.leased, report.delayed) == (0, 0, 0), "seed \(seed)")
        #expect(dialogue.finished.count > 0)
    }
}
