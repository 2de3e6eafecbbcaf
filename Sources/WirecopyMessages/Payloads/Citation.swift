/// A source on which the report rests: an outlet, an agency, a study, a document.
package struct Citation: JSONRepresentable, Equatable {
    /// On what the source itself rests, in the text's words: `undisclosed official sources`.
    package var citing: String?
    /// Index into the article's entities; `nil` when the source is only described.
    package var entity: Int?
    /// The source's name, or the description that the text gives.
    package var name: String
    /// The phrase that cites it.
    package var range: TextRange

    /// Makes a citation.
    package init(_ range: TextRange, name: String, entity: Int?, citing: String? = nil) {
        self.citing = citing
        self.range = range
        self.name = name
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var citing: String?
        var end: Int?
        var entity: Int?
        var name: String?
        var start: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "citing": citing = try reader.string()
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
        self.citing = citing
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("citing", citing)
            writer.field("end", range.end)
            writer.field("entity", entity)
            writer.field("name", name)
            writer.field("start", range.start)
        }
    }
}
