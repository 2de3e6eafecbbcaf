/// A message as it travels and rests: an envelope, and content that stays bytes until a stage
/// needs it.
///
/// The envelope's JSON is kept as it came, attributes that this version does not know included, or
/// is written once; copies of a message share everything. What the queue asks of a message (`id`,
/// `root`, `kind`, ...) costs nothing; `envelope` makes the texts.
package struct Message: Sendable, Equatable {
    /// What copies share.
    private final class Content: Sendable {
        let head: EnvelopeHead
        /// The envelope, when the head has no places for its texts.
        let envelope: Envelope?
        let data: [UInt8]
        let attachments: [[UInt8]]
        let contentBytes: Int

        init(_ read: EnvelopeReading, _ data: [UInt8], _ attachments: [[UInt8]]) {
            head = read.head
            envelope = read.envelope
            self.data = data
            self.attachments = attachments
            contentBytes = attachments.reduce(data.count) { $0 + $1.count }
        }
    }

    private let content: Content

    /// Joins an envelope and content that belong together.
    package init(envelope: Envelope, data: [UInt8], attachments: [[UInt8]] = []) {
        var envelope = envelope
        envelope.attachments = attachments.count
        content = Content(EnvelopeReading(envelope), data, attachments)
    }

    /// Writes a payload into a message; `envelope.kind` must be the payload's kind.
    package init(envelope: Envelope, payload: some Payload, attachments: [[UInt8]] = []) {
        precondition(
            envelope.kind == type(of: payload).kind,
            "An envelope of \(envelope.kind) cannot hold a \(type(of: payload).kind)."
        )
        self.init(envelope: envelope, data: payload.json, attachments: attachments)
    }

    /// Joins an envelope's JSON, which is kept byte for byte, and content.
    ///
    /// An envelope that names another number of attachments is written anew.
    ///
    /// - Throws: `JSONFailure` when the bytes are no envelope.
    package init(
        envelopeJSON: [UInt8],
        data: [UInt8],
        attachments: [[UInt8]] = []
    ) throws(JSONFailure) {
        let read = try EnvelopeReading(json: envelopeJSON)
        guard read.head.attachments == attachments.count else {
            self.init(envelope: read.full, data: data, attachments: attachments)
            return
        }
        self.init(read, data: data, attachments: attachments)
    }

    /// Joins an envelope that was read and content with as many attachments as it names.
    init(_ read: EnvelopeReading, data: [UInt8], attachments: [[UInt8]]) {
        content = Content(read, data, attachments)
    }

    package static func == (left: Message, right: Message) -> Bool {
        left.content === right.content
            || left.data == right.data && left.attachments == right.attachments
                && (left.envelopeJSON == right.envelopeJSON || left.envelope == right.envelope)
    }
}

extension Message {
    /// What the queue knows of the message, with all texts; makes them anew at each call.
    package var envelope: Envelope {
        EnvelopeReading(content.head, content.envelope).full
    }

    /// The envelope's JSON: what journals keep and frames carry.
    package var envelopeJSON: [UInt8] { content.head.json }

    /// The payload's JSON.
    package var data: [UInt8] { content.data }

    /// Raw bytes that are too big for JSON: a page as a gzip member that holds one WARC record.
    package var attachments: [[UInt8]] { content.attachments }

    /// Bytes of content: what credit and limits count.
    package var contentBytes: Int { content.contentBytes }

    /// Identity of this message.
    package var id: MessageID { content.head.id }

    /// What the message carries.
    package var kind: MessageKind { content.head.kind }

    /// The message from which this one was made; `nil` for one that enters.
    package var parent: MessageID? { content.head.parent }

    /// Urgency.
    package var priority: MessageClass { content.head.priority }

    /// The first message of the article's lineage.
    package var root: MessageID { content.head.root }

    /// True for a message that enters: it is its own root.
    package var isOwnRoot: Bool { content.head.root == content.head.id }

    /// Name of which one message at most is open in a stage; envelopes with one are read whole.
    package var key: String? { content.envelope?.key }

    /// The first moment at which it may be delivered; envelopes with one are read whole.
    package var notBefore: Instant? { content.envelope?.notBefore }

    /// Lane for fairness and politeness; made anew at each call.
    package var lane: String {
        content.envelope?.lane ?? content.head.text(content.head.lane)
    }

    /// Version of the stage that made the message; made anew at each call.
    package var stageVersion: String? {
        content.envelope.map(\.stageVersion) ?? content.head.stageVersion.map(content.head.text)
    }

    /// The UTF-8 bytes of `lane`, as they stand in the envelope where that is possible.
    package var laneUTF8: ArraySlice<UInt8> {
        content.envelope.map { Array($0.lane.utf8)[...] } ?? content.head.json[content.head.lane]
    }

    /// The UTF-8 bytes of `subject`, likewise.
    package var subjectUTF8: ArraySlice<UInt8> {
        content.envelope.map { Array($0.subject.utf8)[...] }
            ?? content.head.json[content.head.subject]
    }

    /// URL of the page that it is about; made anew at each call.
    package var subject: String {
        content.envelope?.subject ?? content.head.text(content.head.subject)
    }
}

/// An envelope with its JSON: read as far as the queue needs it, or read whole.
struct EnvelopeReading {
    let head: EnvelopeHead
    /// The whole envelope, when the head has no places for its texts.
    let envelope: Envelope?

    init(_ head: EnvelopeHead, _ envelope: Envelope?) {
        self.head = head
        self.envelope = envelope
    }

    /// Writes an envelope.
    init(_ envelope: Envelope) {
        head = EnvelopeHead(envelope, json: envelope.json)
        self.envelope = envelope
    }

    /// Reads an envelope; the strict reader decides about everything that is not canonical.
    init(json: [UInt8]) throws(JSONFailure) {
        if let head = EnvelopeHead(canonical: json) {
            self.init(head, nil)
            return
        }
        let envelope = try Envelope(json: json)
        self.init(EnvelopeHead(envelope, json: json), envelope)
    }

    /// The envelope with all its texts.
    var full: Envelope { envelope ?? Envelope(head) }
}
