/// A page to fetch, or a source to ask what is new: what stage one consumes.
package struct FetchRequest: Payload {
    package static let kind = MessageKind.fetchRequest

    /// What the feed or sitemap that named the page says of it; goes on with the page.
    package var hints: PageHints?
    /// Where the address came from: `url`, or the name of the list, or the address of the source.
    package var origin: String
    /// Set when the address is a source, to be polled and not to be read as an article.
    package var poll: SourcePoll?
    /// Absolute address with scheme http or https.
    package var url: String
    /// Addresses of other hosts that redirected here, oldest first; the page was asked for by the
    /// first.
    package var via: [String] = []

    /// The address of the feed or sitemap that named the page; `nil` when a person or a list did.
    package var source: String? {
        origin.hasPrefix("https://") || origin.hasPrefix("http://") ? origin : nil
    }

    /// Makes a request.
    package init(
        url: String,
        origin: String,
        hints: PageHints? = nil,
        poll: SourcePoll? = nil
    ) {
        self.url = url
        self.origin = origin
        self.hints = hints
        self.poll = poll
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var hints: PageHints?
        var origin: String?
        var poll: SourcePoll?
        var url: String?
        var via: [String] = []
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "hints": hints = try reader.value()
            case "origin": origin = try reader.string()
            case "poll": poll = try reader.value()
            case "url": url = try reader.string()
            case "via": via = try reader.strings()
            default: try reader.skip()
            }
        }
        self.hints = hints
        self.origin = origin ?? "url"
        self.poll = poll
        self.url = try reader.required(url, "url")
        self.via = via
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("hints", hints)
            writer.field("origin", origin)
            writer.field("poll", poll)
            writer.field("url", url)
            if !via.isEmpty { writer.field("via", via) }
        }
    }
}
