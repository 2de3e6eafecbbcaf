/// A page to fetch: what stage one consumes.
package struct FetchRequest: Payload {
    package static let kind = MessageKind.fetchRequest

    /// Where the address came from: `url`, or the name of the list or feed that held it.
    package var origin: String
    /// Absolute address with scheme http or https.
    package var url: String

    /// Makes a request.
    package init(url: String, origin: String) {
        self.url = url
        self.origin = origin
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var origin: String?
        var url: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "origin": origin = try reader.string()
            case "url": url = try reader.string()
            default: try reader.skip()
            }
        }
        self.origin = origin ?? "url"
        self.url = try reader.required(url, "url")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("origin", origin)
            writer.field("url", url)
        }
    }
}
