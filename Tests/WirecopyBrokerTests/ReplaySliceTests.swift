import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

struct ReplaySliceTests {
    /// A broker with three finished messages, of which an operator wants all once more.
    private static func asked() throws -> CoreDialogue {
        var dialogue = try CoreDialogue()
        dialogue.greet("fetch/1", .fetch, credit: 3)
        let requests = (1...3).map { Pages.request($0) }
        dialogue.say(.publish(request: 1, requests), from: "fetch/1")
        try dialogue.settle()
        let completions = dialogue.deliveries(to: "fetch/1").map { delivery in
            QueueCommand.Completion(lease: delivery.lease, outputs: [Pages.end(delivery.message)])
        }
        dialogue.say(.done(completions), from: "fetch/1")
        try dialogue.settle()
        _ = dialogue.heard(by: "fetch/1")
        var selection = ReplayRequest()
        selection.stage = .fetch
        dialogue.say(
            .admin(request: 2, operation: "replay", arguments: try selection.reportJSON()),
            from: "fetch/1"
        )
        var report = ReplayReport(count: 3, bytes: 3, hosts: [:], replayed: 0)
        report.through = 3
        let question = try #require(dialogue.asking.last).id
        dialogue.answer(AdminAnswer(id: question, content: .replayCount(report)))
        return dialogue
    }

    private static func answer(_ positions: [Int], _ dialogue: inout CoreDialogue) throws {
        let question = try #require(dialogue.asking.last).id
        dialogue.answer(AdminAnswer(id: question, content: .positions(positions)))
    }

    /// The place behind which the last slice is selected, and the last one that it may hold.
    private static func selecting(_ dialogue: CoreDialogue) -> [Int?] {
        guard case .replaySlice(let request, let after, true)? = dialogue.asking.last?.question
        else { return [] }
        return [after, request.through]
    }

    @Test func `the next slice is selected while the journal opens two, and not earlier`() throws {
        var dialogue = try Self.asked()
        #expect(Self.selecting(dialogue) == [0, 3])
        try Self.answer([1], &dialogue)
        #expect(Self.selecting(dialogue) == [1, 3])
        try Self.answer([2], &dialogue)
        let asked = dialogue.asking.count
        #expect(Self.selecting(dialogue) == [1, 3])
        try dialogue.settle()
        #expect(dialogue.asking.count == asked + 1)
        #expect(Self.selecting(dialogue) == [2, 3])
    }

    @Test func `a replay is answered once everything that was selected is open`() throws {
        var dialogue = try Self.asked()
        try Self.answer([1, 2, 3], &dialogue)
        try Self.answer([], &dialogue)
        #expect(dialogue.heard(by: "fetch/1").isEmpty)
        try dialogue.settle()
        let replies = dialogue.heard(by: "fetch/1")
        let bodies = replies.compactMap { reply -> [UInt8]? in
            guard case .adminReply(2, false, let body) = reply else { return nil }
            return body
        }
        let report = try ReplayReport(reportJSON: try #require(bodies.first))
        #expect((report.count, report.replayed) == (3, 3))
        #expect(bodies.count == 1)
    }
}
