import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(1)))
struct SocketTests {
    @Test func `a message of several frames comes back as it was sent`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let (router, dealer) = (Post(loop, context), Post(loop, context))
        let endpoint = try await router.bind()
        await router.echo()
        try await dealer.connect(endpoint)
        let frames = [bytes("MESSAGE"), [], bytes("{}"), [UInt8](repeating: 7, count: 100_000)]
        await dealer.send(frames)
        #expect(await dealer.messages(1) == [frames])
        #expect(await router.messages(1).first?.dropFirst() == frames[...])
    }

    @Test func `ten thousand messages arrive once and in order`() async throws {
        let context = try Context()
        let (near, far) = (try SocketLoop(name: "near"), try SocketLoop(name: "far"))
        let (router, dealer) = (Post(near, context), Post(far, context))
        let endpoint = try await router.bind()
        await router.echo()
        try await dealer.connect(endpoint)
        for number in 0..<10_000 { await dealer.send([bytes("\(number)"), bytes("x")]) }
        let answers = await dealer.messages(10_000)
        #expect(answers == (0..<10_000).map { [bytes("\($0)"), bytes("x")] })
    }

    @Test func `binding an address twice fails with its C name and a sentence`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let (first, second) = (Post(loop, context), Post(loop, context))
        let endpoint = try await first.bind()
        let error = await #expect(throws: ZeroMQError.self) { try await second.bind(endpoint) }
        #expect(error?.name == "EADDRINUSE")
        #expect(error?.isAddressInUse == true)
        let start = "The socket could not bind to \(endpoint): "
        #expect(error?.message.hasPrefix(start) == true)
        #expect(error?.message.hasSuffix("(EADDRINUSE).") == true)
    }

    @Test(arguments: ["", "tcp://", "nonsense", "tcp://127.0.0.1", "smoke://signal"])
    func `an address that is none is refused`(endpoint: String) async throws {
        let context = try Context()
        let post = Post(try SocketLoop(name: "test"), context)
        await #expect(throws: ZeroMQError.self) { try await post.connect(endpoint) }
    }

    @Test func `a router knows peers by the identity that they choose`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let (router, dealer) = (Post(loop, context), Post(loop, context))
        let endpoint = try await router.bind()
        var options = SocketOptions()
        options.identity = bytes("parser/1")
        try await dealer.connect(endpoint, options: options)
        await dealer.send([bytes("PING")])
        #expect(await router.messages(1) == [[bytes("parser/1"), bytes("PING")]])
        #expect(try await router.trySend([bytes("parser/1"), bytes("PONG")]) == .sent)
        #expect(await dealer.messages(1) == [[bytes("PONG")]])
    }

    @Test func `a router says when it does not know a peer`() async throws {
        let context = try Context()
        let router = Post(try SocketLoop(name: "test"), context)
        _ = try await router.bind()
        #expect(try await router.trySend([bytes("nobody"), bytes("x")]) == .hostUnreachable)
    }

    @Test func `a full socket says so and takes nothing`() async throws {
        let context = try Context()
        let dealer = Post(try SocketLoop(name: "test"), context)
        var options = SocketOptions()
        options.sendLimit = 3
        options.linger = .zero
        // Nothing listens on this address, so that nothing leaves the socket.
        try await dealer.connect("tcp://127.0.0.1:1", options: options)
        for _ in 0..<3 { #expect(try await dealer.trySend([[1], [2]]) == .sent) }
        #expect(try await dealer.trySend([[1], [2]]) == .wouldBlock)
    }

    @Test func `what did not fit is sent when the peer reads again`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let (router, dealer) = (Post(loop, context), Post(loop, context))
        var options = SocketOptions()
        options.sendLimit = 2
        options.receiveLimit = 2
        let endpoint = try await router.bind(options: options)
        try await dealer.connect(endpoint, options: options)
        await dealer.send([bytes("first")])
        _ = await router.messages(1)
        await router.setReading(false)
        let body = [UInt8](repeating: 1, count: 200_000)
        for _ in 0..<200 { await dealer.send([body]) }
        await router.setReading(true)
        #expect(await router.messages(201).count == 201)
    }

    @Test func `a message over the limits is dropped whole and its sender is named`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let router = Post(loop, context, limit: .init(frames: 4, bytes: 100))
        let dealer = Post(loop, context)
        let endpoint = try await router.bind()
        var options = SocketOptions()
        options.identity = bytes("me")
        try await dealer.connect(endpoint, options: options)
        await dealer.send([[UInt8](repeating: 0, count: 99)])
        await dealer.send([[1], [2], [3], [4]])
        await dealer.send([bytes("fits")])
        let expected: [Socket.Reception] = [
            .overLimit(firstFrame: bytes("me"), frames: 2, bytes: 101),
            .overLimit(firstFrame: bytes("me"), frames: 5, bytes: 6),
            .message([bytes("me"), bytes("fits")]),
        ]
        #expect(await router.receptions(3) == expected)
    }

    @Test func `the tail of what was sent arrives after the socket is closed`() async throws {
        let (near, far) = (try Context(), try Context())
        let router = Post(try SocketLoop(name: "near"), near)
        let dealer = Post(try SocketLoop(name: "far"), far)
        let endpoint = try await router.bind()
        try await dealer.connect(endpoint)
        for number in 0..<500 { await dealer.send([bytes("\(number)")]) }
        await dealer.close()
        #expect(await router.messages(500).last?.last == bytes("499"))
    }

    @Test func `a closed socket refuses everything and may be closed again`() throws {
        let socket = try Socket(.dealer, in: try Context())
        socket.close()
        socket.close()
        #expect(throws: ZeroMQError.self) { try socket.send([[1]]) }
        #expect(throws: ZeroMQError.self) { try socket.receive(.init(frames: 1, bytes: 1)) }
        #expect(throws: ZeroMQError.self) { try socket.connect("tcp://127.0.0.1:1") }
    }
}
