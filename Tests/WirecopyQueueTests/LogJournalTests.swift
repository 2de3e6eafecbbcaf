import Foundation
import GRDB
import Glibc
import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct LogJournalTests {
    /// A journal that holds one page at place 2, which is open.
    private static func prepare(_ directory: String, _ maker: inout MessageMaker) throws {
        let journal = try LogJournal(directory: directory)
        let request = maker.request()
        _ = try journal.commit(
            [
                .append(request),
                .acknowledge(position: 1, outputs: [maker.page(from: request, body: [1, 2, 3])]),
            ],
            now: .ms(1)
        )
        try journal.close()
    }

    @Test func `what was committed is there after closing and opening`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let journal = try LogJournal(directory: directory.path)
        #expect(try journal.openEntries(at: [1, 2]).map(\.position) == [2])
        #expect(try journal.message(at: 2).attachments == [[1, 2, 3]])
        #expect(journal.name.count == 36)
        #expect(journal.damages.isEmpty)
        let next = try journal.commit([.append(maker.request())], now: .ms(2))[0].entry
        #expect(next?.position == 3)
    }

    @Test func `the index is made again from the log`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let before = try JournalReports(openingReadOnly: directory.path).ledger()
        for path in JournalIndex.files(LogJournal.indexPath(in: directory.path)) {
            try? FileManager.default.removeItem(atPath: path)
        }
        let journal = try LogJournal(directory: directory.path)
        #expect(try journal.openEntries(at: [1, 2]).map(\.position) == [2])
        #expect(try journal.reports.ledger() == before)
        #expect(try journal.message(at: 2).attachments == [[1, 2, 3]])
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
        let journal = try LogJournal(directory: directory.path)
        let request = maker.request()
        let position = try #require(
            try journal.commit([.append(request)], now: .ms(2))[0].entry?.position
        )
        let page = maker.page(from: request, body: [7, 7, 7, 7])
        let answers = try journal.commit(
            [.acknowledge(position: position, outputs: [page])],
            now: .ms(3)
        )
        let stored = try #require(answers[0].entry?.position)
        #expect(try journal.message(at: 2).attachments == [[1, 2, 3]])
        #expect(try journal.message(at: stored).attachments == [[7, 7, 7, 7]])
        let names = try FileManager.default.contentsOfDirectory(atPath: segments).sorted()
        #expect(names == ["00000001.warc.gz", "00000002.warc.gz"])
        let first = try Data(contentsOf: URL(fileURLWithPath: "\(segments)/00000001.warc.gz"))
        #expect(first == Data([1, 2, 3, 0xFF, 0xFF]))
    }

    @Test func `a full segment is followed by another`() throws {
        var maker = MessageMaker()
        var options = LogJournal.Options.small
        options.segmentBytesMax = 10
        let journal = try LogJournal(simulatedOn: SimulatedDisk(), options: options)
        for round in 0..<4 {
            let request = maker.request()
            let body = [UInt8](repeating: UInt8(round), count: 6)
            let page = maker.page(from: request, body: body)
            _ = try journal.commit(
                [.append(request), .acknowledge(position: 2 * round + 1, outputs: [page])],
                now: .ms(round)
            )
            #expect(try journal.message(at: 2 * round + 2).attachments == [body])
        }
    }

    @Test func `a full file of the log is followed by another`() throws {
        var maker = MessageMaker()
        var options = LogJournal.Options.small
        options.logBytesMax = 2048
        let disk = SimulatedDisk()
        let requests = (0..<20).map { maker.request("https://news.example/\($0)") }
        do {
            let journal = try LogJournal(simulatedOn: disk, options: options)
            for request in requests { _ = try journal.commit([.append(request)], now: .ms(1)) }
            try journal.close()
        }
        #expect(try disk.names(in: "log").count > 3)
        let journal = try LogJournal(simulatedOn: disk, options: options)
        #expect(journal.damages.isEmpty)
        for (index, request) in requests.enumerated() {
            #expect(try journal.message(at: index + 1) == request)
        }
    }

    @Test func `a segment that was cut or changed is told, not read`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        try Self.prepare(directory.path, &maker)
        let path = "\(directory.path)/segments/00000001.warc.gz"
        for bytes in [[1], [1, 2, 4]] as [[UInt8]] {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let journal = try LogJournal(directory: directory.path)
            let failure = #expect(throws: QueueFailure.self) { try journal.message(at: 2) }
            #expect(failure?.code == .contentUnreadable)
            try journal.close()
        }
    }

    @Test func `a journal is open for writing once`() throws {
        let directory = try TemporaryDirectory()
        let journal = try LogJournal(directory: directory.path)
        let failure = #expect(throws: QueueFailure.self) {
            try LogJournal(directory: directory.path)
        }
        #expect(failure?.code == .journalInUse)
        #expect(try journal.state() == JournalState())
    }

    @Test func `a journal of another version is not touched`() throws {
        let directory = try TemporaryDirectory()
        do {
            let journal = try LogJournal(directory: directory.path)
            try journal.index.database.write { database in
                try IndexSchema.set("schema_version", "99", in: database)
            }
            try journal.close()
        }
        let later = #expect(throws: QueueFailure.self) {
            try LogJournal(directory: directory.path)
        }
        #expect(later?.code == .journalTooNew)
        let old = try TemporaryDirectory()
        try Data([1]).write(to: URL(fileURLWithPath: "\(old.path)/journal.sqlite"))
        let first = #expect(throws: QueueFailure.self) {
            try JournalReports(openingReadOnly: old.path)
        }
        #expect(first?.message.contains("earlier version") == true)
    }

    @Test func `commits are synced, attachments first`() throws {
        var maker = MessageMaker()
        let disk = SimulatedDisk()
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let request = maker.request()
        let before = disk.syncs
        _ = try journal.commit([.append(request)], now: .ms(1))
        #expect(disk.syncs == before + 1)
        let page = maker.page(from: request)
        _ = try journal.commit([.acknowledge(position: 1, outputs: [page])], now: .ms(1))
        #expect(disk.syncs == before + 3)
    }

    @Test func `a full disk takes ends and refuses beginnings`() throws {
        var maker = MessageMaker()
        let disk = SimulatedDisk()
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        disk.capacityBytes = 256 << 10
        let commit = GroupCommit(to: journal, now: { .ms(5) })
        let path = String(repeating: "x", count: 4000)
        var stored: [(position: Int, message: Message)] = []
        var answers: [JournalAnswer] = []
        while !answers.contains(.storageFull), stored.count < 200 {
            let big = maker.request("https://news.example/\(path)")
            answers = Self.run(commit, [.append(big), .pause(.store, true)])
            if let entry = answers.first?.entry { stored.append((entry.position, big)) }
        }
        #expect(answers == [.storageFull, .paused])
        #expect(10..<200 ~= stored.count)
        // The reserve is 16 KiB, and each end repeats the long address.
        for (position, message) in stored.prefix(3) {
            let end = JournalChange.acknowledge(
                position: position,
                outputs: [maker.stored(from: message)]
            )
            #expect(Self.run(commit, [end]) == [.acknowledged([nil])])
        }
        let ledger = try journal.reports.ledger()
        #expect(ledger.isBalanced)
        #expect(ledger.openMessages == stored.count - 3)
    }

    @Test func `on a full disk what ends pages goes on longest, and nothing is taken back`() throws
    {
        var maker = MessageMaker()
        let disk = SimulatedDisk()
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let requests = (0..<40).map { maker.request("https://news.example/\($0)") }
        let answers = try journal.commit(requests.map { .append($0) }, now: .ms(1))
        let places = answers.compactMap { $0.entry?.position }
        #expect(places.count == 40)
        disk.capacityBytes = 0
        let commit = GroupCommit(to: journal, now: { .ms(5) })
        var refused = (new: 0, carried: 0)
        var taken = 0
        for (request, place) in zip(requests, places).dropLast(10) {
            let article = maker.output(
                .fetchedPage,
                from: request,
                data: [UInt8](repeating: 32, count: 3000)
            )
            let change = JournalChange.acknowledge(position: place, outputs: [article])
            let answers = Self.run(commit, [change, .append(maker.request())])
            if answers[0] == .storageFull { refused.carried += 1 } else { taken += 1 }
            if answers[1] == .storageFull { refused.new += 1 }
        }
        // First publishers are refused, then what carries pages on; what ends them is taken.
        #expect(taken > 5)
        #expect(refused.carried > 5)
        #expect(refused.new > refused.carried)
        for (request, place) in zip(requests, places).suffix(10) {
            let change = JournalChange.acknowledge(
                position: place,
                outputs: [maker.stored(from: request)]
            )
            #expect(Self.run(commit, [change]) == [.acknowledged([nil])])
        }
        disk.capacityBytes = 64 << 20
        let article = maker.output(.fetchedPage, from: requests[29], data: Array("{}".utf8))
        let late = JournalChange.acknowledge(position: places[29], outputs: [article])
        let last = Self.run(commit, [late, .append(maker.request())])
        #expect(last.compactMap(\.entry).count == 2, "With room the journal goes on.")
    }

    @Test func `a message of another stage is not finished`() throws {
        var maker = MessageMaker()
        let request = maker.request()
        let end = maker.stored(from: request)
        for journal: any Journal in [
            try LogJournal(simulatedOn: SimulatedDisk(), options: .small), InMemoryJournal(),
        ] {
            let answers = try journal.commit(
                [
                    .append(request), .acknowledge(position: 1, outputs: [end], stage: .store),
                    .acknowledge(position: 1, outputs: [end], stage: .fetch),
                ],
                now: .ms(1)
            )
            #expect(answers.dropFirst() == [.otherStage(.fetch), .acknowledged([nil])])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a journal ends also when its index finds no room, and loses nothing by it`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let requests = (0..<2000).map { maker.request("https://news.example/\($0)") }
        let journal = try LogJournal(directory: directory.path)
        // No page more than the database has.
        try journal.index.database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA max_page_count = 1")
        }
        _ = try journal.commit(requests.map { .append($0) }, now: .ms(1))
        #expect(throws: QueueFailure.self) { try journal.follower.catchUp() }
        // Once more when it ends, and then no more.
        _ = Result { try journal.close() }
        #expect(journal.indexLagMessages > 0)
        let again = try LogJournal(directory: directory.path)
        #expect(again.indexLagMessages == 0)
        #expect(again.damages.isEmpty)
        #expect(try again.openEntries(at: [1, 1000, 2000]).count == 3)
        #expect(try again.commit([.append(requests[1999])], now: .ms(2)) == [.known])
    }

    @Test func `nothing new is taken when the disk has no reserve`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let request = maker.request()
        do {
            let journal = try LogJournal(directory: directory.path)
            _ = try journal.commit([.append(request)], now: .ms(1))
        }
        var options = LogJournal.Options()
        options.reserveBytes = Int.max
        let journal = try LogJournal(directory: directory.path, options: options)
        let answers = try journal.commit(
            [
                .append(maker.request()),
                .acknowledge(position: 1, outputs: [maker.stored(from: request)]),
            ],
            now: .ms(2)
        )
        #expect(answers == [.storageFull, .acknowledged([nil])])
    }

    @Test func `a page is known long after it left the memory`() throws {
        var maker = MessageMaker()
        let journal = try LogJournal(simulatedOn: SimulatedDisk(), options: .small)
        let requests = (0..<IndexLookup.runPages + 10).map { index in
            maker.request("https://news.example/\(index % 1000)")
        }
        for start in stride(from: 0, to: requests.count, by: 1024) {
            let group = requests[start..<min(start + 1024, requests.count)]
            _ = try journal.commit(group.map { .append($0) }, now: .ms(1))
        }
        let again = try journal.commit(
            [.append(requests[0]), .append(requests[777]), .append(requests[requests.count - 1])],
            now: .ms(2)
        )
        #expect(again == [.known, .known, .known])
        let request = TraceRequest(url: "https://news.example/7")
        let trace = try journal.reports.trace(request, now: .ms(3))
        #expect(trace.lineages.count == 9)
        #expect(trace.lineages.first?.steps.map(\.position) == [8])
        let root = requests[500].envelope.root.description
        let one = try journal.reports.trace(TraceRequest(root: root), now: .ms(3))
        #expect(one.lineages.map(\.subject) == ["https://news.example/500"])
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
