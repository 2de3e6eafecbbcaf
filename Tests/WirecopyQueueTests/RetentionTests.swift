import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct RetentionTests {
    private static var options: LogJournal.Options {
        var options = LogJournal.Options.small
        options.logBytesMax = 4096
        options.segmentBytesMax = 64
        return options
    }

    /// A journal of several files; all pages are stored but those at these numbers.
    private static func journal(
        _ disk: SimulatedDisk,
        _ maker: inout MessageMaker,
        open: Set<Int> = []
    ) throws -> LogJournal {
        let journal = try LogJournal(simulatedOn: disk, options: options)
        for number in 0..<12 {
            let request = maker.request("https://news.example/\(number)")
            let entry = try #require(
                try journal.commit([.append(request)], now: .ms(number * 1000))[0].entry
            )
            guard !open.contains(number) else { continue }
            let page = maker.page(from: request, body: [UInt8](repeating: 7, count: 40))
            let next = try #require(
                try journal.commit(
                    [.acknowledge(position: entry.position, outputs: [page])],
                    now: .ms(number * 1000)
                )[0].entry
            )
            _ = try journal.commit(
                [.acknowledge(position: next.position, outputs: [maker.stored(from: page)])],
                now: .ms(number * 1000)
            )
        }
        return journal
    }

    private static func retainAll(
        _ journal: LogJournal,
        _ change: (inout RetentionPolicy) -> Void
    ) throws {
        var policy = RetentionPolicy()
        change(&policy)
        while try journal.retain(policy, now: .ms(12_000)) {}
    }

    @Test func `the oldest files go and their pages stay counted`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let journal = try Self.journal(disk, &maker)
        let before = try journal.reports.ledger()
        let files = try disk.names(in: "log").count
        try Self.retainAll(journal) { $0.messages.bytesMax = 6000 }
        let left = try disk.names(in: "log").count
        #expect(left < files)
        #expect(left >= 1)
        #expect(try journal.reports.ledger() == before)
        #expect(throws: QueueFailure.self) { try journal.message(at: 1) }
        let trace = TraceRequest(url: "https://news.example/0")
        #expect(try journal.reports.trace(trace, now: .ms(1)).lineages.isEmpty)
        let last = TraceRequest(url: "https://news.example/11")
        #expect(try journal.reports.trace(last, now: .ms(1)).lineages[0].steps.count == 3)
        // The index of a simulated journal is made again from what is left of the log.
        try journal.close()
        let again = try LogJournal(simulatedOn: disk, options: Self.options)
        #expect(again.damages.isEmpty, "\(again.damages)")
        #expect(try again.reports.ledger() == before)
    }

    @Test func `what is open is kept, whatever the limits say`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let journal = try Self.journal(disk, &maker, open: [0])
        let files = try disk.names(in: "log")
        try Self.retainAll(journal) { policy in
            policy.messages.ageMax = .zero
            policy.bodies.bytesMax = 0
        }
        #expect(try disk.names(in: "log") == files)
        #expect(try journal.message(at: 1).isOwnRoot)
    }

    @Test func `bodies go by age and by bytes and messages stay`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let journal = try Self.journal(disk, &maker)
        let segments = try disk.names(in: "segments").count
        try Self.retainAll(journal) { $0.bodies.ageMax = .seconds(6) }
        let left = try disk.names(in: "segments").count
        #expect(left < segments)
        #expect(left > 1)
        let failure = #expect(throws: QueueFailure.self) { try journal.message(at: 2) }
        #expect(failure?.code == .contentUnreadable)
        #expect(try journal.message(at: 1).isOwnRoot)
    }

    @Test func `files that no retention removed are missed`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        try Self.journal(disk, &maker).close()
        disk.lose("log/00000001.wlog")
        let journal = try LogJournal(simulatedOn: disk, options: Self.options)
        #expect(journal.damages.contains { $0.sentence.contains("no retention removed them") })
        #expect(try journal.reports.ledger().isBalanced)
    }

    @Test func `a policy that keeps everything removes nothing`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let journal = try Self.journal(disk, &maker)
        #expect(try !journal.retain(RetentionPolicy(), now: .ms(Int.max / 2)))
    }
}
