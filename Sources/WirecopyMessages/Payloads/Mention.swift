/// A span of the main text that names something.
package struct Mention: JSONRepresentable, Equatable {
    /// Index into the article's entities.
    package var entity: Int
    /// Where it stands.
    package var range: TextRange
    /// What it names here; a mention of a capital may stand for a government.
    package var type: EntityType

    /// Makes a mention.
    package init(_ range: TextRange, type: EntityType, entity: Int) {
        self.range = range
        self.type = type
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var end: Int?
        var entity: Int?
        var start: Int?
        var type: EntityType?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "end": end = try reader.integer()
            case "entity": entity = try reader.integer()
            case "start": start = try reader.integer()
            case "type": type = try reader.word()
            default: try reader.skip()
            }
        }
        self.range = try reader.range(start, end)
        self.entity = try reader.required(entity, "entity")
        self.type = try reader.required(type, "type")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", range.end)
            writer.field("entity", entity)
            writer.field("start", range.start)
            writer.field("type", type.rawValue)
        }
    }
}
