import WirecopyMessages

/// Makes commands, replies and messages of every kind, all within the limits.
struct CommandMaker {
    /// Source of everything.
    var generator: SeededGenerator
    /// Whether a broker that runs will read it: then no lease is that of a message it holds, for
    /// what a worker may do it may do by chance, and no message is delayed by years.
    var isForBroker = false

    private static let words = [
        "", "a", "live", "parse", "https://tide.example/2026/03/1?a=b&c=d#e", "tide.example",
        "Große \"Pause\"\n", "\u{1F4F0}\u{0301}", "\\u0041", "9223372036854775807", "{}",
    ]
    private static let dates = [0, 1, 1_795_000_000_000, 1_795_000_000_001, 253_402_300_799_999]
    private static let counts = [0, 1, 2, 4095, 4096, 1 << 20, 1 << 40, Int.max]

    /// Anything that a peer says.
    mutating func command() -> QueueCommand {
        switch generator.below(12) {
        case 0: .hello(hello())
        case 1: .credit(.init(messagesTotal: number(), bytesTotal: number()))
        case 2, 3: .publish(request: number(), messages(enteringOnly: true))
        case 4, 5: .done(list(upTo: 3) { $0.completion() })
        case 6: .fail(list(upTo: 3) { $0.failure() })
        case 7: .extend(list(upTo: 5) { $0.lease() })
        case 8: .ping(generator.once(in: 2) ? nil : status())
        case 9: .drain(unstarted: list(upTo: 5) { $0.lease() })
        case 10: .bye
        default: .admin(request: number(), operation: word(), arguments: Array("{}".utf8))
        }
    }

    /// Anything that the broker says.
    mutating func reply() -> BrokerReply {
        switch generator.below(9) {
        case 0:
            .welcome(
                .init(
                    broker: word(),
                    heartbeatMilliseconds: number(),
                    leaseMilliseconds: number(),
                    publishWindow: number(),
                    held: list(upTo: 4) { $0.lease() }
                )
            )
        case 1: .refuse(code: generator.one(of: RefusalCode.allCases), message: word())
        case 2, 3: .deliver(list(upTo: 3) { $0.delivery() })
        case 4: .confirm(request: number(), list(upTo: 4) { $0.confirmation() })
        case 5: .settled(list(upTo: 4) { .init(lease: $0.lease(), isFirst: $0.flag()) })
        case 6: .extended(leaseMilliseconds: number(), lost: list(upTo: 4) { $0.lease() })
        case 7: generator.once(in: 2) ? .pong : .drain
        default: .adminReply(request: number(), isFailure: flag(), body: Array(word().utf8))
        }
    }

    /// The envelope of a message that enters, or of one that was made from it.
    mutating func envelope(enteringOnly: Bool = false) -> Envelope {
        var parent = Envelope(
            entering: generator.one(of: MessageKind.allCases),
            id: id(),
            subject: word(),
            lane: word(),
            source: "/fuzz/" + word(),
            madeAt: Instant(milliseconds: generator.one(of: Self.dates))
        )
        parent.priority = generator.one(of: MessageClass.allCases)
        if generator.once(in: 4) { parent.key = "feed " + word() }
        if generator.once(in: 4), !isForBroker { parent.notBefore = parent.madeAt }
        guard !enteringOnly, generator.once(in: 2) else { return parent }
        var envelope = Envelope(
            of: generator.one(of: MessageKind.allCases),
            id: id(),
            madeFrom: parent,
            source: word(),
            madeAt: Instant(milliseconds: generator.one(of: Self.dates))
        )
        if generator.once(in: 2) { envelope.stageVersion = word() }
        if generator.once(in: 2) { envelope.serviceMilliseconds = number() }
        return envelope
    }

    private mutating func hello() -> QueueCommand.Hello {
        var hello = QueueCommand.Hello(
            peer: word(),
            stage: generator.once(in: 2) ? nil : generator.one(of: StageName.allCases),
            stageVersion: generator.once(in: 2) ? nil : word(),
            held: list(upTo: 4) { $0.lease() }
        )
        if generator.once(in: 4) { hello.protocolVersion = number() }
        return hello
    }

    private mutating func completion() -> QueueCommand.Completion {
        .init(lease: lease(), outputs: messages(enteringOnly: false))
    }

    private mutating func failure() -> QueueCommand.Failure {
        let disposition: StageFailure.Disposition =
            switch generator.below(3) {
            case 0: .bury
            case 1: .retry(after: nil)
            default: .retry(after: .milliseconds(generator.below(1 << 30)))
            }
        let code = generator.one(of: ErrorCode.allCases)
        return .init(lease: lease(), StageFailure(code, disposition, word()))
    }

    private mutating func delivery() -> BrokerReply.Delivery {
        .init(
            lease: lease(),
            priority: generator.one(of: MessageClass.allCases),
            message: message(enteringOnly: false)
        )
    }

    private mutating func confirmation() -> BrokerReply.Confirmation {
        switch generator.below(4) {
        case 0: .accepted
        case 1: .known
        case 2: .duplicate
        default: .refused(generator.one(of: RefusalCode.allCases), word())
        }
    }

    private mutating func status() -> WorkerStatus {
        var status = WorkerStatus()
        status.busySlots = number()
        status.doneTotal = number()
        status.slots = number()
        return status
    }

    private mutating func messages(enteringOnly: Bool) -> [Message] {
        list(upTo: 2) { $0.message(enteringOnly: enteringOnly) }
    }

    private mutating func message(enteringOnly: Bool) -> Message {
        let bodies = generator.once(in: 3) ? generator.below(3) : 0
        return Message(
            envelope: envelope(enteringOnly: enteringOnly),
            data: Array("{\"text\":\"".utf8) + Array(repeating: 0x61, count: number(64))
                + Array("\"}".utf8),
            attachments: (0..<bodies).map { _ in [UInt8](repeating: 0x1F, count: number(32)) }
        )
    }

    private mutating func id() -> MessageID {
        MessageID(milliseconds: generator.one(of: Self.dates), using: &generator)
    }

    private mutating func lease() -> LeaseID {
        LeaseID(position: (isForBroker ? 1 << 40 : 1) + number(1 << 20), attempt: 1 + number(6))
    }

    private mutating func word() -> String { generator.one(of: Self.words) }
    private mutating func flag() -> Bool { generator.once(in: 2) }
    private mutating func number() -> Int { generator.one(of: Self.counts) }
    private mutating func number(_ bound: Int) -> Int { generator.below(bound) }

    private mutating func list<Element>(
        upTo count: Int,
        _ make: (inout CommandMaker) -> Element
    ) -> [Element] {
        var values: [Element] = []
        for _ in 0...generator.below(count + 1) { values.append(make(&self)) }
        return values
    }
}
