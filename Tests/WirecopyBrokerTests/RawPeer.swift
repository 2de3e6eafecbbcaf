import WirecopyMessages
import ZeroMQ

/// A peer that speaks frames and nothing more, so that tests can say what no client would.
actor RawPeer {
    struct Silence: Error, CustomStringConvertible {
        let description: String
    }

    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Far longer than anything takes; a test that waits so long has failed.
    private static let patience: Duration = .seconds(20)

    private let context: Context
    private var socket: Socket?
    private var monitor: HandshakeMonitor?
    private var handshake: HandshakeMonitor.Event?
    private var handshakeWaiter: CheckedContinuation<Void, Never>?
    private var inbox: [BrokerReply] = []
    private var beats = true
    private var wanted: ((BrokerReply) -> Bool)?
    private var waiter: CheckedContinuation<BrokerReply, any Error>?

    init() throws {
        loop = try SocketLoop(name: "raw-peer")
        context = try Context()
    }

    static func connect(
        to endpoint: String,
        _ security: SocketSecurity = .none
    ) async throws -> RawPeer {
        let peer = try RawPeer()
        try await peer.connect(endpoint, security)
        return peer
    }

    private func connect(_ endpoint: String, _ security: SocketSecurity) throws {
        var options = SocketOptions()
        options.linger = .zero
        options.sendLimit = 0
        options.security = security
        let socket = try Socket(.dealer, in: context, options: options)
        if security != .none {
            monitor = try HandshakeMonitor(socket, in: context, on: loop) { [weak self] event in
                self?.assumeIsolated { $0.hear(event) }
            }
        }
        try socket.connect(endpoint)
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
    }

    func say(_ command: QueueCommand) throws { try say(command.frames) }

    func say(_ frames: [[UInt8]]) throws {
        guard try socket?.send(frames) == .sent else {
            throw Silence(description: "The socket took nothing.")
        }
    }

    /// Says PING again and again, so that the broker does not take the peer for dead.
    func beat(every interval: Duration) throws {
        guard socket != nil, beats else { return }
        try say(.ping(nil))
        loop.setTimer(after: interval) { [weak self] in
            self?.assumeIsolated { try? $0.beat(every: interval) }
        }
    }

    /// Stops reading, as a peer does that hangs.
    func stopReading() {
        if let socket { loop.setReading(false, socket) }
    }

    /// Closes without a word, as a peer does that is killed.
    func vanish() {
        monitor?.close()
        monitor = nil
        loop.stop()
        socket = nil
        context.terminate()
    }

    /// Whether the first handshake succeeds.
    func isTaken() async throws -> Bool {
        if handshake == nil { await withCheckedContinuation { handshakeWaiter = $0 } }
        return handshake == .succeeded
    }

    private func hear(_ event: HandshakeMonitor.Event) {
        handshake = handshake ?? event
        handshakeWaiter?.resume()
        handshakeWaiter = nil
    }

    /// Says PING again and again until a wanted reply comes.
    func beats(
        every interval: Duration,
        until isWanted: @escaping (BrokerReply) -> Bool
    ) async throws -> BrokerReply {
        try beat(every: interval)
        defer { beats = false }
        return try await hear(isWanted)
    }

    /// Whether nothing has come of all that was said; another peer's answer must have come since.
    func isSilent() throws -> Bool { inbox.allSatisfy { $0 == .pong } }

    /// The next reply that is wanted; others are kept for later.
    func hear(_ isWanted: @escaping (BrokerReply) -> Bool) async throws -> BrokerReply {
        if let index = inbox.firstIndex(where: isWanted) { return inbox.remove(at: index) }
        wanted = isWanted
        let timer = loop.setTimer(after: Self.patience) { [weak self] in
            self?.assumeIsolated { $0.giveUp() }
        }
        defer { loop.cancel(timer) }
        return try await withCheckedThrowingContinuation { waiter = $0 }
    }

    private func giveUp() {
        waiter?.resume(throwing: Silence(description: "The broker did not say what was expected."))
        waiter = nil
    }

    private func receive() {
        while let socket,
            case .message(let frames)? = try? socket.receive(
                .init(frames: 20_000, bytes: 1 << 30)
            )
        {
            guard let reply = try? BrokerReply(frames: frames) else { continue }
            if let waiter, wanted?(reply) == true {
                self.waiter = nil
                waiter.resume(returning: reply)
            } else {
                inbox.append(reply)
            }
        }
    }
}

// The dialogues.
extension RawPeer {
    @discardableResult
    func greet(
        _ name: String,
        _ stage: StageName? = nil,
        held: [LeaseID] = [],
        credit: Int = 0
    ) async throws -> BrokerReply.Welcome {
        try say(.hello(.init(peer: name, stage: stage, stageVersion: "1.0", held: held)))
        let reply = try await hear { if case .welcome = $0 { true } else { false } }
        guard case .welcome(let welcome) = reply else { throw Silence(description: "\(reply)") }
        if credit > 0 { try say(.credit(.init(messagesTotal: credit, bytesTotal: 1 << 30))) }
        return welcome
    }

    func publish(_ messages: [Message], request: Int = 1) async throws
        -> [BrokerReply.Confirmation]
    {
        try say(.publish(request: request, messages))
        let reply = try await hear { if case .confirm(request, _) = $0 { true } else { false } }
        guard case .confirm(_, let confirmations) = reply else { return [] }
        return confirmations
    }

    func deliveries() async throws -> [BrokerReply.Delivery] {
        let reply = try await hear { if case .deliver = $0 { true } else { false } }
        guard case .deliver(let deliveries) = reply else { return [] }
        return deliveries
    }

    func settlements() async throws -> [BrokerReply.Settlement] {
        let reply = try await hear { if case .settled = $0 { true } else { false } }
        guard case .settled(let settlements) = reply else { return [] }
        return settlements
    }

    func finish(_ lease: LeaseID, _ outputs: [Message]) async throws -> Bool {
        try say(.done([.init(lease: lease, outputs: outputs)]))
        return try await settlements().first?.isFirst ?? false
    }

    func refusal() async throws -> RefusalCode {
        let reply = try await hear { if case .refuse = $0 { true } else { false } }
        guard case .refuse(let code, _) = reply else { throw Silence(description: "\(reply)") }
        return code
    }

    func pong() async throws {
        try say(.ping(nil))
        _ = try await hear { $0 == .pong }
    }

    func ask<Answer: Report>(
        _ operation: AdminOperation,
        _ arguments: some Report = NoArguments(),
        as _: Answer.Type = Answer.self
    ) async throws -> Answer {
        try say(
            .admin(
                request: 7,
                operation: operation.rawValue,
                arguments: try arguments.reportJSON()
            )
        )
        let reply = try await hear { if case .adminReply(7, _, _) = $0 { true } else { false } }
        guard case .adminReply(_, let isFailure, let body) = reply else {
            throw Silence(description: "\(reply)")
        }
        if isFailure { throw try AdminFailure(reportJSON: body) }
        return try Answer(reportJSON: body)
    }
}
