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

    @Option(help: "Bytes of content, one case each; from 10,000 on as an attachment.")
    var bytes = [2000, 50_000]

    @Option(help: "Messages of a commit, one case each.")
    var batch = [1, 16, 128]

    @Option(help: "Bytes of all messages of a case together, in millions; a tenth when alone.")
    var megabytes = 100

    func validate() throws {
        guard bytes.allSatisfy({ 2...1_000_000 ~= $0 }), batch.allSatisfy({ 1...1024 ~= $0 }),
            megabytes > 0
        else {
            throw ValidationError("--bytes is 2 to 1,000,000 and --batch is 1 to 1024.")
        }
    }

    func run() throws {
        for size in bytes {
            for batch in batch {
                let megabytes = batch == 1 ? max(1, megabytes / 10) : megabytes
                let count = max(batch, megabytes * 1_000_000 / size)
                try Self.measure(bytes: size, messages: count, batch: batch)
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
        let endings = inputs.map { source.end($0) }
        let now = Instant(milliseconds: 1)
        let (start, cpu) = (BenchClock.monotonic, BenchClock.processor)
        for first in stride(from: 0, to: messages, by: batch) {
            let places = first..<min(first + batch, messages)
            let group = inputs[places]
            let answers = try journal.commit(group.map { .append($0) }, now: now)
            let ends = zip(places, answers).compactMap { place, answer -> JournalChange? in
                guard case .appended(let entry?) = answer else { return nil }
                return .acknowledge(position: entry.position, outputs: [endings[place]])
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
