import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

struct BrokerCoreTests {
    @Test func `nothing is confirmed or settled before the journal has answered`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        _ = dialogue.heard(by: "fetch/1")
        dialogue.say(.publish(request: 4, [request]), from: "fetch/1")
        #expect(dialogue.heard(by: "fetch/1").isEmpty)
        dialogue.store()
        let replies = dialogue.heard(by: "fetch/1")
        #expect(replies.first == .confirm(request: 4, [.accepted]))
        guard case .deliver(let deliveries)? = replies.last, let lease = deliveries.first?.lease
        else {
            Issue.record("\(replies)")
            return
        }
        dialogue.say(.done([.init(lease: lease, outputs: [Pages.end(request)])]), from: "fetch/1")
        #expect(dialogue.heard(by: "fetch/1").isEmpty)
        dialogue.store()
        #expect(
            dialogue.heard(by: "fetch/1") == [.settled([.init(lease: lease, isFirst: true)])]
        )
        #expect(dialogue.journal.outcome(of: request.envelope.root) == .stored)
    }

    @Test func `a peer that has not greeted is refused and counted`() throws {
        var dialogue = try CoreDialogue()
        dialogue.say(.ping(nil), from: "stranger")
        #expect(
            dialogue.heard(by: "stranger")
                == [.refuse(code: .notGreeted, message: "Say HELLO first.")]
        )
        dialogue.core.overLimit(
            from: Array("stranger".utf8),
            frames: 9,
            bytes: 1 << 40,
            now: dialogue.now
        )
        dialogue.endTurn()
        guard case .refuse(.tooLarge, _)? = dialogue.heard(by: "stranger").first else {
            Issue.record("The large command was not refused.")
            return
        }
        let refused = dialogue.core.refusedTotal
        #expect(refused == 2)
        #expect(dialogue.notices.count == 2)
    }

    @Test func `a lease that runs out goes to another worker when the core is woken as it asks`()
        throws
    {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 1)
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "fetch/1")
        try dialogue.settle()
        let first = try #require(dialogue.deliveries(to: "fetch/1").first).lease
        let deadline = dialogue.now + .seconds(30)
        dialogue.greet("fetch/2", .fetch, credit: 1)
        var found: [BrokerReply.Delivery] = []
        while found.isEmpty {
            // A heartbeat at most, or less when the core wants to be woken.
            let wait = dialogue.wait ?? .seconds(2)
            dialogue.pass(min(max(.milliseconds(1), wait), .seconds(2)))
            try #require(dialogue.now <= deadline + .seconds(600))
            for worker in ["fetch/1", "fetch/2"] { dialogue.say(.ping(nil), from: worker) }
            try dialogue.settle()
            found = dialogue.deliveries(to: "fetch/2")
        }
        #expect(dialogue.now >= deadline)
        #expect(found.map(\.lease) == [LeaseID(position: first.position, attempt: 2)])
    }

    @Test func `deliveries that reach nobody go to another worker in the same turn`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 4000)
        dialogue.greet("fetch/2", .fetch, credit: 4000)
        dialogue.greet("command/1")
        dialogue.obstacles["fetch/1"] = .unreachable
        let pages = (1...1500).map { Pages.request($0) }
        dialogue.say(.publish(request: 1, Array(pages[..<1000])), from: "command/1")
        dialogue.say(.publish(request: 2, Array(pages[1000...])), from: "command/1")
        dialogue.store()
        let found = dialogue.deliveries(to: "fetch/2")
        #expect(Set(found.map(\.lease.position)).count == 1500)
        #expect(found.allSatisfy { $0.lease.attempt == 1 })
    }

    @Test func `a graceful stop ends after the last commit and says so once`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 1)
        let request = Pages.request()
        dialogue.say(.publish(request: 1, [request]), from: "fetch/1")
        try dialogue.settle()
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first).lease
        dialogue.stop()
        #expect(dialogue.heard(by: "fetch/1") == [.drain])
        #expect(dialogue.isReading)
        dialogue.say(.done([.init(lease: lease, outputs: [Pages.end(request)])]), from: "fetch/1")
        #expect(dialogue.ends.isEmpty)
        dialogue.store()
        #expect(
            dialogue.heard(by: "fetch/1") == [.settled([.init(lease: lease, isFirst: true)])]
        )
        #expect(dialogue.ends == [nil])
        #expect(!dialogue.isReading)
        #expect(dialogue.wait == nil)
        dialogue.say(.ping(nil), from: "fetch/1")
        dialogue.pass(.seconds(100))
        dialogue.stop()
        #expect(dialogue.ends == [nil])
        #expect(dialogue.heard(by: "fetch/1").isEmpty)
    }

    @Test func `a graceful stop does not wait longer than its grace`() throws {
        var dialogue = try CoreDialogue { $0.stopGrace = .seconds(5) }
        dialogue.greet("fetch/1", .fetch, credit: 1)
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "fetch/1")
        try dialogue.settle()
        dialogue.stop()
        #expect(try #require(dialogue.wait) <= .seconds(5))
        dialogue.pass(.seconds(4))
        #expect(dialogue.ends.isEmpty)
        dialogue.pass(.seconds(1))
        #expect(dialogue.ends == [nil])
    }

    @Test func `a broken journal ends the broker and confirms nothing`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("command/1")
        _ = dialogue.heard(by: "command/1")
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "command/1")
        let failure = QueueFailure(.journalBroken, "The disk broke.")
        dialogue.core.take(.broken(failure), now: dialogue.now)
        dialogue.endTurn()
        #expect(dialogue.ends == [BrokerFailure(.journal(.journalBroken), "The disk broke.")])
        #expect(dialogue.heard(by: "command/1").isEmpty)
        #expect(dialogue.notices.last == .failed("The disk broke."))
    }

    @Test func `the same events give the same frames`() throws {
        let pages = (1...200).map { Pages.request($0) }
        let frames = try (1...2).map { _ in
            var dialogue = try CoreDialogue { $0.limits.lease = .seconds(4) }
            for worker in 1...7 { dialogue.greet("fetch/\(worker)", .fetch, credit: 5) }
            dialogue.say(.publish(request: 1, pages), from: "fetch/3")
            for round in 1...40 {
                try dialogue.settle()
                dialogue.obstacles["fetch/2"] = round % 3 == 0 ? .heldUp : nil
                dialogue.obstacles["fetch/5"] = round == 9 ? .unreachable : nil
                for worker in 1...6 where worker != round % 7 {
                    let name = "fetch/\(worker)"
                    for delivery in dialogue.deliveries(to: name) {
                        let reason = StageFailure(.stageFailed, .retry(after: nil), "No.")
                        dialogue.say(.fail([.init(lease: delivery.lease, reason)]), from: name)
                    }
                    dialogue.say(
                        .credit(.init(messagesTotal: 5 * round, bytesTotal: 1 << 40)),
                        from: name
                    )
                }
                dialogue.pass(.milliseconds(700))
            }
            return dialogue.frames
        }
        #expect(frames[0].count > 200)
        #expect(frames[0] == frames[1])
    }
}
