import WirecopyMessages
import WirecopyWorker

/// A worker as `WorkerPort` is one: slots, credit, renewals, time limits, and the real
/// `LeaseKeeper` for what it holds.
struct WorkerRole: PeerRole {
    private enum Phase {
        case working
        /// The broker stops: what is in work is finished, then another dialogue is sought.
        case brokerStopping
        /// This worker stops.
        case draining
        case ended
    }

    private struct Work {
        let delivery: BrokerReply.Delivery
        let call: StageModel.Call
        let endsAt: Int
        let limitAt: Int
    }

    /// Longest time of one call.
    private static let stageMilliseconds = 20_000
    /// Leases are renewed when this part of their time is over.
    private static let renewalDivisor = 3
    /// How long a stopping worker waits for what is in work.
    private static let graceMilliseconds = 20_000

    let name: String
    let stage: StageName
    private let slots: Int
    private var keeper: LeaseKeeper
    private var inWork: [Work] = []
    private var phase = Phase.working
    private var graceEndsAt: Int?
    private var renewAt: Int?
    private var sayAgainAt: Int?
    private var leaseMilliseconds = 0
    private var outputs: [PeerOutput] = []
    private var mustFlush = false

    init(_ name: String, _ stage: StageName, slots: Int) {
        self.name = name
        self.stage = stage
        self.slots = slots
        keeper = LeaseKeeper(messagesMax: 2 * slots, bytesMax: 64 << 10)
    }

    var isQuiet: Bool { keeper.isQuiet && keeper.extendable.isEmpty }

    var wakeAt: Int? {
        let ends = inWork.map { min($0.endsAt, $0.limitAt) }
        return (ends + [renewAt, graceEndsAt, sayAgainAt].compactMap { $0 }).min()
    }

    func hello(_ name: String) -> QueueCommand.Hello {
        QueueCommand.Hello(peer: name, stage: stage, stageVersion: "1.0", held: keeper.held)
    }

    mutating func takeOutputs(isOpen: Bool) -> [PeerOutput] {
        if isOpen, mustFlush { flush() }
        defer { outputs = [] }
        guard !isOpen else { return outputs }
        return outputs.filter { output in
            if case .say = output { false } else { true }
        }
    }

    /// Begins a graceful stop.
    mutating func drain(now: Int) {
        guard case .working = phase else { return }
        phase = .draining
        graceEndsAt = now + Self.graceMilliseconds
        giveBackUnstarted()
        mustFlush = true
        endIfQuiet()
    }
}

// The dialogue.
extension WorkerRole {
    mutating func welcomed(_ welcome: BrokerReply.Welcome, now: Int, _ world: inout World) {
        if case .brokerStopping = phase { phase = .working }
        forfeit(keeper.restart(held: welcome.held))
        leaseMilliseconds = welcome.leaseMilliseconds
        renewAt = now + max(1, leaseMilliseconds / Self.renewalDivisor)
        if case .draining = phase { outputs.append(.say(.drain(unstarted: []))) }
        mustFlush = true
        begin(now: now, &world)
        endIfQuiet()
    }

    mutating func hear(_ reply: BrokerReply, now: Int, _ world: inout World) {
        switch reply {
        case .deliver(let deliveries):
            keeper.receive(deliveries)
            guard case .working = phase else { return giveBackUnstarted() }
            begin(now: now, &world)
        case .settled(let settlements):
            if let pause = keeper.settle(settlements) {
                sayAgainAt = max(sayAgainAt ?? 0, now + pause.wholeMilliseconds)
            }
            mustFlush = true
            endIfQuiet()
        case .extended(_, let lost):
            forfeit(keeper.lose(lost))
            mustFlush = true
            begin(now: now, &world)
            endIfQuiet()
        case .drain:
            guard case .working = phase else { return }
            phase = .brokerStopping
            giveBackUnstarted()
            endIfQuiet()
        case .welcome, .refuse, .pong, .confirm, .adminReply: return
        }
    }

    mutating func lost() { renewAt = nil }

    mutating func wake(now: Int, _ world: inout World) {
        for work in inWork where min(work.endsAt, work.limitAt) <= now { end(work, now, &world) }
        inWork.removeAll { min($0.endsAt, $0.limitAt) <= now }
        if let due = renewAt, due <= now {
            let leases = keeper.extendable
            if !leases.isEmpty { outputs.append(.say(.extend(leases))) }
            renewAt = now + max(1, leaseMilliseconds / Self.renewalDivisor)
        }
        if let due = sayAgainAt, due <= now {
            sayAgainAt = nil
            keeper.sayAgain()
            mustFlush = true
        }
        begin(now: now, &world)
        if let ends = graceEndsAt, ends <= now, case .draining = phase {
            phase = .ended
            graceEndsAt = nil
            outputs.append(.exit)
        }
        endIfQuiet()
    }
}

// Work.
extension WorkerRole {
    private mutating func begin(now: Int, _ world: inout World) {
        guard case .working = phase else { return }
        while inWork.count < slots, let delivery = keeper.start() {
            let call = StageModel.call(stage, delivery.message, &world)
            let work = Work(
                delivery: delivery,
                call: call,
                endsAt: now + call.milliseconds,
                limitAt: now + Self.stageMilliseconds
            )
            inWork.append(work)
            mustFlush = true
        }
    }

    private mutating func end(_ work: Work, _ now: Int, _ world: inout World) {
        mustFlush = true
        let lease = work.delivery.lease
        guard work.endsAt <= work.limitAt else {
            let failure = StageFailure(.stageTimedOut, .retry(after: nil), "It took too long.")
            // The call notices that it is cancelled, and its slot is free again.
            _ = keeper.giveBack(lease, failure)
            _ = keeper.finish(lease, .failed(failure))
            return
        }
        switch work.call.end {
        case .death:
            world.faults[.pageKilledWorker, default: 0] += 1
            outputs.append(.die)
        case .failure(let failure): _ = keeper.finish(lease, .failed(failure))
        case .outputs:
            let made = StageModel.outputs(stage, work.delivery, by: name, now: now, &world)
            _ = keeper.finish(lease, .done(made))
        }
    }

    /// A call whose lease is lost is cancelled: it returns at once, and nothing is reported.
    private mutating func forfeit(_ leases: [LeaseID]) {
        let stopped = Set(leases)
        inWork.removeAll { stopped.contains($0.delivery.lease) }
        for lease in leases { _ = keeper.finish(lease, .done([])) }
    }

    private mutating func giveBackUnstarted() {
        outputs.append(.say(.drain(unstarted: keeper.takeUnstarted())))
    }

    private mutating func flush() {
        mustFlush = false
        for command in keeper.takeReports() { outputs.append(.say(command)) }
        guard case .working = phase, let credit = keeper.takeCredit() else { return }
        outputs.append(.say(.credit(credit)))
    }

    private mutating func endIfQuiet() {
        guard keeper.isQuiet else { return }
        switch phase {
        case .draining:
            phase = .ended
            graceEndsAt = nil
            outputs.append(.exit)
        case .brokerStopping: outputs.append(.leaveAndReturn)
        case .working, .ended: return
        }
    }
}
