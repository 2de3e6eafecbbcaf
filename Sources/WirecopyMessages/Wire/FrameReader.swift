/// Takes a command's frames apart, checking each against its limit before it is used.
struct FrameReader {
    let verb: String
    let header: [UInt8]
    private let frames: [[UInt8]]
    private var next: Int
    /// Where the next message begins in the block `next`; `nil` when there are no blocks.
    private var offset: Int?

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

    /// Notes that all that follows are so many blocks; zero means that there are none.
    mutating func useBlocks(_ count: Int) throws(FrameFailure) {
        guard count != 0 else { return }
        guard count == frames.count - next else {
            let came = frames.count - next
            throw FrameFailure(.malformed, "\(verb) names \(count) blocks, \(came) came.")
        }
        for block in frames[next...] { try Self.check(block, MessageBlock.bytesMax, "block") }
        offset = 0
    }

    /// Reads the next message.
    mutating func message() throws(FrameFailure) -> Message {
        if let offset { return try message(at: offset) }
        guard frames.count - next >= 2 else { throw endsInMessage }
        let (envelope, data) = (try envelope(frames[next]), frames[next + 1])
        try Self.check(data, MessageLimits.dataBytes, "data")
        let (first, count) = (next + 2, envelope.head.attachments)
        try checkAttachments(named: count, came: frames.count - first)
        let attachments = count == 0 ? [] : Array(frames[first..<first + count])
        for attachment in attachments {
            try Self.check(attachment, MessageLimits.attachmentBytes, "attachment")
        }
        next = first + count
        return Message(envelope, data: data, attachments: attachments)
    }

    private mutating func message(at start: Int) throws(FrameFailure) -> Message {
        guard next < frames.count else { throw endsInMessage }
        var end = start
        guard let part = MessageBlock.part(of: frames[next], at: &end) else { throw endsInMessage }
        let envelope = try envelope(part.envelope)
        try checkAttachments(named: envelope.head.attachments, came: 0)
        let isLast = end == frames[next].count
        offset = isLast ? 0 : end
        next += isLast ? 1 : 0
        return Message(envelope, data: part.data, attachments: [])
    }

    private var endsInMessage: FrameFailure {
        FrameFailure(.malformed, "\(verb) ends in the middle of a message.")
    }

    private func envelope(_ json: [UInt8]) throws(FrameFailure) -> EnvelopeReading {
        try Self.check(json, MessageLimits.envelopeBytes, "envelope")
        do {
            return try EnvelopeReading(json: json)
        } catch {
            throw FrameFailure(error, in: "envelope")
        }
    }

    private func checkAttachments(named: Int, came: Int) throws(FrameFailure) {
        guard named > came else { return }
        throw FrameFailure(
            .malformed,
            "The envelope names \(named) attachments, \(came) came."
        )
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
        messages.reserveCapacity(count)
        for _ in 0..<count { messages.append(try message()) }
        return messages
    }

    /// Checks that no frame is left over.
    func end() throws(FrameFailure) {
        guard next == frames.count else {
            throw FrameFailure(.malformed, "\(verb) has \(frames.count - next) frames too many.")
        }
        guard offset ?? 0 == 0 else {
            throw FrameFailure(.malformed, "\(verb) has bytes after its last message.")
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
