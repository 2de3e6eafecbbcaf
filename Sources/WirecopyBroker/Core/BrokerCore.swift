package import WirecopyMessages
import WirecopyMetrics
package import WirecopyQueue

/// All decisions of the broker: who is heard, what is stored, delivered and said, and when it ends.
///
/// Pure: events come in as calls, with the moment at which they happen; what is to be done waits in
/// `takeActions`, and what holds until the next event is in `isReading`, `hasMore` and `wakeAt`.
/// It has no clock, socket, thread or log, and the same events give the same actions.
///
/// The owner hands in events in any number, then calls `endTurn`, and does the actions after each
/// event or after the turn. Nothing is confirmed before the journal has said that it is on disk.
package struct BrokerCore: Sendable {
    /// What the broker is about.
    enum Phase: Sendable {
        case starting, running
        /// Workers finish what they have, until this moment at most.
        case draining(until: Instant)
        /// Nothing more is taken; the journal completes what waits.
        case finishing
        case ended
    }

    let configuration: BrokerConfiguration
    let startedAt: Instant
    /// The moment of the event that is being handled.
    var now: Instant
    var generator: any RandomNumberGenerator & Sendable
    var journalName = ""

    var machine: QueueStateMachine
    var cache = PayloadCache()
    var peers = PeerTable()
    /// Peers whose key was taken back and who have been told.
    var silenced: Set<RoutingID> = []
    var phase = Phase.starting
    var pending = PendingJobs()
    /// Operators' questions that wait for an answer.
    var questions: [Int: Question] = [:]
    /// Bytes of content that are being read for deliveries.
    var loadingBytes = 0
    /// When held-up peers are offered their outboxes again.
    var retryAt: Instant?
    private var lastJobID = 0
    private var actions: [BrokerAction] = []

    /// Which of many equal notices people are told.
    private var diary = NoticeDiary()
    /// What is counted beyond the queues.
    var meter = BrokerMeter()
    /// Commands and messages refused since the start.
    package var refusedTotal: Int { meter.refused.total }
    /// True when a turn left something that can be done at once, after others had their turn.
    package internal(set) var hasMore = false
    /// When `tick` has something to do; `nil` for never.
    package internal(set) var wakeAt: Instant?

    /// Makes a broker that has not seen its journal.
    ///
    /// - Parameters:
    ///   - configuration: what it promises and what it may hold.
    ///   - generator: spreads retries; a seeded one makes a broker that can be run again.
    ///   - now: the moment of the start.
    package init(
        configuration: BrokerConfiguration,
        generator: any RandomNumberGenerator & Sendable,
        now: Instant
    ) {
        self.configuration = configuration
        self.generator = generator
        self.now = now
        startedAt = now
        machine = QueueStateMachine(
            limits: configuration.limits,
            retryPolicy: configuration.retryPolicy
        )
    }

    /// False while what waits for the disk is too much: then no command may be handed in.
    package var isReading: Bool {
        switch phase {
        case .running, .draining: pending.bytes < configuration.memory.unstoredBytesMax
        case .starting, .finishing, .ended: false
        }
    }

    /// Takes what is to be done, in exchange for an empty array, so that both are used again.
    ///
    /// - Returns: false when nothing is to be done.
    package mutating func takeActions(into empty: inout [BrokerAction]) -> Bool {
        precondition(empty.isEmpty, "Actions that were not done would be lost.")
        swap(&actions, &empty)
        return !empty.isEmpty
    }

    /// Wants something done.
    mutating func act(_ action: BrokerAction) { actions.append(action) }

    /// Wants something told.
    mutating func note(_ notice: BrokerNotice) {
        meter.note(notice)
        actions.append(.note(notice))
    }

    /// Counts something that a peer can make happen as often as it likes, and tells people of it
    /// unless they were told just before.
    mutating func note(
        of peer: String,
        _ cause: NoticeDiary.Cause,
        _ notice: (_ unlogged: Int) -> BrokerNotice
    ) {
        let unlogged = diary.note(peer, cause, now: now)
        let notice = notice(unlogged ?? 0)
        meter.note(notice)
        if unlogged != nil { actions.append(.note(notice)) }
    }

    /// The next number for a job.
    mutating func makeJobID() -> Int {
        lastJobID += 1
        return lastJobID
    }

    /// Hands a job to the journal.
    mutating func submit(_ work: JournalJob.Work, as context: PendingJobs.Context) {
        let id = makeJobID()
        pending.insert(context, id: id, bytes: PendingJobs.bytes(of: work))
        actions.append(.store(JournalJob(id: id, work)))
    }
}

// Life.
extension BrokerCore {
    /// Takes over what the journal holds, and begins to run.
    ///
    /// - Returns: what to read before the first peer is heard; tell `refilled` the answers.
    package mutating func restore(
        _ state: JournalState,
        of journalName: String,
        now: Instant
    ) -> [RefillRequest] {
        self.now = now
        self.journalName = journalName
        machine.restore(state, startedAt: startedAt, now: now)
        phase = .running
        return machine.refills()
    }

    /// The journal's answer to a request of `restore`.
    package mutating func refilled(_ request: RefillRequest, _ entries: [QueueEntry]) {
        machine.refilled(request, entries, now: now)
    }

    /// Takes over that the journal keeps some dead letters no more, so many of each stage.
    package mutating func forget(_ dead: [StageName: Int]) { machine.forget(dead) }

    /// Begins a graceful stop; does nothing when one has begun.
    package mutating func stop(now: Instant) {
        guard case .running = phase else { return }
        self.now = now
        phase = .draining(until: now + configuration.stopGrace)
        machine.isDraining = true
        note(.stopping)
        for route in peers.sortedRoutes { send(.drain, to: route) }
    }

    /// Ends at once because the journal or the socket cannot be trusted any more.
    package mutating func fail(_ failure: BrokerFailure) {
        if case .ended = phase { return }
        note(.failed(failure.message))
        end(failure)
    }

    /// Time has passed: leases run out, delays end, peers are silent, held-up peers may take more.
    package mutating func tick(now: Instant) {
        if case .ended = phase { return }
        self.now = now
        let action = machine.tick(now: now, using: &generator)
        for name in action.silent {
            note(.workerSilent(name))
            if let route = peers.route(to: name) { drop(route) }
        }
        let changes = action.failures.changes + action.endedHolds
        if !changes.isEmpty { submit(.change(changes), as: .expire(action.failures)) }
        dropSilentPeers()
        retryIsDue()
    }

    /// Leases what can be leased, asks for what will be needed, and says when to wake.
    ///
    /// To be called after each batch of events.
    package mutating func endTurn(now: Instant) {
        self.now = now
        hasMore = false
        switch phase {
        case .starting, .ended: return
        case .finishing: return finishIfDone()
        case .running, .draining: break
        }
        for request in machine.refills() {
            submit(.refill(request), as: .refill(request))
        }
        lease()
        if case .draining(let until) = phase, machine.unfinishedCount == 0 || now >= until {
            phase = .finishing
            return finishIfDone()
        }
        wakeAt = nextWake()
    }

    private func nextWake() -> Instant? {
        var next = machine.nextDeadline
        if case .draining(let until) = phase { next = min(next ?? until, until) }
        if let retryAt { next = min(next ?? retryAt, retryAt) }
        return next
    }

    private mutating func finishIfDone() {
        wakeAt = nil
        guard pending.isEmpty else { return }
        end(nil)
    }

    private mutating func end(_ failure: BrokerFailure?) {
        phase = .ended
        (wakeAt, hasMore) = (nil, false)
        act(.end(failure))
    }
}
