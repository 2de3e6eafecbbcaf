package import WirecopyMessages

extension Message {
    /// Says which limit the message exceeds, as a full sentence; `nil` when it may be sent.
    package var exceededLimit: String? {
        let envelopeBytes = envelopeJSON.count
        if envelopeBytes > MessageLimits.envelopeBytes {
            return Self.sentence("envelope", envelopeBytes, MessageLimits.envelopeBytes, "bytes")
        }
        if data.count > MessageLimits.dataBytes {
            return Self.sentence("data", data.count, MessageLimits.dataBytes, "bytes")
        }
        if attachments.count > MessageLimits.attachments {
            let limit = MessageLimits.attachments
            return Self.sentence("list of attachments", attachments.count, limit, "attachments")
        }
        let largest = attachments.map(\.count).max() ?? 0
        guard largest > MessageLimits.attachmentBytes else { return nil }
        return Self.sentence("attachment", largest, MessageLimits.attachmentBytes, "bytes")
    }

    /// Says that outputs of one message are too large to travel in one command; `nil` when not.
    package static func exceededLimit(ofOutputs outputs: [Message]) -> String? {
        let bytes = outputs.reduce(0) { $0 + $1.contentBytes }
        guard bytes > MessageLimits.outputsBytes else { return nil }
        return "The outputs of the message have \(bytes) bytes together; the limit is "
            + "\(MessageLimits.outputsBytes) bytes."
    }

    private static func sentence(
        _ part: String,
        _ size: Int,
        _ limit: Int,
        _ unit: String
    ) -> String {
        "The message's \(part) has \(size) \(unit); the limit is \(limit) \(unit)."
    }
}
