import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// A journal with pages of two hosts: 1 and 2 stored, 3 dead, 4 open; parse has version 1.0.
private struct Archive {
    let journal: LogJournal
    let directory: TemporaryDirectory
    var reports: JournalReports { journal.reports }

    init() throws {
        directory = try TemporaryDirectory()
        journal = try LogJournal(directory: directory.path)
        var maker = MessageMaker()
        let requests = (1...4).map { maker.request("https://news.example/\($0)") }
        _ = try journal.commit(requests.map { .append($0) }, now: .ms(1000))
        let pages = requests.prefix(2).map { maker.page(from: $0) }
        let gone = FailedDelivery(
            LeaseID(position: 3, attempt: 1),
            by: "fetch/one",
            code: .httpGone,
            message: "The page is gone.",
            next: .dead,
            priority: .live
        )
        _ = try journal.commit(
            [
                .acknowledge(position: 1, outputs: [pages[0]]),
                .acknowledge(position: 2, outputs: [pages[1]]), .fail(gone),
            ],
            now: .ms(2000)
        )
        var articles = pages.map { maker.article(from: $0) }
        articles = articles.map { article in
            var envelope = article.envelope
            envelope.stageVersion = "1.0"
            return Message(envelope: envelope, data: article.data)
        }
        _ = try journal.commit(
            zip([5, 6], articles).map { .acknowledge(position: $0, outputs: [$1]) },
            now: .ms(3000)
        )
        // The index has caught up once it is asked.
        _ = try journal.reports.ledger()
    }

    func count(_ stage: StageName = .fetch, _ condition: String) throws -> Int {
        var request = ReplayRequest()
        request.stage = stage
        request.condition = condition
        return try reports.replay(request).count
    }
}

@Suite struct MessageSelectionTests {
    @Test func `the view tells what the guide says`() throws {
        let directory = try TemporaryDirectory()
        let journal = try LogJournal(directory: directory.path)
        var maker = MessageMaker()
        let requests = (1...2).map { maker.request("https://news.example/\($0)") }
        _ = try journal.commit(requests.map { .append($0) }, now: .ms(1000))
        let end = maker.stored(from: requests[0])
        _ = try journal.commit([.acknowledge(position: 1, outputs: [end])], now: .ms(2000))
        let open = try journal.reports.reading { try OpenSet(in: $0) }
        let path = LogJournal.indexPath(in: directory.path)
        let rows = try GuardedConnection(path: path, open: open).read(within: .seconds(60)) {
            try Row.fetchAll($0, sql: "SELECT * FROM queue_message ORDER BY position")
                .map { row in
                    [row["url"], row["host"], row["stage"], row["state"], row["outcome"]]
                        as [String?]
                }
        }
        #expect(
            rows == [
                ["https://news.example/1", "news.example", "fetch", "done", "stored"],
                ["https://news.example/2", "news.example", "fetch", "ready", nil],
            ]
        )
    }

    @Test func `a condition in SQL selects by every column of the view`() throws {
        let archive = try Archive()
        for (condition, count) in [
            ("host = 'news.example'", 3), ("url LIKE '%/2'", 1), ("state = 'dead'", 1),
            ("error_code = 'http_gone' AND attempts = 1", 1), ("outcome IS NULL", 2),
            ("reason = 'http_gone'", 1), ("queued_at_ms < 1001 AND bytes > 10", 3),
            ("kind = 'wirecopy.fetch_request.v1' AND stage = 'fetch'", 3), ("position > 1", 2),
            ("id = root AND is_root", 3), ("article IS NULL AND page = position", 3),
        ] {
            #expect(try archive.count(.fetch, condition) == count, "\(condition)")
        }
        #expect(try archive.count(.parse, "stage_version IS NULL AND NOT is_root") == 2)
        let many = "host IN (SELECT host FROM queue_message GROUP BY host HAVING count(*) > 3)"
        #expect(try archive.count(.fetch, many) == 3)
    }

    @Test(arguments: [
        "1) OR (1", "1; DROP TABLE page", "1 -- and more", "1 /* and more", "url = 'a", "(1", "",
        "url = ?1", "url = :url", "1\u{0}",
        "position IN (WITH queue_message AS (SELECT root FROM page) SELECT 1)",
        "position IN (with recursive n(i) as (select 1 union all select i+1 from n) select i)",
        "position IN (SELECT position FROM message)", "EXISTS (SELECT 1 FROM sqlite_master)",
        "EXISTS (SELECT 1 FROM main.page)", "EXISTS (SELECT root FROM page AS queue_message)",
        "load_extension('/tmp/x')", "length(zeroblob(1000000000)) > 0",
        "length(randomblob(1000000000)) > 0", "length(printf('%1000000000d', 1)) > 0",
        "EXISTS (SELECT 1 FROM pragma_table_info('page'))", "fts3_tokenizer('simple') IS NULL",
        "writefile('/tmp/x', url)", "no_such_column = 1", "1 +", "url = 1 ORDER BY 1",
        "EXISTS (SELECT 1 FROM json_each('[1]'))", "(SELECT 1, 2) = 1", "sqlite_version() = 1",
    ])
    func `hostile SQL is refused and changes nothing`(_ condition: String) throws {
        let archive = try Archive()
        let failure = #expect(throws: QueueFailure.self) { try archive.count(.fetch, condition) }
        #expect(failure?.code == .requestInvalid)
        #expect(failure?.message.contains("The condition") == true)
        #expect(try archive.reports.ledger().entered == 4)
    }

    @Test func `a condition that takes too long is stopped`() throws {
        let archive = try Archive()
        let path = LogJournal.indexPath(in: archive.directory.path)
        let names = (0..<12).map { "m\($0)" }
        let endless = """
            SELECT count(\(names.map { "\($0).bytes" }.joined(separator: " + ")))
            FROM \(names.map { "queue_message AS \($0)" }.joined(separator: ", "))
            """
        let failure = #expect(throws: DatabaseError.self) {
            try GuardedConnection(path: path, open: OpenSet()).read(within: .milliseconds(50)) {
                database in
                try Int.fetchOne(database, sql: endless)
            }
        }
        #expect(failure?.resultCode == .SQLITE_INTERRUPT)
    }

    @Test func `a guarded connection cannot write`() throws {
        let archive = try Archive()
        let path = LogJournal.indexPath(in: archive.directory.path)
        let guarded = try GuardedConnection(path: path, open: OpenSet())
        for statement in [
            "DELETE FROM page", "PRAGMA query_only", "ATTACH '/tmp/x' AS x", "VACUUM",
            "CREATE TEMP TABLE t(a)", "INSERT INTO temp.sqlite_master VALUES (1,1,1,1,1)",
        ] {
            #expect(throws: DatabaseError.self, "\(statement)") {
                try guarded.read(within: .seconds(1)) { try $0.execute(sql: statement) }
            }
        }
    }

    @Test func `versions and error codes select a replay`() throws {
        let archive = try Archive()
        func count(_ change: (inout ReplayRequest) -> Void) throws -> Int {
            var request = ReplayRequest()
            request.stage = .parse
            change(&request)
            return try archive.reports.replay(request).count
        }
        #expect(try count { $0.stageVersion = "1.0" } == 2)
        #expect(try count { $0.stageVersion = "0.9" } == 0)
        #expect(try count { $0.through = 5 } == 1)
        #expect(
            try count { (request) in (request.stage, request.errorCode) = (.fetch, "http_gone") }
                == 1
        )
    }

    @Test func `the last selected place bounds a replay`() throws {
        let archive = try Archive()
        var request = ReplayRequest()
        request.stage = .parse
        let report = try archive.reports.replay(request)
        #expect(report.through == 6)
        #expect(report.hosts == ["news.example": 2])
    }

    @Test func `what was made of a message is found again`() throws {
        let archive = try Archive()
        let made = try archive.reports.output(ofMessageAt: 5)
        #expect(made?.envelope.kind == .parsedArticle)
        #expect(made?.envelope.stageVersion == "1.0")
        #expect(try archive.reports.output(ofMessageAt: 1)?.envelope.kind == .fetchedPage)
        #expect(try archive.reports.output(ofMessageAt: 3) == nil)
        #expect(try archive.reports.output(ofMessageAt: 4) == nil)
    }

    @Test func `the ledger balances in each stage and over all sources`() throws {
        let archive = try Archive()
        let report = try archive.reports.ledger(LedgerRequest(details: true))
        #expect(report.isBalanced)
        let stages = try #require(report.stages)
        #expect(stages.map(\.stage) == StageName.allCases)
        #expect(stages.map(\.entered) == [4, 2, 2, 0])
        #expect(stages.map(\.done) == [2, 2, 0, 0])
        #expect(stages.map(\.dead) == [1, 0, 0, 0])
        #expect(stages.map(\.open) == [1, 0, 2, 0])
        #expect(report.sources?.map(\.host) == ["news.example"])
        #expect(report.sources?.first?.outcomes == ["dead": 1])
        #expect(report.sources?.first?.inFlight == 3)
        #expect(try archive.reports.ledger(LedgerRequest()).stages == nil)
    }

    @Test func `a message that nothing was made of is lost to its stage`() throws {
        let archive = try Archive()
        try archive.journal.index.database.write { database in
            try database.execute(sql: "DELETE FROM open_chunk WHERE chunk >> 40 = 8")
            try database.execute(sql: "UPDATE page SET open = 0 WHERE position = 2")
        }
        let report = try archive.reports.ledger(LedgerRequest(details: true))
        #expect(report.stages?.map(\.lost) == [0, 0, 1, 0])
        #expect(!report.isBalanced)
    }
}
