/// A page as it came in; its bytes are the first attachment: one gzip member that holds one WARC
/// record (`response` for a page from the network, `resource` for a saved one). A second one, which
/// may be there, holds records beside it (`request`, `metadata`), a gzip member each.
package struct FetchedPage: Payload {
    package static let kind = MessageKind.fetchedPage

    /// Size of the page's bytes in the WARC record, after any HTTP content decoding.
    package var bodyBytes: Int
    /// Digest of those bytes, as `sha256:` and 64 hexadecimal digits.
    package var bodyDigest: String
    /// The media type that came with the page, with its parameters; `nil` when none did.
    package var contentType: String?
    /// When the page was received or its file read.
    package var fetchedAt: Instant
    /// Address after redirects.
    package var finalURL: String
    /// What another crawler already knew about the page.
    package var hints: PageHints?
    /// Where the page came from: `http`, `file`, `jsonl` or `stdin`.
    package var origin: String
    /// Address of the feed or sitemap that named the page; `nil` when a person or a list did.
    package var source: String?
    /// HTTP status; `nil` for a page that did not come over HTTP.
    package var status: Int?
    /// Address that was asked for: http, https, or `file:` for a saved page without one.
    package var url: String
    /// What headers and files of the site ask of those who use the page, in order; at most
    /// `UsageNote.notesMax`.
    package var usage: [UsageNote] = []

    /// Makes a page; optional parts are set afterwards.
    package init(
        url: String,
        origin: String,
        fetchedAt: Instant,
        bodyBytes: Int,
        bodyDigest: String
    ) {
        self.url = url
        self.finalURL = url
        self.origin = origin
        self.fetchedAt = fetchedAt
        self.bodyBytes = bodyBytes
        self.bodyDigest = bodyDigest
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var bodyBytes: Int?
        var bodyDigest: String?
        var contentType: String?
        var fetchedAt: Int?
        var finalURL: String?
        var hints: PageHints?
        var origin: String?
        var source: String?
        var status: Int?
        var url: String?
        var usage: [UsageNote] = []
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "body_bytes": bodyBytes = try reader.integer()
            case "body_digest": bodyDigest = try reader.string()
            case "content_type": contentType = try reader.string()
            case "fetched_at_ms": fetchedAt = try reader.integer()
            case "final_url": finalURL = try reader.string()
            case "hints": hints = try reader.value()
            case "origin": origin = try reader.string()
            case "source": source = try reader.string()
            case "status": status = try reader.integer()
            case "url": url = try reader.string()
            case "usage": usage = try reader.values()
            default: try reader.skip()
            }
        }
        self.url = try reader.required(url, "url")
        self.finalURL = finalURL ?? self.url
        self.origin = try reader.required(origin, "origin")
        self.fetchedAt = Instant(milliseconds: try reader.required(fetchedAt, "fetched_at_ms"))
        self.bodyBytes = try reader.required(bodyBytes, "body_bytes")
        self.bodyDigest = try reader.required(bodyDigest, "body_digest")
        self.contentType = contentType
        self.hints = hints
        self.source = source
        self.status = status
        self.usage = Array(usage.prefix(UsageNote.notesMax))
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("body_bytes", bodyBytes)
            writer.field("body_digest", bodyDigest)
            writer.field("content_type", contentType)
            writer.field("fetched_at_ms", fetchedAt.milliseconds)
            writer.field("final_url", finalURL)
            writer.field("hints", hints)
            writer.field("origin", origin)
            writer.field("source", source)
            writer.field("status", status)
            writer.field("url", url)
            writer.field("usage", usage)
        }
    }
}
