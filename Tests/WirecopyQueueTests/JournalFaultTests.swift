import Foundation
import Glibc
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// A journal that works through a script beside a model that forgets nothing.
private struct Trial {
    /// What is open in a stage, by identity: places may differ after a restart.
    typealias Open = [StageName: Set<MessageID>]

    let disk: SimulatedDisk
    let model = InMemoryJournal()
    var maker = MessageMaker()
    /// What was open after the last commit that was confirmed.
    private(set) var confirmed: Open = [:]
    /// What is open if the commit that failed is on disk all the same.
    private(set) var attempted: Open = [:]
    private(set) var hasFailed = false
    private var ids: [Int: MessageID] = [:]

    init(_ disk: SimulatedDisk) { self.disk = disk }

    /// Runs the script until the journal breaks.
    mutating func run() throws {
        let requests = (1...4).map { maker.request("https://news.example/\($0)") }
        let pages = [maker.page(from: requests[0]), maker.page(from: requests[1])]
        let end = maker.stored(from: pages[0])
        let groups: [[JournalChange]] = [
            [.append(requests[0]), .append(requests[1])],
            [.acknowledge(position: 1, outputs: [pages[0]])],
            [
                .append(requests[2]), .acknowledge(position: 2, outputs: [pages[1]]),
                .append(requests[3]),
            ],
            [Self.failure(4, .delayed(until: .ms(9000))), .pause(.store, true)],
            [.acknowledge(position: 3, outputs: [end]), Self.failure(6, .dead)],
            [.replay(position: 6, priority: .replay)],
        ]
        let journal: LogJournal
        do {
            journal = try LogJournal(simulatedOn: disk, options: .small)
        } catch {
            hasFailed = true
            return
        }
        for group in groups where !hasFailed {
            try commit(group, to: journal)
        }
    }

    private mutating func commit(_ group: [JournalChange], to journal: LogJournal) throws {
        do {
            let answers = try journal.commit(group, now: .ms(1))
            let kept = group.indices.filter { answers[$0] != .storageFull }
            let expected = try model.commit(kept.map { group[$0] }, now: .ms(1))
            note(group, answers)
            #expect(kept.map { answers[$0] } == expected)
            confirmed = try open(in: model)
            attempted = confirmed
            hasFailed = kept.count < group.count
        } catch {
            note(group, try model.commit(group, now: .ms(1)))
            attempted = try open(in: model)
            hasFailed = true
        }
    }

    private mutating func note(_ group: [JournalChange], _ answers: [JournalAnswer]) {
        for (change, answer) in zip(group, answers) {
            if case .append(let message) = change, let entry = answer.entry {
                ids[entry.position] = message.id
            }
            if case .acknowledge(_, let outputs, _) = change,
                case .acknowledged(let entries) = answer
            {
                for (output, entry) in zip(outputs, entries) {
                    if let entry { ids[entry.position] = output.id }
                }
            }
        }
    }

    /// What is open in a journal.
    func open(in journal: any Journal) throws -> Open {
        var open: Open = [:]
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                let request = RefillRequest(stage: stage, priority: priority, after: 0, limit: 100)
                for entry in try journal.openEntries(request) {
                    open[stage, default: []].insert(ids[entry.position] ?? maker.anyID)
                }
            }
        }
        return open
    }

    private static func failure(_ position: Int, _ next: FailedDelivery.Next) -> JournalChange {
        .fail(
            FailedDelivery(
                LeaseID(position: position, attempt: 1),
                by: "fetch/one",
                code: .httpServerError,
                message: "The server said 503.",
                next: next,
                priority: .retry
            )
        )
    }
}

extension MessageMaker {
    /// An identity that no message has.
    fileprivate var anyID: MessageID { MessageID(words: (0, 0)) }
}

@Suite struct JournalFaultTests {
    /// Operations of the script on an honest disk.
    private static let operations = 1...40

    @Test(arguments: operations)
    func `power that fails at any operation loses nothing that was confirmed`(_ n: Int) throws {
        for seed in 1...5 {
            let disk = SimulatedDisk()
            disk.fault = SimulatedDisk.Fault(at: n, number: EIO, isLasting: true)
            var trial = Trial(disk)
            try trial.run()
            try Self.expectKept(trial, seed: UInt64(seed))
        }
    }

    @Test(arguments: operations, [EIO, ENOSPC])
    func `an operation that fails once loses nothing that was confirmed`(
        _ n: Int,
        _ number: Int32
    ) throws {
        let disk = SimulatedDisk()
        disk.fault = SimulatedDisk.Fault(at: n, number: number)
        var trial = Trial(disk)
        try trial.run()
        try Self.expectKept(trial, seed: UInt64(n))
    }

    @Test(arguments: [SimulatedDisk.Lie.skipsSync, .delaysSync])
    func `a disk that lies about syncs is found out`(_ lie: SimulatedDisk.Lie) throws {
        var losses = 0
        for seed in 1...20 {
            let disk = SimulatedDisk()
            disk.lie = lie
            var trial = Trial(disk)
            try trial.run()
            disk.fault = nil
            var generator = SeededGenerator(state: UInt64(seed))
            disk.crash(using: &generator)
            disk.lie = nil
            let journal = try? LogJournal(simulatedOn: disk, options: .small)
            let open = try journal.map { try trial.open(in: $0) }
            losses += open == trial.confirmed ? 0 : 1
        }
        #expect(losses > 0)
    }

    private static func expectKept(_ trial: Trial, seed: UInt64) throws {
        let disk = trial.disk
        disk.fault = nil
        var generator = SeededGenerator(state: seed)
        disk.crash(using: &generator)
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let open = try trial.open(in: journal)
        #expect(open == trial.confirmed || open == trial.attempted, "seed \(seed)")
        #expect(journal.damages.isEmpty, "\(journal.damages)")
        #expect(try journal.reports.ledger().isBalanced)
        var maker = MessageMaker(seed: seed)
        let entry = try journal.commit([.append(maker.request())], now: .ms(9))[0].entry
        #expect(try journal.message(at: try #require(entry).position).isOwnRoot)
    }
}

@Suite struct JournalDamageTests {
    /// A disk with five groups, a page in a segment, and a group behind that says nothing.
    private static func prepared() throws -> (disk: SimulatedDisk, messages: [Int: Message]) {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        var messages: [Int: Message] = [:]
        for number in 1...4 {
            let request = maker.request("https://news.example/\(number)")
            let page = maker.page(from: request, body: [1, 2, 3, UInt8(number)])
            for change in [
                JournalChange.append(request),
                .acknowledge(position: 2 * number - 1, outputs: [page]),
            ] {
                _ = try journal.commit([change], now: .ms(number))
            }
            messages[2 * number - 1] = request
            messages[2 * number] = page
        }
        _ = try journal.commit([.pause(.store, true)], now: .ms(9))
        _ = try journal.commit([.pause(.fetch, true)], now: .ms(9))
        return (disk, messages)
    }

    @Test func `a bit that turns over anywhere is found and told`() throws {
        let (original, messages) = try Self.prepared()
        for path in original.paths {
            let bytes = original.bytes(of: path)
            let end = bytes.lastIndex { $0 != 0 } ?? 0
            // The last group of a log may be torn; what is in front of it may not be.
            for byte in stride(from: 0, through: end, by: 11) {
                let disk = original.copy()
                disk.flip(path, byte: byte, bit: byte)
                try Self.expectTold(disk, messages, "\(path) at \(byte)")
            }
        }
    }

    @Test func `a file that is missing, cut or old is found and told`() throws {
        let (original, messages) = try Self.prepared()
        for path in original.paths {
            let bytes = original.bytes(of: path)
            for length in stride(from: 0, to: bytes.count, by: 333) {
                let disk = original.copy()
                disk.replace(path, with: Array(bytes[..<length]))
                let journal = try LogJournal(simulatedOn: disk, options: .small)
                #expect(try journal.reports.ledger().isBalanced)
            }
            let disk = original.copy()
            disk.lose(path)
            try Self.expectOpens(disk, messages)
        }
    }

    private static func expectOpens(
        _ disk: SimulatedDisk,
        _ messages: [Int: Message]
    ) throws {
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        #expect(try journal.reports.ledger().isBalanced)
        for (position, message) in messages {
            if let found = try? journal.message(at: position) { #expect(found == message) }
        }
    }

    private static func expectTold(
        _ disk: SimulatedDisk,
        _ messages: [Int: Message],
        _ place: String
    ) throws {
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let ledger = try journal.reports.ledger()
        #expect(ledger.isBalanced, "\(place): \(ledger)")
        var isChanged = !journal.damages.isEmpty
        for (position, message) in messages {
            do throws(QueueFailure) {
                #expect(try journal.message(at: position) == message, "\(place)")
            } catch {
                #expect(error.code == .contentUnreadable, "\(place): \(error)")
                isChanged = true
            }
        }
        if !isChanged {
            // Padding between groups is nobody's; the last group is the only one that may go.
            let state = try journal.state()
            #expect(state.paused.contains(.store), "\(place)")
            #expect(state.openCounts.map(\.messages) == [4], "\(place)")
        }
        var maker = MessageMaker(seed: 77)
        let entry = try journal.commit([.append(maker.request())], now: .ms(99))[0].entry
        #expect(try #require(entry).position > 8, "\(place)")
    }
}

@Suite struct IndexDamageTests {
    @Test func `an index that is damaged anywhere is made again or does no harm`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let requests = (1...40).map { maker.request("https://news.example/\($0)") }
        do {
            let journal = try LogJournal(directory: directory.path)
            _ = try journal.commit(requests.map { .append($0) }, now: .ms(1))
            let ends = (1...20).map { position in
                JournalChange.acknowledge(
                    position: position,
                    outputs: [maker.stored(from: requests[position - 1])]
                )
            }
            _ = try journal.commit(ends, now: .ms(2))
            try journal.close()
        }
        let path = LogJournal.indexPath(in: directory.path)
        let original = try Data(contentsOf: URL(fileURLWithPath: path))
        for number in 0..<60 {
            let copy = try directory.crashCopy()
            var bytes = original
            bytes[number * original.count / 60 + number % 7] ^= 1 << UInt8(number % 8)
            let file = URL(fileURLWithPath: LogJournal.indexPath(in: copy.path))
            try bytes.write(to: file)
            let journal = try LogJournal(directory: copy.path)
            let request = RefillRequest(stage: .fetch, priority: .live, after: 0, limit: 100)
            #expect(try journal.openEntries(request).map(\.position) == Array(21...40))
            #expect(try journal.message(at: 7) == requests[6])
        }
    }

    @Test func `a log that was cut behind the index's back gives no place twice`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let requests = (1...10).map { maker.request("https://news.example/\($0)") }
        do {
            let journal = try LogJournal(directory: directory.path)
            for request in requests { _ = try journal.commit([.append(request)], now: .ms(1)) }
            try journal.close()
        }
        let path = "\(directory.path)/log/00000001.wlog"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
        let journal = try LogJournal(directory: directory.path)
        #expect(!journal.damages.isEmpty)
        #expect(try journal.state().openCounts.map(\.messages) == [10])
        let failure = #expect(throws: QueueFailure.self) { try journal.message(at: 10) }
        #expect(failure?.code == .contentUnreadable)
        let entry = try #require(
            try journal.commit([.append(maker.request())], now: .ms(2))[0].entry
        )
        #expect(entry.position > 10)
        #expect(try journal.message(at: entry.position).isOwnRoot)
        #expect(try journal.message(at: 1) == requests[0])
        try journal.close()
        let again = try LogJournal(directory: directory.path)
        #expect(try again.message(at: entry.position).isOwnRoot)
    }
}
