import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

struct RepeatedOutputTests {
    /// A worker that did not hear SETTLED says DONE again, with the same outputs; if an operator
    /// replays the message in between, it counts, and the outputs are open already.
    @Test func `an output that is handed in again is delivered once`() throws {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 5)
        dialogue.greet("parse/1", .parse)
        let request = Pages.request()
        dialogue.say(.publish(request: 1, [request]), from: "fetch/1")
        try dialogue.settle()
        let lease = try #require(dialogue.deliveries(to: "fetch/1").first).lease
        let done = QueueCommand.done([.init(lease: lease, outputs: [Pages.page(from: request)])])
        dialogue.say(done, from: "fetch/1")
        try dialogue.settle()
        try replay(lease.position, &dialogue)
        #expect(dialogue.deliveries(to: "fetch/1").map(\.lease) == [lease])
        dialogue.say(done, from: "fetch/1")
        try dialogue.settle()
        dialogue.say(.credit(.init(messagesTotal: 5, bytesTotal: 1 << 40)), from: "parse/1")
        try dialogue.settle()
        #expect(dialogue.deliveries(to: "parse/1").count == 1)
        let ready = dialogue.core.stageReports(now: dialogue.now).map(\.ready)
        #expect(ready == [0, 0, 0, 0])
    }

    private func replay(_ position: Int, _ dialogue: inout CoreDialogue) throws {
        var selection = ReplayRequest()
        selection.positions = [position]
        let arguments = try selection.reportJSON()
        dialogue.say(
            .admin(request: 1, operation: "replay", arguments: arguments),
            from: "fetch/1"
        )
        let report = ReplayReport(count: 1, bytes: 1, hosts: [:], replayed: 0)
        let question = try #require(dialogue.asking.last).id
        dialogue.answer(AdminAnswer(id: question, content: .replayCount(report)))
        let slice = try #require(dialogue.asking.last).id
        dialogue.answer(AdminAnswer(id: slice, content: .positions([position])))
        try dialogue.settle()
    }
}
