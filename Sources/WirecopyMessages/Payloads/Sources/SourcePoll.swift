/// What a fetch request for a source carries: a feed, a sitemap, or a page that names some.
///
/// A source is a chain of such requests. Each poll ends as `polled` and hands the next one in, with
/// what it learned, to be delivered when it is due; so a source lives in the queue alone, on disk
/// and for all fetchers of a fleet.
package struct SourcePoll: JSONRepresentable, Equatable {
    /// Where the archive has the document as it was read last; `nil` when it has not.
    package var archived: ArchivedDocument?
    /// What the server called this state of the document; for `If-None-Match`.
    package var entityTag: String?
    /// What it answered so far.
    package var health: SourceHealth
    /// What the document is; `nil` until it has been read once.
    package var kind: SourceKind?
    /// The server's `Last-Modified`, as it came; for `If-Modified-Since`.
    package var lastModified: String?
    /// Whether the redirects of this poll were permanent so far; `nil` when there was none.
    package var isMoving: Bool?
    /// Whether this is the only poll: what is there now is fetched, and nothing follows.
    package var isOnce: Bool
    /// How often it is asked, and what that rests on.
    package var pace: SourcePace
    /// Addresses that the document held when it was last read: the first six bytes of the SHA-256
    /// of each address as it is compared, one after the other in Base64.
    package var seen: String
    /// What the source calls itself.
    package var title: String?

    /// Makes the first poll of a source.
    package init(pace: SourcePace = SourcePace(), isOnce: Bool = false) {
        health = SourceHealth()
        self.isOnce = isOnce
        self.pace = pace
        seen = ""
    }

    /// The key under which one poll of an address at most is open.
    package static func key(of url: String) -> String {
        let key = keyPrefix + url
        // Two addresses that differ behind so many bytes are no two sources of any site.
        return String(decoding: key.utf8.prefix(MessageLimits.keyBytes - 3), as: UTF8.self)
    }

    /// What the keys of all polls begin with.
    package static let keyPrefix = "poll:"

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        self.init()
        var poll = self
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "archived": poll.archived = try reader.value()
            case "etag": poll.entityTag = try reader.string()
            case "health": poll.health = try reader.value()
            case "kind": poll.kind = try reader.word()
            case "last_modified": poll.lastModified = try reader.string()
            case "moving": poll.isMoving = try reader.boolean()
            case "once": poll.isOnce = try reader.boolean()
            case "pace": poll.pace = try reader.value()
            case "seen": poll.seen = try reader.string()
            case "title": poll.title = try reader.string()
            default: try reader.skip()
            }
        }
        self = poll
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("archived", archived)
            writer.field("etag", entityTag)
            writer.field("health", health)
            writer.field("kind", kind?.rawValue)
            writer.field("last_modified", lastModified)
            writer.field("moving", isMoving)
            writer.field("once", isOnce)
            writer.field("pace", pace)
            writer.field("seen", seen)
            writer.field("title", title)
        }
    }
}

/// What the document of a source is.
package enum SourceKind: String, Sendable, CaseIterable, Codable {
    /// RSS, RDF, Atom or JSON Feed.
    case feed
    /// A sitemap with addresses of pages, with or without news.
    case sitemap
    /// A sitemap that names others.
    case sitemapIndex = "sitemap_index"
    /// A page in which feeds and sitemaps are looked for, such as a home page.
    case page
}
