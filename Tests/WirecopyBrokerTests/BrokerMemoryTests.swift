import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// The broker's memory has bounds, whatever peers, the disk and operators do.
struct BrokerMemoryTests {
    @Test func `a peer that takes nothing for a while gets everything in order`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("command/1")
        _ = dialogue.heard(by: "command/1")
        dialogue.obstacles["command/1"] = .heldUp
        for request in 1...3 {
            dialogue.say(.publish(request: request, []), from: "command/1")
            dialogue.store()
        }
        dialogue.pass(.milliseconds(100))
        #expect(dialogue.heard(by: "command/1").isEmpty)
        dialogue.obstacles = [:]
        dialogue.say(.ping(nil), from: "command/1")
        #expect(dialogue.heard(by: "command/1").isEmpty)
        #expect(dialogue.wait == .milliseconds(100))
        dialogue.pass(.milliseconds(100))
        let confirmations = (1...3).map { BrokerReply.confirm(request: $0, []) }
        #expect(dialogue.heard(by: "command/1") == confirmations + [.pong])
    }

    @Test func `nothing overtakes a reply that was not taken`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("command/1")
        _ = dialogue.heard(by: "command/1")
        for request in 1...3 { dialogue.say(.publish(request: request, []), from: "command/1") }
        dialogue.obstaclesOnce["command/1"] = .heldUp
        dialogue.store()
        #expect(dialogue.heard(by: "command/1").isEmpty)
        dialogue.pass(.milliseconds(100))
        let confirmations = (1...3).map { BrokerReply.confirm(request: $0, []) }
        #expect(dialogue.heard(by: "command/1") == confirmations)
    }

    @Test func `held-up peers get their turn in the order of their routes`() throws {
        var dialogue = try CoreDialogue()
        let peers = (0..<8).map { "command/\($0)" }
        for peer in peers.reversed() {
            dialogue.obstaclesOnce[peer] = .heldUp
            dialogue.greet(peer)
        }
        dialogue.pass(.milliseconds(100))
        #expect(dialogue.sent.map(\.route) == peers)
    }

    @Test func `messages that cannot be read cost a worker nothing of its credit`() throws {
        let journal = InMemoryJournal()
        let requests = (1...9).map { Pages.request($0) }
        _ = try journal.commit(requests.map { .append($0) }, now: .init(milliseconds: 1))
        var dialogue = try CoreDialogue(over: journal)
        dialogue.unreadable = [1, 2, 3, 4, 5, 6, 7]
        // As many as a worker takes before it must have got some of them.
        dialogue.greet("fetch/1", .fetch, credit: 2)
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").map(\.lease.position) == [8, 9])
        let outcomes = requests.prefix(7).map { journal.outcome(of: $0.envelope.root) }
        #expect(outcomes == Array(repeating: .dead, count: 7))
    }

    @Test func `a content that is read too late costs a worker nothing of its credit`() throws {
        let journal = InMemoryJournal()
        let requests = (1...2).map { Pages.request($0) }
        _ = try journal.commit(requests.map { .append($0) }, now: .init(milliseconds: 1))
        var dialogue = try CoreDialogue(over: journal)
        dialogue.greet("fetch/1", .fetch, credit: 1)
        // The disk takes longer than the lease lasts.
        dialogue.pass(.seconds(3))
        dialogue.say(.ping(nil), from: "fetch/1")
        let end = QueueCommand.Completion(
            lease: LeaseID(position: 1, attempt: 1),
            outputs: [Pages.end(requests[0])]
        )
        dialogue.say(.done([end]), from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").map(\.lease.position) == [2])
    }

    @Test func `a peer that never reads is dropped and its deliveries go to others`() throws {
        var dialogue = try CoreDialogue { $0.memory.outboxRepliesMax = 10 }
        dialogue.greet("fetch/1", .fetch, credit: 10)
        dialogue.obstacles["fetch/1"] = .heldUp
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "fetch/1")
        try dialogue.settle()
        dialogue.greet("fetch/2", .fetch, credit: 10)
        #expect(dialogue.deliveries(to: "fetch/2").isEmpty)
        for _ in 1...9 { dialogue.say(.ping(nil), from: "fetch/1") }
        #expect(dialogue.notices.contains(.peerDropped("fetch/1")))
        #expect(dialogue.deliveries(to: "fetch/2").map(\.lease.attempt) == [1])
        dialogue.obstacles = [:]
        dialogue.say(.ping(nil), from: "fetch/1")
        #expect(
            dialogue.heard(by: "fetch/1").last
                == .refuse(code: .notGreeted, message: "Say HELLO first.")
        )
    }

    @Test func `when all outboxes together are too large the fullest goes`() throws {
        var dialogue = try CoreDialogue { $0.memory.outboxesBytesMax = 4000 }
        for peer in ["command/1", "command/2", "command/3"] {
            dialogue.greet(peer)
            dialogue.obstacles[peer] = .heldUp
        }
        for _ in 1...6 { dialogue.say(.ping(nil), from: "command/1") }
        for _ in 1...9 { dialogue.say(.ping(nil), from: "command/2") }
        #expect(!dialogue.notices.contains { $0 == .peerDropped("command/2") })
        for _ in 1...40 where !dialogue.notices.contains(.peerDropped("command/2")) {
            dialogue.say(.ping(nil), from: "command/1")
            dialogue.say(.ping(nil), from: "command/2")
        }
        #expect(dialogue.notices == [.peerDropped("command/2")])
    }

    @Test func `nothing is read while too much waits for the disk`() throws {
        var dialogue = try CoreDialogue { $0.memory.unstoredBytesMax = 10_000 }
        dialogue.greet("command/1")
        #expect(dialogue.isReading)
        for request in 1...30 { dialogue.say(.publish(request: request, []), from: "command/1") }
        #expect(!dialogue.isReading)
        dialogue.store()
        #expect(dialogue.isReading)
    }

    @Test func `contents that are not in memory are read in batches and no more than is allowed`()
        throws
    {
        let journal = InMemoryJournal()
        var before = try CoreDialogue(over: journal)
        before.greet("command/1")
        for request in 1...6 {
            let page = Pages.large(request, bytes: 300_000)
            before.say(.publish(request: request, [page]), from: "command/1")
        }
        try before.settle()
        var dialogue = try CoreDialogue(over: journal) { $0.memory.loadingBytesMax = 1 }
        dialogue.pass(.milliseconds(1))
        dialogue.greet("fetch/1", .fetch, credit: 1)
        dialogue.say(.credit(.init(messagesTotal: 6, bytesTotal: 1 << 40)), from: "fetch/1")
        #expect(dialogue.loading.map(\.deliveries.count) == [1])
        dialogue.load()
        #expect(dialogue.loading.map(\.deliveries.count) == [3, 2])
        dialogue.load()
        let positions = dialogue.deliveries(to: "fetch/1").map(\.lease.position)
        #expect(positions == [1, 2, 3, 4, 5, 6])
    }

    @Test func `operators who ask too much are told so`() throws {
        var dialogue = try CoreDialogue { $0.memory.questionsMax = 2 }
        dialogue.greet("command/1")
        _ = dialogue.heard(by: "command/1")
        for request in 1...3 {
            let ledger = AdminOperation.ledger.rawValue
            dialogue.say(
                .admin(request: request, operation: ledger, arguments: Array("{}".utf8)),
                from: "command/1"
            )
        }
        #expect(dialogue.asking.count == 2)
        guard case .adminReply(3, isFailure: true, _)? = dialogue.heard(by: "command/1").first
        else {
            Issue.record("The third question was taken.")
            return
        }
        let failure = AdminFailure(message: "No.")
        dialogue.answer(AdminAnswer(id: dialogue.asking[0].id, content: .failed(failure)))
        guard case .adminReply(1, isFailure: true, _)? = dialogue.heard(by: "command/1").first
        else {
            Issue.record("The first question was not answered.")
            return
        }
    }
}
