import Foundation
import Testing
import WirecopyBroker
import WirecopyKeys
import WirecopyMessages
import ZeroMQ

/// A broker that takes keys, on loopback so that no network is needed.
@Suite(.timeLimit(.minutes(2))) struct BrokerKeysTests {
    private let directory: TemporaryDirectory
    private let folder: KeyFolder
    private let day = "2026-11-28"

    init() throws {
        directory = try TemporaryDirectory()
        folder = KeyFolder(path: directory.path + "/keys")
    }

    private func start() async throws -> RunningBroker {
        let folder = folder
        return try await RunningBroker.start(directory) { configuration in
            configuration.keys = folder
            configuration.localEndpoint = "tcp://127.0.0.1:*"
        }
    }

    /// Connects with the key in a peer's file.
    private func connect(_ name: String, to broker: RunningBroker) async throws -> RawPeer {
        let file = try KeyFolder.file(folder.peerKey(name))
        let server = try #require(file.brokerKeys.last)
        return try await RawPeer.connect(
            to: #require(broker.encryptedEndpoint),
            .curveClient(file.keys, server: server)
        )
    }

    @Test func `a page goes through a broker with keys`() async throws {
        try folder.add("editor", KeyRole("publish,read"), day: day)
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        let broker = try await start()
        let editor = try await connect("editor", to: broker)
        let fetcher = try await connect("fetcher-1", to: broker)
        try await editor.greet("command/1")
        try await fetcher.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        #expect(try await editor.publish([request]) == [.accepted])
        let lease = try #require(try await fetcher.deliveries().first).lease
        #expect(try await fetcher.finish(lease, [Pages.end(request)]))
        let ledger: LedgerReport = try await editor.ask(.ledger)
        #expect(ledger.outcomes == ["stored": 1])
        try await broker.stop()
    }

    @Test func `a role is held to, verb by verb`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        let broker = try await start()
        let peer = try await connect("fetcher-1", to: broker)
        try await peer.say(.hello(.init(peer: "parse/1", stage: .parse, stageVersion: "1")))
        #expect(try await peer.refusal() == .notAllowed)
        try await peer.greet("fetch/1", .fetch)
        for command in [
            QueueCommand.publish(request: 1, [Pages.request()]),
            .admin(request: 1, operation: "status", arguments: Array("{}".utf8)),
            .admin(request: 1, operation: "pause", arguments: Array("{\"stage\":\"fetch\"}".utf8)),
        ] {
            try await peer.say(command)
            #expect(try await peer.refusal() == .notAllowed)
        }
        try await peer.pong()
        let neighbour = try await RawPeer.connect(to: broker.endpoint)
        try await neighbour.greet("command/1")
        let status: BrokerStatus = try await neighbour.ask(.status)
        #expect(status.ledger.entered == 0)
        #expect(status.stages.allSatisfy { !$0.isPaused })
        try await broker.stop()
    }

    @Test func `a key that is revoked is refused once and its work goes to others`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        try folder.add("fetcher-2", KeyRole("fetch"), day: day)
        let broker = try await start()
        let local = try await RawPeer.connect(to: broker.endpoint)
        try await local.greet("command/1")
        let first = try await connect("fetcher-1", to: broker)
        try await first.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        _ = try await local.publish([request])
        let lease = try #require(try await first.deliveries().first).lease

        try folder.revoke("fetcher-1")
        // The broker looks at its list every second; until then the key is good.
        let refused = try await first.beats(every: .milliseconds(50)) { reply in
            if case .refuse = reply { true } else { false }
        }
        guard case .refuse(.notAllowed, let sentence) = refused else { return }
        #expect(sentence.contains("fetcher-1 was revoked"))

        let second = try await connect("fetcher-2", to: broker)
        try await second.greet("fetch/2", .fetch, credit: 1)
        #expect(try await second.deliveries().map(\.lease.position) == [lease.position])
        try await first.say(.done([.init(lease: lease, outputs: [Pages.end(request)])]))
        try await first.say(.hello(.init(peer: "fetch/1", stage: .fetch, stageVersion: "1")))
        let status: BrokerStatus = try await local.ask(.status)
        #expect(status.ledger.inFlight == 1)
        #expect(try await first.isSilent())
        try await broker.stop()
    }

    @Test func `a new key works beside the old one without a restart`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        let broker = try await start()
        let old = try await connect("fetcher-1", to: broker)
        try await old.greet("fetch/1", .fetch)
        try folder.rotate("fetcher-1", day: day)
        let new = try await connectWhenTaken("fetcher-1", to: broker)
        try await new.greet("fetch/2", .fetch)
        try await old.pong()
        try await new.pong()
        // The same name with another key of the same owner is the same peer, which came back.
        try await new.greet("fetch/1", .fetch)
        try await broker.stop()
    }

    @Test func `a name that is here is not given to the owner of another key`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        try folder.add("rogue", KeyRole("fetch"), day: day)
        let broker = try await start()
        let honest = try await connect("fetcher-1", to: broker)
        try await honest.greet("fetch/1", .fetch)
        let rogue = try await connect("rogue", to: broker)
        try await rogue.say(.hello(.init(peer: "fetch/1", stage: .fetch, stageVersion: "1")))
        #expect(try await rogue.refusal() == .notAllowed)
        try await honest.pong()
        try await broker.stop()
    }

    @Test func `the broker's new key takes over without a restart`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        _ = try folder.prepareBroker()
        let broker = try await start()
        let before = try KeyFolder.file(folder.peerKey("fetcher-1"))
        let endpoint = try #require(broker.encryptedEndpoint)
        let peer = try await RawPeer.connect(
            to: endpoint,
            .curveClient(before.keys, server: before.brokerKeys[0])
        )
        try await peer.greet("fetch/1", .fetch)
        _ = try folder.rotateBroker()
        let after = try await connectWhenTaken("fetcher-1", to: broker)
        try await after.greet("fetch/1", .fetch)
        try await broker.stop()
    }

    @Test func `a broker whose keys cannot be read does not start`() async throws {
        let missing = await #expect(throws: BrokerFailure.self) { try await start() }
        #expect(missing?.code == .keys(.fileMissing))
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        try "nonsense".write(toFile: folder.allowed, atomically: true, encoding: .utf8)
        let malformed = await #expect(throws: BrokerFailure.self) { try await start() }
        #expect(malformed?.code == .keys(.malformed))
    }

    @Test func `the address for this machine cannot be one that others reach`() async throws {
        try folder.add("fetcher-1", KeyRole("fetch"), day: day)
        let folder = folder
        let failure = await #expect(throws: BrokerFailure.self) {
            _ = try await RunningBroker.start(directory) { configuration in
                configuration.keys = folder
                configuration.localEndpoint = "tcp://*:*"
            }
        }
        #expect(failure?.code == .endpointRefused)
    }

    /// Connects until the broker has read its files again.
    private func connectWhenTaken(
        _ name: String,
        to broker: RunningBroker
    ) async throws -> RawPeer {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let peer = try await connect(name, to: broker)
            if try await peer.isTaken() { return peer }
            await peer.vanish()
            guard ContinuousClock.now < deadline else {
                throw RawPeer.Silence(description: "The broker never took \(name).")
            }
        }
    }
}
