import WirecopyClient
import WirecopyMessages

/// What one slot does with one delivery: decode → process → check → encode.
struct DeliveryHandler<S: Stage>: Sendable {
    let stage: S
    let source: String
    let surroundings: WorkerSurroundings

    /// Makes the outputs of a delivery, ready to be sent.
    func report(
        of delivery: BrokerReply.Delivery
    ) async throws(StageFailure) -> LeaseKeeper.Report {
        let input = try decode(delivery)
        let start = ContinuousClock.now
        let outputs = try await stage.process(input)
        let serviceTime = ContinuousClock.now - start
        guard outputs.count <= MessageLimits.outputsPerMessage else {
            throw StageFailure(
                .outputTooLarge,
                .bury,
                "The stage made \(outputs.count) outputs of \(input.envelope.subject); "
                    + "the limit is \(MessageLimits.outputsPerMessage)."
            )
        }
        let messages = try outputs.map { (output) throws(StageFailure) in
            try message(output, delivery, serviceTime)
        }
        // Here, because a command that is too large would be refused each time it is said.
        if let sentence = Message.exceededLimit(ofOutputs: messages) {
            throw StageFailure(.outputTooLarge, .bury, sentence)
        }
        return .done(messages, lanePause: outputs.compactMap(\.lanePause).max())
    }

    private func decode(
        _ delivery: BrokerReply.Delivery
    ) throws(StageFailure) -> StageInput<S.Input> {
        let message = delivery.message
        guard message.envelope.kind == S.Input.kind else {
            throw StageFailure(
                .dataInvalid,
                .bury,
                "The stage \(stage.name) takes \(S.Input.kind.rawValue), not "
                    + "\(message.envelope.kind.rawValue)."
            )
        }
        do {
            return StageInput(
                envelope: message.envelope,
                payload: try S.Input(json: message.data),
                attachments: message.attachments,
                attempt: delivery.lease.attempt
            )
        } catch {
            throw StageFailure(
                .dataInvalid,
                .bury,
                "The data of \(message.envelope.subject) cannot be read as "
                    + "\(S.Input.kind.rawValue) (byte \(error.offset)): \(error.message)"
            )
        }
    }

    private func message(
        _ output: StageOutput,
        _ delivery: BrokerReply.Delivery,
        _ serviceTime: Duration
    ) throws(StageFailure) -> Message {
        var envelope = envelope(of: output, madeFrom: delivery.message.envelope)
        envelope.priority = delivery.priority
        envelope.stageVersion = stage.version
        envelope.serviceMilliseconds = serviceTime.wholeMilliseconds
        let message = Message(
            envelope: envelope,
            data: output.payload.json,
            attachments: output.attachments
        )
        if let sentence = message.exceededLimit {
            throw StageFailure(.outputTooLarge, .bury, sentence)
        }
        return message
    }

    private func envelope(of output: StageOutput, madeFrom parent: Envelope) -> Envelope {
        let now = surroundings.now()
        let (kind, id) = (type(of: output.payload).kind, surroundings.makeID(now))
        guard let entrance = output.entrance else {
            var envelope = Envelope(
                of: kind,
                id: id,
                madeFrom: parent,
                source: source,
                madeAt: now
            )
            envelope.lane = output.lane ?? parent.lane
            return envelope
        }
        var envelope = Envelope(
            entering: kind,
            id: id,
            subject: entrance.subject,
            lane: entrance.lane,
            source: source,
            madeAt: now
        )
        envelope.key = entrance.key
        envelope.notBefore = entrance.notBefore
        return envelope
    }
}
