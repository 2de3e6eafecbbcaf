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

        /// Joins the parts of a load with a number of messages.
        init(bytes: Int, messages: Int, batch: Int, window: Int, rate: Int? = nil) {
            self.bytes = bytes
            self.messages = messages
            self.batch = batch
            self.window = window
            self.rate = rate
        }

        /// A load of so many bytes in all that keeps to a window in messages and bytes.
        init(bytes: Int, megabytes: Int, batch: Int, window: Int, windowBytes: Int) {
            let window = min(window, max(1, windowBytes / bytes))
            self.init(
                bytes: bytes,
                messages: max(1, megabytes * 1_000_000 / bytes),
                batch: min(batch, max(1, window / 8)),
                window: window
            )
        }
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
        /// From the start of the load to the worker's first delivery, in milliseconds.
        var firstDelivery: Double
        /// Messages that came in, went out and were finished, for each sync of the journal's files.
        var messagesPerSync: Double
        /// Messages stored or finished in each group of the journal.
        var changesPerGroup: Double

        var microseconds: Double {
            brokerMicroseconds + publisherMicroseconds + workerMicroseconds
        }
    }

    /// Where the messages of a load come from.
    enum Source: String {
        /// New ones.
        case publisher = "queue-publisher"
        /// Those that were finished before, by one request of an operator.
        case replayer = "queue-replayer"
    }

    let broker: BrokerUnderTest

    /// Calls `body` with a broker that has an empty journal in `folder`, and ends the broker.
    static func with<Value>(
        _ folder: URL,
        _ options: BrokerUnderTest.Options = .init(),
        _ body: (QueueRun) throws -> Value
    ) throws -> Value {
        try BenchFolder.with(in: folder) { directory in
            let broker = try BrokerUnderTest(over: directory, options)
            defer { broker.process.stop() }
            return try body(QueueRun(broker: broker))
        }
    }

    /// Brings in, delivers and finishes all messages of a load.
    ///
    /// The time is from the first PUBLISH, or the request for the replay, to the last SETTLED,
    /// which the broker says when the acknowledgement is on disk.
    func measure(_ load: Load, from source: Source = .publisher) throws -> Figures {
        let worker = try peer("queue-worker", load)
        let publisher = try peer(source.rawValue, load)
        let before = try broker.metrics()
        let cpuStart = try broker.process.processorNanoseconds()
        try worker.say("start")
        try publisher.say("start")
        let published = try Self.report(publisher)
        let finished = try Self.report(worker)
        let cpu = try broker.process.processorNanoseconds() - cpuStart
        let after = try broker.metrics()
        publisher.end()
        worker.end()
        let seconds = Double(finished.atNanoseconds - published.atNanoseconds) / 1e9
        let first = finished.firstDeliveryNanoseconds - published.atNanoseconds
        let nanoseconds = 1000 * Double(load.messages)
        return Figures(
            messagesPerSecond: Double(load.messages) / seconds,
            brokerMicroseconds: Double(cpu) / nanoseconds,
            publisherMicroseconds: Double(published.cpuNanoseconds) / nanoseconds,
            workerMicroseconds: Double(finished.cpuNanoseconds) / nanoseconds,
            confirmP50: Double(published.confirmP50Nanoseconds) / 1e6,
            confirmP99: Double(published.confirmP99Nanoseconds) / 1e6,
            firstDelivery: Double(first) / 1e6,
            messagesPerSync: Double(load.messages) / max(1, after.syncs - before.syncs),
            changesPerGroup: (after.changes - before.changes)
                / max(1, after.groups - before.groups)
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

    /// Starts a peer, and waits until it is connected.
    func peer(_ name: String, _ load: Load) throws -> BenchProcess {
        var arguments = [
            name, "--endpoint", broker.endpoint, "--messages", "\(load.messages)",
            "--bytes", "\(load.bytes)", "--batch", "\(load.batch)", "--window", "\(load.window)",
        ]
        if let keyFile = broker.keyFile { arguments += ["--key-file", keyFile] }
        if let rate = load.rate { arguments += ["--rate", "\(rate)"] }
        let process = try BenchProcess(nil, arguments)
        guard try process.line() == "ready" else {
            throw BenchFailure("\(name) did not connect to \(broker.endpoint).")
        }
        return process
    }

    /// Waits for a peer's report.
    static func report(_ process: BenchProcess) throws -> PeerReport {
        try JSONDecoder().decode(PeerReport.self, from: Data(try process.line().utf8))
    }
}
