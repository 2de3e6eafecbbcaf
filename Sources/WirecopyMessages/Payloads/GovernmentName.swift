/// The country for whose government a capital, a seat or a people stands: "Washington said".
package struct GovernmentName: JSONRepresentable, Equatable {
    /// Index into the article's entities; `nil` when the text does not name the country.
    package var entity: Int?
    /// The country.
    package var name: String

    /// Makes a name.
    package init(name: String, entity: Int?) {
        self.name = name
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var entity: Int?
        var name: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "entity": entity = try reader.integer()
            case "name": name = try reader.string()
            default: try reader.skip()
            }
        }
        self.entity = entity
        self.name = try reader.required(name, "name")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("entity", entity)
            writer.field("name", name)
        }
    }
}
