import WirecopyMessages

/// What a stage makes of a message, decided when the work begins.
enum StageModel {
    /// How a call of the stage ends.
    enum End: Sendable {
        case outputs
        case failure(StageFailure)
        /// The process dies over it.
        case death
    }

    /// One call of a stage.
    struct Call: Sendable {
        let milliseconds: Int
        let end: End
    }

    /// Begins the work on a message.
    static func call(_ stage: StageName, _ message: Message, _ world: inout World) -> Call {
        let page = world[message.root]
        var milliseconds = world.generator.number(1...400)
        if world.hasFaults, world.generator.happens(world.plan.slowPermille) {
            milliseconds = world.generator.number(3000...30_000)
            world.faults[.callSlow, default: 0] += 1
        }
        switch (page?.kind ?? .article, stage) {
        case (.poison, .fetch) where (page?.number ?? 0) % 2 == 0, (.poison, .parse):
            return Call(milliseconds: milliseconds, end: .death)
        case (.broken, .extract):
            let failure = StageFailure(.dataInvalid, .bury, "The page is broken.")
            return Call(milliseconds: milliseconds, end: .failure(failure))
        default: break
        }
        if world.hasFaults, world.generator.happens(world.plan.failuresPermille) {
            let after: Duration? =
                world.generator.happens(500)
                ? .milliseconds(world.generator.number(0...4000)) : nil
            let code = world.generator.pick([
                ErrorCode.stageFailed, .storeBusy, .httpServerError, .httpRateLimited,
            ])
            let isPatient = code == .httpServerError || code == .httpRateLimited
            let disposition = StageFailure.Disposition.retry(
                after: isPatient ? after ?? .seconds(1) : after
            )
            world.faults[.callFailed, default: 0] += 1
            let failure = StageFailure(code, disposition, "It did not work this time.")
            return Call(milliseconds: milliseconds, end: .failure(failure))
        }
        return Call(milliseconds: milliseconds, end: .outputs)
    }

    /// Ends the work: the outputs of a message, and what the store does.
    static func outputs(
        _ stage: StageName,
        _ delivery: BrokerReply.Delivery,
        by worker: String,
        now: Int,
        _ world: inout World
    ) -> [Message] {
        let kind = world[delivery.message.root]?.kind ?? .article
        let maker = OutputMaker(delivery: delivery, worker: worker, now: now)
        switch stage {
        case .fetch where kind == .unwanted:
            let outcome = Outcome(rejected: .contentTypeUnsupported, "Nobody wants it.")
            return [maker.make(.outcome, outcome.json, &world)]
        case .fetch where kind == .feed:
            let outcome = Outcome(rejected: .contentTypeUnsupported, "It is a feed.")
            let links = (0..<world.generator.number(0...3)).map { _ in
                world.makePage(now: now, by: worker, isLink: true)
            }
            return [maker.make(.outcome, outcome.json, &world)] + links
        case .fetch:
            let size = world.generator.number(0...world.plan.pageBytesMax)
            let body = [UInt8](repeating: UInt8(size % 251), count: size)
            return [maker.make(.fetchedPage, Array("{}".utf8), [body], &world)]
        case .parse: return [maker.make(.parsedArticle, Array("{}".utf8), &world)]
        case .extract: return [maker.make(.annotatedArticle, Array("{}".utf8), &world)]
        case .store:
            world.store(delivery.message)
            let name = "article-\(world[delivery.message.root]?.number ?? 0)"
            return [maker.make(.outcome, Outcome(.stored, article: name).json, &world)]
        }
    }
}

/// Makes the outputs of one delivery.
private struct OutputMaker {
    let delivery: BrokerReply.Delivery
    let worker: String
    let now: Int

    func make(
        _ kind: MessageKind,
        _ data: [UInt8],
        _ attachments: [[UInt8]] = [],
        _ world: inout World
    ) -> Message {
        var envelope = Envelope(
            of: kind,
            id: world.makeID(now: now),
            madeFrom: delivery.message.envelope,
            source: "/" + worker,
            madeAt: Instant(milliseconds: now)
        )
        envelope.priority = delivery.priority
        envelope.stageVersion = "1.0"
        return Message(envelope: envelope, data: data, attachments: attachments)
    }

    func make(_ kind: MessageKind, _ data: [UInt8], _ world: inout World) -> Message {
        make(kind, data, [], &world)
    }
}
