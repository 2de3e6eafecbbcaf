import ArgumentParser
import Foundation
import Glibc
import Logging
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// `wirecopy-bench queue`: durable publish, delivery and acknowledgement, with and without sockets.
///
/// Each message is published, delivered, and finished with an outcome; it counts once, when its
/// acknowledgement is on disk.
struct QueueBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Durable publish, delivery and acknowledgement: the journal alone, the broker."
    )

    /// Sizes of content and how many messages of each: text as data, pages as an attachment.
    private static let cases = [(bytes: 2000, messages: 40_000), (bytes: 50_000, messages: 6000)]

    /// Runs all cases, each in a directory of its own.
    func run() async throws {
        for (bytes, messages) in Self.cases {
            for batch in [1, 16, 128] {
                let count = batch == 1 ? messages / 20 : messages / 2
                try Self.measureJournal(bytes: bytes, messages: count, batch: batch)
            }
            try await Self.measureBroker(bytes: bytes, messages: messages)
        }
    }

    /// The journal alone: one transaction a batch of appends, one a batch of acknowledgements.
    private static func measureJournal(
        bytes: Int,
        messages: Int,
        batch: Int
    ) throws {
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
            try meter.report("queue/journal/batch-\(batch)", bytes, messages)
            try journal.close()
        }
    }

    /// Each message before took a place for itself and one for its outcome.
    private static func positions(before index: Int) -> Int { 2 * index }

    /// The whole broker over tcp loopback, with one publisher and one worker.
    private static func measureBroker(bytes: Int, messages: Int) async throws {
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
        try meter.report("queue/broker", bytes, messages)
        service.stop()
        try await running.value
    }

    /// Wall and processor time since it was made.
    private struct Meter {
        private let start = ContinuousClock.now
        private let cpuStart = clock()

        /// Prints messages a second, and processor time a message of the whole process, publisher
        /// and worker included: what counts on a machine that does other things too.
        func report(_ name: String, _ bytes: Int, _ messages: Int) throws {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let cpu = Double(clock() - cpuStart) / Double(messages)
            try BenchCase("\(name)/\(bytes)-bytes", Double(messages) / seconds, "messages/s")
                .print()
            try BenchCase("\(name)/\(bytes)-bytes/cpu", cpu, "us/message").print()
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
            let note = "The directory \(directory) is left behind: \(error).\n"
            FileHandle.standardError.write(Data(note.utf8))
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
