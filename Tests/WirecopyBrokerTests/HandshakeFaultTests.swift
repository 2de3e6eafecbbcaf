import Testing
import WirecopyBroker
import WirecopyKeys
import WirecopyMessages
import ZeroMQ

/// Callers who do not want what the protocol is for.
@Suite(.timeLimit(.minutes(2))) struct HandshakeFaultTests {
    private let directory: TemporaryDirectory
    private let folder: KeyFolder
    private let file: KeyFile

    init() throws {
        directory = try TemporaryDirectory()
        folder = KeyFolder(path: directory.path + "/keys")
        try folder.add("owner", KeyRole("all"), day: "")
        file = try KeyFolder.file(folder.peerKey("owner"))
    }

    private func start() async throws -> RunningBroker {
        let folder = folder
        return try await RunningBroker.start(directory) { configuration in
            configuration.keys = folder
            configuration.localEndpoint = "tcp://127.0.0.1:*"
        }
    }

    private func owner(_ endpoint: String) async throws -> RawPeer {
        try await RawPeer.connect(
            to: endpoint,
            .curveClient(file.keys, server: file.brokerKeys[0])
        )
    }

    @Test func `a handshake and a command that were recorded are worth nothing again`()
        async throws
    {
        let broker = try await start()
        let endpoint = try #require(broker.encryptedEndpoint)
        let recorder = try Recorder(to: endpoint)
        let peer = try await owner(recorder.endpoint)
        try await peer.greet("command/1")
        #expect(try await peer.publish([Pages.request()]) == [.accepted])
        let recorded = recorder.bytes
        #expect(recorded.count > 500, "A greeting, a handshake and two commands.")

        let replay = try RawTCP(endpoint)
        #expect(replay.say(recorded))
        #expect(replay.isClosedByPeer())
        let ledger: LedgerReport = try await peer.ask(.ledger)
        #expect(ledger.entered == 1)
        try await broker.stop()
    }

    @Test func `what is not encrypted reaches nobody where keys are asked for`() async throws {
        let broker = try await start()
        let endpoint = try #require(broker.encryptedEndpoint)
        let stranger = try await RawPeer.connect(to: endpoint)
        // When its socket has noticed already that it is not taken, it cannot even be said.
        try? await stranger.say(.hello(.init(peer: "stranger")))
        // A greeting of ZMTP 3 that speaks PLAIN (RFC 23, RFC 24), and one that speaks noise.
        let signature: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0]
        let plain = signature + Array("PLAIN".utf8) + [UInt8](repeating: 0, count: 47)
        for bytes in [plain, [UInt8](repeating: 0xAB, count: 4096)] {
            let caller = try RawTCP(endpoint)
            _ = caller.say(bytes)
            #expect(caller.isClosedByPeer())
        }
        let peer = try await owner(endpoint)
        try await peer.greet("command/1")
        #expect(try await stranger.isSilent())
        try await broker.stop()
    }

    @Test func `a hundred callers who only hold the line keep nobody out`() async throws {
        let broker = try await start()
        let endpoint = try #require(broker.encryptedEndpoint)
        let idle = try (0..<100).map { _ in try RawTCP(endpoint) }
        let peer = try await owner(endpoint)
        try await peer.greet("command/1")
        #expect(try await peer.publish([Pages.request()]) == [.accepted])
        try await peer.pong()
        withExtendedLifetime(idle) {}
        try await broker.stop()
    }

    @Test func `a command that is larger than any may be is refused and its sender stays`()
        async throws
    {
        let broker = try await start()
        let peer = try await owner(#require(broker.encryptedEndpoint))
        try await peer.greet("command/1")
        let frames = [[UInt8]](repeating: [UInt8](repeating: 1, count: 32 << 20), count: 9)
        try await peer.say(frames)
        #expect(try await peer.refusal() == .tooLarge)
        try await peer.pong()
        try await broker.stop()
    }
}
