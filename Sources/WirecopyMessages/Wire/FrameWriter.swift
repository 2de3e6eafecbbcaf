/// Lays a command out as frames: verb | header | (envelope | data | attachments ...) ...
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

    mutating func append(_ message: Message) {
        frames.append(message.envelopeJSON)
        frames.append(message.data)
        if !message.attachments.isEmpty { frames.append(contentsOf: message.attachments) }
    }
}
