import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

@Suite(.timeLimit(.minutes(2))) struct BrokerRefusalTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let malformed: [[[UInt8]]] = [
        [[]],
        [Array("PUBLISH".utf8)],
        [Array("NOISE".utf8), Array("{}".utf8)],
        [Array("PUBLISH".utf8), Array("{\"messages\":1,\"request\":1}".utf8)],
        [Array("DONE".utf8), Array("{\"completions\":[{\"lease\":\"1\",\"outputs\":0}]}".utf8)],
        [Array("PING".utf8), Array("[".utf8)],
        [[UInt8](repeating: 0xFF, count: 100), [0], [1], [2]],
        [Array("CREDIT".utf8), Array("{\"bytes_total\":1,\"messages_total\":1}".utf8), [1]],
    ]

    @Test func `frames that are no command are refused and the peer stays`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch)
        for frames in Self.malformed {
            try await peer.say(frames)
            #expect(try await peer.refusal() == .malformed)
        }
        try await peer.pong()
        try await broker.stop()
    }

    @Test func `hostile numbers in commands do no harm`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("fetch/1", .fetch)
        _ = try await peer.publish([Pages.request()])
        try await peer.say(.credit(.init(messagesTotal: Int.max, bytesTotal: Int.max)))
        let lease = try #require(try await peer.deliveries().first).lease
        try await peer.say(.credit(.init(messagesTotal: Int.min, bytesTotal: Int.min)))
        let huge = LeaseID(position: Int.max, attempt: LeaseID.attemptMax)
        #expect(try await peer.finish(huge, [Pages.request()]) == false)
        let wait = StageFailure(.stageFailed, .retry(after: .milliseconds(Int.max)), "Wait.")
        try await peer.say(.fail([.init(lease: lease, wait), .init(lease: huge, wait)]))
        #expect(try await peer.settlements().map(\.isFirst) == [true, false])
        try await peer.greet("fetch/1", .fetch, held: [huge])
        try await peer.pong()
        try await broker.stop()
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-1"])
    func `an envelope of an impossible time is refused`(_ milliseconds: String) async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        var frames = QueueCommand.publish(request: 1, [Pages.request()]).frames
        let envelope = String(decoding: frames[2], as: UTF8.self)
        let changed = envelope.replacing(
            "\"made_at_ms\":1,",
            with: "\"made_at_ms\":\(milliseconds),"
        )
        #expect(changed != envelope)
        frames[2] = Array(changed.utf8)
        try await peer.say(frames)
        #expect(try await peer.refusal() == .malformed)
        try await peer.pong()
        try await broker.stop()
    }

    @Test func `a peer that has not greeted is told so`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.say(.ping(nil))
        #expect(try await peer.refusal() == .notGreeted)
        try await broker.stop()
    }

    @Test func `a peer of another protocol version or stage is refused`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        var hello = QueueCommand.Hello(peer: "fetch/1", stage: .fetch)
        hello.protocolVersion = 99
        try await peer.say(.hello(hello))
        #expect(try await peer.refusal() == .protocolVersion)
        try await peer.say([
            Array("HELLO".utf8),
            Array("{\"peer\":\"x\",\"protocol\":1,\"stage\":\"brew\"}".utf8),
        ])
        #expect(try await peer.refusal() == .unknownStage)
        try await peer.say(.hello(.init(peer: "")))
        #expect(try await peer.refusal() == .notAllowed)
        try await broker.stop()
    }

    @Test func `a command cannot finish messages`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        try await peer.say(.done([]))
        #expect(try await peer.refusal() == .notAllowed)
        try await broker.stop()
    }

    @Test func `a message that enters under a foreign root is refused alone`() async throws {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        let stray = Pages.page(from: Pages.request())
        let confirmations = try await peer.publish([stray, Pages.request()])
        guard case .refused(.notAllowed, _) = confirmations[0] else {
            Issue.record("\(confirmations)")
            return
        }
        #expect(confirmations[1] == .accepted)
        try await broker.stop()
    }

    @Test func `operations that are unknown or cannot be read fail with a sentence`()
        async throws
    {
        let broker = try await RunningBroker.start(directory)
        let peer = try await RawPeer.connect(to: broker.endpoint)
        try await peer.greet("command/1")
        for (operation, arguments) in [("dance", "{}"), ("trace", "["), ("replay", "{}")] {
            try await peer.say(
                .admin(request: 3, operation: operation, arguments: Array(arguments.utf8))
            )
            let reply = try await peer.hear { if case .adminReply = $0 { true } else { false } }
            guard case .adminReply(3, isFailure: true, let body) = reply else {
                Issue.record("\(operation): \(reply)")
                continue
            }
            #expect(try AdminFailure(reportJSON: body).message.hasSuffix("."))
        }
        await #expect(throws: AdminFailure.self) {
            let _: TraceReport = try await peer.ask(.trace, TraceRequest())
        }
        try await broker.stop()
    }

    @Test func `an address that others can reach is refused unless plaintext is allowed`()
        async throws
    {
        for endpoint in ["tcp://*:*", "tcp://0.0.0.0:*", "tcp://192.0.2.1:5577", "tcp://[::]:*"] {
            let failure = await #expect(throws: BrokerFailure.self) {
                _ = try await RunningBroker.start(directory) { $0.endpoint = endpoint }
            }
            #expect(failure?.code == .endpointRefused)
        }
        let broker = try await RunningBroker.start(directory) { configuration in
            configuration.endpoint = "tcp://*:*"
            configuration.allowsPlaintext = true
        }
        try await broker.stop()
    }

    @Test func `a second broker on the same journal or address is refused`() async throws {
        let broker = try await RunningBroker.start(directory)
        let second = await #expect(throws: BrokerFailure.self) {
            _ = try await RunningBroker.start(directory)
        }
        #expect(second?.code == .journal(.journalInUse))
        let elsewhere = try TemporaryDirectory()
        let third = await #expect(throws: BrokerFailure.self) {
            _ = try await RunningBroker.start(elsewhere) { $0.endpoint = broker.endpoint }
        }
        #expect(third?.code == .addressInUse)
        try await broker.stop()
    }

    @Test func `a peer that reads nothing is dropped and delays nobody`() async throws {
        let broker = try await RunningBroker.start(directory)
        let slow = try await RawPeer.connect(to: broker.endpoint)
        try await slow.greet("fetch/1", .fetch)
        await slow.stopReading()
        for _ in 1...20_000 {
            try await slow.say(.extend((1...20).map { .init(position: $0, attempt: 1) }))
        }
        let other = try await RawPeer.connect(to: broker.endpoint)
        try await other.greet("fetch/2", .fetch, credit: 1)
        _ = try await other.publish([Pages.request()])
        #expect(try await other.deliveries().count == 1)
        try await broker.stop()
    }
}
