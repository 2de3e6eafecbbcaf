import Foundation
import WirecopyProgram

/// A broker that starts over a journal in which many messages wait: how long until it delivers,
/// how fast it is then, and what it holds in memory.
struct PendingRestart {
    let directory: DataDirectory
    let options: BrokerUnderTest.Options
    /// Bytes of content of the messages that come in meanwhile.
    let bytes: Int
    /// Messages that come in, and that are finished.
    let work: Int

    /// Starts a broker after a clean end, loads it and kills it, and starts it once more.
    func measure() throws {
        let mark = BenchClock.monotonic
        var run = QueueRun(broker: try BrokerUnderTest(over: directory, options))
        do {
            defer { run.broker.process.kill() }
            try reportFirstDelivery("after-stop", run, since: mark)
            let load = QueueRun.Load(bytes: bytes, messages: work, batch: 256, window: 2048)
            let figures = try run.measure(load)
            var line = BenchCase("pending/load", figures.messagesPerSecond, "messages/s")
            line.messagesPerSync = figures.messagesPerSync
            line.cpuMicroseconds = figures.microseconds
            try line.print()
            try reportMemory("broker-memory-under-load", run)
        }
        let again = BenchClock.monotonic
        run = QueueRun(broker: try BrokerUnderTest(over: directory, options))
        defer { run.broker.process.stop() }
        try reportFirstDelivery("after-kill", run, since: again)
        try reportMemory("broker-memory-after-kill", run)
    }

    /// From the start of the broker's process to the first message at a worker that was waiting.
    private func reportFirstDelivery(_ when: String, _ run: QueueRun, since mark: Int) throws {
        let worker = try run.peer(
            "queue-worker",
            QueueRun.Load(bytes: bytes, messages: 1, batch: 1, window: 1)
        )
        try worker.say("start")
        let report = try QueueRun.report(worker)
        worker.end()
        let milliseconds = Double(report.firstDeliveryNanoseconds - mark) / 1e6
        try BenchCase("pending/first-delivery-\(when)", milliseconds, "ms").print()
    }

    private func reportMemory(_ name: String, _ run: QueueRun) throws {
        let memory = try run.broker.process.residentBytes()
        try BenchCase("pending/\(name)", Double(memory.most) / 1e6, "MB at most").print()
    }
}
