import FoundationEssentials
import Glibc
import Logging
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// Measures the queue: durable publish, delivery and acknowledgement, with and without sockets.
///
/// Each message is published, delivered, and finished with an outcome; it counts once, when its
/// acknowledgement is on disk.
enum QueueBench {
    /// One measured case.
    struct Figure: Codable, Sendable {
        var bench: String
        var messageBytes: Int
        var messages: Int
        var messagesPerSecond: Int
        /// Processor time of the whole process, publisher and worker included: what counts on a
        /// machine that does other things too.
        var cpuMicrosecondsPerMessage: Int
    }

    /// Sizes of content and how many messages of each: text as data, pages as an attachment.
    private static let cases = [(bytes: 2000, messages: 40_000), (bytes: 50_000, messages: 6000)]

    /// Runs all cases, each in a directory of its own.
    static func run() async throws -> [Figure] {
        var figures: [Figure] = []
        for (bytes, messages) in cases {
            for batch in [1, 16, 128] {
                let count = batch == 1 ? messages / 20 : messages / 2
                figures.append(
                    try measureJournal(bytes: bytes, messages: count, batch: batch)
                )
            }
            figures.append(try await measureBroker(bytes: bytes, messages: messages))
        }
        return figures
    }

    /// The journal alone: one transaction a batch of appends, one a batch of acknowledgements.
    private static func measureJournal(
        bytes: Int,
        messages: Int,
        batch: Int
    ) throws -> Figure {
        try inDirectory { directory in
            let journal = try SQLiteJournal(directory: directory)
            let inputs = (0..<messages).map { _ in message(bytes: bytes) }
            let now = Instant(milliseconds: 1)
            let meter = Meter()
            for start in stride(from: 0, to: messages, by: batch) {
                let group = inputs[start..<min(start + batch, messages)]
                _ = try journal.commit(group.map { .append($0) }, now: now)
                let ends = group.enumerated().map { index, input in
                    JournalChange.acknowledge(
                        position: positions(before: start) + index + 1,
                        outputs: [end(input)]
                    )
                }
                _ = try journal.commit(ends, now: now)
            }
            let figure = meter.figure("queue_journal_batch_\(batch)", bytes, messages)
            try journal.close()
            return figure
        }
    }

    /// Each message before took a place for itself and one for its outcome.
    private static func positions(before index: Int) -> Int { 2 * index }

    /// The whole broker over tcp loopback, with one publisher and one worker.
    private static func measureBroker(bytes: Int, messages: Int) async throws -> Figure {
        let directory = try makeDirectory()
        defer { remove(directory) }
        let service = BrokerService(
            configuration: BrokerConfiguration(journalDirectory: directory),
            logger: Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        let (endpoints, ready) = AsyncStream.makeStream(of: String.self)
        let running = Task { try await service.run { ready.yield($0) } }
        guard let endpoint = await endpoints.first(where: { _ in true }) else {
            throw QueueFailure(.journalBroken, "The broker did not listen.")
        }
        let inputs = (0..<messages).map { _ in message(bytes: bytes) }
        let worker = try BenchPeer(endpoint: endpoint)
        let publisher = try BenchPeer(endpoint: endpoint)
        let meter = Meter()
        async let finished: Void = worker.work(messages)
        try await publisher.publish(inputs)
        try await finished
        let figure = meter.figure("queue_broker", bytes, messages)
        service.stop()
        try await running.value
        return figure
    }

    /// Wall and processor time since it was made.
    private struct Meter {
        private let start = ContinuousClock.now
        private let cpuStart = clock()

        func figure(_ name: String, _ bytes: Int, _ messages: Int) -> Figure {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            return Figure(
                bench: name,
                messageBytes: bytes,
                messages: messages,
                messagesPerSecond: Int(Double(messages) / seconds),
                cpuMicrosecondsPerMessage: Int(clock() - cpuStart) / messages
            )
        }
    }

    private static func inDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
        let directory = try makeDirectory()
        defer { remove(directory) }
        return try body(directory)
    }

    /// In the working directory: a bench of syncs in memory would measure nothing.
    private static func makeDirectory() throws -> String {
        let path = "\(FileManager.default.currentDirectoryPath)/bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static func remove(_ directory: String) {
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            print("The directory \(directory) is left behind: \(error).")
        }
    }
}

// Messages.
extension QueueBench {
    private static func message(bytes: Int) -> Message {
        let isPage = bytes > 10_000
        var envelope = Envelope(
            entering: .fetchRequest,
            id: id(),
            subject: "https://news.example/2026/11/21/a-page-of-usual-length.html",
            lane: "news.example",
            source: "/bench/publisher",
            madeAt: Instant(milliseconds: 1_795_000_000_000)
        )
        envelope.priority = .live
        let filler = [UInt8](repeating: UInt8(ascii: " "), count: isPage ? 0 : bytes - 2)
        let data = Array("{".utf8) + filler + Array("}".utf8)
        let body = [[UInt8](repeating: 7, count: bytes)]
        return Message(envelope: envelope, data: data, attachments: isPage ? body : [])
    }

    /// The outcome that ends the way of a message.
    static func end(_ parent: Message) -> Message {
        let envelope = Envelope(
            of: .outcome,
            id: id(),
            madeFrom: parent.envelope,
            source: "/bench/worker",
            madeAt: Instant(milliseconds: 1_795_000_000_000)
        )
        return Message(envelope: envelope, payload: Outcome(.stored, article: "article-1"))
    }

    /// Identities ascend, as those of real publishers do: `log`'s index then grows at its end.
    private static func id() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        let milliseconds = Int(Date.now.timeIntervalSince1970 * 1000)
        return MessageID(milliseconds: milliseconds, using: &generator)
    }
}
