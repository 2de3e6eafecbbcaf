/// A message as it travels and rests: a parsed envelope, and content that stays bytes until a
/// stage needs it.
package struct Message: Sendable, Equatable {
    /// What the queue knows of the message.
    package let envelope: Envelope
    /// The payload's JSON.
    package let data: [UInt8]
    /// Raw bytes that are too big for JSON: a page as a gzip member that holds one WARC record.
    package let attachments: [[UInt8]]

    /// Joins an envelope and content that belong together.
    package init(envelope: Envelope, data: [UInt8], attachments: [[UInt8]] = []) {
        var envelope = envelope
        envelope.attachments = attachments.count
        self.envelope = envelope
        self.data = data
        self.attachments = attachments
    }

    /// Writes a payload into a message; `envelope.kind` must be the payload's kind.
    package init(envelope: Envelope, payload: some Payload, attachments: [[UInt8]] = []) {
        precondition(
            envelope.kind == type(of: payload).kind,
            "An envelope of \(envelope.kind) cannot hold a \(type(of: payload).kind)."
        )
        self.init(envelope: envelope, data: payload.json, attachments: attachments)
    }

    /// Bytes of content: what credit and limits count.
    package var contentBytes: Int {
        attachments.reduce(data.count) { $0 + $1.count }
    }
}
