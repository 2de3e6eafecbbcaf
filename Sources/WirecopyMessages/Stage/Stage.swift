/// A step of the pipeline: a function from one message to messages.
///
/// A stage knows nothing of sockets, queues or leases, and can be run in a test with a fixture and
/// nothing else. It may be called for several messages at once, and twice for the same message:
/// handling it twice must equal handling it once.
package protocol Stage: Sendable {
    /// The payload that the stage consumes.
    associatedtype Input: Payload

    /// Which stage this is.
    var name: StageName { get }

    /// Version of the stage's method, such as `1.2`; it stands in each output and selects replays.
    var version: String { get }

    /// Makes the outputs of one message.
    ///
    /// - Returns: at most `MessageLimits.outputsPerMessage` outputs. Exactly one of them carries
    ///   the article on or, as an `Outcome`, ends its way.
    func process(_ input: StageInput<Input>) async throws(StageFailure) -> [StageOutput]
}

/// What a stage gets: the decoded payload, its envelope and its attachments.
package struct StageInput<Content: Payload>: Sendable {
    /// What the queue knows of the message.
    package let envelope: Envelope
    /// The decoded payload.
    package let payload: Content
    /// Raw bytes that came with it.
    package let attachments: [[UInt8]]
    /// Which delivery this is, counted from 1.
    package let attempt: Int

    /// Joins the parts of one delivery.
    package init(envelope: Envelope, payload: Content, attachments: [[UInt8]], attempt: Int) {
        self.envelope = envelope
        self.payload = payload
        self.attachments = attachments
        self.attempt = attempt
    }
}

/// What a stage gives: a payload for the next stage, or an outcome.
package struct StageOutput: Sendable {
    /// The typed content.
    package let payload: any Payload
    /// Raw bytes that go with it.
    package let attachments: [[UInt8]]

    /// Makes an output.
    package init(_ payload: any Payload, attachments: [[UInt8]] = []) {
        self.payload = payload
        self.attachments = attachments
    }
}
