import WirecopyMessages
import ZeroMQ

/// Plays the broker: takes peers, keeps what they say, and says what a test tells it to.
actor FakeBroker {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// How a test wants greetings to be answered.
    enum Manner: Sendable {
        case welcoming
        /// Welcomes, but takes all leases away.
        case forgetful
        case refusing(RefusalCode, String)
        case silent
    }

    private struct Waiter {
        /// Takes the first command that fits out of the list, if there is one.
        let attempt: (inout [QueueCommand]) -> Bool
    }

    private(set) var silentHellos = 0
    private var heartbeatMilliseconds = 40
    private var leaseMilliseconds = 60_000
    private var publishWindow = 1000
    private var manner = Manner.welcoming
    /// Everything that was ever heard but PING, in order.
    private(set) var history: [QueueCommand] = []

    private let context: Context
    private var socket: Socket?
    private var peer: [UInt8] = []
    private var unseen: [QueueCommand] = []
    private var waiters: [Waiter] = []

    init() throws {
        loop = try SocketLoop(name: "fake-broker")
        context = try Context()
    }

    /// Listens and gives the address.
    func start(_ endpoint: String = "tcp://127.0.0.1:*") throws -> String {
        let socket = try Socket(.router, in: context)
        try socket.bind(endpoint)
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.drain() } }
        self.socket = socket
        return try socket.lastEndpoint()
    }

    func set(_ manner: Manner) { self.manner = manner }

    func setTimes(heartbeat: Int? = nil, lease: Int? = nil, window: Int? = nil) {
        heartbeatMilliseconds = heartbeat ?? heartbeatMilliseconds
        leaseMilliseconds = lease ?? leaseMilliseconds
        publishWindow = window ?? publishWindow
    }

    /// Says something to the peer that spoke last.
    func say(_ reply: BrokerReply) throws {
        _ = try socket?.send([peer] + reply.frames)
    }

    /// Behaves like a broker that was started anew and knows nobody.
    func forgetPeer() throws {
        try say(.refuse(code: .notGreeted, message: "Say HELLO first."))
    }

    /// Waits for the next command, not seen by a test yet, from which `read` can take a value.
    func next<Value: Sendable>(_ read: @escaping (QueueCommand) -> Value?) async -> Value {
        await withCheckedContinuation { continuation in
            let waiter = Waiter { commands in
                for (index, command) in commands.enumerated() {
                    guard let value = read(command) else { continue }
                    commands.remove(at: index)
                    continuation.resume(returning: value)
                    return true
                }
                return false
            }
            if !waiter.attempt(&unseen) { waiters.append(waiter) }
        }
    }

    /// Waits for the next command of any kind, which other waiters still see.
    private func next() async {
        await withCheckedContinuation { continuation in
            waiters.append(
                Waiter { _ in
                    continuation.resume()
                    return true
                }
            )
        }
    }

    private func drain() {
        let limit = Socket.ReceiveLimit(frames: 20_000, bytes: 1 << 28)
        while let socket, case .message(let frames)? = try? socket.receive(limit) {
            peer = frames[0]
            guard let command = try? QueueCommand(frames: Array(frames.dropFirst())) else {
                try? say(.refuse(code: .malformed, message: "That is no command."))
                continue
            }
            answer(command)
            if case .silent = manner {
                if case .hello = command { silentHellos += 1 }
                continue
            }
            if case .ping = command {
                // Only the newest heartbeat is of interest.
                unseen.removeAll { if case .ping = $0 { true } else { false } }
            } else {
                history.append(command)
            }
            unseen.append(command)
            waiters.removeAll { $0.attempt(&unseen) }
        }
    }

    private func answer(_ command: QueueCommand) {
        switch (manner, command) {
        case (.silent, _): return
        case (.refusing(let code, let message), .hello):
            try? say(.refuse(code: code, message: message))
        case (.forgetful, .hello): welcome([])
        case (.welcoming, .hello(let hello)): welcome(hello.held)
        case (_, .ping): try? say(.pong)
        default: return
        }
    }

    private func welcome(_ held: [LeaseID]) {
        let welcome = BrokerReply.Welcome(
            broker: "test",
            heartbeatMilliseconds: heartbeatMilliseconds,
            leaseMilliseconds: leaseMilliseconds,
            publishWindow: publishWindow,
            held: held
        )
        try? say(.welcome(welcome))
    }
}

extension FakeBroker {
    func hello() async -> QueueCommand.Hello {
        await next { if case .hello(let hello) = $0 { hello } else { nil } }
    }

    /// Waits for a greeting that fits.
    func hello(
        where fits: @escaping @Sendable (QueueCommand.Hello) -> Bool
    ) async -> QueueCommand.Hello {
        await next { command in
            guard case .hello(let hello) = command, fits(hello) else { return nil }
            return hello
        }
    }

    func credit() async -> QueueCommand.Credit {
        await next { if case .credit(let credit) = $0 { credit } else { nil } }
    }

    func done() async -> [QueueCommand.Completion] {
        await next { if case .done(let completions) = $0 { completions } else { nil } }
    }

    func failures() async -> [QueueCommand.Failure] {
        await next { if case .fail(let failures) = $0 { failures } else { nil } }
    }

    func extend() async -> [LeaseID] {
        await next { if case .extend(let leases) = $0 { leases } else { nil } }
    }

    func drained() async -> [LeaseID] {
        await next { if case .drain(let leases) = $0 { leases } else { nil } }
    }

    func bye() async {
        await next { if case .bye = $0 { () } else { nil } }
    }

    /// Waits for a heartbeat that fits.
    @discardableResult
    func status(where fits: @escaping @Sendable (WorkerStatus) -> Bool) async -> WorkerStatus {
        await next { command in
            guard case .ping(let status?) = command, fits(status) else { return nil }
            return status
        }
    }

    func publication() async -> (request: Int, messages: [Message]) {
        await next {
            if case .publish(let request, let messages) = $0 { (request, messages) } else { nil }
        }
    }

    func question() async -> (request: Int, operation: String, arguments: [UInt8]) {
        await next {
            guard case .admin(let request, let operation, let arguments) = $0 else { return nil }
            return (request, operation, arguments)
        }
    }

    /// Delivers messages under leases 1.1, 2.1, ... or those given.
    func deliver(
        _ messages: [Message],
        from position: Int = 1,
        priority: MessageClass = .live
    ) throws {
        let deliveries = messages.enumerated().map { index, message in
            BrokerReply.Delivery(
                lease: LeaseID(position: position + index, attempt: 1),
                priority: priority,
                message: message
            )
        }
        try say(.deliver(deliveries))
    }

    /// Waits for what a worker tells of a delivery: its failure, or `nil` when it is done.
    func report(of lease: LeaseID) async -> QueueCommand.Failure? {
        while true {
            for command in history {
                switch command {
                case .done(let all) where all.contains { $0.lease == lease }: return nil
                case .fail(let all):
                    if let failure = all.first(where: { $0.lease == lease }) { return failure }
                default: continue
                }
            }
            await next()
        }
    }

    /// Delivers a message until it is done, as a broker does when a call took too long: on a
    /// loaded machine any call may.
    ///
    /// - Returns: the lease under which it was done.
    func deliverUntilDone(_ message: Message, at position: Int) async throws -> LeaseID {
        var lease = LeaseID(position: position, attempt: 1)
        try say(.deliver([.init(lease: lease, priority: .live, message: message)]))
        while let failure = await report(of: lease) {
            guard failure.failure.code == .stageTimedOut else { throw failure.failure }
            try settle([lease])
            lease = LeaseID(position: position, attempt: lease.attempt + 1)
            try say(.deliver([.init(lease: lease, priority: .retry, message: message)]))
        }
        return lease
    }

    /// Settles what a DONE or FAIL told.
    func settle(_ leases: [LeaseID], isFirst: Bool = true) throws {
        try say(.settled(leases.map { BrokerReply.Settlement(lease: $0, isFirst: isFirst) }))
    }

    /// Every delivery that was ever reported as done.
    var acknowledged: [LeaseID] {
        history.flatMap { command -> [LeaseID] in
            guard case .done(let completions) = command else { return [] }
            return completions.map(\.lease)
        }
    }
}
