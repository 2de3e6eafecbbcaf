/// Lays a command out as frames: verb | header | (envelope | data | attachments ...) ...
struct FrameWriter {
    private(set) var frames: [[UInt8]]

    init(_ verb: String, _ header: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(capacity: 128)
        writer.object(header)
        frames = [Array(verb.utf8), writer.bytes]
    }

    mutating func append(_ messages: [Message]) {
        for message in messages {
            frames.append(message.envelope.json)
            frames.append(message.data)
            frames.append(contentsOf: message.attachments)
        }
    }
}
