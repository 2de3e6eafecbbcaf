/// Takes a command's frames apart, checking each against its limit before it is used.
struct FrameReader {
    let verb: String
    let header: [UInt8]
    private let frames: [[UInt8]]
    private var next: Int

    /// Begins a command whose verb is the frame at `first`.
    init(_ frames: [[UInt8]], from first: Int) throws(FrameFailure) {
        let count = max(0, frames.count - first)
        guard count >= 2 else {
            throw FrameFailure(.malformed, "A command has two frames or more, not \(count).")
        }
        guard frames[first].count <= MessageLimits.verbBytes else {
            throw FrameFailure(.malformed, "The first frame is no verb.")
        }
        try Self.check(frames[first + 1], MessageLimits.headerBytes, "header")
        verb = String(decoding: frames[first], as: UTF8.self)
        header = frames[first + 1]
        next = first + 2
        self.frames = frames
    }

    /// The frame after the header, of a command that has exactly one.
    var onlyBody: [UInt8]? { frames.count == next + 1 ? frames[next] : nil }

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
        let envelope: EnvelopeReading
        do {
            envelope = try EnvelopeReading(json: frames[next])
        } catch {
            throw FrameFailure(error, in: "envelope")
        }
        let (first, count) = (next + 2, envelope.head.attachments)
        guard frames.count - first >= count else {
            throw FrameFailure(
                .malformed,
                "The envelope names \(count) attachments, "
                    + "\(frames.count - first) came."
            )
        }
        let attachments = Array(frames[first..<first + count])
        for attachment in attachments {
            try Self.check(attachment, MessageLimits.attachmentBytes, "attachment")
        }
        next = first + count
        return Message(envelope, data: frames[first - 1], attachments: attachments)
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
        messages.reserveCapacity(min(count, (frames.count - next) / 2))
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
