import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

/// `wirecopy-bench pending`: a journal in which many messages wait.
struct PendingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending",
        abstract: "A journal with many open messages: start, memory, trace, selection, replay."
    )

    @Option(help: "Messages that wait.")
    var messages = 1_000_000

    @Option(help: "Messages that are done; as many as wait, unless it is given.")
    var done: Int?

    @Option(help: "Bytes of data of each.")
    var bytes = 200

    @Option(help: "Hosts of which they come; a selection takes one.")
    var hosts = 10

    @Option(help: "Messages that come in and are finished while the others wait.")
    var work = 100_000

    @Option(help: "Messages of one host that may be worked on at a time; 0 for any.")
    var laneLimit = 0

    @Option(help: "Folder for the journal, on the disk that is to be measured.")
    var folder = FileManager.default.currentDirectoryPath

    /// Entries that a broker loads of each class before it delivers the first.
    private static let window = 10_000
    private static let group = 1024

    private var doneCount: Int { done ?? messages }

    func validate() throws {
        guard messages > 0, hosts > 0, bytes >= 0, work > 0, laneLimit >= 0 else {
            throw ValidationError("--messages, --hosts and --work are at least 1.")
        }
        guard doneCount >= 0 else { throw ValidationError("--done is at least 0.") }
    }

    func run() throws {
        try BenchFolder.with(in: URL(filePath: folder)) { directory in
            try fill(directory.queue)
            let restart = PendingRestart(
                directory: directory,
                options: .init(laneLimit: laneLimit),
                bytes: bytes,
                work: work
            )
            try restart.measure()
            try measureJournal(directory.queue)
        }
    }

    private func measureJournal(_ folder: String) throws {
        let start = BenchClock.monotonic
        let journal = try LogJournal(directory: folder)
        _ = try journal.state()
        let request = RefillRequest(stage: .fetch, priority: .live, after: 0, limit: Self.window)
        let first = try journal.openEntries(request)[0]
        _ = try journal.message(at: first.position)
        try report("start-to-first-message", since: start, "ms", per: 1e6)
        try ask(journal)
        try replay(journal)
        try journal.close()
    }

    private func fill(_ folder: String) throws {
        let journal = try LogJournal(directory: folder)
        var source = BenchMessages(bytes: bytes, seed: 1)
        let now = Instant.now()
        let total = messages + doneCount
        var number = 0
        for start in stride(from: 0, to: total, by: Self.group) {
            let inputs = (start..<min(start + Self.group, total)).map { index in
                var envelope = source.next().envelope
                envelope.subject = "https://news.example/\(index)"
                envelope.lane = "host-\(index % hosts).example"
                return Message(envelope: envelope, data: [UInt8](repeating: 32, count: bytes))
            }
            let answers = try journal.commit(inputs.map { .append($0) }, now: now)
            let ends = zip(inputs, answers).compactMap { input, answer -> JournalChange? in
                number += 1
                guard number <= doneCount, case .appended(let entry?) = answer else { return nil }
                return .acknowledge(position: entry.position, outputs: [source.end(input)])
            }
            if !ends.isEmpty { _ = try journal.commit(ends, now: now) }
        }
        try journal.close()
    }

    private func ask(_ journal: LogJournal) throws {
        let reports = journal.reports
        var start = BenchClock.monotonic
        let url = "https://news.example/\(doneCount / 2)"
        _ = try reports.trace(TraceRequest(url: url), now: .now())
        try report("trace", since: start, "ms", per: 1e6)
        start = BenchClock.monotonic
        _ = try reports.ledger()
        try report("ledger", since: start, "ms", per: 1e6)
        var selection = ReplayRequest()
        selection.stage = .fetch
        selection.host = "host-3.example"
        start = BenchClock.monotonic
        let selected = try reports.replay(selection)
        try report("select-by-host", since: start, "ms", per: 1e6)
        try BenchCase("pending/selected", Double(selected.count), "messages").print()
    }

    /// Opens again what is done, in the broker's slices.
    private func replay(_ journal: LogJournal) throws {
        var selection = ReplayRequest()
        selection.stage = .fetch
        // As the broker does: first a count, and what lies behind it is not looked at again.
        selection.through = try journal.reports.replay(selection).through
        let (start, cpu) = (BenchClock.monotonic, BenchClock.processor)
        var (after, replayed) = (0, 0)
        while true {
            let positions = try journal.reports.replayPositions(
                selection,
                after: after,
                limit: Self.group,
                isCounted: true
            )
            guard let last = positions.last else { break }
            after = last
            replayed += positions.count
            _ = try journal.commit(
                positions.map { .replay(position: $0, priority: .replay) },
                now: .now()
            )
        }
        let seconds = Double(BenchClock.monotonic - start) / 1e9
        try BenchCase("pending/replay", Double(replayed) / seconds, "messages/s").print()
        let used = Double(BenchClock.processor - cpu) / 1000 / Double(max(1, replayed))
        try BenchCase("pending/replay/cpu", used, "us/message").print()
    }

    private func report(_ name: String, since start: Int, _ unit: String, per: Double) throws {
        try BenchCase("pending/\(name)", Double(BenchClock.monotonic - start) / per, unit).print()
    }
}
