import Foundation
import GRDB
import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// Runs a commit up to its n-th step and fails there.
private final class Fault: Sendable {
    private let stepsLeft: Mutex<Int>

    init(afterSteps steps: Int) { stepsLeft = Mutex(steps) }

    func step() throws(QueueFailure) {
        let isDue = stepsLeft.withLock { left in
            left -= 1
            return left == 0
        }
        if isDue { throw QueueFailure(.journalBroken, "The disk broke, says the test.") }
    }
}

@Suite struct SQLiteJournalTests {
    private static func changes(_ maker: inout MessageMaker) -> [JournalChange] {
        let request = maker.request()
        return [
            .append(request),
            .acknowledge(position: 3, outputs: [maker.page(from: request, body: [7, 7, 7, 7])]),
            .append(maker.request()),
        ]
    }

    /// A journal that holds one page at place 2, which is open.
    private static func prepare(_ directory: String, _ maker: inout MessageMaker) throws {
        let journal = try SQLiteJournal(directory: directory)
        let request = maker.request()
        _ = try journal.commit(
            [
                .append(request),
                .acknowledge(position: 1, outputs: [maker.page(from: request, body: [1, 2, 3])]),
            ],
            now: .ms(1)
        )
    }

    @Test func `what was committed is there after closing and opening`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let journal = try SQLiteJournal(directory: directory.path)
        #expect(try journal.openEntries(at: [1, 2]).map(\.position) == [2])
        #expect(try journal.message(at: 2).attachments == [[1, 2, 3]])
        #expect(journal.name.count == 36)
    }

    @Test(arguments: 1...5)
    func `a commit that breaks at any step leaves what was before`(_ step: Int) throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let fault = Fault(afterSteps: step)
        var options = SQLiteJournal.Options()
        options.atStep = { (_) throws(QueueFailure) in try fault.step() }
        let journal = try SQLiteJournal(directory: directory.path, options: options)
        let changes = Self.changes(&maker)
        #expect(throws: QueueFailure.self) { try journal.commit(changes, now: .ms(2)) }
        let copy = try directory.crashCopy()
        let reopened = try SQLiteJournal(directory: copy.path)
        #expect(try reopened.openEntries(at: [1, 2, 3, 4, 5]).map(\.position) == [2])
        #expect(try reopened.reports.ledger().entered == 1)
        // And the journal that failed goes on as if the commit had never been.
        let answers = try journal.commit(changes, now: .ms(3))
        #expect(answers.compactMap(\.entry).count == 3)
        #expect(try journal.message(at: 4).attachments == [[7, 7, 7, 7]])
    }

    @Test(arguments: 1...5)
    func `a crash at any step of a commit leaves what was before`(_ step: Int) throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let copies = Mutex<[TemporaryDirectory]>([])
        var options = SQLiteJournal.Options()
        options.atStep = { (_) throws(QueueFailure) in
            let copy = try? directory.crashCopy()
            copies.withLock { $0 += [copy].compactMap { $0 } }
        }
        let journal = try SQLiteJournal(directory: directory.path, options: options)
        _ = try journal.commit(Self.changes(&maker), now: .ms(2))
        let copy = try #require(copies.withLock { $0.indices ~= step - 1 ? $0[step - 1] : nil })
        let crashed = try SQLiteJournal(directory: copy.path)
        #expect(try crashed.openEntries(at: [1, 2, 3, 4, 5]).map(\.position) == [2])
        _ = try crashed.commit(Self.changes(&maker), now: .ms(3))
        #expect(try crashed.message(at: 2).attachments == [[1, 2, 3]])
        #expect(try crashed.message(at: 4).attachments == [[7, 7, 7, 7]])
    }

    @Test func `a torn tail of a segment is neither overwritten nor read`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let segments = "\(directory.path)/segments"
        let torn = try #require(FileHandle(forWritingAtPath: "\(segments)/00000001.warc.gz"))
        try torn.seekToEnd()
        try torn.write(contentsOf: Data([0xFF, 0xFF]))
        try torn.close()
        let journal = try SQLiteJournal(directory: directory.path)
        _ = try journal.commit(Self.changes(&maker), now: .ms(3))
        #expect(try journal.message(at: 2).attachments == [[1, 2, 3]])
        #expect(try journal.message(at: 4).attachments == [[7, 7, 7, 7]])
        let names = try FileManager.default.contentsOfDirectory(atPath: segments).sorted()
        #expect(names == ["00000001.warc.gz", "00000002.warc.gz"])
        let first = try Data(contentsOf: URL(fileURLWithPath: "\(segments)/00000001.warc.gz"))
        #expect(first == Data([1, 2, 3, 0xFF, 0xFF]))
    }

    @Test func `a full segment is followed by another`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        var options = SQLiteJournal.Options()
        options.segmentBytesMax = 10
        let journal = try SQLiteJournal(directory: directory.path, options: options)
        for round in 0..<4 {
            let request = maker.request()
            let body = [UInt8](repeating: UInt8(round), count: 6)
            _ = try journal.commit(
                [
                    .append(request),
                    .acknowledge(
                        position: 2 * round + 1,
                        outputs: [maker.page(from: request, body: body)]
                    ),
                ],
                now: .ms(round)
            )
            #expect(try journal.message(at: 2 * round + 2).attachments == [body])
        }
    }

    @Test func `a segment that was cut is told, not read`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let path = "\(directory.path)/segments/00000001.warc.gz"
        try Data([1]).write(to: URL(fileURLWithPath: path))
        let journal = try SQLiteJournal(directory: directory.path)
        let failure = #expect(throws: QueueFailure.self) { try journal.message(at: 2) }
        #expect(failure?.code == .contentUnreadable)
    }

    @Test func `a journal is open for writing once`() throws {
        let directory = try TemporaryDirectory()
        let journal = try SQLiteJournal(directory: directory.path)
        let failure = #expect(throws: QueueFailure.self) {
            try SQLiteJournal(directory: directory.path)
        }
        #expect(failure?.code == .journalInUse)
        #expect(try journal.state() == JournalState())
    }

    @Test func `a journal of a later version is not touched`() throws {
        let directory = try TemporaryDirectory()
        do {
            let journal = try SQLiteJournal(directory: directory.path)
            try journal.pool.write { database in
                try database.execute(
                    sql: "UPDATE meta SET value = '99' WHERE key = 'schema_version'"
                )
            }
        }
        for open in [
            { _ = try SQLiteJournal(directory: directory.path) },
            { _ = try JournalReports(openingReadOnly: directory.path) },
        ] {
            let failure = #expect(throws: QueueFailure.self) { try open() }
            #expect(failure?.code == .journalTooNew)
        }
    }

    @Test func `commits are synced`() throws {
        let directory = try TemporaryDirectory()
        let journal = try SQLiteJournal(directory: directory.path)
        let level = try journal.pool.writeWithoutTransaction { database in
            try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        #expect(level == 2)
    }

    @Test func `a full journal refuses what does not fit and keeps everything else`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        var options = SQLiteJournal.Options()
        options.pageCountMax = 60
        var stored: [Message] = []
        do {
            let journal = try SQLiteJournal(directory: directory.path, options: options)
            let commit = GroupCommit(to: journal, now: { .ms(5) })
            var answers: [JournalAnswer] = []
            let path = String(repeating: "x", count: 4000)
            while !answers.contains(.storageFull), stored.count < 200 {
                let big = maker.request("https://news.example/\(path)")
                answers = Self.run(commit, [.append(big), .pause(.store, true)])
                if answers.first != .storageFull { stored.append(big) }
            }
            #expect(answers == [.storageFull, .paused])
            #expect(10..<200 ~= stored.count)
            #expect(try journal.reports.ledger().isBalanced)
            try journal.close()
        }
        let journal = try SQLiteJournal(directory: directory.path)
        #expect(try journal.reports.ledger().openMessages == stored.count)
        let end = maker.stored(from: stored[0])
        let answers = try journal.commit(
            [.acknowledge(position: 1, outputs: [end])],
            now: .ms(6)
        )
        #expect(answers == [.acknowledged([nil])])
    }

    @Test func `nothing new is taken when the disk has no reserve`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let request = maker.request()
        do {
            let journal = try SQLiteJournal(directory: directory.path)
            _ = try journal.commit([.append(request)], now: .ms(1))
        }
        var options = SQLiteJournal.Options()
        options.reserveBytes = Int.max
        let journal = try SQLiteJournal(directory: directory.path, options: options)
        let answers = try journal.commit(
            [
                .append(maker.request()),
                .acknowledge(position: 1, outputs: [maker.stored(from: request)]),
            ],
            now: .ms(2)
        )
        #expect(answers == [.storageFull, .acknowledged([nil])])
    }

    private static func run(
        _ commit: GroupCommit,
        _ changes: [JournalChange]
    ) -> [JournalAnswer] {
        var answers: [JournalAnswer] = []
        commit.run([JournalJob(id: 1, .change(changes))]) { reports in
            for case .changed(_, let given) in reports { answers += given }
        }
        return answers
    }
}
