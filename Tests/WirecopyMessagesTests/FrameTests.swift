import Testing

@testable import WirecopyMessages

struct FrameTests {
    private func message(_ number: Int, attachments: [[UInt8]] = []) -> Message {
        var generator = SeededGenerator(seed: UInt64(number))
        let envelope = Envelope(
            entering: .fetchRequest,
            id: MessageID(milliseconds: number, using: &generator),
            subject: "https://news.example/\(number)",
            lane: "news.example",
            source: "/test",
            madeAt: Instant(milliseconds: number)
        )
        let request = FetchRequest(url: envelope.subject, origin: "url")
        return Message(envelope: envelope, payload: request, attachments: attachments)
    }

    private var commands: [QueueCommand] {
        let lease = LeaseID(position: 12, attempt: 2)
        let failure = StageFailure(.httpGone, .bury, "The page is gone.")
        let later = StageFailure(.httpRateLimited, .retry(after: .seconds(30)), "Later.")
        return [
            .hello(.init(peer: "a")),
            .hello(.init(peer: "b", stage: .parse, stageVersion: "1.0", held: [lease])),
            .credit(.init(messagesTotal: 4, bytesTotal: 1 << 40)),
            .publish(request: 1, []),
            .publish(request: 2, [message(1), message(2, attachments: [[1, 2], []])]),
            .done([
                .init(lease: lease, outputs: [message(3), message(4, attachments: [[9]])]),
                .init(lease: LeaseID(position: 13, attempt: 1), outputs: []),
            ]),
            .fail([.init(lease: lease, failure), .init(lease: lease, later)]),
            .extend([lease]), .ping(nil), .ping(WorkerStatus()), .drain(unstarted: [lease]), .bye,
            .admin(request: 3, operation: "status", arguments: Array("{}".utf8)),
        ]
    }

    private var replies: [BrokerReply] {
        let lease = LeaseID(position: 12, attempt: 2)
        let welcome = BrokerReply.Welcome(
            broker: "b",
            heartbeatMilliseconds: 2000,
            leaseMilliseconds: 30_000,
            publishWindow: 100,
            held: [lease]
        )
        return [
            .welcome(welcome), .refuse(code: .draining, message: "The broker stops."),
            .deliver([
                .init(lease: lease, priority: .replay, message: message(5, attachments: [[7]])),
                .init(lease: lease, priority: .live, message: message(6)),
            ]),
            .confirm(request: 1, [.accepted, .known, .duplicate, .refused(.storageFull, "Full.")]),
            .settled([.init(lease: lease, isFirst: false)]),
            .extended(leaseMilliseconds: 5, lost: [lease]), .pong, .drain,
            .adminReply(request: 3, isFailure: true, body: [123, 125]),
        ]
    }

    @Test(arguments: [false, true])
    func `every command survives its frames, in blocks or not`(_ inBlocks: Bool) throws {
        for command in commands {
            let frames = command.frames(inBlocks: inBlocks)
            #expect(try QueueCommand(frames: frames) == command)
            #expect(try QueueCommand(frames: [[9]] + frames, from: 1) == command)
        }
        for reply in replies {
            #expect(try BrokerReply(frames: reply.frames(inBlocks: inBlocks)) == reply)
        }
    }

    @Test func `small messages share frames, and large ones or attachments do not`() throws {
        let small = (1...300).map { message($0) }
        let packed = QueueCommand.publish(request: 1, small).frames(inBlocks: true)
        #expect(packed.count < 10)
        #expect(packed.dropFirst(2).allSatisfy { $0.count <= MessageBlock.bytesGoal })
        let plain = QueueCommand.publish(request: 1, small).frames
        #expect(try QueueCommand(frames: packed) == QueueCommand(frames: plain))
        let large = Message(
            envelope: small[0].envelope,
            data: [UInt8](repeating: 32, count: MessageBlock.messageBytesMax)
        )
        for other in [large, message(301, attachments: [[1]])] {
            let command = QueueCommand.publish(request: 1, small + [other])
            #expect(command.frames(inBlocks: true) == command.frames)
        }
    }

    @Test func `a block that is cut, too long or miscounted is refused`() {
        let frames = QueueCommand.publish(request: 1, [message(1), message(2)])
            .frames(inBlocks: true)
        #expect(frames.count == 3)
        let block = frames[2]
        for count in 0..<block.count {
            expectRefusal([frames[0], frames[1], Array(block.prefix(count))])
        }
        expectRefusal([frames[0], frames[1], block + [0]])
        expectRefusal([frames[0], frames[1], block + block])
        expectRefusal(frames + [[]])
        expectRefusal(Array(frames.prefix(2)))
        for header in [#"{"blocks":-1,"messages":2,"request":1}"#, #"{"messages":2,"request":1}"#] {
            expectRefusal([frames[0], Array(header.utf8), block])
        }
        let long = [UInt8](repeating: 0, count: MessageBlock.bytesMax + 1)
        expectRefusal([frames[0], frames[1], long])
    }

    @Test func `an envelope in a block that names attachments is refused`() {
        let frames = QueueCommand.publish(request: 1, [message(1)]).frames(inBlocks: true)
        var block = frames[2]
        let name = Array(#""attachments":0"#.utf8)
        let place = block.firstRange(of: name)
        block.replaceSubrange(place ?? 0..<0, with: Array(#""attachments":1"#.utf8))
        expectRefusal([frames[0], frames[1], block])
    }

    private func expectRefusal(_ frames: [[UInt8]]) {
        #expect(throws: FrameFailure.self) { try QueueCommand(frames: frames) }
    }

    @Test func `a command that is cut short or too long is refused`() {
        for command in commands {
            let frames = command.frames
            for count in 0..<frames.count {
                // Only the header decides how many messages belong to a command.
                guard count < 2 || frames.count > 2 else { continue }
                #expect(throws: FrameFailure.self) {
                    try QueueCommand(frames: Array(frames.prefix(count)))
                }
            }
            #expect(throws: FrameFailure.self) { try QueueCommand(frames: frames + [[1]]) }
        }
    }

    @Test func `an oversized part is refused before it is read`() {
        var frames = QueueCommand.publish(request: 1, [message(1)]).frames
        frames[2] = [UInt8](repeating: 32, count: MessageLimits.envelopeBytes + 1)
        let failure = #expect(throws: FrameFailure.self) { try QueueCommand(frames: frames) }
        #expect(failure?.code == .tooLarge)
    }

    @Test func `random frames lead to a command or a failure, never a trap`() {
        var generator = SeededGenerator(seed: 11)
        for command in commands + commands {
            let inBlocks = Bool.random(using: &generator)
            for _ in 0..<300 {
                var frames = command.frames(inBlocks: inBlocks)
                let index = Int.random(in: 0..<frames.count, using: &generator)
                guard !frames[index].isEmpty else { continue }
                let place = Int.random(in: 0..<frames[index].count, using: &generator)
                frames[index][place] = UInt8.random(in: 0...255, using: &generator)
                _ = try? QueueCommand(frames: frames)
                _ = try? BrokerReply(frames: frames)
            }
        }
    }
}
