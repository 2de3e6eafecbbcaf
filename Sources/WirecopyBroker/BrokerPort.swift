import Logging
import WirecopyKeys
import WirecopyMessages
import WirecopyMetrics
import WirecopyQueue
import WirecopyStatus
import ZeroMQ

/// The shell around the core: one ROUTER socket, the threads that block, and a timer.
///
/// Everything here runs on the socket loop's thread, one thing at a time. The core decides; the
/// port hands it what happens and does what it wants.
actor BrokerPort {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    private let configuration: BrokerConfiguration
    private let logger: Logger
    private let clock = BrokerClock()
    private let journalMeter = JournalMeter()
    private let context: Context
    private var core: BrokerCore
    /// What the core wants; kept between turns for its storage.
    private var actions: [BrokerAction] = []
    private var socket: BrokerSocket?
    private var journal: LogJournal?
    private var threads: BrokerThreads?
    private var timer: LoopTimer?
    private var timerIsSetFor: Instant?
    /// Set at the end: `nil` inside when it was graceful.
    private var outcome: BrokerFailure??
    private var waiter: CheckedContinuation<BrokerFailure?, Never>?

    init(configuration: BrokerConfiguration, logger: Logger, loop: SocketLoop, context: Context) {
        self.configuration = configuration
        self.logger = logger
        self.loop = loop
        self.context = context
        core = BrokerCore(
            configuration: configuration,
            generator: SystemRandomNumberGenerator(),
            now: clock.now
        )
    }
}

// Life.
extension BrokerPort {
    /// Opens the journal, loads the windows, and listens.
    ///
    /// - Returns: the addresses with their real ports.
    func open() throws(BrokerFailure) -> BrokerEndpoints {
        do {
            return try openParts()
        } catch {
            throw BrokerFailure(starting: error)
        }
    }

    /// Waits for the end; gives the reason when it was not a graceful stop.
    func ended() async -> BrokerFailure? {
        if let outcome { return outcome }
        return await withCheckedContinuation { waiter = $0 }
    }

    /// Begins a graceful stop.
    func stop() {
        core.stop(now: clock.now)
        endTurn()
    }

    /// What monitoring is told; for the status server's threads.
    nonisolated func statusSnapshot() -> StatusSnapshot? {
        loop.ask(within: StatusServer.patience) { [weak self] in
            self?.assumeIsolated { port in
                let start = ContinuousClock.now
                let figures = port.core.figures(now: port.clock.now)
                return BrokerSnapshot(
                    figures: figures,
                    refusedConnections: port.socket?.refusedConnections ?? .init(),
                    loopTime: .now - start,
                    meter: port.journalMeter,
                    journal: port.journal,
                    configuration: port.configuration
                )
            }
        }?.status
    }

    /// `stop` for any thread.
    nonisolated func postStop() {
        loop.post { [weak self] in self?.assumeIsolated { $0.stop() } }
    }

    /// Has the core forget dead letters that retention removed.
    private nonisolated func postForget(_ dead: [StageName: Int]) {
        guard !dead.isEmpty else { return }
        loop.post { [weak self] in self?.assumeIsolated { $0.core.forget(dead) } }
    }

    private nonisolated func postCollect() {
        loop.post { [weak self] in self?.assumeIsolated { $0.collect() } }
    }

    private func openParts() throws -> BrokerEndpoints {
        // Keys that cannot be used are the operator's to mend; the journal is not touched before.
        let gate = try gate()
        var options = configuration.journal
        options.makeFiles = { [makeFiles = options.makeFiles, journalMeter] directory in
            MeteredFiles(makeFiles(directory), journalMeter)
        }
        options.now = { [clock] in clock.now }
        options.laneStages = Set(configuration.limits.laneLeasedMax.keys)
        options.onRetention = { [weak self, logger, journalMeter] step, failure in
            if let step { journalMeter.note(step) }
            if case .retired(_, let dead)? = step { self?.postForget(dead) }
            RetentionLog(logger).note(step, failure)
        }
        let journal = try LogJournal(directory: configuration.journalDirectory, options: options)
        for damage in journal.damages {
            logger.error("The journal is damaged.", metadata: ["error": "\(damage.sentence)"])
        }
        for request in core.restore(try journal.state(), of: journal.name, now: clock.now) {
            core.refilled(request, try journal.openEntries(request))
        }
        self.journal = journal
        threads = BrokerThreads(journal: journal, meter: journalMeter, clock: clock) {
            [weak self] in
            self?.postCollect()
        }
        var socket = try BrokerSocket(in: context, gate: gate)
        try socket.listen(configuration)
        loop.register(socket.socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
        endTurn()
        return socket.endpoints
    }

    private func gate() throws -> BrokerGate? {
        guard let folder = configuration.keys else { return nil }
        let gate = try BrokerGate(folder, in: context, on: loop, clock: clock, logger: logger)
        gate.onNewKey = { [weak self] in self?.assumeIsolated { $0.changeKey() } }
        return gate
    }

    private func changeKey() {
        doing { () throws(ZeroMQError) in try socket?.closeDoor() }
        openDoor()
    }

    /// Tries until the address is free; the broker's other connections go on meanwhile.
    private func openDoor() {
        doing { () throws(ZeroMQError) in
            guard try socket?.openDoor() == false else { return }
            loop.setTimer(after: BrokerSocket.doorInterval) { [weak self] in
                self?.assumeIsolated { $0.openDoor() }
            }
        }
    }

    private func doing(_ body: () throws(ZeroMQError) -> Void) {
        do {
            try body()
        } catch {
            core.fail(BrokerFailure(error))
            endTurn()
        }
    }

    /// Closes what was opened, because the broker could not start completely.
    func abandon() { end(nil) }

    private func end(_ failure: BrokerFailure?) {
        outcome = .some(failure)
        loop.cancel(timer)
        socket?.close()
        loop.stop()
        socket = nil
        context.terminate()
        threads?.end()
        do {
            try journal?.close()
        } catch {
            logger.error("The journal did not close.", metadata: ["error": "\(error.message)"])
        }
        waiter?.resume(returning: failure)
        waiter = nil
    }
}

// Events.
extension BrokerPort {
    private func receive() {
        for _ in 0..<SocketLoop.drainMax {
            guard let socket else { return }
            guard core.isReading else { break }
            do {
                switch try socket.receive() {
                case .nothing: return endTurn()
                case .message(var frames):
                    let route = frames.removeFirst()
                    core.hear(frames, from: route, as: socket.principal, now: clock.now)
                case .overLimit(let route, let frames, let bytes):
                    core.overLimit(from: route, frames: frames, bytes: bytes, now: clock.now)
                }
            } catch {
                core.fail(BrokerFailure(error))
            }
            // At once, so that the journal writes while the next command is read.
            perform()
        }
        endTurn()
    }

    private func collect() {
        threads?.takeAnswers(into: &core, now: clock.now)
        endTurn()
    }

    private func tick() {
        timerIsSetFor = nil
        core.tick(now: clock.now)
        perform()
        endTurn()
    }

    private func endTurn() {
        core.endTurn(now: clock.now)
        perform()
        guard let socket else { return }
        loop.setReading(core.isReading, socket.socket)
        if core.hasMore {
            loop.setTimer(after: .zero) { [weak self] in self?.assumeIsolated { $0.endTurn() } }
        }
        setTimer()
    }
}

// Actions.
extension BrokerPort {
    private func perform() {
        while core.takeActions(into: &actions) {
            for action in actions {
                switch action {
                case .send(let parcel): send(parcel)
                case .store(let job): threads?.submit(job)
                case .load(let job): threads?.submit(job)
                case .ask(let job): threads?.submit(job)
                case .note(let notice): notice.log(to: logger)
                case .end(let failure): end(failure)
                }
            }
            actions.removeAll(keepingCapacity: true)
        }
    }

    private func send(_ parcel: Parcel) {
        guard let socket,
            let obstacle = core.obstacle(to: parcel) ?? socket.send(parcel, logger)
        else { return }
        core.notSent(parcel, obstacle, now: clock.now)
    }

    private func setTimer() {
        guard let next = core.wakeAt, timerIsSetFor.map({ next < $0 }) ?? true else { return }
        loop.cancel(timer)
        timerIsSetFor = next
        timer = loop.setTimer(after: next - clock.now) { [weak self] in
            self?.assumeIsolated { $0.tick() }
        }
    }
}
