import WirecopyMessages

/// One line of a batch: a text, and the names in it when they are known already.
struct BatchRow: JSONRepresentable {
    /// A name that somebody else found; offsets count code points.
    struct Name: JSONRepresentable {
        let start: Int
        let end: Int
        let type: EntityType
    }

    let id: String
    let text: String
    let names: [Name]?
    /// When the text was published: `2024-05-29`, perhaps with a time.
    let published: String?

    init(from reader: inout JSONReader) throws(JSONFailure) {
        var id: String?
        var text: String?
        var names: [Name]?
        var published: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "id", "doc": id = try reader.string()
            case "text": text = try reader.string()
            case "names":
                var listed: [Name] = []
                try reader.array { (reader) throws(JSONFailure) in
                    listed.append(try Name(from: &reader))
                }
                names = listed
            case "published", "date": published = try reader.string()
            default: try reader.skip()
            }
        }
        self.id = try reader.required(id, "id")
        self.text = try reader.required(text, "text")
        self.names = names
        self.published = published
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            if let names {
                writer.key("names")
                writer.array(names) { writer, name in name.write(to: &writer) }
            }
            writer.field("published", published)
            writer.field("text", text)
        }
    }
}

extension BatchRow.Name {
    init(from reader: inout JSONReader) throws(JSONFailure) {
        var start: Int?
        var end: Int?
        var type: EntityType?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "start": start = try reader.integer()
            case "end": end = try reader.integer()
            case "type": type = try reader.word()
            default: try reader.skip()
            }
        }
        self.start = try reader.required(start, "start")
        self.end = try reader.required(end, "end")
        self.type = try reader.required(type, "type")
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", end)
            writer.field("start", start)
            writer.field("type", type.rawValue)
        }
    }
}
