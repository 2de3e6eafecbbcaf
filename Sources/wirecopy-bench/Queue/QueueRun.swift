import Foundation
import WirecopyProgram

/// One broker with an empty journal, and what is measured with it.
struct QueueRun {
    /// How much is sent, and how.
    struct Load {
        var bytes: Int
        var messages: Int
        var batch: Int
        var window: Int
        var rate: Int?
    }

    /// What one load gave.
    struct Figures {
        var messagesPerSecond: Double
        /// Processor time a message, in microseconds.
        var brokerMicroseconds: Double
        var publisherMicroseconds: Double
        var workerMicroseconds: Double
        /// Time from PUBLISH to CONFIRM, in milliseconds.
        var confirmP50: Double
        var confirmP99: Double

        var microseconds: Double {
            brokerMicroseconds + publisherMicroseconds + workerMicroseconds
        }
    }

    private let broker: BrokerUnderTest

    /// Calls `body` with a broker that has an empty journal in `folder`, and ends the broker.
    static func with<Value>(_ folder: URL, _ body: (QueueRun) throws -> Value) throws -> Value {
        let broker = try BrokerUnderTest(in: folder)
        defer { broker.remove() }
        return try body(QueueRun(broker: broker))
    }

    /// Publishes, delivers and finishes all messages of a load.
    ///
    /// The time is from the first PUBLISH to the last SETTLED, which the broker says when the
    /// acknowledgement is on disk.
    func measure(_ load: Load) throws -> Figures {
        let worker = try peer("queue-worker", load)
        let publisher = try peer("queue-publisher", load)
        let cpuStart = try broker.process.processorNanoseconds()
        try worker.say("start")
        try publisher.say("start")
        let published = try Self.report(publisher)
        let finished = try Self.report(worker)
        let cpu = try broker.process.processorNanoseconds() - cpuStart
        publisher.end()
        worker.end()
        let seconds = Double(finished.atNanoseconds - published.atNanoseconds) / 1e9
        let nanoseconds = 1000 * Double(load.messages)
        return Figures(
            messagesPerSecond: Double(load.messages) / seconds,
            brokerMicroseconds: Double(cpu) / nanoseconds,
            publisherMicroseconds: Double(published.cpuNanoseconds) / nanoseconds,
            workerMicroseconds: Double(finished.cpuNanoseconds) / nanoseconds,
            confirmP50: Double(published.confirmP50Nanoseconds) / 1e6,
            confirmP99: Double(published.confirmP99Nanoseconds) / 1e6
        )
    }

    /// The share of one core that the broker uses while one worker waits for work, in percent.
    func idlePercent(seconds: Int) throws -> Double {
        let load = Load(bytes: 2, messages: 0, batch: 1, window: 64)
        let worker = try peer("queue-worker", load)
        try worker.say("start")
        _ = try Self.report(worker)
        let cpu = try broker.process.processorNanoseconds()
        Thread.sleep(forTimeInterval: Double(seconds))
        let used = try broker.process.processorNanoseconds() - cpu
        try worker.say("end")
        worker.end()
        return 100 * Double(used) / (1e9 * Double(seconds))
    }

    private func peer(_ name: String, _ load: Load) throws -> BenchProcess {
        var arguments = [
            name, "--endpoint", broker.endpoint, "--messages", "\(load.messages)",
            "--bytes", "\(load.bytes)", "--batch", "\(load.batch)", "--window", "\(load.window)",
        ]
        if let rate = load.rate { arguments += ["--rate", "\(rate)"] }
        let process = try BenchProcess(nil, arguments)
        guard try process.line() == "ready" else {
            throw BenchFailure("\(name) did not connect to \(broker.endpoint).")
        }
        return process
    }

    private static func report(_ process: BenchProcess) throws -> PeerReport {
        try JSONDecoder().decode(PeerReport.self, from: Data(try process.line().utf8))
    }
}

/// A broker process and its folder.
private struct BrokerUnderTest {
    let process: BenchProcess
    let endpoint: String
    private let folder: URL

    init(in parent: URL) throws {
        folder = parent.appending(path: "wirecopy-bench-\(UUID().uuidString)")
        let directory = DataDirectory(path: folder.path)
        try directory.create()
        // All messages are of one host, of which two at a time would be delivered.
        let arguments = [
            "--data", folder.path, "--listen", "tcp://127.0.0.1:*", "--lane-limit", "0",
        ]
        process = try BenchProcess("wirecopy-broker", arguments + ["--log-level", "warning"])
        endpoint = try Self.endpoint(in: directory)
    }

    /// Waits at most 10 seconds until the broker has said where it listens.
    private static func endpoint(in directory: DataDirectory) throws -> String {
        for _ in 0..<500 {
            if let address = BrokerAddress(in: directory) { return address.endpoint }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw BenchFailure("The broker did not listen within 10 s.")
    }

    func remove() {
        process.stop()
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            let note = "The folder \(folder.path) is left behind: \(error).\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
    }
}
