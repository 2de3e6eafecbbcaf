import Testing
import WirecopyBroker
import WirecopyKeys
import WirecopyMessages
import WirecopyMetrics

struct PrincipalTests {
    private static let commands: [(QueueCommand, StageName?, needs: String?)] = [
        (.hello(.init(peer: "x")), nil, nil),
        (.hello(.init(peer: "x", stage: .parse, stageVersion: "1")), nil, "parse"),
        (.credit(.init(messagesTotal: 1, bytesTotal: 1)), .extract, "extract"),
        (.done([]), .parse, "parse"), (.fail([]), .store, "store"), (.extend([]), .fetch, "fetch"),
        (.drain(unstarted: []), .fetch, "fetch"), (.ping(nil), .fetch, nil), (.bye, .fetch, nil),
        (.publish(request: 1, []), nil, "publish"), (.publish(request: 1, []), .fetch, "publish"),
    ]

    private func owner(_ words: String) throws -> Principal {
        .owner(name: "pat", try KeyRole(words))
    }

    @Test func `each command needs its right and no other`() throws {
        for (command, stage, needs) in Self.commands {
            for word in ["fetch", "parse", "extract", "store", "publish", "read", "operate"] {
                let objection = try owner(word).objection(to: command, stage: stage)
                let isAllowed = needs == nil || needs == word
                #expect((objection == nil) == isAllowed, "\(command) with \(word)")
            }
        }
    }

    @Test(arguments: AdminOperation.allCases)
    func `operations that change something need another right than questions`(
        _ operation: AdminOperation
    ) throws {
        let command = QueueCommand.admin(request: 1, operation: operation.rawValue, arguments: [])
        let isQuestion = [.status, .ledger, .trace, .deadLetters, .sources]
            .contains(operation)
        #expect(try (owner("read").objection(to: command, stage: nil) == nil) == isQuestion)
        #expect(try owner("operate").objection(to: command, stage: nil) == nil)
        #expect(try owner("worker,publish").objection(to: command, stage: nil) != nil)
    }

    @Test func `an operation that does not exist is no secret to those who may read`() throws {
        let command = QueueCommand.admin(request: 1, operation: "dance", arguments: [])
        #expect(try owner("read").objection(to: command, stage: nil) == nil)
        #expect(try owner("publish").objection(to: command, stage: nil) != nil)
    }

    @Test func `an objection names the key, its role and the one that is needed`() throws {
        let hello = QueueCommand.hello(.init(peer: "x", stage: .parse, stageVersion: "1"))
        let sentence = try owner("fetch,read").objection(to: hello, stage: nil)
        #expect(
            sentence
                == "The key of pat may not work for the stage parse: its role is fetch,read, and "
                + "it would need parse."
        )
    }

    @Test func `who needs no key may do all, and whose key was revoked nothing`() {
        for (command, stage, _) in Self.commands {
            #expect(Principal.unkeyed.objection(to: command, stage: stage) == nil)
            #expect(Principal.outlaw("Gone.").objection(to: command, stage: stage) == "Gone.")
        }
    }
}

struct RefusalDiaryTests {
    private let start = Instant(milliseconds: 1_000_000)

    @Test func `a flood of refused connections makes one line an interval`() {
        var diary = RefusalDiary()
        var lines: [RefusalDiary.Entry] = []
        for number in 0..<25_000 {
            let now = start + .milliseconds(number)
            if let line = diary.note(.unknownKey, now: now) { lines.append(line) }
        }
        #expect(lines.map(\.total) == [1, 10_001, 20_001])
        #expect(lines.map(\.unlogged) == [0, 9999, 9999])
        #expect(diary.totals.total == 25_000)
        #expect(diary.totals[.unknownKey] == 25_000)
    }

    @Test func `each reason has lines of its own`() {
        var diary = RefusalDiary()
        for reason in RefusalDiary.Reason.allCases {
            #expect(diary.note(reason, now: start)?.reason == reason)
            #expect(diary.note(reason, now: start) == nil)
        }
    }
}
