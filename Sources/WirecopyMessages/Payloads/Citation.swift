/// A source on which the report rests: an outlet, an agency, a study, a document.
package struct Citation: JSONRepresentable, Equatable {
    /// Index into the article's entities; `nil` when the source is only described.
    package var entity: Int?
    /// The source's name, or the description that the text gives.
    package var name: String
    /// The phrase that cites it.
    package var range: TextRange

    /// Makes a citation.
    package init(_ range: TextRange, name: String, entity: Int?) {
        self.range = range
        self.name = name
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var end: Int?
        var entity: Int?
        var name: String?
        var start: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "end": end = try reader.integer()
            case "entity": entity = try reader.integer()
            case "name": name = try reader.string()
            case "start": start = try reader.integer()
            default: try reader.skip()
            }
        }
        self.range = try reader.range(start, end)
        self.name = try reader.required(name, "name")
        self.entity = entity
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", range.end)
            writer.field("entity", entity)
            writer.field("name", name)
            writer.field("start", range.start)
        }
    }
}
