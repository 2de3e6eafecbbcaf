import ArgumentParser
import Foundation

/// `wirecopy-bench queue`: durable publish, delivery and acknowledgement through a real broker.
///
/// Broker, publisher and worker are three processes. Each message is published, delivered, and
/// finished with an outcome; it counts once, when its acknowledgement is on disk.
struct QueueBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Durable publish, delivery and acknowledgement through a broker process."
    )

    @Option(help: "Bytes of content, one load each; from 10,000 on as an attachment.")
    var bytes = [2000, 50_000]

    @Option(help: "Bytes of all messages of a load together, in millions; sets their number.")
    var megabytes = 500

    @Option(help: "Rounds; every load once a round, on a new journal; medians are reported.")
    var rounds = 3

    @Option(help: "Messages of one PUBLISH.")
    var batch = 256

    @Option(help: "Messages unconfirmed at most, and deliveries unfinished at most.")
    var window = 2048

    @Option(help: "Messages a second while confirm times are measured; 0 leaves that out.")
    var rate = 200

    @Flag(
        inversion: .prefixedNo,
        help: "Carry each load a second time over encrypted connections (CURVE)."
    )
    var curve = true

    @Option(help: "Seconds for which the idle broker is watched; 0 leaves that out.")
    var idleSeconds = 10

    @Option(help: "Folder for journals, on the disk that is to be measured.")
    var folder = FileManager.default.currentDirectoryPath

    /// Seconds of the paced load.
    private static let pacedSeconds = 5

    func validate() throws {
        guard bytes.allSatisfy({ 2...1_000_000 ~= $0 }), rounds > 0, batch > 0, window > 0 else {
            throw ValidationError("--bytes is 2 to 1,000,000; the other numbers are at least 1.")
        }
        guard 1...1024 ~= batch, 0...1000 ~= rate, idleSeconds >= 0 else {
            throw ValidationError("--batch is 1 to 1024 and --rate 0 to 1000.")
        }
    }

    func run() throws {
        let folder = URL(filePath: folder)
        var figures: [Int: [QueueRun.Figures]] = [:]
        var encrypted: [Int: [QueueRun.Figures]] = [:]
        var paced: [(confirm: QueueRun.Figures, disk: [Duration])] = []
        for _ in 0..<rounds {
            for size in bytes {
                let load = load(size)
                let figure = try QueueRun.with(folder) { try $0.measure(load) }
                figures[size, default: []].append(figure)
                guard curve else { continue }
                let options = BrokerUnderTest.Options(isEncrypted: true)
                let other = try QueueRun.with(folder, options) { try $0.measure(load) }
                encrypted[size, default: []].append(other)
            }
            if rate > 0 { paced.append(try measurePaced(in: folder)) }
        }
        for size in bytes {
            try Self.report(size, figures[size] ?? [])
            guard curve else { continue }
            try Self.report(size, encrypted[size] ?? [], against: figures[size] ?? [])
        }
        if rate > 0 { try reportPaced(paced) }
        if idleSeconds > 0 {
            let percent = try QueueRun.with(folder) { try $0.idlePercent(seconds: idleSeconds) }
            try BenchCase("queue/idle-broker", percent, "% of a core").print()
        }
    }

    /// Bytes that the publisher has unconfirmed at most; the broker grants 16 MiB, envelopes apart.
    static let windowBytesMax = 15 << 20

    private func load(_ size: Int) -> QueueRun.Load {
        QueueRun.Load(
            bytes: size,
            megabytes: megabytes,
            batch: batch,
            window: window,
            windowBytes: Self.windowBytesMax
        )
    }

    private func measurePaced(
        in folder: URL
    ) throws -> (confirm: QueueRun.Figures, disk: [Duration]) {
        let count = rate * Self.pacedSeconds
        let load = QueueRun.Load(bytes: 2000, messages: count, batch: 1, window: 64, rate: rate)
        let disk = try DiskSync.times(
            in: folder.path,
            count: count / 2,
            pause: .seconds(1) / rate
        )
        return (try QueueRun.with(folder) { try $0.measure(load) }, disk)
    }

    /// Reports a load; with `plain` it was encrypted, and is compared with that.
    private static func report(
        _ size: Int,
        _ figures: [QueueRun.Figures],
        against plain: [QueueRun.Figures]? = nil
    ) throws {
        let name = "queue/\(size)-bytes" + (plain == nil ? "" : "/curve")
        let rate = figures.median(\.messagesPerSecond)
        var line = BenchCase(name, rate, "messages/s")
        if let plain = plain?.median(\.messagesPerSecond) {
            line = BenchCase(name, rate, "messages/s", against: "without encryption", plain)
        }
        line.messagesPerSync = figures.median(\.messagesPerSync)
        line.cpuMicroseconds = figures.median(\.microseconds)
        try line.print()
        let parts: [(String, KeyPath<QueueRun.Figures, Double>)] = [
            ("cpu", \.microseconds), ("cpu-broker", \.brokerMicroseconds),
            ("cpu-publisher", \.publisherMicroseconds), ("cpu-worker", \.workerMicroseconds),
        ]
        for (part, path) in parts {
            try BenchCase("\(name)/\(part)", figures.median(path), "us/message").print()
        }
        let group = figures.median(\.changesPerGroup)
        try BenchCase("\(name)/group", group, "messages stored or finished/commit").print()
    }

    private func reportPaced(
        _ paced: [(confirm: QueueRun.Figures, disk: [Duration])]
    ) throws {
        for (name, percent) in [("p50", 50), ("p99", 99)] {
            let path = percent == 50 ? \QueueRun.Figures.confirmP50 : \.confirmP99
            let confirm = paced.map(\.confirm).median(path)
            let disk = paced.map { Double($0.disk.percentile(percent).wholeNanoseconds) / 1e6 }
            try BenchCase(
                "queue/confirm-\(name)-at-\(rate)-per-second",
                confirm,
                "ms",
                against: "fdatasync of 4 KB, \(name)",
                disk.median(\.self)
            ).print()
        }
    }
}
