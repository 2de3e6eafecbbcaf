import ArgumentParser
import Foundation

/// `wirecopy-bench replay`: finished messages through a stage once more, beside the same number
/// of new ones.
///
/// On one broker first the load is published, delivered and finished, then an operator asks for all
/// of it again with one request, and a worker finishes it again.
struct ReplayBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay of finished messages through a stage, beside the rate of new ones."
    )

    @Option(help: "Bytes of content, one load each; from 10,000 on as an attachment.")
    var bytes = [2000, 50_000]

    @Option(help: "Bytes of all messages of a load together, in millions; sets their number.")
    var megabytes = 300

    @Option(help: "Rounds, each on a new journal; medians are reported.")
    var rounds = 3

    @Option(help: "Messages of one PUBLISH.")
    var batch = 256

    @Option(help: "Messages unconfirmed at most, and deliveries unfinished at most.")
    var window = 2048

    @Option(help: "Folder for journals, on the disk that is to be measured.")
    var folder = FileManager.default.currentDirectoryPath

    func validate() throws {
        guard bytes.allSatisfy({ 2...1_000_000 ~= $0 }), rounds > 0, window > 0, megabytes > 0
        else {
            throw ValidationError("--bytes is 2 to 1,000,000; the other numbers are at least 1.")
        }
        guard 1...1024 ~= batch else { throw ValidationError("--batch is 1 to 1024.") }
    }

    func run() throws {
        var live: [Int: [QueueRun.Figures]] = [:]
        var replay: [Int: [QueueRun.Figures]] = [:]
        for _ in 0..<rounds {
            for size in bytes {
                let load = QueueRun.Load(
                    bytes: size,
                    megabytes: megabytes,
                    batch: batch,
                    window: window,
                    windowBytes: QueueBench.windowBytesMax
                )
                try QueueRun.with(URL(filePath: folder)) { run in
                    live[size, default: []].append(try run.measure(load))
                    replay[size, default: []].append(try run.measure(load, from: .replayer))
                }
            }
        }
        for size in bytes { try Self.report(size, replay[size] ?? [], live[size] ?? []) }
    }

    private static func report(
        _ size: Int,
        _ replay: [QueueRun.Figures],
        _ live: [QueueRun.Figures]
    ) throws {
        let name = "replay/\(size)-bytes"
        var line = BenchCase(
            name,
            replay.median(\.messagesPerSecond),
            "messages/s",
            against: "new messages",
            live.median(\.messagesPerSecond)
        )
        line.messagesPerSync = replay.median(\.messagesPerSync)
        line.cpuMicroseconds = replay.median(\.microseconds)
        try line.print()
        let parts: [(String, KeyPath<QueueRun.Figures, Double>)] = [
            ("cpu", \.microseconds), ("cpu-broker", \.brokerMicroseconds),
            ("cpu-worker", \.workerMicroseconds),
        ]
        for (part, path) in parts {
            try BenchCase(
                "\(name)/\(part)",
                replay.median(path),
                "us/message",
                against: "new messages",
                live.median(path)
            ).print()
        }
        try BenchCase("\(name)/first-delivery", replay.median(\.firstDelivery), "ms").print()
    }
}
