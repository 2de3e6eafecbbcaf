import WirecopyMessages
import ZeroMQ

/// A peer of the broker that publishes or works as fast as it is let.
actor BenchPeer {
    /// Messages of one PUBLISH; large enough that commands cost little.
    private static let publishBatch = 64
    /// Messages that may be unconfirmed, and deliveries that may be unfinished.
    private static let window = 1024
    /// Bytes of content that may be on their way to a worker.
    private static let windowBytes = 64 << 20

    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    private let context: Context
    private let endpoint: String
    private var socket: Socket?
    private var left: ArraySlice<Message> = []
    private var unconfirmed = 0
    private var unsettled = 0
    private var received = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)
    private var finished: CheckedContinuation<Void, any Error>?

    /// Makes a peer that is not connected yet.
    init(endpoint: String) throws(ZeroMQError) {
        loop = try SocketLoop(name: "bench-peer")
        context = try Context()
        self.endpoint = endpoint
    }

    /// Publishes messages and returns when all are confirmed.
    func publish(_ messages: [Message]) async throws {
        left = messages[...]
        unconfirmed = 0
        try connect(.hello(.init(peer: "bench/publisher")))
        try await withCheckedThrowingContinuation { finished = $0 }
        close()
    }

    /// Finishes this many deliveries with outcomes and returns when all are settled.
    func work(_ count: Int) async throws {
        unsettled = count
        try connect(.hello(.init(peer: "bench/worker", stage: .fetch)))
        try await withCheckedThrowingContinuation { finished = $0 }
        close()
    }

    private func connect(_ hello: QueueCommand) throws(ZeroMQError) {
        var options = SocketOptions()
        options.sendLimit = 0
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint)
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
        _ = try socket.send(hello.frames)
    }

    private func close() {
        loop.stop()
        socket = nil
        context.terminate()
    }

    private func receive() {
        do {
            let limit = Socket.ReceiveLimit(frames: 10_000, bytes: 1 << 30)
            while let socket, case .message(let frames) = try socket.receive(limit) {
                try hear(try BrokerReply(frames: frames))
            }
        } catch {
            finished?.resume(throwing: error)
            finished = nil
        }
    }

    private func hear(_ reply: BrokerReply) throws {
        switch reply {
        case .welcome: unsettled > 0 ? try grant() : try publishMore()
        case .confirm(_, let confirmations):
            unconfirmed -= confirmations.count
            try publishMore()
        case .deliver(let deliveries): try finish(deliveries)
        case .settled(let settlements):
            unsettled -= settlements.count
            if unsettled == 0 { end() }
        case .refuse, .extended, .pong, .drain, .adminReply: return
        }
    }

    private func publishMore() throws(ZeroMQError) {
        while !left.isEmpty, unconfirmed < Self.window {
            let batch = Array(left.prefix(Self.publishBatch))
            left = left.dropFirst(batch.count)
            unconfirmed += batch.count
            _ = try socket?.send(QueueCommand.publish(request: 1, batch).frames)
        }
        if unconfirmed == 0 { end() }
    }

    private func finish(_ deliveries: [BrokerReply.Delivery]) throws(ZeroMQError) {
        for delivery in deliveries {
            received.messagesTotal += 1
            received.bytesTotal += delivery.message.contentBytes
        }
        let done = QueueCommand.done(
            deliveries.map { .init(lease: $0.lease, outputs: [QueueBench.end($0.message)]) }
        )
        _ = try socket?.send(done.frames)
        try grant()
    }

    private func grant() throws(ZeroMQError) {
        let credit = QueueCommand.Credit(
            messagesTotal: received.messagesTotal + Self.window,
            bytesTotal: received.bytesTotal + Self.windowBytes
        )
        _ = try socket?.send(QueueCommand.credit(credit).frames)
    }

    private func end() {
        finished?.resume()
        finished = nil
    }
}
