/// Lays a command out as frames: verb | header | (envelope | data | attachments ...) ..., or with
/// small messages gathered in blocks: verb | header | block ...
struct FrameWriter {
    private(set) var frames: [[UInt8]]

    /// Writes verb and header; `entries` is how many lines of a list the header has.
    init(_ verb: StaticString, entries: Int = 0, _ header: (inout JSONWriter) -> Void) {
        // An entry is a lease and a word or two: {"lease":"1234567.1","priority":"live"}.
        var writer = JSONWriter(capacity: 128 + 48 * entries)
        writer.object(header)
        var name: [UInt8] = []
        name.append(verb)
        frames = [name, writer.bytes]
    }

    /// Writes a command that carries messages, in blocks if that is allowed and they are small.
    init(
        _ verb: StaticString,
        entries: Int = 0,
        _ messages: [Message],
        inBlocks: Bool,
        _ header: (inout JSONWriter) -> Void
    ) {
        let blocks = inBlocks ? MessageBlock.pack(messages) : nil
        self.init(verb, entries: entries) { writer in
            if let blocks, !blocks.isEmpty { writer.field("blocks", blocks.count) }
            header(&writer)
        }
        if let blocks { frames += blocks } else { append(messages) }
    }

    private mutating func append(_ messages: [Message]) {
        frames.reserveCapacity(frames.count + 2 * messages.count)
        for message in messages {
            frames.append(message.envelopeJSON)
            frames.append(message.data)
            if !message.attachments.isEmpty { frames.append(contentsOf: message.attachments) }
        }
    }
}
