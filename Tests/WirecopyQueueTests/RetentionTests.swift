import Foundation
import Glibc
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// Where a page of a test is when retention comes.
private enum PageEnd { case stored, open, dead }

/// A journal of many small files, in which each page is a second younger than the one before.
private struct RetentionDesk {
    static var options: LogJournal.Options {
        var options = LogJournal.Options.small
        options.logBytesMax = 4096
        options.segmentBytesMax = 64
        return options
    }

    /// When the last page has ended.
    static let now = Instant.ms(24_000)
    static let pages = 24

    var maker = MessageMaker()
    /// What is open, and what a stage must get of it.
    var open: [Int: Message] = [:]
    var dead: [Int] = []

    /// Fills a journal; pages are stored, but for those that end otherwise.
    mutating func fill(_ journal: LogJournal, _ ends: [Int: PageEnd] = [:]) throws {
        for number in 0..<Self.pages {
            let now = Instant.ms(number * 1000)
            let request = maker.request("https://news.example/\(number)")
            let entry = try #require(
                try journal.commit([.append(request)], now: now)[0].entry
            )
            let page = maker.page(from: request, body: [UInt8](repeating: 7, count: 40))
            let next = try #require(
                try journal.commit(
                    [.acknowledge(position: entry.position, outputs: [page])],
                    now: now
                )[0].entry
            )
            switch ends[number] ?? .stored {
            case .stored:
                let outcome = maker.stored(from: page)
                let end = JournalChange.acknowledge(position: next.position, outputs: [outcome])
                _ = try journal.commit([end], now: now)
            case .open: open[next.position] = page
            case .dead:
                _ = try journal.commit([Self.failure(next.position)], now: now)
                dead.append(next.position)
            }
        }
    }

    /// Ends what is open.
    mutating func finish(_ journal: LogJournal) throws {
        for (position, message) in open.sorted(by: { $0.key < $1.key }) {
            let outcome = maker.stored(from: message)
            let end = JournalChange.acknowledge(position: position, outputs: [outcome])
            #expect(try journal.commit([end], now: Self.now) == [.acknowledged([nil])])
        }
        open = [:]
    }

    /// Lets retention do all it can.
    @discardableResult
    static func retain(
        _ journal: LogJournal,
        now: Instant = now,
        _ change: (inout RetentionPolicy) -> Void
    ) throws -> [RetentionStep] {
        var policy = RetentionPolicy()
        policy.knownFor = .zero
        change(&policy)
        var steps: [RetentionStep] = []
        while let step = try journal.retain(policy, now: now) { steps.append(step) }
        return steps
    }

    /// Everything that is open is there, and can be read.
    func expectOpen(in journal: LogJournal, _ remark: String = "") throws {
        let request = RefillRequest(stage: .parse, priority: .live, after: 0, limit: 100)
        let found = try journal.openEntries(request).map(\.position)
        #expect(found == open.keys.sorted(), "\(remark)")
        for (position, message) in open {
            #expect(try journal.message(at: position) == message, "\(remark)")
        }
        #expect(try journal.reports.ledger().isBalanced, "\(remark)")
        #expect(try journal.reports.ledger().lost == 0, "\(remark)")
    }

    private static func failure(_ position: Int) -> JournalChange {
        .fail(
            FailedDelivery(
                LeaseID(position: position, attempt: 1),
                by: "parse/one",
                code: .httpServerError,
                message: "It cannot be read.",
                next: .dead,
                priority: .live
            )
        )
    }
}

extension SimulatedDisk {
    /// Bytes of the log, but for the last file, of which space is taken ahead.
    fileprivate func logBytes() -> Int {
        paths.filter { $0.hasPrefix("log/") }.dropLast().reduce(0) { $0 + bytes(of: $1).count }
    }
}

@Suite struct RetentionTests {
    @Test func `the oldest files go and their pages stay counted`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal)
        let before = try journal.reports.ledger()
        let files = try disk.names(in: "log").count
        try RetentionDesk.retain(journal) { $0.finished.bytesMax = 12_000 }
        let left = try disk.names(in: "log").count
        #expect(left < files)
        #expect(left >= 1)
        #expect(try journal.reports.ledger() == before)
        #expect(throws: QueueFailure.self) { try journal.message(at: 1) }
        let trace = TraceRequest(url: "https://news.example/0")
        #expect(try journal.reports.trace(trace, now: .ms(1)).lineages.isEmpty)
        let last = TraceRequest(url: "https://news.example/23")
        #expect(try journal.reports.trace(last, now: .ms(1)).lineages[0].steps.count == 3)
        // The index of a simulated journal is made again from what is left of the log.
        try journal.close()
        let again = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        #expect(again.damages.isEmpty, "\(again.damages)")
        #expect(try again.reports.ledger() == before)
    }

    @Test func `open messages of very old files survive compaction and restart`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        var journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal, [0: .open, 7: .open, 15: .open])
        let (bytes, ledger) = (disk.logBytes(), try journal.reports.ledger())
        let steps = try RetentionDesk.retain(journal) { $0.finished.ageMax = .zero }
        let compacted = steps.filter { if case .compactedLog = $0 { true } else { false } }
        #expect(!compacted.isEmpty)
        #expect(disk.logBytes() < bytes / 2, "\(disk.logBytes()) of \(bytes)")
        for round in 1...3 {
            try desk.expectOpen(in: journal, "round \(round)")
            #expect(try journal.reports.ledger() == ledger)
            let trace = TraceRequest(url: "https://news.example/0")
            let lineage = try journal.reports.trace(trace, now: .ms(1)).lineages[0]
            #expect(lineage.steps.count == 2, "round \(round)")
            try journal.close()
            journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
            #expect(journal.damages.isEmpty, "\(journal.damages)")
        }
        try desk.finish(journal)
        try RetentionDesk.retain(journal, now: .ms(99_000)) { $0.finished.ageMax = .zero }
        #expect(try disk.names(in: "log").count == 1)
        try journal.close()
        journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.expectOpen(in: journal)
        #expect(try journal.reports.ledger().count(.stored) == RetentionDesk.pages)
    }

    @Test func `an index that did not come to note a compaction finds everything`() throws {
        let directory = try TemporaryDirectory()
        var options = RetentionDesk.options
        options.segmentBytesMax = 1 << 20
        var desk = RetentionDesk()
        let path = LogJournal.indexPath(in: directory.path)
        do {
            let journal = try LogJournal(directory: directory.path, options: options)
            try desk.fill(journal, [1: .open, 9: .open])
            try journal.close()
        }
        let index = try Data(contentsOf: URL(fileURLWithPath: path))
        do {
            let journal = try LogJournal(directory: directory.path, options: options)
            try RetentionDesk.retain(journal) { $0.finished.ageMax = .zero }
            try desk.expectOpen(in: journal)
            try journal.close()
        }
        try index.write(to: URL(fileURLWithPath: path))
        let journal = try LogJournal(directory: directory.path, options: options)
        try desk.expectOpen(in: journal)
        try RetentionDesk.retain(journal) { $0.finished.ageMax = .zero }
        try desk.expectOpen(in: journal)
    }

    @Test(arguments: 1...60)
    func `power that fails in retention loses nothing that is open`(_ n: Int) throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal, [2: .open, 11: .open, 5: .dead])
        let ledger = try journal.reports.ledger()
        disk.fault = SimulatedDisk.Fault(at: n, number: EIO, isLasting: true)
        _ = try? RetentionDesk.retain(journal) { policy in
            policy.finished.ageMax = .zero
            policy.bodies.ageMax = .seconds(3)
        }
        disk.fault = nil
        var generator = SeededGenerator(state: UInt64(n))
        disk.crash(using: &generator)
        let again = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        #expect(again.damages.isEmpty, "\(again.damages)")
        try desk.expectOpen(in: again)
        #expect(try again.reports.ledger() == ledger)
        try RetentionDesk.retain(again) { $0.finished.ageMax = .zero }
        try desk.expectOpen(in: again)
        #expect(try again.reports.ledger() == ledger)
    }

    @Test func `dead letters are kept by their own limits and go with their history`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        var journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal, [3: .dead, 4: .dead])
        try RetentionDesk.retain(journal) { $0.finished.ageMax = .zero }
        #expect(try journal.reports.deadLetters(DeadLetterRequest()).total == 2)
        try journal.close()
        journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        #expect(try journal.reports.deadLetters(DeadLetterRequest()).total == 2)
        #expect(try journal.state().deadCounts == [.parse: 2])
        let replay = JournalChange.replay(position: desk.dead[0], priority: .replay)
        guard case .replayed(_, true)? = try journal.commit([replay], now: .ms(30_000)).first else {
            Issue.record("A dead letter that is kept cannot be opened again.")
            return
        }
        try RetentionDesk.retain(journal) { $0.dead.ageMax = .zero }
        #expect(try journal.state().deadCounts == [:])
        #expect(try journal.reports.deadLetters(DeadLetterRequest()).total == 0)
        // It was opened again in time.
        #expect(try journal.message(at: desk.dead[0]).kind == .fetchedPage)
        let late = JournalChange.replay(position: desk.dead[1], priority: .replay)
        #expect(try journal.commit([late], now: .ms(30_000)) == [.unchanged])
    }

    @Test func `what is held back is still held back when its file is gone`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        var journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        let hold = JournalChange.holdLane(.fetch, lane: "a.example", until: .ms(900_000))
        _ = try journal.commit([.pause(.store, true), hold], now: .ms(0))
        try desk.fill(journal)
        try RetentionDesk.retain(journal) { $0.finished.ageMax = .zero }
        #expect(try !disk.names(in: "log").contains("00000001.wlog"))
        try journal.close()
        journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        let state = try journal.state()
        #expect(state.paused == [.store])
        #expect(state.laneHolds.map(\.lane) == ["a.example"])
    }

    @Test func `bodies go by age and by bytes and messages stay`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal, [0: .open])
        let segments = try disk.names(in: "segments").count
        try RetentionDesk.retain(journal) { $0.bodies.ageMax = .seconds(6) }
        let left = try disk.names(in: "segments").count
        #expect(left < segments)
        #expect(left > 2)
        // The body that an open message needs stays, however old it is.
        try desk.expectOpen(in: journal)
        let failure = #expect(throws: QueueFailure.self) { try journal.message(at: 4) }
        #expect(failure?.code == .contentUnreadable)
        #expect(try journal.message(at: 3).isOwnRoot)
        try RetentionDesk.retain(journal) { $0.bodies.bytesMax = 100 }
        #expect(try disk.names(in: "segments").count < left)
        try desk.expectOpen(in: journal)
    }

    @Test func `a report says what is kept and what would go`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal, [0: .open, 1: .dead])
        var policy = RetentionPolicy()
        policy.knownFor = .zero
        policy.finished.ageMax = .seconds(12)
        policy.bodies.ageMax = .seconds(12)
        let report = try journal.reports.retention(policy, now: RetentionDesk.now)
        let kinds = Dictionary(uniqueKeysWithValues: report.kinds.map { ($0.kind, $0) })
        #expect(kinds["finished"]?.count == 22)
        #expect(kinds["finished"]?.wouldGo == 10)
        #expect(kinds["dead"]?.count == 1)
        #expect(kinds["dead"]?.wouldGo == 0)
        #expect(kinds["bodies"]?.count == RetentionDesk.pages)
        #expect((kinds["bodies"]?.wouldGo ?? 0) > 0)
        #expect(report.removedPages == 0)
        try RetentionDesk.retain(journal) { $0 = policy }
        let after = try journal.reports.retention(policy, now: RetentionDesk.now)
        #expect(after.removedPages == 10)
        #expect(after.kinds.map(\.wouldGo) == [0, 0, 0])
    }

    @Test func `what ended within the hour is kept, whatever the limits say`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal)
        var policy = RetentionPolicy()
        policy.finished.bytesMax = 0
        while try journal.retain(policy, now: RetentionDesk.now) != nil {}
        #expect(try journal.reports.retention(policy, now: RetentionDesk.now).removedPages == 0)
        while try journal.retain(policy, now: RetentionDesk.now + .seconds(3600)) != nil {}
        #expect(try journal.reports.retention(policy, now: RetentionDesk.now).removedPages > 20)
    }

    @Test func `files that no retention removed are missed`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let filled = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(filled)
        try filled.close()
        disk.lose("log/00000001.wlog")
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        #expect(journal.damages.contains { $0.sentence.contains("no retention removed them") })
        #expect(try journal.reports.ledger().isBalanced)
    }

    @Test func `a policy that keeps everything removes nothing`() throws {
        let disk = SimulatedDisk()
        var desk = RetentionDesk()
        let journal = try LogJournal(simulatedOn: disk, options: RetentionDesk.options)
        try desk.fill(journal)
        #expect(try journal.retain(RetentionPolicy(), now: .ms(Int.max / 2)) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a journal on disk removes by itself what its policy does not keep`() async throws {
        let directory = try TemporaryDirectory()
        var desk = RetentionDesk()
        var options = RetentionDesk.options
        try desk.fill(LogJournal(directory: directory.path, options: options), [6: .open])
        let (steps, feed) = AsyncStream.makeStream(of: RetentionStep.self)
        options.retention.finished.ageMax = .zero
        options.retentionDelay = .zero
        options.onRetention = { step, failure in
            #expect(failure == nil)
            if let step { feed.yield(step) }
        }
        let journal = try LogJournal(directory: directory.path, options: options)
        for await step in steps {
            if case .compactedLog = step { break }
        }
        try desk.expectOpen(in: journal)
        try journal.close()
    }
}
