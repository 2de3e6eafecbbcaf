/// Words of the text that stand for an entity by what it is: "the top U.S. diplomat".
package struct EntityRole: JSONRepresentable, Equatable {
    /// Where the words stand.
    package var range: TextRange
    /// The description without its article: `top U.S. diplomat`.
    package var role: String

    /// Makes a role.
    package init(_ range: TextRange, role: String) {
        self.range = range
        self.role = role
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var end: Int?
        var role: String?
        var start: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "end": end = try reader.integer()
            case "role": role = try reader.string()
            case "start": start = try reader.integer()
            default: try reader.skip()
            }
        }
        self.range = try reader.range(start, end)
        self.role = try reader.required(role, "role")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", range.end)
            writer.field("role", role)
            writer.field("start", range.start)
        }
    }
}
