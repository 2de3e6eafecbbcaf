/// What the queue knows of a message: CloudEvents 1.0 attributes and a few of our own.
///
/// The broker reads the envelope and passes data and attachments through untouched.
package struct Envelope: Sendable, Equatable {
    /// Number of attachment frames that follow the data frame.
    package var attachments: Int
    /// Identity of this message.
    package var id: MessageID
    /// Name of which one message at most is open at a time in a stage, such as a polled feed's;
    /// 1 to `MessageLimits.keyBytes` bytes, and only for a message that is its own root.
    package var key: String?
    /// What the message carries; `type` on the wire.
    package var kind: MessageKind
    /// Lane for fairness and politeness: the host of the URL, or a name for the kind of input.
    package var lane: String
    /// The first moment at which it may be delivered, at most `MessageLimits.delayMax` after
    /// `madeAt`; `nil` for at once.
    package var notBefore: Instant?
    /// The message from which this one was made; `nil` for one that enters.
    package var parent: MessageID?
    /// Urgency; `priority` on the wire.
    package var priority: MessageClass
    /// The first message of the article's lineage; equal to `id` for one that enters.
    package var root: MessageID
    /// Milliseconds that the stage worked to make this message.
    package var serviceMilliseconds: Int?
    /// Worker or command that made the message, as a relative URI such as `/parser/host-4711`.
    package var source: String
    /// Version of the stage that made the message.
    package var stageVersion: String?
    /// URL of the page that it is about.
    package var subject: String
    /// When the message was made; RFC 3339 `time` on the wire is derived from `made_at_ms`.
    package var madeAt: Instant

    /// Makes the envelope of a message that enters the pipeline: it is its own root.
    package init(
        entering kind: MessageKind,
        id: MessageID,
        subject: String,
        lane: String,
        source: String,
        madeAt: Instant
    ) {
        self.attachments = 0
        self.id = id
        self.kind = kind
        self.lane = lane
        self.priority = .live
        self.root = id
        self.source = source
        self.subject = subject
        self.madeAt = madeAt
    }

    /// Makes the envelope of a message that a stage made from the message of `parent`.
    ///
    /// Lineage, subject, lane and urgency are the parent's; its key and delay were its own.
    package init(
        of kind: MessageKind,
        id: MessageID,
        madeFrom parent: Envelope,
        source: String,
        madeAt: Instant
    ) {
        self = parent
        self.attachments = 0
        self.id = id
        self.key = nil
        self.kind = kind
        self.notBefore = nil
        self.parent = parent.id
        self.source = source
        self.madeAt = madeAt
        self.serviceMilliseconds = nil
        self.stageVersion = nil
    }
}

extension Envelope {
    /// Makes the texts of an envelope that was read in place.
    init(_ head: EnvelopeHead) {
        attachments = head.attachments
        id = head.id
        kind = head.kind
        lane = head.text(head.lane)
        parent = head.parent
        priority = head.priority
        root = head.root
        serviceMilliseconds = head.serviceMilliseconds
        source = head.text(head.source)
        stageVersion = head.stageVersion.map(head.text)
        subject = head.text(head.subject)
        madeAt = Instant(milliseconds: head.madeAt)
    }
}

extension Envelope: JSONRepresentable {
    /// The version of CloudEvents whose attribute names are used.
    package static let specVersion = "1.0"

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var fields = Fields()
        try reader.object { (key, reader) throws(JSONFailure) in
            try fields.read(key, &reader)
        }
        guard fields.specVersion == Self.specVersion else {
            throw reader.invalid("The envelope's specversion must be \(Self.specVersion).")
        }
        attachments = fields.attachments ?? 0
        id = try reader.required(fields.id, "id")
        key = fields.key
        kind = try reader.required(fields.kind, "type")
        lane = fields.lane ?? ""
        notBefore = fields.notBefore.map { Instant(milliseconds: $0) }
        parent = fields.parent
        priority = fields.priority ?? .live
        root = try reader.required(fields.root, "root")
        serviceMilliseconds = fields.serviceMilliseconds
        source = try reader.required(fields.source, "source")
        stageVersion = fields.stageVersion
        subject = try reader.required(fields.subject, "subject")
        madeAt = Instant(milliseconds: try reader.required(fields.madeAt, "made_at_ms"))
        guard 0...MessageLimits.instantMillisecondsMax ~= madeAt.milliseconds else {
            throw reader.invalid("made_at_ms lies between the years 1970 and 9999.")
        }
        guard 0...MessageLimits.attachments ~= attachments else {
            throw reader.invalid("A message has 0 to \(MessageLimits.attachments) attachments.")
        }
        guard subject.utf8.count <= MessageLimits.subjectBytes else {
            throw reader.invalid("The subject has more than \(MessageLimits.subjectBytes) bytes.")
        }
        if let fault = keyFault ?? delayFault { throw reader.invalid(fault) }
    }

    private var keyFault: String? {
        guard let key else { return nil }
        guard 1...MessageLimits.keyBytes ~= key.utf8.count else {
            return "A key has 1 to \(MessageLimits.keyBytes) bytes."
        }
        // Dropping a message that carries a page on would lose the page.
        return root == id ? nil : "Only a message that enters, whose root is its id, has a key."
    }

    private var delayFault: String? {
        guard let notBefore else { return nil }
        let last = min(
            madeAt + MessageLimits.delayMax,
            Instant(milliseconds: MessageLimits.instantMillisecondsMax)
        )
        guard Instant(milliseconds: 0)...last ~= notBefore else {
            return "not_before_ms lies at most 400 days after made_at_ms."
        }
        return nil
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("attachments", attachments)
            writer.field("id", id)
            writer.field("key", key)
            writer.field("lane", lane)
            writer.field("made_at_ms", madeAt.milliseconds)
            writer.field("not_before_ms", notBefore?.milliseconds)
            writer.field("parent", parent)
            writer.field("priority", priority.rawValue)
            writer.field("root", root)
            writer.field("service_ms", serviceMilliseconds)
            writer.field("source", source)
            writer.field("specversion", Self.specVersion)
            writer.field("stage_version", stageVersion)
            writer.field("subject", subject)
            writer.key("time")
            writer.plainString { madeAt.appendText(to: &$0) }
            writer.field("type", kind.rawValue)
        }
    }

    /// The fields as they come in, before it is known whether all are there.
    private struct Fields {
        var attachments: Int?
        var id: MessageID?
        var key: String?
        var kind: MessageKind?
        var lane: String?
        var madeAt: Int?
        var notBefore: Int?
        var parent: MessageID?
        var priority: MessageClass?
        var root: MessageID?
        var serviceMilliseconds: Int?
        var source: String?
        var specVersion: String?
        var stageVersion: String?
        var subject: String?

        mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFailure) {
            switch key {
            case "attachments": attachments = try reader.integer()
            case "id": id = try reader.value()
            case "key": self.key = try reader.string()
            case "lane": lane = try reader.string()
            case "made_at_ms": madeAt = try reader.integer()
            case "not_before_ms": notBefore = try reader.integer()
            case "parent": parent = try reader.value()
            case "priority": priority = try reader.word()
            case "root": root = try reader.value()
            case "service_ms": serviceMilliseconds = try reader.integer()
            case "source": source = try reader.string()
            case "specversion": specVersion = try reader.string()
            case "stage_version": stageVersion = try reader.string()
            case "subject": subject = try reader.string()
            case "type": kind = try reader.word()
            default: try reader.skip()
            }
        }
    }
}
