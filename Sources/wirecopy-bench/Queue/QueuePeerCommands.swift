import ArgumentParser
import Dispatch
import Foundation
import Glibc
import WirecopyKeys
import WirecopyMessages
import WirecopyProgram

/// What one peer of a run tells the bench that started it, as one line of JSON.
struct PeerReport: Codable {
    /// The monotonic clock at its first PUBLISH or its last SETTLED, in nanoseconds; the clock is
    /// the same in all processes of a machine.
    var atNanoseconds: Int
    /// Processor time from the start of its work, in nanoseconds.
    var cpuNanoseconds: Int
    /// Time from PUBLISH to CONFIRM, in nanoseconds: the middle and the 99th percentile.
    var confirmP50Nanoseconds = 0
    var confirmP99Nanoseconds = 0
    /// The monotonic clock when a worker got its first delivery; 0 for the others.
    var firstDeliveryNanoseconds = 0
}

/// The flags of all peers.
struct PeerOptions: ParsableArguments {
    @Option var endpoint: String
    @Option var messages: Int
    @Option var bytes: Int
    @Option var batch: Int
    @Option var window: Int
    @Option var rate: Int?
    @Option var keyFile: String?

    func peer() throws -> BenchPeer {
        HeapSettings.keepLargeBlocks()
        var generator = SystemRandomNumberGenerator()
        return try BenchPeer(
            endpoint: endpoint,
            pace: .init(batch: batch, window: window, rate: rate),
            messages: BenchMessages(bytes: bytes, seed: generator.next()),
            keys: try keyFile.map { try LinkKeys(keyFile: $0).read() }
        )
    }
}

/// The publisher of `wirecopy-bench queue`, a process of its own.
struct QueuePublisher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue-publisher",
        shouldDisplay: false
    )

    @OptionGroup var options: PeerOptions

    func run() async throws {
        let peer = try options.peer()
        try await peer.connect("bench/publisher")
        try PeerDialogue.waitForStart()
        let (start, cpu) = (BenchClock.monotonic, BenchClock.processor)
        let times = try await peer.publish(options.messages).sorted()
        var report = PeerReport(
            atNanoseconds: start,
            cpuNanoseconds: BenchClock.processor - cpu
        )
        report.confirmP50Nanoseconds = times.percentile(50).wholeNanoseconds
        report.confirmP99Nanoseconds = times.percentile(99).wholeNanoseconds
        try PeerDialogue.say(report)
        await peer.close()
    }
}

/// The worker of `wirecopy-bench queue`, a process of its own.
struct QueueWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue-worker",
        shouldDisplay: false
    )

    @OptionGroup var options: PeerOptions

    func run() async throws {
        let peer = try options.peer()
        try await peer.connect("bench/worker", stage: .fetch)
        try PeerDialogue.waitForStart()
        let cpu = BenchClock.processor
        if options.messages > 0 { try await peer.work(options.messages) }
        var report = PeerReport(
            atNanoseconds: BenchClock.monotonic,
            cpuNanoseconds: BenchClock.processor - cpu
        )
        report.firstDeliveryNanoseconds = await peer.firstDeliveryNanoseconds
        try PeerDialogue.say(report)
        if options.messages == 0 { PeerDialogue.waitForEnd() }
        await peer.close()
    }
}

/// The operator of `wirecopy-bench replay`, a process of its own: has everything that the first
/// stage finished sent through again, once it has counted it.
struct QueueReplayer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue-replayer",
        shouldDisplay: false
    )

    @OptionGroup var options: PeerOptions

    func run() async throws {
        let peer = try options.peer()
        try await peer.connect("bench/operator")
        var request = ReplayRequest()
        request.stage = .fetch
        request.dryRun = true
        // Waits for the index too, which is behind after a load of new messages.
        let counted: ReplayReport = try await peer.ask(.replay, request)
        guard counted.count == options.messages else {
            throw BenchFailure("\(counted.count) of \(options.messages) messages are finished.")
        }
        try PeerDialogue.waitForStart()
        request.dryRun = false
        let (start, cpu) = (BenchClock.monotonic, BenchClock.processor)
        let report: ReplayReport = try await peer.ask(.replay, request)
        guard report.replayed == options.messages else {
            throw BenchFailure("\(report.replayed) of \(options.messages) were replayed.")
        }
        try PeerDialogue.say(
            PeerReport(atNanoseconds: start, cpuNanoseconds: BenchClock.processor - cpu)
        )
        await peer.close()
    }
}

/// The lines between a peer and the bench that started it.
enum PeerDialogue {
    /// Says that the peer is connected, and waits for a line. From then on the process ends when
    /// the bench has, so that a bench that is killed leaves nobody behind who waits for ever.
    static func waitForStart() throws {
        try FileHandle.standardOutput.write(contentsOf: Data("ready\n".utf8))
        guard readLine() != nil else { throw BenchFailure("The bench has ended.") }
        let thread = Thread {
            // Not `readLine`, which would hold standard input while the process exits.
            var line = [UInt8](repeating: 0, count: 64)
            while unsafe read(STDIN_FILENO, &line, line.count) > 0 { end.signal() }
            _exit(EXIT_FAILURE)
        }
        thread.start()
    }

    /// Waits for another line.
    static func waitForEnd() { end.wait() }

    private static let end = DispatchSemaphore(value: 0)

    /// Hands a report to the bench.
    static func say(_ report: PeerReport) throws {
        let line = try JSONEncoder().encode(report) + Data("\n".utf8)
        try FileHandle.standardOutput.write(contentsOf: line)
    }
}

/// Clocks in nanoseconds.
enum BenchClock {
    /// Time since the machine started.
    static var monotonic: Int { read(CLOCK_MONOTONIC) }
    /// Processor time of this process, all threads.
    static var processor: Int { read(CLOCK_PROCESS_CPUTIME_ID) }

    /// What a clock says.
    static func read(_ clock: clockid_t) -> Int {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

extension [Duration] {
    /// The value that so many of a hundred do not exceed, of sorted values; zero of none.
    func percentile(_ percent: Int) -> Duration {
        isEmpty ? .zero : self[Swift.min(count - 1, count * percent / 100)]
    }
}

extension Duration {
    /// The duration in whole nanoseconds.
    var wholeNanoseconds: Int {
        Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
    }
}
