/// Where the archive has a document: what a later record of the same content says of that one.
package struct ArchivedDocument: JSONRepresentable, Equatable {
    /// The record's date: RFC 3339 in UTC.
    package var date: String
    /// Digest of the content, `sha1:…` in Base32.
    package var digest: String
    /// The record's identity, `urn:uuid:…`.
    package var record: String
    /// The record's address.
    package var url: String

    /// Joins what a record says of itself.
    package init(record: String, url: String, date: String, digest: String) {
        self.date = date
        self.digest = digest
        self.record = record
        self.url = url
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var (date, digest, record, url): (String?, String?, String?, String?)
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "date": date = try reader.string()
            case "digest": digest = try reader.string()
            case "record": record = try reader.string()
            case "url": url = try reader.string()
            default: try reader.skip()
            }
        }
        self.date = try reader.required(date, "date")
        self.digest = try reader.required(digest, "digest")
        self.record = try reader.required(record, "record")
        self.url = try reader.required(url, "url")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("date", date)
            writer.field("digest", digest)
            writer.field("record", record)
            writer.field("url", url)
        }
    }
}
