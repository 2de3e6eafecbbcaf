/// Fields that came beside a page, from a crawler's JSON lines or a feed; witnesses, not truth.
package struct PageHints: JSONRepresentable, Equatable {
    /// Names of authors.
    package var authors: [String]
    /// Date of publication as it stood there.
    package var published: String?
    /// Headline.
    package var title: String?

    /// Makes hints.
    package init(title: String? = nil, authors: [String] = [], published: String? = nil) {
        self.title = title
        self.authors = authors
        self.published = published
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        self.init()
        var (title, authors, published) = (title, authors, published)
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "authors": authors = try reader.strings()
            case "published": published = try reader.string()
            case "title": title = try reader.string()
            default: try reader.skip()
            }
        }
        (self.title, self.authors, self.published) = (title, authors, published)
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("authors", authors)
            writer.field("published", published)
            writer.field("title", title)
        }
    }
}
