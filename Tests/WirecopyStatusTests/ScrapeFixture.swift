import Foundation
import HTTPServer
import Logging
import Synchronization
import WirecopyBroker
import WirecopyClient
import WirecopyMessages
import WirecopyQueue
import WirecopyStatus
import WirecopyWorker

/// A stage whose host says what becomes of a page.
struct HostStage: Stage {
    let name = StageName.fetch
    let version = "1.0"
    /// Ended by the test, so that a page stays in flight until then.
    let gate: AsyncStream<Void>

    func process(_ input: StageInput<FetchRequest>) async throws(StageFailure) -> [StageOutput] {
        switch input.envelope.lane {
        case "again" where input.attempt == 1:
            throw StageFailure(.connectionFailed, .retry(after: .zero), "Again.")
        case "gone": throw StageFailure(.httpGone, .bury, "The page is gone.")
        case "held": for await _ in gate {}
        default: break
        }
        return [StageOutput(Outcome(.stored, article: input.payload.url))]
    }
}

/// A real broker and a real worker in this process, with metrics, and a peer that publishes.
final class ScrapeFixture: Sendable {
    let broker: BrokerService
    let worker: WorkerLoop<HostStage>
    let connection: BrokerConnection
    private let directory: URL
    private let runningBroker: Task<Void, any Error>
    private let runningWorker: Task<Void, any Error>
    private let gate: AsyncStream<Void>.Continuation

    static let quiet: Logger = {
        var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        return logger
    }()

    init() async throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        var configuration = BrokerConfiguration(journalDirectory: directory.path + "/queue")
        configuration.limits.reclaimGrace = .zero
        configuration.stopGrace = .zero
        configuration.metricsAddress = try ListenAddress("127.0.0.1:0")
        configuration.identity = .init(program: "wirecopy-broker", version: "1.2.3")
        let broker = BrokerService(configuration: configuration, logger: Self.quiet)
        self.broker = broker
        let (endpoints, ready) = AsyncStream.makeStream(of: String.self)
        runningBroker = Task {
            defer { ready.finish() }
            try await broker.run { ready.yield($0.local) }
        }
        var endpoint = ""
        for await ready in endpoints {
            endpoint = ready
            break
        }
        let stream: AsyncStream<Void>
        (stream, gate) = AsyncStream.makeStream(of: Void.self)
        var working = WorkerConfiguration(endpoint: endpoint, peer: "fetch/test-1-abcd", slots: 2)
        working.metricsAddress = try ListenAddress("127.0.0.1:0")
        working.identity = .init(program: "wirecopy-fetcher", version: "1.2.3")
        let worker = WorkerLoop(
            stage: HostStage(gate: stream),
            configuration: working,
            logger: Self.quiet
        )
        self.worker = worker
        runningWorker = Task { try await worker.run() }
        connection = try BrokerConnection(
            LinkConfiguration(endpoint: endpoint, peer: "wirecopy/test"),
            logger: Self.quiet
        )
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// Hands in one page for each host.
    func publish(_ hosts: [String]) async throws {
        var generator = SystemRandomNumberGenerator()
        let now = Instant.now()
        let messages = hosts.enumerated().map { index, host in
            let url = "https://\(host)/\(index)"
            let envelope = Envelope(
                entering: .fetchRequest,
                id: MessageID(milliseconds: now.milliseconds - 2000, using: &generator),
                subject: url,
                lane: host,
                source: "/test",
                madeAt: now
            )
            return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "test"))
        }
        _ = try await connection.publish(messages)
    }

    /// Lets the pages that are held go on.
    func open() { gate.finish() }

    /// Asks for an address of the broker or, if `ofWorker`, of the worker.
    func get(_ path: String, ofWorker: Bool = false) async throws -> (status: Int, text: String) {
        var address = ofWorker ? worker.statusAddress : broker.statusAddress
        // The worker's server is up some milliseconds after its task has begun.
        while address == nil {
            try await Self.pause()
            address = ofWorker ? worker.statusAddress : broker.statusAddress
        }
        return try RawGet.get(path, port: address?.port ?? 0)
    }

    /// Between two looks, as a monitoring system rests, so that those who are watched can work.
    private static func pause() async throws { try await Task.sleep(for: .milliseconds(20)) }

    /// Scrapes until a condition holds.
    func scrape(
        ofWorker: Bool = false,
        until holds: (Exposition) -> Bool = { _ in true }
    ) async throws -> Exposition {
        while true {
            let page = try Exposition(try await get("/metrics", ofWorker: ofWorker).text)
            if holds(page) { return page }
            try await Self.pause()
        }
    }

    func stop() async throws {
        open()
        await connection.close()
        worker.stop()
        try await runningWorker.value
        broker.stop()
        try await runningBroker.value
    }
}

/// One GET over a plain socket, so that no cache or client library stands between.
enum RawGet {
    struct Failure: Error { let call: String }

    static func get(_ path: String, port: UInt16) throws -> (status: Int, text: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard connected == 0 else { throw Failure(call: "connect") }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw Failure(call: "send")
        }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        let text = String(decoding: all, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        guard parts.count == 2, let status = Int(text.dropFirst(9).prefix(3)) else {
            throw Failure(call: "recv")
        }
        return (status, String(parts[1]))
    }
}
