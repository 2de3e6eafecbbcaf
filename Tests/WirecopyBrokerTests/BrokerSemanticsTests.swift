import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// What the queue promises, said over the wire and kept over restarts.
@Suite struct BrokerSemanticsTests {
    // Keys and delays.

    @Test func `a second poll of a feed is a duplicate until the first is done`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("add")
        dialogue.greet("fetch/1", .fetch, credit: 5)
        let first = Pages.poll("feed")
        dialogue.say(.publish(request: 1, [first, Pages.poll("feed")]), from: "add")
        try dialogue.settle()
        #expect(dialogue.heard(by: "add").last == .confirm(request: 1, [.accepted, .duplicate]))
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first?.lease)
        let outputs = [Pages.page(from: first), Pages.poll("feed"), Pages.poll("feed")]
        dialogue.say(.done([.init(lease: lease, outputs: outputs)]), from: "fetch/1")
        try dialogue.settle()
        let heard = dialogue.heard(by: "fetch/1")
        #expect(heard.first == .settled([.init(lease: lease, isFirst: true)]))
        let fetch = try dialogue.status().stages[0]
        #expect(fetch.duplicateTotal == 1)
        #expect(fetch.leased == 1)
    }

    @Test func `a delayed message is confirmed at once and delivered in its time`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 5)
        let moment = dialogue.now + .seconds(3)
        dialogue.say(.publish(request: 1, [Pages.poll("feed", notBefore: moment)]), from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.heard(by: "fetch/1").last == .confirm(request: 1, [.accepted]))
        dialogue.pass(.milliseconds(2999))
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
        dialogue.pass(.milliseconds(1))
        #expect(dialogue.deliveries(to: "fetch/1").count == 1)
    }

    // Publishers.

    @Test func `a publisher that exceeds its window is refused and loses nothing`() throws {
        var dialogue = try CoreDialogue { $0.publishWindow = 2 }
        dialogue.greet("add")
        _ = dialogue.heard(by: "add")
        let requests = (1...4).map { Pages.request($0) }
        for (number, request) in requests.enumerated() {
            dialogue.say(.publish(request: number, [request]), from: "add")
        }
        guard case .confirm(3, let refused) = dialogue.heard(by: "add").first,
            case .refused(.flowExceeded, _)? = refused.first
        else {
            Issue.record("The fourth command was not refused.")
            return
        }
        try dialogue.settle()
        #expect(dialogue.heard(by: "add").count == 3)
        dialogue.say(.publish(request: 9, [requests[3]]), from: "add")
        try dialogue.settle()
        #expect(dialogue.heard(by: "add") == [.confirm(request: 9, [.accepted])])
        #expect(dialogue.core.refusedTotal == 1)
    }

    @Test func `bytes count against a publisher's window too`() throws {
        var dialogue = try CoreDialogue { $0.publishWindowBytes = 1000 }
        dialogue.greet("add")
        guard case .welcome(let welcome)? = dialogue.heard(by: "add").first else {
            Issue.record("There is no welcome.")
            return
        }
        #expect(welcome.publishWindowBytes == 1000)
        for number in 1...2 {
            dialogue.say(
                .publish(request: number, [Pages.large(number, bytes: 2000)]),
                from: "add"
            )
        }
        guard case .confirm(2, let refused)? = dialogue.heard(by: "add").first,
            case .refused(.flowExceeded, _)? = refused.first
        else {
            Issue.record("The second page was not refused.")
            return
        }
    }

    // Late work.

    @Test func `late work counts once, whoever has the message by then`() throws {
        var dialogue = try CoreDialogue()
        let request = Pages.request()
        let lease = try dialogue.deliver(request, to: "fetch/1")
        dialogue.greet("fetch/2", .fetch, credit: 1)
        dialogue.pass(.seconds(31))
        try dialogue.settle()
        dialogue.pass(.seconds(2))
        dialogue.greet("fetch/2", .fetch, credit: 1)
        try dialogue.settle()
        let again = try #require(dialogue.deliveries(to: "fetch/2").first?.lease)
        #expect(again == LeaseID(position: lease.position, attempt: 2))
        dialogue.greet("fetch/1", .fetch)
        for (route, lease, isFirst) in [("fetch/1", lease, true), ("fetch/2", again, false)] {
            _ = dialogue.heard(by: route)
            dialogue.say(.done([.init(lease: lease, outputs: [Pages.end(request)])]), from: route)
            try dialogue.settle()
            let settlement = BrokerReply.Settlement(lease: lease, isFirst: isFirst)
            #expect(dialogue.heard(by: route) == [.settled([settlement])])
        }
        #expect(dialogue.journal.outcome(of: request.envelope.root) == .stored)
    }

    @Test func `late work counts once after a restart of the broker too`() throws {
        var dialogue = try CoreDialogue()
        let request = Pages.request()
        let lease = try dialogue.deliver(request, to: "fetch/1")
        var restarted = try CoreDialogue(over: dialogue.journal)
        restarted.greet("fetch/1", .fetch)
        restarted.greet("fetch/2", .fetch, credit: 1)
        try restarted.settle()
        #expect(restarted.deliveries(to: "fetch/2").count == 1)
        for (route, isFirst) in [("fetch/1", true), ("fetch/2", false), ("fetch/1", false)] {
            _ = restarted.heard(by: route)
            let done = QueueCommand.Completion(lease: lease, outputs: [Pages.end(request)])
            restarted.say(.done([done]), from: route)
            try restarted.settle()
            let settlement = BrokerReply.Settlement(lease: lease, isFirst: isFirst)
            #expect(restarted.heard(by: route) == [.settled([settlement])])
        }
    }

    // Drain and pause.

    @Test func `a drain of a worker or of the broker causes no retry`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 3)
        let requests = (1...3).map { Pages.request($0) }
        dialogue.say(.publish(request: 1, requests), from: "fetch/1")
        try dialogue.settle()
        let leases = dialogue.deliveries(to: "fetch/1").map(\.lease)
        dialogue.say(.drain(unstarted: Array(leases.dropFirst())), from: "fetch/1")
        let end = Pages.end(requests[0])
        dialogue.say(.done([.init(lease: leases[0], outputs: [end])]), from: "fetch/1")
        try dialogue.settle()
        dialogue.say(.bye, from: "fetch/1")
        dialogue.greet("fetch/2", .fetch, credit: 2)
        #expect(dialogue.deliveries(to: "fetch/2").map(\.lease) == Array(leases.dropFirst()))
        dialogue.stop()
        dialogue.say(.drain(unstarted: [leases[2]]), from: "fetch/2")
        let second = Pages.end(requests[1])
        dialogue.say(.done([.init(lease: leases[1], outputs: [second])]), from: "fetch/2")
        try dialogue.settle()
        #expect(dialogue.ends.count == 1)
        var restarted = try CoreDialogue(over: dialogue.journal)
        restarted.greet("fetch/3", .fetch, credit: 2)
        try restarted.settle()
        #expect(restarted.deliveries(to: "fetch/3").map(\.lease) == [leases[2]])
        for lease in leases { #expect(dialogue.journal.failures(at: lease.position).isEmpty) }
    }

    @Test func `a paused stage stays paused over a restart until it is resumed`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("top")
        let stage = try StageRequest(stage: .fetch).reportJSON()
        dialogue.say(.admin(request: 1, operation: "pause", arguments: stage), from: "top")
        try dialogue.settle()
        dialogue.greet("fetch/1", .fetch, credit: 1)
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
        var restarted = try CoreDialogue(over: dialogue.journal)
        restarted.greet("fetch/1", .fetch, credit: 1)
        #expect(restarted.deliveries(to: "fetch/1").isEmpty)
        #expect(try restarted.status().stages[0].isPaused)
        restarted.greet("top")
        restarted.say(.admin(request: 2, operation: "resume", arguments: stage), from: "top")
        try restarted.settle()
        #expect(restarted.deliveries(to: "fetch/1").count == 1)
    }

    // Hosts.

    @Test func `a host that asks for patience rests for every fetcher and over a restart`() throws {
        let limits: (inout BrokerConfiguration) -> Void = { $0.limits.laneLeasedMax = [.fetch: 1] }
        var dialogue = try CoreDialogue(limits)
        dialogue.greet("fetch/1", .fetch, credit: 9)
        dialogue.greet("fetch/2", .fetch, credit: 9)
        dialogue.say(.publish(request: 1, (1...3).map { Pages.request($0) }), from: "fetch/1")
        try dialogue.settle()
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first?.lease)
        #expect(dialogue.deliveries(to: "fetch/2").isEmpty)
        let failure = StageFailure(.httpRateLimited, .retry(after: .seconds(5)), "It says 429.")
        dialogue.say(.fail([.init(lease: lease, failure)]), from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/2").isEmpty)
        #expect(try dialogue.status().stages[0].restingLanes == 1)
        var restarted = try CoreDialogue(over: dialogue.journal, limits)
        restarted.greet("fetch/2", .fetch, credit: 9)
        restarted.pass(.milliseconds(4999))
        #expect(restarted.deliveries(to: "fetch/2").isEmpty)
        restarted.pass(.milliseconds(1))
        try restarted.settle()
        #expect(restarted.deliveries(to: "fetch/2").count == 1)
        #expect(try restarted.journal.state().laneHolds.isEmpty)
    }

    // Messages that kill.

    @Test func `a message that kills three workers is given up and names them`() throws {
        var dialogue = try CoreDialogue()
        let request = Pages.request()
        dialogue.greet("add")
        dialogue.say(.publish(request: 1, [request]), from: "add")
        for number in 1...3 {
            dialogue.greet("fetch/\(number)", .fetch, credit: 1)
            try dialogue.settle()
            #expect(dialogue.deliveries(to: "fetch/\(number)").count == 1)
            dialogue.pass(.seconds(7))
            try dialogue.settle()
            // The pause before the next attempt.
            dialogue.pass(.seconds(4))
        }
        let failures = dialogue.journal.failures(at: 1)
        #expect(failures.map(\.code) == [.workerLost, .workerLost, .workerKiller])
        let names = "The message killed 3 workers: fetch/1, fetch/2, fetch/3."
        #expect(failures.last?.message == names)
        #expect(dialogue.journal.outcome(of: request.envelope.root) == .dead)
    }

    @Test func `only what a lost worker had begun counts, the oldest of its slots`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 5)
        var status = WorkerStatus()
        status.slots = 2
        dialogue.say(.ping(status), from: "fetch/1")
        let requests = (1...5).map { Pages.request($0) }
        dialogue.say(.publish(request: 1, requests), from: "fetch/1")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").count == 5)
        dialogue.pass(.seconds(7))
        try dialogue.settle()
        dialogue.pass(.seconds(2))
        dialogue.greet("fetch/2", .fetch, credit: 9)
        try dialogue.settle()
        let attempts = dialogue.deliveries(to: "fetch/2").map(\.lease)
            .sorted { $0.position < $1.position }.map(\.attempt)
        #expect(attempts == [2, 2, 1, 1, 1])
    }

    @Test func `the neighbours of a message that kills are not buried with it`() throws {
        var dialogue = try CoreDialogue()
        let requests = (1...8).map { Pages.request($0) }
        let killer = 3
        dialogue.greet("add")
        dialogue.say(.publish(request: 1, requests), from: "add")
        for number in 1...4 {
            let worker = "fetch/\(number)"
            var status = WorkerStatus()
            status.slots = 4
            dialogue.greet(worker, .fetch)
            dialogue.say(.ping(status), from: worker)
            dialogue.say(.credit(.init(messagesTotal: 99, bytesTotal: 1 << 40)), from: worker)
            var hasDied = false
            for _ in 0..<200 where !hasDied {
                try dialogue.settle()
                let leases = dialogue.deliveries(to: worker).map(\.lease)
                hasDied = leases.contains { $0.position == killer }
                for lease in leases where !hasDied {
                    let end = Pages.end(requests[lease.position - 1])
                    dialogue.say(.done([.init(lease: lease, outputs: [end])]), from: worker)
                }
                dialogue.say(.ping(status), from: worker)
                dialogue.pass(.milliseconds(100))
            }
            dialogue.pass(.seconds(7))
            try dialogue.settle()
        }
        let outcomes = requests.map { dialogue.journal.outcome(of: $0.envelope.root) }
        let expected = (1...8).map { $0 == killer ? OutcomeKind.dead : .stored }
        #expect(outcomes == expected)
    }

    // Kinds that nobody takes.

    @Test func `status says since when messages wait and nobody takes them`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("add")
        let start = dialogue.now
        dialogue.say(.publish(request: 1, [Pages.request()]), from: "add")
        try dialogue.settle()
        dialogue.pass(.seconds(1))
        #expect(try dialogue.status().stages[0].unattendedSinceMs == start.milliseconds)
        #expect(try dialogue.status().stages[1].unattendedSinceMs == nil)
        dialogue.greet("fetch/1", .fetch)
        #expect(try dialogue.status().stages[0].unattendedSinceMs == nil)
        dialogue.say(.bye, from: "fetch/1")
        let left = dialogue.now.milliseconds
        #expect(try dialogue.status().stages[0].unattendedSinceMs == left)
    }
}

extension CoreDialogue {
    /// Publishes a message and has it delivered to a new worker.
    fileprivate mutating func deliver(_ message: Message, to worker: String) throws -> LeaseID {
        greet(worker, .fetch, credit: 1)
        say(.publish(request: 1, [message]), from: worker)
        try settle()
        return try #require(deliveries(to: worker).first?.lease)
    }

    /// What `wirecopy status` would be told.
    mutating func status() throws -> BrokerStatus {
        greet("status")
        _ = heard(by: "status")
        say(.admin(request: 99, operation: "status", arguments: []), from: "status")
        let job = try #require(asking.last)
        let ledger = LedgerReport(
            entered: 0,
            inFlight: 0,
            openMessages: 0,
            lost: 0,
            outcomes: [:],
            reasons: [:]
        )
        answer(AdminAnswer(id: job.id, content: .ledger(ledger)))
        guard case .adminReply(99, false, let body)? = heard(by: "status").last else {
            throw RawPeer.Silence(description: "There was no status.")
        }
        return try BrokerStatus(reportJSON: body)
    }
}
