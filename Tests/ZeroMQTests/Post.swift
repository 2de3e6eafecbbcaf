import ZeroMQ

/// An actor on a socket loop, with one socket, that keeps what comes and wakes who waits for it.
actor Post {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let context: Context
    private let limit: Socket.ReceiveLimit
    private var socket: Socket?
    private var received: [Socket.Reception] = []
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var outbox: [[[UInt8]]] = []
    private var echoes = false

    init(
        _ loop: SocketLoop,
        _ context: Context,
        limit: Socket.ReceiveLimit = .init(frames: 64, bytes: 1 << 20)
    ) {
        self.loop = loop
        self.context = context
        self.limit = limit
    }

    /// Opens a router on a free port of loopback and gives its address.
    func bind(
        _ endpoint: String = "tcp://127.0.0.1:*",
        options: SocketOptions = SocketOptions()
    ) throws -> String {
        let socket = try Socket(.router, in: context, options: options)
        try socket.bind(endpoint)
        watch(socket)
        return try socket.lastEndpoint()
    }

    func connect(_ endpoint: String, options: SocketOptions = SocketOptions()) throws {
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint)
        watch(socket)
    }

    /// Sends everything back to where it came from, from now on.
    func echo() { echoes = true }

    func trySend(_ frames: [[UInt8]]) throws -> Socket.SendOutcome? {
        try socket?.send(frames)
    }

    /// Sends now, or as soon as the socket takes it.
    func send(_ frames: [[UInt8]]) {
        outbox.append(frames)
        flush()
    }

    /// Waits until so many messages have come, and gives them.
    func receptions(_ count: Int) async -> [Socket.Reception] {
        if received.count < count {
            await withCheckedContinuation { waiting.append((count, $0)) }
        }
        return received
    }

    func messages(_ count: Int) async -> [[[UInt8]]] {
        await receptions(count).compactMap { reception in
            guard case .message(let frames) = reception else { return nil }
            return frames
        }
    }

    func setReading(_ isReading: Bool) {
        guard let socket else { return }
        loop.setReading(isReading, socket)
    }

    /// Closes the socket and waits until its tail is sent.
    func close() {
        guard let socket else { return }
        loop.unregister(socket)
        socket.close()
        self.socket = nil
        context.terminate()
    }

    private func watch(_ socket: Socket) {
        self.socket = socket
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.drain() } }
    }

    private func drain() {
        for _ in 0..<SocketLoop.drainMax {
            guard let socket, let reception = try? socket.receive(limit), reception != .nothing
            else { break }
            received.append(reception)
            if echoes, case .message(let frames) = reception { outbox.append(frames) }
        }
        flush()
        let ready = waiting.filter { $0.count <= received.count }
        waiting.removeAll { $0.count <= received.count }
        for waiter in ready { waiter.continuation.resume() }
    }

    private func flush() {
        guard let socket else { return }
        while let first = outbox.first {
            guard (try? socket.send(first)) == .sent else { break }
            outbox.removeFirst()
        }
        if outbox.isEmpty {
            loop.setWriting(socket, onWritable: nil)
        } else {
            loop.setWriting(socket) { [weak self] in self?.assumeIsolated { $0.flush() } }
        }
    }
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
