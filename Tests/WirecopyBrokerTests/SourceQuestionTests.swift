import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// What operators ask and want of watched sources.
struct SourceQuestionTests {
    private static let url = "https://news.example/feed"

    private static func poll(notBefore: Instant? = nil) -> Message {
        let poll = Pages.poll(SourcePoll.key(of: url), notBefore: notBefore)
        return Message(
            envelope: poll.envelope,
            payload: FetchRequest(url: url, origin: "url", poll: SourcePoll())
        )
    }

    /// Asks that the source be watched no longer; the journal finds the poll that is open there.
    private func unwatch(
        _ dialogue: inout CoreDialogue,
        finding position: Int?
    ) throws -> WatchedReport? {
        let arguments = try UnwatchRequest(url: Self.url).reportJSON()
        return try ask("unwatch", arguments, of: &dialogue, finding: position)
    }

    private func ask(
        _ operation: String,
        _ arguments: [UInt8],
        of dialogue: inout CoreDialogue,
        finding position: Int?
    ) throws -> WatchedReport? {
        dialogue.greet("operator")
        _ = dialogue.heard(by: "operator")
        let question = QueueCommand.admin(request: 5, operation: operation, arguments: arguments)
        dialogue.say(question, from: "operator")
        let job = try #require(dialogue.asking.last)
        let found = try position.map {
            JournalReports.KeyedMessage(
                position: $0,
                message: try dialogue.journal.message(at: $0)
            )
        }
        dialogue.answer(AdminAnswer(id: job.id, content: .openPoll(found)))
        try dialogue.settle()
        guard case .adminReply(5, false, let body)? = dialogue.heard(by: "operator").last else {
            return nil
        }
        return try WatchedReport(reportJSON: body)
    }

    @Test func `a poll that waits ends, and its key is free`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("watch")
        let later = dialogue.now + .seconds(600)
        let poll = Self.poll(notBefore: later)
        dialogue.say(.publish(request: 1, [poll]), from: "watch")
        try dialogue.settle()
        #expect(try unwatch(&dialogue, finding: 1)?.wasWatched == true)
        #expect(dialogue.journal.outcome(of: poll.root) == .polled)
        dialogue.greet("fetch/1", .fetch, credit: 9)
        dialogue.pass(.seconds(700))
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
        dialogue.greet("watch/2")
        dialogue.greet("fetch/2", .fetch, credit: 9)
        dialogue.say(.publish(request: 2, [Self.poll()]), from: "watch/2")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/2").count == 1)
    }

    @Test func `what a worker still makes of the poll has no effect`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("watch")
        dialogue.greet("fetch/1", .fetch, credit: 9)
        let poll = Self.poll()
        dialogue.say(.publish(request: 1, [poll]), from: "watch")
        try dialogue.settle()
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first?.lease)
        #expect(try unwatch(&dialogue, finding: 1)?.wasWatched == true)
        let next = Self.poll(notBefore: dialogue.now + .seconds(60))
        let end = Pages.output(.outcome, poll, Outcome(polled: "One.").json, [])
        dialogue.say(.done([.init(lease: lease, outputs: [end, next])]), from: "fetch/1")
        try dialogue.settle()
        let settled = dialogue.heard(by: "fetch/1").compactMap { reply in
            if case .settled(let settlements) = reply { settlements.map(\.isFirst) } else { nil }
        }
        #expect(settled == [[false]])
        dialogue.pass(.seconds(100))
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
    }

    @Test func `a source that nobody watches is told`() throws {
        var dialogue = try CoreDialogue()
        #expect(try unwatch(&dialogue, finding: nil)?.wasWatched == false)
        let poll = try PollRequest(atOnce: Self.url).reportJSON()
        #expect(try ask("poll", poll, of: &dialogue, finding: nil)?.wasWatched == false)
    }

    @Test func `a poll that is wanted at once takes the place of the one that waits`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("watch")
        dialogue.greet("fetch/1", .fetch, credit: 9)
        let poll = Self.poll(notBefore: dialogue.now + .seconds(600))
        dialogue.say(.publish(request: 1, [poll]), from: "watch")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
        let wish = try PollRequest(atOnce: Self.url).reportJSON()
        #expect(try ask("poll", wish, of: &dialogue, finding: 1)?.wasWatched == true)
        #expect(dialogue.journal.outcome(of: poll.root) == .polled)
        let delivered = dialogue.deliveries(to: "fetch/1")
        #expect(delivered.count == 1)
        #expect(delivered.first?.message.data == poll.data)
        #expect(delivered.first?.message.envelope.key == SourcePoll.key(of: Self.url))
        dialogue.pass(.seconds(700))
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "fetch/1").isEmpty)
    }

    @Test func `with a shorter pace a poll is due sooner, with a longer one when it was`() throws {
        for (longest, due) in [(Duration.seconds(90), 90), (.seconds(9000), 600)] {
            var dialogue = try CoreDialogue()
            dialogue.greet("watch")
            let poll = Self.poll(notBefore: dialogue.now + .seconds(600))
            dialogue.say(.publish(request: 1, [poll]), from: "watch")
            try dialogue.settle()
            let wish = PollRequest(url: Self.url, shortest: .seconds(60), longest: longest)
            let answer = try ask("poll", try wish.reportJSON(), of: &dialogue, finding: 1)
            #expect(answer?.wasWatched == true)
            dialogue.pass(.seconds(due - 1))
            dialogue.greet("fetch/2", .fetch, credit: 9)
            try dialogue.settle()
            #expect(dialogue.deliveries(to: "fetch/2").isEmpty)
            dialogue.pass(.seconds(2))
            try dialogue.settle()
            #expect(dialogue.deliveries(to: "fetch/2").count == 1)
        }
    }
}
