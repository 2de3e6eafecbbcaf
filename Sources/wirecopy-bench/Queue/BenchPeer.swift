import WirecopyKeys
import WirecopyMessages
import ZeroMQ

/// A peer of the broker that publishes or works as fast as it is let, or at a steady rate.
actor BenchPeer {
    /// How a peer goes about it.
    struct Pace {
        /// Messages of one PUBLISH.
        var batch = 256
        /// Messages that may be unconfirmed, or deliveries that may be unfinished.
        var window = 2048
        /// Messages a second; `nil` is as many as the window lets through.
        var rate: Int?
    }

    /// Bytes of content that may be on their way to a worker.
    private static let windowBytes = 64 << 20

    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    private let context: Context
    private let endpoint: String
    private let pace: Pace
    private let keys: KeyFile?
    private var messages: BenchMessages
    private var socket: Socket?
    private var usesBlocks = false
    private var left = 0
    private var unconfirmed = 0
    private var unsettled = 0
    /// Deliveries that are taken at most.
    private var wanted = 0
    /// The monotonic clock at the first delivery; 0 before.
    private(set) var firstDeliveryNanoseconds = 0
    private var answer: [UInt8] = []
    private var request = 0
    private var sentAt: [Int: ContinuousClock.Instant] = [:]
    private var confirmTimes: [Duration] = []
    private var received = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)
    private var heartbeat: Duration = .seconds(1)
    private var waiter: CheckedContinuation<Void, any Error>?

    /// Makes a peer that is not connected yet; with keys its connection is encrypted.
    init(
        endpoint: String,
        pace: Pace,
        messages: BenchMessages,
        keys: KeyFile?
    ) throws(ZeroMQError) {
        loop = try SocketLoop(name: "bench-peer")
        context = try Context()
        self.endpoint = endpoint
        self.pace = pace
        self.messages = messages
        self.keys = keys
    }

    /// Greets and returns when the broker has taken this peer; a worker names its stage.
    func connect(_ name: String, stage: StageName? = nil) async throws {
        var options = SocketOptions()
        options.sendLimit = 0
        if let keys, let broker = keys.brokerKeys.first {
            options.security = .curveClient(keys.keys, server: broker)
        }
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint)
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
        try say(.hello(.init(peer: name, stage: stage)))
        try await wait()
        beat()
    }

    /// Publishes so many messages, and returns when all are confirmed.
    ///
    /// - Returns: the time from each PUBLISH to its CONFIRM, in the order of the answers.
    func publish(_ count: Int) async throws -> [Duration] {
        left = count
        confirmTimes = []
        if pace.rate == nil { try publishMore() } else { publishOne() }
        try await wait()
        return confirmTimes
    }

    /// Finishes this many deliveries with outcomes, and returns when all are settled.
    func work(_ count: Int) async throws {
        unsettled = count
        wanted = count
        try grant()
        try await wait()
    }

    /// Asks for an operation, and gives its answer.
    func ask<Answer: Report>(
        _ operation: AdminOperation,
        _ arguments: some Report
    ) async throws -> Answer {
        request += 1
        let json = try arguments.reportJSON()
        try say(.admin(request: request, operation: operation.rawValue, arguments: json))
        try await wait()
        return try Answer(reportJSON: answer)
    }

    /// Leaves; nothing is called after it.
    func close() {
        loop.stop()
        socket = nil
        context.terminate()
    }
}

extension BenchPeer {
    private func wait() async throws {
        try await withCheckedThrowingContinuation { waiter = $0 }
    }

    private func finish(_ error: (any Error)? = nil) {
        let waiter = waiter
        self.waiter = nil
        if let error { waiter?.resume(throwing: error) } else { waiter?.resume() }
    }

    private func say(_ command: QueueCommand) throws(ZeroMQError) {
        _ = try socket?.send(command.frames(inBlocks: usesBlocks))
    }

    private func beat() {
        guard socket != nil else { return }
        do {
            try say(.ping(nil))
        } catch {
            return finish(error)
        }
        loop.setTimer(after: heartbeat) { [weak self] in self?.assumeIsolated { $0.beat() } }
    }

    private func receive() {
        do {
            let limit = Socket.ReceiveLimit(frames: 10_000, bytes: 1 << 30)
            while let socket, case .message(let frames) = try socket.receive(limit) {
                try hear(try BrokerReply(frames: frames))
            }
        } catch {
            finish(error)
        }
    }

    private func hear(_ reply: BrokerReply) throws {
        switch reply {
        case .welcome(let welcome):
            heartbeat = .milliseconds(max(1, welcome.heartbeatMilliseconds))
            usesBlocks = welcome.readsBlocks
            finish()
        case .confirm(let request, let confirmations): try hear(request, confirmations)
        case .deliver(let deliveries): try finish(deliveries)
        case .settled(let settlements):
            unsettled -= settlements.count
            if unsettled == 0 { finish() }
        case .refuse(_, let message): throw BenchFailure(message)
        case .adminReply(_, let isFailure, let body):
            guard !isFailure else { throw BenchFailure(String(decoding: body, as: UTF8.self)) }
            answer = body
            finish()
        case .extended, .pong, .drain: return
        }
    }

    private func hear(_ request: Int, _ confirmations: [BrokerReply.Confirmation]) throws {
        if let sentAt = sentAt.removeValue(forKey: request) { confirmTimes.append(.now - sentAt) }
        guard confirmations.allSatisfy({ $0 == .accepted }) else {
            throw BenchFailure("The broker did not accept every message.")
        }
        unconfirmed -= confirmations.count
        if pace.rate == nil { try publishMore() }
        if left == 0, unconfirmed == 0 { finish() }
    }

    private func publishMore() throws(ZeroMQError) {
        while left > 0, unconfirmed < pace.window {
            try publishBatch(min(left, pace.batch))
        }
    }

    private func publishBatch(_ count: Int) throws(ZeroMQError) {
        request += 1
        var batch: [Message] = []
        batch.reserveCapacity(count)
        for _ in 0..<count { batch.append(messages.next()) }
        left -= count
        unconfirmed += count
        sentAt[request] = .now
        try say(.publish(request: request, batch))
    }

    /// Publishes one message and sets the timer for the next; a late timer shifts the others.
    private func publishOne() {
        guard left > 0, let rate = pace.rate else { return }
        do {
            try publishBatch(1)
        } catch {
            return finish(error)
        }
        loop.setTimer(after: .seconds(1) / rate) { [weak self] in
            self?.assumeIsolated { $0.publishOne() }
        }
    }

    private func finish(_ deliveries: [BrokerReply.Delivery]) throws(ZeroMQError) {
        var completions: [QueueCommand.Completion] = []
        completions.reserveCapacity(deliveries.count)
        if firstDeliveryNanoseconds == 0 { firstDeliveryNanoseconds = BenchClock.monotonic }
        for delivery in deliveries {
            received.messagesTotal += 1
            received.bytesTotal += delivery.message.contentBytes
            let outputs = [messages.end(delivery.message)]
            completions.append(.init(lease: delivery.lease, outputs: outputs))
        }
        try say(.done(completions))
        try grant()
    }

    private func grant() throws(ZeroMQError) {
        let credit = QueueCommand.Credit(
            messagesTotal: min(wanted, received.messagesTotal + pace.window),
            bytesTotal: received.bytesTotal + Self.windowBytes
        )
        try say(.credit(credit))
    }
}

/// Why a measurement could not be made.
struct BenchFailure: Error, CustomStringConvertible {
    /// A full sentence.
    let description: String

    /// Makes a failure with a full sentence.
    init(_ sentence: String) { description = sentence }
}
