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
    ///   the article on or, as an `Outcome`, ends its way; others enter as pages of their own.
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

/// What a stage gives: a payload for the next stage, an outcome, or a page that enters.
package struct StageOutput: Sendable {
    /// The typed content.
    package let payload: any Payload
    /// Raw bytes that go with it.
    package let attachments: [[UInt8]]
    /// How it enters, when it is a page of its own; `nil` when it carries the page on.
    package let entrance: Entrance?
    /// The lane in which the page goes on, when it is another one than before.
    package var lane: String?
    /// For how long nothing more of the message's lane may go, such as a site's crawl delay; the
    /// longest pause of all outputs counts.
    package var lanePause: Duration?

    /// Makes an output; with `entrance`, a page of its own.
    package init(
        _ payload: any Payload,
        attachments: [[UInt8]] = [],
        entering entrance: Entrance? = nil
    ) {
        self.payload = payload
        self.attachments = attachments
        self.entrance = entrance
    }

    /// How a page enters that a stage found: what its envelope says.
    package struct Entrance: Sendable, Equatable {
        /// Name of which one message at most is open at a time.
        package var key: String?
        /// Lane for fairness and politeness: the host of the URL.
        package var lane: String
        /// The first moment at which it may be delivered; `nil` for at once.
        package var notBefore: Instant?
        /// URL of the page.
        package var subject: String

        /// Joins what the envelope will say.
        package init(
            subject: String,
            lane: String,
            key: String? = nil,
            notBefore: Instant? = nil
        ) {
            self.subject = subject
            self.lane = lane
            self.key = key
            self.notBefore = notBefore
        }
    }
}
