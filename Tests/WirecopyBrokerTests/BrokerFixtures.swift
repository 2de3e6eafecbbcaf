import Foundation
import Logging
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// A broker that runs in this process until it is stopped.
final class RunningBroker: Sendable {
    /// For programs of this machine; without keys the only one.
    let endpoint: String
    /// For owners of keys.
    let encryptedEndpoint: String?
    private let service: BrokerService
    private let running: Task<Void, any Error>

    private init(
        _ service: BrokerService,
        _ running: Task<Void, any Error>,
        _ endpoints: BrokerEndpoints
    ) {
        self.service = service
        self.running = running
        endpoint = endpoints.local
        encryptedEndpoint = endpoints.encrypted
    }

    static func start(
        _ directory: TemporaryDirectory,
        _ change: (inout BrokerConfiguration) -> Void = { _ in }
    ) async throws -> RunningBroker {
        var configuration = BrokerConfiguration(journalDirectory: directory.path + "/queue")
        configuration.limits.reclaimGrace = .zero
        // Lanes have tests of their own; here messages of one host go as fast as they can.
        configuration.limits.laneLeasedMax = [:]
        configuration.stopGrace = .zero
        change(&configuration)
        var logger = Logger(label: "broker-test", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        let service = BrokerService(configuration: configuration, logger: logger)
        let (endpoints, ready) = AsyncThrowingStream.makeStream(of: BrokerEndpoints.self)
        let running = Task {
            do {
                try await service.run { endpoints in ready.yield(endpoints) }
                ready.finish()
            } catch {
                ready.finish(throwing: error)
                throw error
            }
        }
        for try await endpoints in endpoints {
            return RunningBroker(service, running, endpoints)
        }
        throw RawPeer.Silence(description: "The broker ended before it listened.")
    }

    /// Asks for a graceful stop.
    func beginStop() { service.stop() }

    /// Waits for the end.
    func ended() async throws { try await running.value }

    func stop() async throws {
        beginStop()
        try await ended()
    }
}

/// A directory that is removed when the test ends.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A copy as a crash would leave it: whatever the kernel has been given.
    func crashCopy() throws -> TemporaryDirectory {
        let copy = try TemporaryDirectory()
        try FileManager.default.removeItem(atPath: copy.path)
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        return copy
    }
}

/// Makes the messages of a page's way.
enum Pages {
    static func request(_ number: Int = 1) -> Message {
        let url = "https://news.example/\(number)"
        let envelope = Envelope(
            entering: .fetchRequest,
            id: id(),
            subject: url,
            lane: "news.example",
            source: "/command/test",
            madeAt: Instant(milliseconds: 1)
        )
        return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "url"))
    }

    /// A request of which only one may be open.
    static func poll(_ key: String, notBefore: Instant? = nil) -> Message {
        let request = request()
        var envelope = request.envelope
        envelope.key = key
        envelope.madeAt = Instant(milliseconds: 1_000_000)
        envelope.notBefore = notBefore
        return Message(envelope: envelope, data: request.data)
    }

    /// A message that enters with content of this size.
    static func large(_ number: Int, bytes: Int) -> Message {
        let request = request(number)
        return Message(
            envelope: request.envelope,
            data: request.data,
            attachments: [[UInt8](repeating: 7, count: bytes)]
        )
    }

    static func page(from parent: Message, bytes: Int = 100) -> Message {
        output(.fetchedPage, parent, Array("{}".utf8), [[UInt8](repeating: 7, count: bytes)])
    }

    static func end(_ parent: Message) -> Message {
        output(.outcome, parent, Outcome(.stored, article: "article-1").json, [])
    }

    static func output(
        _ kind: MessageKind,
        _ parent: Message,
        _ data: [UInt8],
        _ attachments: [[UInt8]]
    ) -> Message {
        let envelope = Envelope(
            of: kind,
            id: id(),
            madeFrom: parent.envelope,
            source: "/worker/test",
            madeAt: Instant(milliseconds: 1)
        )
        return Message(envelope: envelope, data: data, attachments: attachments)
    }

    private static func id() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        return MessageID(milliseconds: 1, using: &generator)
    }
}
