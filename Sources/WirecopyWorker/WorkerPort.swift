import Logging
import WirecopyClient
import WirecopyMessages
import ZeroMQ

/// The worker's side of the dialogue with the broker: takes deliveries, hands them to slots, renews
/// leases, watches time limits and tells what was made.
///
/// It runs on a socket loop, so that no call of a stage, however long it takes the shared threads,
/// keeps it from heartbeats. Slots ask for work with `next`, which is one hop a message.
actor WorkerPort {
    /// One delivery in the hands of a slot.
    struct Work: Sendable {
        let delivery: BrokerReply.Delivery
        let stop: StopSignal
    }

    /// What a slot made of its last delivery.
    struct Finished: Sendable {
        let lease: LeaseID
        let report: LeaseKeeper.Report
        let serviceTime: Duration
    }

    struct InWork {
        let stop: StopSignal
        var timer: LoopTimer
    }

    enum Phase {
        case working
        /// The broker stops: what is in work is finished, then another dialogue is sought.
        case brokerStopping
        /// This worker stops, for a reason if there is one.
        case draining(WorkerFailure?)
        case ended(WorkerFailure?)
    }

    /// How long cancelled slots may take to return at the end.
    private static let returnPatience = Duration.seconds(1)
    /// Leases are renewed when this part of their time is over.
    private static let renewalDivisor = 3

    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    let configuration: WorkerConfiguration
    let stage: StageName
    private let stageVersion: String
    let surroundings: WorkerSurroundings
    let logger: Logger
    private let context: Context
    private(set) var link: BrokerLink?
    var keeper: LeaseKeeper
    private(set) var phase = Phase.working
    var meter: WorkerMeter
    var easing: Easing
    var generator: any RandomNumberGenerator & Sendable
    let startedAt: Instant
    var idle: [CheckedContinuation<Work?, Never>] = []
    var inWork: [LeaseID: InWork] = [:]
    var hung: Set<LeaseID> = []
    private var endWaiter: CheckedContinuation<Void, Never>?
    private var flushTimer: LoopTimer?
    private var renewalTimer: LoopTimer?

    init(
        _ configuration: WorkerConfiguration,
        stage: StageName,
        stageVersion: String,
        surroundings: WorkerSurroundings,
        logger: Logger
    ) throws(WorkerFailure) {
        do {
            loop = try SocketLoop(name: "worker-link")
            context = try Context()
        } catch {
            throw .socketFailed(error.message)
        }
        self.configuration = configuration
        self.stage = stage
        self.stageVersion = stageVersion
        self.surroundings = surroundings
        self.logger = logger
        keeper = LeaseKeeper(
            messagesMax: configuration.slots + configuration.prefetch,
            bytesMax: configuration.contentBytesMax
        )
        meter = WorkerMeter(slots: configuration.slots)
        easing = Easing(configuration.pauses)
        generator = surroundings.generator
        startedAt = surroundings.now()
    }

    /// Connects to the broker; a broker that is not there yet is waited for.
    func open() throws(WorkerFailure) {
        let link = BrokerLink(
            configuration.link,
            loop: loop,
            context: context,
            logger: logger,
            generator: surroundings.generator,
            owner: owner()
        )
        do {
            try link.open()
        } catch  where error.code == .keyUnusable {
            throw .keyUnusable(error.message)
        } catch {
            throw .socketFailed(error.message)
        }
        self.link = link
    }

    /// Takes what a slot made and gives it its next delivery, waiting for one if need be.
    ///
    /// - Returns: `nil` when the slot is needed no more.
    func next(after finished: Finished?) async -> Work? {
        if let finished { finish(finished) }
        guard !isStopping else { return nil }
        if let work = begin() { return work }
        return await withCheckedContinuation { idle.append($0) }
    }

    /// Waits until the dialogue is over; the slots should be cancelled then.
    func ended() async {
        if case .ended = phase { return }
        await withCheckedContinuation { endWaiter = $0 }
    }

    /// Gives unstarted deliveries back, waits for those in work within the grace period, and ends.
    func stop() {
        guard !isStopping else { return }
        logger.info("The worker stops.", metadata: ["worker.in_work": "\(keeper.workingCount)"])
        drain(because: nil)
    }

    /// Frees the sockets after all slots have returned.
    ///
    /// - Returns: why the worker ended, unless it was asked to.
    func shutDown() -> WorkerFailure? {
        loop.stop()
        context.terminate()
        guard case .ended(let failure) = phase else { return nil }
        return failure
    }
}

extension WorkerPort {
    private var isStopping: Bool {
        switch phase {
        case .working, .brokerStopping: false
        case .draining, .ended: true
        }
    }

    private func owner() -> BrokerLink.Owner {
        let (peer, stage, version) = (configuration.link.peer, stage, stageVersion)
        return BrokerLink.Owner(
            hello: { [weak self] in
                let held = self?.assumeIsolated { $0.keeper.held } ?? []
                return .init(peer: peer, stage: stage, stageVersion: version, held: held)
            },
            status: { [weak self] in self?.assumeIsolated { $0.status() } },
            event: { [weak self] event in self?.assumeIsolated { $0.handle(event) } }
        )
    }

    private func handle(_ event: BrokerLink.Event) {
        switch event {
        case .welcomed(let welcome): greet(welcome)
        case .reply(let reply): hear(reply)
        case .refused(let code, let message): end(.refused(code, message))
        case .lost: loop.cancel(renewalTimer)
        // The link has said it and tries again: the key may be entered while this worker waits.
        case .unwelcome: return
        }
    }

    private func greet(_ welcome: BrokerReply.Welcome) {
        logger.info(
            "The broker took this worker.",
            metadata: ["broker.name": "\(welcome.broker)", "leases": "\(welcome.held.count)"]
        )
        meter.welcomed()
        if case .brokerStopping = phase { phase = .working }
        losing { $0.restart(held: welcome.held) }
        setRenewal(.milliseconds(welcome.leaseMilliseconds))
        if isStopping { link?.send(.drain(unstarted: [])) }
        flush()
        endIfQuiet()
    }

    private func hear(_ reply: BrokerReply) {
        switch reply {
        case .deliver(let deliveries): take(deliveries)
        case .settled(let settlements):
            if let pause = keeper.settle(settlements) { sayAgain(after: pause) }
            flushSoon()
            endIfQuiet()
        case .extended(_, let lost):
            losing { $0.lose(lost) }
            flushSoon()
            endIfQuiet()
        case .drain: leaveBroker()
        case .welcome, .refuse, .pong, .confirm, .adminReply: return
        }
    }
}

extension WorkerPort {
    /// Sends what is finished after all slots that are waiting to tell something have told it.
    func flushSoon() {
        guard flushTimer == nil else { return }
        flushTimer = loop.setTimer(after: .zero) { [weak self] in
            self?.assumeIsolated { port in
                port.flushTimer = nil
                port.flush()
            }
        }
    }

    private func flush() {
        guard let link, link.isOpen else { return }
        for command in keeper.takeReports() { link.send(command) }
        guard case .working = phase, let credit = keeper.takeCredit(roomMax: easing.messagesMax)
        else { return }
        link.send(.credit(credit))
    }

    private func sayAgain(after pause: Duration) {
        loop.setTimer(after: pause) { [weak self] in
            self?.assumeIsolated { port in
                port.keeper.sayAgain()
                port.flush()
            }
        }
    }

    private func setRenewal(_ lease: Duration) {
        loop.cancel(renewalTimer)
        // A broker that gives leases of no length must not make this thread spin.
        let interval = max(lease / Self.renewalDivisor, .milliseconds(1))
        renewalTimer = loop.setTimer(after: interval) { [weak self] in
            self?.assumeIsolated { port in
                let leases = port.keeper.extendable
                if !leases.isEmpty { port.link?.send(.extend(leases)) }
                port.setRenewal(lease)
            }
        }
    }

    /// Stops work whose lease is lost, and counts all leases that are.
    private func losing(_ step: (inout LeaseKeeper) -> [LeaseID]) {
        let before = keeper.extendable.count
        forfeit(step(&keeper))
        meter.lostLeases(before - keeper.extendable.count)
    }

    func forfeit(_ leases: [LeaseID]) {
        for lease in leases { inWork[lease]?.stop.raise() }
    }
}

extension WorkerPort {
    func drain(because failure: WorkerFailure?) {
        guard !isStopping else { return }
        phase = .draining(failure)
        giveBackUnstarted()
        flush()
        for slot in idle { slot.resume(returning: nil) }
        idle = []
        loop.setTimer(after: configuration.grace) { [weak self] in
            self?.assumeIsolated { $0.exceedGrace() }
        }
        endIfQuiet()
    }

    private func leaveBroker() {
        guard case .working = phase else { return }
        logger.info("The broker stops; work is finished and another dialogue sought.")
        phase = .brokerStopping
        giveBackUnstarted()
        endIfQuiet()
    }

    func giveBackUnstarted() {
        link?.send(.drain(unstarted: keeper.takeUnstarted()))
    }

    private func endIfQuiet() {
        guard keeper.isQuiet else { return }
        switch phase {
        case .draining(let failure): end(failure)
        case .brokerStopping: link?.leaveAndReturn()
        case .working, .ended: return
        }
    }

    private func exceedGrace() {
        guard case .draining(let failure) = phase else { return }
        let count = keeper.workingCount
        guard count == 0 else {
            return end(failure ?? .graceExceeded(count: count, grace: configuration.grace))
        }
        logger.warning("The broker did not settle finished work within the grace period.")
        end(failure)
    }

    private func end(_ failure: WorkerFailure?) {
        if case .ended = phase { return }
        phase = .ended(failure)
        loop.cancel(renewalTimer)
        link?.close()
        for slot in idle { slot.resume(returning: nil) }
        idle = []
        for work in inWork.values { work.stop.raise() }
        endWaiter?.resume()
        endWaiter = nil
        loop.setTimer(after: Self.returnPatience) { [weak self] in
            self?.assumeIsolated { $0.abandonIfBlocked() }
        }
    }

    private func abandonIfBlocked() {
        guard case .ended(let failure) = phase, !inWork.isEmpty else { return }
        let reason = failure ?? .graceExceeded(count: inWork.count, grace: configuration.grace)
        logger.critical("The stage does not come back.", metadata: ["error": "\(reason.message)"])
        surroundings.abandon(reason)
    }
}
