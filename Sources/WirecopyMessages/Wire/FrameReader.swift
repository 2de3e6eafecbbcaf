/// Takes a command's frames apart, checking each against its limit before it is used.
struct FrameReader {
    let verb: String
    let header: [UInt8]
    private let frames: [[UInt8]]
    private var next = 2

    init(_ frames: [[UInt8]]) throws(FrameFailure) {
        guard frames.count >= 2 else {
            throw FrameFailure(.malformed, "A command has two frames or more, not \(frames.count).")
        }
        guard frames[0].count <= MessageLimits.verbBytes else {
            throw FrameFailure(.malformed, "The first frame is no verb.")
        }
        try Self.check(frames[1], MessageLimits.headerBytes, "header")
        verb = String(decoding: frames[0], as: UTF8.self)
        header = frames[1]
        self.frames = frames
    }

    /// Reads the header's fields.
    func readHeader(
        _ field: (String, inout JSONReader) throws(JSONFailure) -> Void
    ) throws(FrameFailure) {
        do {
            var reader = JSONReader(header)
            try reader.object(field)
            try reader.end()
        } catch {
            throw FrameFailure(error, in: "header of \(verb)")
        }
    }

    /// Gives a required field of the header.
    func required<Value>(_ value: Value?, _ name: String) throws(FrameFailure) -> Value {
        guard let value else {
            throw FrameFailure(.malformed, "The header of \(verb) has no field \(name).")
        }
        return value
    }

    /// Reads the next message.
    mutating func message() throws(FrameFailure) -> Message {
        guard frames.count - next >= 2 else {
            throw FrameFailure(.malformed, "\(verb) ends in the middle of a message.")
        }
        try Self.check(frames[next], MessageLimits.envelopeBytes, "envelope")
        try Self.check(frames[next + 1], MessageLimits.dataBytes, "data")
        let envelope: Envelope
        do {
            envelope = try Envelope(json: frames[next])
        } catch {
            throw FrameFailure(error, in: "envelope")
        }
        let first = next + 2
        guard frames.count - first >= envelope.attachments else {
            throw FrameFailure(
                .malformed,
                "The envelope names \(envelope.attachments) attachments, "
                    + "\(frames.count - first) came."
            )
        }
        let attachments = Array(frames[first..<first + envelope.attachments])
        for attachment in attachments {
            try Self.check(attachment, MessageLimits.attachmentBytes, "attachment")
        }
        next = first + envelope.attachments
        return Message(envelope: envelope, data: frames[first - 1], attachments: attachments)
    }

    /// Reads this many messages.
    mutating func messages(_ count: Int) throws(FrameFailure) -> [Message] {
        guard 0...MessageLimits.messagesPerCommand ~= count else {
            throw FrameFailure(
                .tooLarge,
                "\(verb) names \(count) messages; the limit is \(MessageLimits.messagesPerCommand)."
            )
        }
        var messages: [Message] = []
        for _ in 0..<count { messages.append(try message()) }
        return messages
    }

    /// Checks that no frame is left over.
    func end() throws(FrameFailure) {
        guard next == frames.count else {
            throw FrameFailure(.malformed, "\(verb) has \(frames.count - next) frames too many.")
        }
    }

    private static func check(
        _ frame: [UInt8],
        _ limit: Int,
        _ part: String
    ) throws(FrameFailure) {
        guard frame.count <= limit else {
            throw FrameFailure(
                .tooLarge,
                "The \(part) has \(frame.count) bytes; the limit is \(limit) bytes."
            )
        }
    }
}
