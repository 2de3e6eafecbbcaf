import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyQueue

/// `wirecopy-bench journal`: durable appends and acknowledgements without sockets.
struct JournalBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "The journal alone: durable appends and acknowledgements in batches."
    )

    /// Sizes of content and how many messages of each: text as data, pages as an attachment.
    private static let cases = [(bytes: 2000, messages: 20_000), (bytes: 50_000, messages: 3000)]

    func run() throws {
        for (bytes, messages) in Self.cases {
            for batch in [1, 16, 128] {
                let count = batch == 1 ? messages / 10 : messages
                try Self.measure(bytes: bytes, messages: count, batch: batch)
            }
        }
    }

    /// One transaction a batch of appends, one a batch of acknowledgements.
    private static func measure(bytes: Int, messages: Int, batch: Int) throws {
        let folder = "\(FileManager.default.currentDirectoryPath)/bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try LogJournal(directory: folder)
        var source = BenchMessages(bytes: bytes, seed: 1)
        let inputs = (0..<messages).map { _ in source.next() }
        let now = Instant(milliseconds: 1)
        let (start, cpu) = (BenchClock.monotonic, BenchClock.processor)
        for first in stride(from: 0, to: messages, by: batch) {
            let group = inputs[first..<min(first + batch, messages)]
            let answers = try journal.commit(group.map { .append($0) }, now: now)
            let ends = zip(group, answers).compactMap { input, answer -> JournalChange? in
                guard case .appended(let entry?) = answer else { return nil }
                return .acknowledge(position: entry.position, outputs: [source.end(input)])
            }
            _ = try journal.commit(ends, now: now)
        }
        let seconds = Double(BenchClock.monotonic - start) / 1e9
        let used = Double(BenchClock.processor - cpu) / 1000 / Double(messages)
        let name = "journal/batch-\(batch)/\(bytes)-bytes"
        try BenchCase(name, Double(messages) / seconds, "messages/s").print()
        try BenchCase("\(name)/cpu", used, "us/message").print()
        try journal.close()
    }
}
