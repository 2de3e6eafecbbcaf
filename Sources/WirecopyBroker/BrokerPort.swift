import Logging
import WirecopyMessages
import WirecopyQueue
import ZeroMQ

/// The shell around the queue: one ROUTER socket, the peers behind it, and the threads that block.
///
/// Everything here runs on the socket loop's thread, one thing at a time. The state machine
/// decides; the port asks the journal's thread to store, sends what is stored or leased, and keeps
/// time. Nothing is confirmed before the journal's thread has said that it is on disk.
actor BrokerPort {
    /// What waits for an answer of the journal's thread.
    enum Pending {
        case publish(RoutingID, request: Int, [Message])
        case done(RoutingID, worker: String, [QueueCommand.Completion])
        case fail(RoutingID, [FailedDelivery], stale: [LeaseID])
        case expire([FailedDelivery])
        case refill(RefillRequest)
        case greet(RoutingID, name: String, held: [LeaseID], unknown: [LeaseID])
        case pause(RoutingID, request: Int, StageName, Bool)
        case replay(id: Int)
    }

    /// An operator's request that waits for an answer of the admin thread.
    struct AdminRequest {
        let route: RoutingID
        let request: Int
        let isStatus: Bool
        var replay: ReplayProgress?
    }

    /// How far a replay is.
    struct ReplayProgress {
        let request: ReplayRequest
        var report: ReplayReport
        var after = 0
    }

    /// What the port is about.
    enum Phase {
        case starting, running
        /// Workers finish what they have, until this moment at most.
        case draining(until: Instant)
        /// Nothing more is taken; the journal completes what waits.
        case finishing
        case ended(BrokerFailure?)
    }

    /// Contents of messages by place, or why one could not be read.
    struct Loaded: Sendable {
        let worker: String
        let contents: [(QueueStateMachine.Delivery, Result<Message, QueueFailure>)]
    }

    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    let configuration: BrokerConfiguration
    let logger: Logger
    let clock = BrokerClock()
    let startedAt: Instant
    private let context: Context
    private(set) var socket: Socket?
    private(set) var journal: SQLiteJournal?
    private(set) var journalThread: WorkThread<JournalJob, JournalJobAnswer>?
    private(set) var loadThread: WorkThread<QueueStateMachine.DeliverAction, Loaded>?
    private(set) var adminThread: WorkThread<AdminJob, AdminAnswer>?

    var machine: QueueStateMachine
    var cache = PayloadCache()
    var peers = PeerTable()
    var generator = SystemRandomNumberGenerator()
    var phase = Phase.starting
    var pending: [Int: Pending] = [:]
    var adminRequests: [Int: AdminRequest] = [:]
    /// Peers that have not taken all that was said to them.
    var blockedRoutes: Set<RoutingID> = []
    /// Commands refused since the start.
    var refusedTotal = 0
    /// Bytes that wait for the disk; too many hold all publishers back.
    var unstoredBytes = 0
    private var lastJobID = 0
    private var timer: LoopTimer?
    private var timerIsSetFor: Instant?
    private var waiter: CheckedContinuation<BrokerFailure?, Never>?

    init(configuration: BrokerConfiguration, logger: Logger, loop: SocketLoop, context: Context) {
        self.configuration = configuration
        self.logger = logger
        self.loop = loop
        self.context = context
        startedAt = clock.now
        machine = QueueStateMachine(
            limits: configuration.limits,
            retryPolicy: configuration.retryPolicy
        )
    }

    /// This moment.
    var now: Instant { clock.now }

    /// The next number for a job.
    func makeJobID() -> Int {
        lastJobID += 1
        return lastJobID
    }
}

// Life.
extension BrokerPort {
    /// Opens the journal, loads the windows, and listens.
    ///
    /// - Returns: the address with its real port.
    func open() throws(BrokerFailure) -> String {
        do {
            return try openParts()
        } catch let failure as QueueFailure {
            throw BrokerFailure(failure)
        } catch let failure as ZeroMQError {
            throw BrokerFailure(failure)
        } catch {
            throw BrokerFailure(.socketFailed, "The broker could not start: \(error).")
        }
    }

    /// Waits for the end; gives the reason when it was not a graceful stop.
    func ended() async -> BrokerFailure? {
        if case .ended(let failure) = phase { return failure }
        return await withCheckedContinuation { waiter = $0 }
    }

    /// `stop` for any thread.
    nonisolated func postStop() {
        loop.post { [weak self] in self?.assumeIsolated { $0.stop() } }
    }

    private nonisolated func postCollect() {
        loop.post { [weak self] in self?.assumeIsolated { $0.collect() } }
    }

    /// Begins a graceful stop.
    func stop() {
        guard case .running = phase else { return }
        phase = .draining(until: now + configuration.stopGrace)
        machine.isDraining = true
        logger.info("The broker stops; workers finish what they have.")
        for route in peers.peers.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            send(.drain, to: route)
        }
        endTurn()
    }

    /// Ends at once because the journal cannot be trusted any more.
    func fail(_ failure: BrokerFailure) {
        logger.error("The broker ends.", metadata: ["error": "\(failure.message)"])
        end(failure)
    }

    private func openParts() throws -> String {
        let journal = try SQLiteJournal(
            directory: configuration.journalDirectory,
            options: configuration.journal
        )
        machine.restore(try journal.state(), now: now)
        for request in machine.refills() {
            machine.refilled(request, try journal.openEntries(request), now: now)
        }
        self.journal = journal
        startThreads(journal)
        var options = SocketOptions()
        options.frameBytesMax = MessageLimits.attachmentBytes
        let socket = try Socket(.router, in: context, options: options)
        try socket.bind(configuration.endpoint)
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
        phase = .running
        endTurn()
        return try socket.lastEndpoint()
    }

    private func startThreads(_ journal: SQLiteJournal) {
        let wake: @Sendable () -> Void = { [weak self] in self?.postCollect() }
        let (commit, clock) = (GroupCommit(to: journal, now: { [clock] in clock.now }), clock)
        journalThread = WorkThread(name: "journal", wake: wake) { jobs, answer in
            commit.run(jobs, answer)
        }
        loadThread = WorkThread(name: "contents", wake: wake) { actions, answer in
            for action in actions {
                let contents = action.deliveries.map { delivery in
                    (delivery, Self.load(delivery.lease.position, from: journal))
                }
                answer([Loaded(worker: action.worker, contents: contents)])
            }
        }
        let desk = AdminDesk(reports: journal.reports, clock: clock)
        adminThread = WorkThread(name: "admin", wake: wake) { jobs, answer in
            for job in jobs { answer([desk.answer(job)]) }
        }
    }

    private static func load(
        _ position: Int,
        from journal: SQLiteJournal
    ) -> Result<Message, QueueFailure> {
        do throws(QueueFailure) {
            return .success(try journal.message(at: position))
        } catch {
            return .failure(error)
        }
    }
}

// Turns: after each batch of events, what they allow is done.
extension BrokerPort {
    /// Deliveries of one turn; more wait until others had theirs.
    private static let deliveriesMax = 512
    /// Bytes that may wait for the disk before nothing more is read from the socket.
    private static let unstoredBytesMax = 64 << 20

    /// Leases what can be leased, reads what will be needed, and sets the timer.
    func endTurn() {
        switch phase {
        case .starting, .ended: return
        case .finishing: return finishIfDone()
        case .running, .draining: break
        }
        for request in machine.refills() {
            submit(.refill(request), as: .refill(request))
        }
        let actions = machine.deliveries(countMax: Self.deliveriesMax, now: now)
        deliver(actions)
        if actions.reduce(0, { $0 + $1.deliveries.count }) == Self.deliveriesMax {
            loop.setTimer(after: .zero) { [weak self] in self?.assumeIsolated { $0.endTurn() } }
        }
        if let socket { loop.setReading(unstoredBytes < Self.unstoredBytesMax, socket) }
        if case .draining(let until) = phase, machine.unfinishedCount == 0 || now >= until {
            phase = .finishing
            if let socket { loop.setReading(false, socket) }
            return finishIfDone()
        }
        setTimer()
    }

    /// Hands a job to the journal's thread.
    func submit(_ work: JournalJob.Work, as context: Pending) {
        let id = makeJobID()
        pending[id] = context
        unstoredBytes += Self.bytes(of: work)
        journalThread?.submit(JournalJob(id: id, work))
    }

    /// Bytes of content that a job stores.
    static func bytes(of work: JournalJob.Work) -> Int {
        guard case .change(let changes) = work else { return 0 }
        return changes.lazy.flatMap(\.stored).reduce(0) { $0 + $1.contentBytes }
    }

    private func finishIfDone() {
        guard pending.isEmpty else { return }
        end(nil)
    }

    private func end(_ failure: BrokerFailure?) {
        if case .ended = phase { return }
        phase = .ended(failure)
        loop.cancel(timer)
        loop.stop()
        socket = nil
        context.terminate()
        journalThread?.finish()
        loadThread?.finish()
        adminThread?.finish()
        journalThread?.join()
        loadThread?.join()
        adminThread?.join()
        closeJournal()
        waiter?.resume(returning: failure)
        waiter = nil
    }

    private func closeJournal() {
        do {
            try journal?.close()
        } catch {
            logger.error("The journal did not close.", metadata: ["error": "\(error.message)"])
        }
    }

    private func setTimer() {
        var next = machine.nextDeadline
        if case .draining(let until) = phase { next = min(next ?? until, until) }
        if hasWaitingReplies {
            let retry = now + .milliseconds(100)
            next = min(next ?? retry, retry)
        }
        guard let next, timerIsSetFor.map({ next < $0 }) ?? true else { return }
        loop.cancel(timer)
        timerIsSetFor = next
        timer = loop.setTimer(after: next - now) { [weak self] in
            self?.assumeIsolated { $0.tick() }
        }
    }

    private func tick() {
        timerIsSetFor = nil
        let action = machine.tick(now: now, using: &generator)
        for name in action.silent {
            logger.warning("A worker is silent.", metadata: ["peer.name": "\(name)"])
            if let route = peers.route(to: name) { drop(route) }
        }
        if !action.failures.isEmpty {
            submit(.change(action.failures.map { .fail($0) }), as: .expire(action.failures))
        }
        dropSilentPeers()
        flushAll()
        endTurn()
    }
}
