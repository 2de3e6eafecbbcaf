import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// What a worker may not do to the messages of others, and what the log tells of it.
@Suite struct ForeignLeaseTests {
    @Test func `a worker may not finish a message of another stage`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 1)
        dialogue.greet("parse/1", .parse, credit: 1)
        let request = Pages.request()
        dialogue.say(.publish(request: 1, [request]), from: "fetch/1")
        try dialogue.settle()
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first).lease
        _ = dialogue.heard(by: "parse/1")
        let done = QueueCommand.done([.init(lease: lease, outputs: [Pages.end(request)])])
        dialogue.say(done, from: "parse/1")
        try dialogue.settle()
        let heard = dialogue.heard(by: "parse/1")
        #expect(heard.count == 2)
        guard case .refuse(.notAllowed, let sentence)? = heard.first else {
            Issue.record("\(heard)")
            return
        }
        #expect(sentence.contains("stage parse") && sentence.contains(lease.description))
        #expect(heard.last == .settled([.init(lease: lease, isFirst: false)]))
        #expect(dialogue.journal.outcome(of: request.envelope.root) == nil)
        dialogue.say(.extend([lease]), from: "parse/1")
        #expect(
            dialogue.heard(by: "parse/1")
                == [.extended(leaseMilliseconds: 30_000, lost: [lease])]
        )
        let failure = StageFailure(.dataInvalid, .bury, "No.")
        dialogue.say(.fail([.init(lease: lease, failure)]), from: "parse/1")
        try dialogue.settle()
        #expect(try dialogue.status().stages[0].dead == 0)
        dialogue.say(done, from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.journal.outcome(of: request.envelope.root) == .stored)
    }

    @Test func `a message that only the journal knows is protected too`() throws {
        let journal = InMemoryJournal()
        let requests = (1...5).map { Pages.request($0) }
        _ = try journal.commit(requests.map { .append($0) }, now: Instant(milliseconds: 1))
        var dialogue = try CoreDialogue(over: journal) {
            ($0.limits.windowMax, $0.limits.windowLow) = (2, 1)
        }
        dialogue.greet("parse/1", .parse, credit: 1)
        _ = dialogue.heard(by: "parse/1")
        let lease = LeaseID(position: 5, attempt: 1)
        dialogue.say(
            .done([.init(lease: lease, outputs: [Pages.end(requests[4])])]),
            from: "parse/1"
        )
        try dialogue.settle()
        let heard = dialogue.heard(by: "parse/1")
        guard case .refuse(.notAllowed, _)? = heard.first else {
            Issue.record("\(heard)")
            return
        }
        #expect(heard.last == .settled([.init(lease: lease, isFirst: false)]))
        #expect(journal.outcome(of: requests[4].envelope.root) == nil)
    }

    @Test func `work that does not fit on the disk is kept by its worker and counts nothing`()
        throws
    {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 2)
        dialogue.greet("fetch/2", .fetch, credit: 2)
        let request = Pages.request()
        dialogue.say(.publish(request: 1, [request]), from: "fetch/1")
        try dialogue.settle()
        let workers = ["fetch/1", "fetch/2"]
        let delivered = workers.map { dialogue.deliveries(to: $0).first?.lease }
        let worker = workers[delivered[0] == nil ? 1 : 0]
        let lease = try #require(delivered[0] ?? delivered[1])
        let done = QueueCommand.done([.init(lease: lease, outputs: [Pages.end(request)])])
        for _ in 1...10 {
            _ = dialogue.heard(by: worker)
            dialogue.say(done, from: worker)
            dialogue.storeNothing()
            #expect(
                dialogue.heard(by: worker)
                    == [.settled([.init(lease: lease, isFirst: false, again: .seconds(5))])]
            )
            dialogue.pass(.seconds(5))
            for name in workers { dialogue.say(.ping(nil), from: name) }
            #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
            #expect(dialogue.deliveries(to: "fetch/2").isEmpty)
        }
        // Equal lines are cut short: one each ten seconds.
        let lines = dialogue.notices.filter { $0.kind == .acknowledgementDoesNotFit }
        #expect(lines.count == 5)
        #expect(lines.last == .acknowledgementDoesNotFit(worker: worker, unlogged: 1))
        dialogue.say(done, from: worker)
        try dialogue.settle()
        #expect(
            dialogue.heard(by: worker).last == .settled([.init(lease: lease, isFirst: true)])
        )
        #expect(dialogue.journal.outcome(of: request.envelope.root) == .stored)
        #expect(try dialogue.status().stages[0].retriedTotal == 0)
    }

    @Test func `refusals of one peer and cause are logged once each ten seconds`() throws {
        var dialogue = try CoreDialogue()
        for _ in 1...1000 { dialogue.say(.ping(nil), from: "stranger") }
        #expect(dialogue.core.refusedTotal == 1000)
        #expect(dialogue.notices.count == 1)
        dialogue.pass(.seconds(10))
        dialogue.say(.ping(nil), from: "stranger")
        guard
            case .commandRefused("unknown", .notGreeted, _, 1001, unlogged: 999)? =
                dialogue.notices.last
        else {
            Issue.record("\(String(describing: dialogue.notices.last))")
            return
        }
    }

    @Test func `a lease whose number no journal can keep is no lease`() {
        for text in ["1.4294967296", "1.99999999999999", "1.0", "0.1"] {
            let header = Array("{\"leases\":[\"\(text)\"]}".utf8)
            #expect(throws: FrameFailure.self) {
                _ = try QueueCommand(frames: [Array("EXTEND".utf8), header])
            }
        }
    }
}
