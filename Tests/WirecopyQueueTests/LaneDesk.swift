import WirecopyMessages

@testable import WirecopyQueue

/// A queue with lanes over a journal in memory, and a worker that takes what it gets.
///
/// Refills are answered at once, as the broker would have them answered, so that tests see what is
/// delivered and not what is in memory.
struct LaneDesk {
    var machine: QueueStateMachine
    let journal = InMemoryJournal()
    var maker = MessageMaker()
    var generator = SeededGenerator()
    var now = 1_000_000
    let worker = "fetch/one"
    /// Entries read by refills.
    private(set) var readCount = 0

    init(_ change: (inout QueueLimits) -> Void = { _ in }) {
        var limits = QueueLimits()
        change(&limits)
        machine = QueueStateMachine(limits: limits)
        join(worker)
    }

    mutating func join(_ name: String, held: [LeaseID] = []) {
        _ = machine.join(
            .init(peer: name, stage: .fetch, held: held),
            for: .fetch,
            now: .ms(now)
        )
        machine.grant(.init(messagesTotal: 1 << 40, bytesTotal: 1 << 50), to: name)
    }

    /// Publishes so many messages of a host.
    mutating func publish(_ lane: String, _ count: Int = 1, notBefore: Int? = nil) throws {
        for _ in 0..<count {
            let request = maker.request("https://\(lane)/", lane: lane)
            var envelope = request.envelope
            envelope.notBefore = notBefore.map { .ms($0) }
            let message = Message(envelope: envelope, data: request.data)
            for answer in try commit([.append(message)]) {
                if let entry = answer.entry { machine.published(entry, now: .ms(now)) }
            }
        }
    }

    /// Everything that can go at this moment, after the refills that it wants.
    mutating func deliver(countMax: Int = 100_000) throws -> [LeaseID] {
        var leases: [LeaseID] = []
        while true {
            let requests = machine.refills()
            for request in requests {
                let entries = try journal.openEntries(request)
                readCount += entries.count
                machine.refilled(request, entries, now: .ms(now))
            }
            let actions = machine.deliveries(countMax: countMax - leases.count, now: .ms(now))
            guard !actions.isEmpty || !requests.isEmpty else { return leases }
            leases += actions.flatMap { $0.deliveries.map(\.lease) }
        }
    }

    /// The lanes of deliveries.
    func lanes(_ leases: [LeaseID]) throws -> [String] {
        try leases.map { try journal.message(at: $0.position).envelope.lane }
    }

    /// Finishes deliveries; their pages end.
    mutating func finish(_ leases: [LeaseID], pause: Duration? = nil) throws {
        let holds = machine.done(
            leases.map { lease in
                var completion = QueueCommand.Completion(lease: lease, outputs: [])
                completion.lanePause = pause
                return completion
            },
            by: worker,
            now: .ms(now)
        )
        _ = try commit(holds)
        for lease in leases {
            let parent = try journal.message(at: lease.position)
            let answers = try commit([
                .acknowledge(position: lease.position, outputs: [maker.stored(from: parent)])
            ])
            guard case .acknowledged = answers[0] else {
                machine.settled(lease.position, isFirst: false)
                continue
            }
            machine.settled(lease.position, isFirst: true)
        }
    }

    /// Gives a delivery back and stores that.
    @discardableResult
    mutating func fail(
        _ lease: LeaseID,
        _ code: ErrorCode,
        after: Duration? = nil
    ) throws -> FailedDelivery? {
        let failure = StageFailure(code, .retry(after: after), "It failed.")
        let action = machine.fail(
            .init(lease: lease, failure),
            by: worker,
            now: .ms(now),
            using: &generator
        )
        guard case .persist(let delivery) = action else { return nil }
        try store([delivery])
        return delivery
    }

    /// Stores ends of deliveries and tells the machine.
    mutating func store(_ failures: [FailedDelivery]) throws {
        let answers = try commit(failures.changes)
        for (failure, answer) in zip(failures, answers) {
            machine.failed(failure, isOpen: answer == .failed, now: .ms(now))
        }
    }

    /// Lets time pass; the worker lives.
    @discardableResult
    mutating func tick(at moment: Int) throws -> QueueStateMachine.TickAction {
        now = moment
        machine.heard(worker, now: .ms(now))
        let action = machine.tick(now: .ms(now), using: &generator)
        try store(action.failures)
        _ = try commit(action.endedHolds)
        return action
    }

    /// Another broker over the same journal.
    mutating func restart(at moment: Int) throws {
        now = moment
        machine = QueueStateMachine(limits: machine.limits)
        machine.restore(try journal.state(), now: .ms(now))
        join(worker)
    }

    private func commit(_ changes: [JournalChange]) throws -> [JournalAnswer] {
        try journal.commit(changes, now: .ms(now))
    }
}
