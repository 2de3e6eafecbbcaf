import Testing

@testable import ZeroMQ

/// A server that takes keys of a list, on a loop and context of its own.
private actor GuardedServer {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    let keys: CurveKeyPair
    private let context: Context
    private let allowed: Set<CurveKey>
    private var authenticator: Authenticator?
    private var monitor: HandshakeMonitor?
    private var socket: Socket?
    private(set) var openEndpoint = ""
    private(set) var users: [String?] = []
    private(set) var bodies: [[UInt8]] = []
    private(set) var events: [HandshakeMonitor.Event] = []
    private(set) var judged: [CurveKey?] = []
    private var waiting: [(goal: Goal, continuation: CheckedContinuation<Void, Never>)] = []

    enum Goal {
        case bodies(Int)
        case event(HandshakeMonitor.Event)
        case failure
    }

    init(allowing allowed: Set<CurveKey>) throws {
        loop = try SocketLoop(name: "server")
        context = try Context()
        keys = try CurveKeyPair.make()
        self.allowed = allowed
    }

    /// Listens where a key is needed, and first where it is not.
    func listen(
        _ options: SocketOptions = SocketOptions(),
        isOpenToo: Bool = false
    ) throws -> String {
        authenticator = try Authenticator(in: context, on: loop) { [weak self] applicant in
            self?.assumeIsolated { $0.judge(applicant) } ?? .refused
        }
        let socket = try Socket(.router, in: context, options: options)
        monitor = try HandshakeMonitor(socket, in: context, on: loop) { [weak self] event in
            self?.assumeIsolated { $0.hear(event) }
        }
        if isOpenToo {
            try socket.bind("tcp://127.0.0.1:*")
            openEndpoint = try socket.lastEndpoint()
        }
        try socket.protect(with: keys)
        try socket.bind("tcp://127.0.0.1:*")
        loop.register(socket) { [weak self] in self?.assumeIsolated { $0.receive() } }
        self.socket = socket
        return try socket.lastEndpoint()
    }

    func waits(for goal: Goal) async {
        if isReached(goal) { return }
        await withCheckedContinuation { waiting.append((goal, $0)) }
    }

    private func isReached(_ goal: Goal) -> Bool {
        switch goal {
        case .bodies(let count): bodies.count >= count
        case .event(let event): events.contains(event)
        case .failure: events.contains { $0 != .succeeded }
        }
    }

    func close() {
        socket?.close()
        monitor?.close()
        authenticator?.close()
        loop.stop()
        context.terminate()
    }

    private func judge(_ applicant: Authenticator.Applicant) -> Authenticator.Verdict {
        judged.append(applicant.key)
        guard let key = applicant.key, allowed.contains(key) else { return .refused }
        return .accepted(user: key.description)
    }

    private func hear(_ event: HandshakeMonitor.Event) {
        events.append(event)
        wake()
    }

    private func receive() {
        while let socket,
            case .message(let frames)? = try? socket.receive(.init(frames: 9, bytes: 1 << 26))
        {
            users.append(socket.user)
            bodies.append(frames[1])
        }
        wake()
    }

    private func wake() {
        let ready = waiting.filter { isReached($0.goal) }
        waiting.removeAll { isReached($0.goal) }
        for waiter in ready { waiter.continuation.resume() }
    }
}

/// A client with a key, or without, that keeps what becomes of its handshakes.
private actor Caller {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let context: Context
    private var socket: Socket?
    private var monitor: HandshakeMonitor?
    private var events: [HandshakeMonitor.Event] = []
    private var waiter: CheckedContinuation<HandshakeMonitor.Event, Never>?

    init() throws {
        loop = try SocketLoop(name: "caller")
        context = try Context()
    }

    func call(_ endpoint: String, _ security: SocketSecurity) throws {
        var options = SocketOptions()
        options.security = security
        options.linger = .zero
        let socket = try Socket(.dealer, in: context, options: options)
        monitor = try HandshakeMonitor(socket, in: context, on: loop) { [weak self] event in
            self?.assumeIsolated { $0.hear(event) }
        }
        try socket.connect(endpoint)
        self.socket = socket
    }

    func say(_ body: [UInt8]) throws { _ = try socket?.send([body]) }

    /// How the next handshake ends.
    func end() async -> HandshakeMonitor.Event {
        if !events.isEmpty { return events.removeFirst() }
        return await withCheckedContinuation { waiter = $0 }
    }

    func close() {
        monitor?.close()
        socket?.close()
        loop.stop()
        context.terminate()
    }

    private func hear(_ event: HandshakeMonitor.Event) {
        guard let waiter else { return events.append(event) }
        self.waiter = nil
        waiter.resume(returning: event)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct CurveTests {
    @Test func `an allowed key is taken and named with every message`() async throws {
        let keys = try CurveKeyPair.make()
        let server = try GuardedServer(allowing: [keys.publicKey])
        let caller = try Caller()
        let endpoint = try await server.listen()
        try await caller.call(endpoint, .curveClient(keys, server: server.keys.publicKey))
        for body in [bytes("one"), bytes("two")] { try await caller.say(body) }
        await server.waits(for: .bodies(2))
        #expect(await server.bodies == [bytes("one"), bytes("two")])
        let users = await server.users
        #expect(users == [keys.description, keys.description])
        #expect(await caller.end() == .succeeded)
        await caller.close()
        await server.close()
    }

    @Test func `a key that is not allowed learns the number 400`() async throws {
        let server = try GuardedServer(allowing: [])
        let (caller, keys) = (try Caller(), try CurveKeyPair.make())
        let endpoint = try await server.listen()
        try await caller.call(endpoint, .curveClient(keys, server: server.keys.publicKey))
        #expect(await caller.end() == .refused(status: 400))
        #expect(await server.judged == [keys.publicKey])
        #expect(await server.bodies.isEmpty)
        await caller.close()
        await server.close()
    }

    @Test func `a caller without encryption is not taken`() async throws {
        let server = try GuardedServer(allowing: [])
        let caller = try Caller()
        let endpoint = try await server.listen()
        try await caller.call(endpoint, .none)
        try await caller.say(bytes("let me in"))
        // Whoever sees the mismatch first closes, and the other sees a broken connection.
        let end = await caller.end()
        #expect(end == .mechanismMismatch || end == .broken)
        await server.waits(for: .failure)
        #expect(await server.judged.isEmpty)
        #expect(await server.bodies.isEmpty)
        await caller.close()
        await server.close()
    }

    @Test func `a wrong key of the server is noticed by the server`() async throws {
        let keys = try CurveKeyPair.make()
        let server = try GuardedServer(allowing: [keys.publicKey])
        let caller = try Caller()
        let endpoint = try await server.listen()
        let wrong = try CurveKeyPair.make().publicKey
        try await caller.call(endpoint, .curveClient(keys, server: wrong))
        #expect(await caller.end() == .broken)
        await server.waits(for: .event(.cryptographic))
        #expect(await server.judged.isEmpty)
        await caller.close()
        await server.close()
    }

    @Test func `one socket serves keys at one address and everybody at another`() async throws {
        let keys = try CurveKeyPair.make()
        let server = try GuardedServer(allowing: [keys.publicKey])
        let (owner, neighbour) = (try Caller(), try Caller())
        let endpoint = try await server.listen(isOpenToo: true)
        let open = await server.openEndpoint
        try await owner.call(endpoint, .curveClient(keys, server: server.keys.publicKey))
        try await owner.say(bytes("owner"))
        await server.waits(for: .bodies(1))
        try await neighbour.call(open, .none)
        try await neighbour.say(bytes("neighbour"))
        await server.waits(for: .bodies(2))
        let users = await server.users
        #expect(users == [keys.description, nil])
        await owner.close()
        await neighbour.close()
        await server.close()
    }

    @Test func `the largest frame passes encrypted and one byte more ends the connection`()
        async throws
    {
        let keys = try CurveKeyPair.make()
        let server = try GuardedServer(allowing: [keys.publicKey])
        var options = SocketOptions()
        options.frameBytesMax = 1 << 20
        let endpoint = try await server.listen(options)
        let (honest, rude) = (try Caller(), try Caller())
        try await honest.call(endpoint, .curveClient(keys, server: server.keys.publicKey))
        try await honest.say([UInt8](repeating: 7, count: 1 << 20))
        await server.waits(for: .bodies(1))
        try await rude.call(endpoint, .curveClient(keys, server: server.keys.publicKey))
        try await rude.say([UInt8](repeating: 7, count: 1 << 20 + 1))
        // The connection was made, ended, and is made anew.
        #expect(await rude.end() == .succeeded)
        #expect(await rude.end() == .succeeded)
        try await honest.say(bytes("still here"))
        await server.waits(for: .bodies(2))
        #expect(await server.bodies.map(\.count) == [1 << 20, 10])
        await honest.close()
        await rude.close()
        await server.close()
    }

    @Test func `a pair of keys survives its text and hides its secret`() throws {
        let keys = try CurveKeyPair.make()
        #expect(CurveKeyPair(secretText: keys.secretText) == keys)
        #expect("\(keys)" == keys.publicKey.description)
        #expect(CurveKey(keys.publicKey.description) == keys.publicKey)
        #expect(CurveKey(keys.publicKey.description.uppercased()) == keys.publicKey)
    }

    @Test(arguments: [
        "", "ab", String(repeating: "g", count: 64), String(repeating: "a", count: 63),
    ])
    func `text that is no key is none`(_ text: String) {
        #expect(CurveKey(text) == nil)
        #expect(CurveKeyPair(secretText: text) == nil)
    }

    @Test(arguments: [0, 3, 7, 8, 9, 12])
    func `questions to the authenticator that are malformed are dropped`(_ count: Int) {
        let frames = [[UInt8]](repeating: [1], count: count)
        #expect(Authenticator.Question(frames) == nil)
    }

    @Test(arguments: ["NULL", "PLAIN", "GSSAPI"])
    func `an applicant of another mechanism has no key`(_ mechanism: String) throws {
        let key = [UInt8](repeating: 1, count: 32)
        let head = [[9], [], bytes("1.0"), bytes("7"), bytes("wirecopy"), bytes("10.0.0.7"), []]
        let question = try #require(Authenticator.Question(head + [bytes(mechanism), key]))
        #expect(question.applicant.key == nil)
        #expect(question.applicant.address == "10.0.0.7")
        #expect(question.reply(.refused)[4] == bytes("400"))
    }

    @Test(arguments: [[], [1], [0, 0, 0, 0, 0, 0], [UInt8](repeating: 255, count: 7)])
    func `events that are none are dropped`(_ frame: [UInt8]) {
        #expect(HandshakeMonitor.event(frame) == nil)
    }
}
