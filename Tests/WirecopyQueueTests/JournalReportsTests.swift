import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// A journal with pages in every situation: 1 stored, 2 dead, 3 delayed, 4 ready.
private struct Archive {
    let directory: TemporaryDirectory
    let journal: LogJournal
    var maker = MessageMaker()
    var requests: [Message] = []

    init() throws {
        directory = try TemporaryDirectory()
        journal = try LogJournal(directory: directory.path)
        requests = (1...4).map { maker.request("https://news.example/\($0)") }
        _ = try journal.commit(requests.map { .append($0) }, now: .ms(1000))
        let end = maker.stored(from: requests[0], article: "article-7")
        let lost = FailedDelivery(
            LeaseID(position: 2, attempt: 1),
            by: "fetch/one",
            code: .workerLost,
            message: "The worker was silent.",
            next: .delayed(until: .ms(2000)),
            priority: .retry
        )
        let dead = FailedDelivery(
            LeaseID(position: 2, attempt: 2),
            by: "fetch/two",
            code: .httpGone,
            message: "The page is gone.",
            next: .dead,
            priority: .retry
        )
        let late = FailedDelivery(
            LeaseID(position: 3, attempt: 1),
            by: "fetch/two",
            code: .httpServerError,
            message: "The server said 503.",
            next: .delayed(until: .ms(9000)),
            priority: .retry
        )
        _ = try journal.commit(
            [.acknowledge(position: 1, outputs: [end]), .fail(lost), .fail(dead), .fail(late)],
            now: .ms(2000)
        )
    }
}

@Suite struct JournalReportsTests {
    @Test func `the ledger balances and counts each page once`() throws {
        let archive = try Archive()
        let report = try archive.journal.reports.ledger()
        #expect(report.entered == 4)
        #expect(report.inFlight == 2)
        #expect(report.openMessages == 2)
        #expect(report.outcomes == ["stored": 1, "dead": 1])
        #expect(report.reasons == ["http_gone": 1])
        #expect(report.lost == 0)
        #expect(report.isBalanced)
    }

    @Test func `a message with a key that waits for its first moment stands, and is not in flight`()
        throws
    {
        var archive = try Archive()
        let poll = archive.maker.poll("feed", notBefore: .ms(90_000))
        let urgent = archive.maker.poll("other")
        let stored = try archive.journal.commit([.append(poll), .append(urgent)], now: .ms(3000))
        let position = try #require(stored.first?.entry?.position)
        let report = try archive.journal.reports.ledger()
        #expect(report.entered == 6)
        #expect(report.standing == 1)
        #expect(report.inFlight == 3)
        #expect(report.isBalanced)
        // Once it was tried, it is in flight like any other.
        let failure = FailedDelivery(
            LeaseID(position: position, attempt: 1),
            by: "fetch/two",
            code: .workerLost,
            message: "The worker was silent.",
            next: .delayed(until: .ms(99_000)),
            priority: .retry
        )
        _ = try archive.journal.commit([.fail(failure)], now: .ms(91_000))
        let later = try archive.journal.reports.ledger()
        #expect(later.standing == 0)
        #expect(later.inFlight == 4)
        #expect(later.isBalanced)
    }

    @Test func `a page in flight without an open message is counted as lost`() throws {
        let archive = try Archive()
        _ = try archive.journal.reports.ledger()
        try archive.journal.index.database.write { database in
            try database.execute(
                sql: "UPDATE total SET pages = pages - 1 WHERE outcome = '' AND reason = ''"
            )
            try database.execute(
                sql: "INSERT INTO total(outcome, reason, pages) VALUES ('', 'lost', 1)"
            )
        }
        let report = try archive.journal.reports.ledger()
        #expect(report.lost == 1)
        #expect(!report.isBalanced)
    }

    @Test func `an outcome that enters alone opens and closes its page`() throws {
        var archive = try Archive()
        let id = archive.maker.id()
        let envelope = Envelope(
            entering: .outcome,
            id: id,
            subject: "file:///big.html",
            lane: "file",
            source: "/command/test",
            madeAt: .ms(1)
        )
        let outcome = Outcome(rejected: .bodyTooLarge, "The file is too large.")
        let message = Message(envelope: envelope, payload: outcome)
        #expect(try archive.journal.commit([.append(message)], now: .ms(3)) == [.appended(nil)])
        let report = try archive.journal.reports.ledger()
        #expect(report.entered == 5)
        #expect(report.outcomes["rejected"] == 1)
        #expect(report.isBalanced)
    }

    @Test func `a trace tells the whole way of a page`() throws {
        let archive = try Archive()
        let reports = archive.journal.reports
        let stored = try reports.trace(.init(url: "https://news.example/1"), now: .ms(3000))
        let lineage = try #require(stored.lineages.first)
        #expect(lineage.outcome == "stored")
        #expect(lineage.article == "article-7")
        #expect(lineage.steps.map(\.position) == [1, 5])
        #expect(lineage.steps.map(\.state) == ["done", "done"])
        #expect(lineage.steps[1].source == "/worker/test")
        let root = archive.requests[1].envelope.root.description
        let dead = try #require(try reports.trace(.init(root: root), now: .ms(3000)).lineages.first)
        #expect(dead.reason == "http_gone")
        #expect(dead.steps.map(\.state) == ["dead"])
        #expect(dead.steps[0].attempts.map(\.worker) == ["fetch/one", "fetch/two"])
        let states = try (3...4).map { number in
            try reports.trace(.init(url: "https://news.example/\(number)"), now: .ms(3000))
                .lineages.first?.steps.first?.state
        }
        #expect(states == ["delayed", "ready"])
        #expect(try reports.trace(.init(url: "https://no.example"), now: .ms(1)).lineages.isEmpty)
        #expect(throws: QueueFailure.self) { try reports.trace(.init(), now: .ms(1)) }
    }

    @Test func `a dead letter is kept with its history and input`() throws {
        let archive = try Archive()
        let reports = archive.journal.reports
        let list = try reports.deadLetters(.init())
        #expect(list.total == 1)
        #expect(list.letters.map(\.position) == [2])
        #expect(list.letters[0].input == nil)
        let letter = try #require(try reports.deadLetters(.init(position: 2)).letters.first)
        #expect(letter.input?.contains("https://news.example/2") == true)
        #expect(letter.attempts.count == 2)
        #expect(letter.subject == "https://news.example/2")
        #expect(try reports.deadLetters(.init(code: "worker_lost")).letters.isEmpty)
    }

    @Test func `a replay selects what is done or dead and nothing open`() throws {
        let archive = try Archive()
        let reports = archive.journal.reports
        var request = ReplayRequest()
        request.stage = .fetch
        let count = try reports.replay(request)
        #expect(count.count == 2)
        #expect(count.hosts == ["news.example": 2])
        #expect(try reports.replayPositions(request, after: 0, limit: 10) == [1, 2])
        #expect(try reports.replayPositions(request, after: 1, limit: 10) == [2])
        let slice = try reports.replayPositions(request, after: 0, limit: 1, isCounted: true)
        #expect(slice == [1])
    }

    @Test func `all parts of a replay's selection must hold`() throws {
        let archive = try Archive()
        let reports = archive.journal.reports
        func count(_ change: (inout ReplayRequest) -> Void) throws -> Int {
            var request = ReplayRequest()
            request.stage = .fetch
            change(&request)
            return try reports.replay(request).count
        }
        #expect(try count { $0.host = "other.example" } == 0)
        #expect(try count { $0.sinceMs = 1001 } == 0)
        #expect(try count { $0.untilMs = 1001 } == 2)
        #expect(try count { $0.url = "https://news.example/1" } == 1)
        #expect(try count { $0.outcome = "stored" } == 1)
        #expect(try count { $0.reason = "http_gone" } == 1)
        #expect(try count { $0.positions = [1, 4] } == 1)
        #expect(try count { $0.stage = .parse } == 0)
        #expect(
            try count {
                $0.stage = nil; $0.outcome = "dead"
            } == 1
        )
        #expect(throws: QueueFailure.self) { try count { $0.stage = nil } }
    }

    @Test func `a replay opens the page's account again`() throws {
        let archive = try Archive()
        _ = try archive.journal.commit(
            [.replay(position: 1, priority: .replay), .replay(position: 2, priority: .retry)],
            now: .ms(4000)
        )
        let report = try archive.journal.reports.ledger()
        #expect(report.inFlight == 4)
        #expect(report.outcomes.isEmpty)
        #expect(report.isBalanced)
        #expect(try archive.journal.reports.deadLetters(.init()).total == 0)
    }

    @Test func `reports can be asked without a broker and beside one`() throws {
        let archive = try Archive()
        let beside = try JournalReports(openingReadOnly: archive.directory.path)
        #expect(try beside.ledger().entered == 4)
        let copy = try archive.directory.crashCopy()
        let alone = try JournalReports(openingReadOnly: copy.path)
        #expect(try alone.message(at: 1) == archive.requests[0])
    }

    @Test func `reports of a closed journal can be asked`() throws {
        let directory = try TemporaryDirectory()
        do {
            var maker = MessageMaker()
            let journal = try LogJournal(directory: directory.path)
            _ = try journal.commit([.append(maker.request())], now: .ms(1))
        }
        #expect(try JournalReports(openingReadOnly: directory.path).ledger().entered == 1)
    }

    @Test func `a directory without a journal is told`() throws {
        let directory = try TemporaryDirectory()
        let failure = #expect(throws: QueueFailure.self) {
            try JournalReports(openingReadOnly: directory.path)
        }
        #expect(failure?.code == .journalMissing)
    }
}
