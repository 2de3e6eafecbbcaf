import MarkupReader

/// Reads RSS, RDF and Atom.
enum XMLFeed {
    /// Root elements of other kinds that are passed over, such as warnings of a site's program.
    private static let rootsMax = 64

    /// The feed in a document in UTF-8; `nil` when it holds none.
    static func feed(_ text: [UInt8], in context: FeedContext) -> Feed? {
        var reader = MarkupReader(text)
        for _ in 0..<rootsMax {
            guard let first = MarkupElement(&reader) else { return nil }
            guard let root = root(in: first), let format = format(of: root) else { continue }
            var inside = context.entering(root)
            inside.format = format
            inside.rootNamespace = root.name.namespace
            return feed(root, in: inside)
        }
        return nil
    }

    /// The root of a feed: the element, or the first in it that is one. An element without an end,
    /// such as `<br>` before the feed, has the feed in it.
    private static func root(in element: MarkupElement) -> MarkupElement? {
        var element = element
        for _ in 0..<rootsMax {
            if format(of: element) != nil { return element }
            guard let inside = element.elements.last, element.name.local.lowercased() != "html"
            else { return nil }
            element = inside
        }
        return nil
    }

    private static func feed(_ root: MarkupElement, in context: FeedContext) -> Feed {
        var feed = Feed(format: context.format, head: FeedHead())
        feed.head.language = context.language
        // RDF has its items beside the channel, broken feeds have them anywhere above.
        var parts = [(root, context)]
        for channel in root.elements where channel.name.local.lowercased() == "channel" {
            parts.append((channel, context.entering(channel)))
        }
        for (part, inside) in parts {
            FeedHeadReader(context: inside).read(part, into: &feed.head)
            for element in part.elements {
                guard ["item", "entry"].contains(element.name.local.lowercased()) else { continue }
                guard feed.entries.count < Feed.entriesMax else {
                    feed.isCut = true
                    break
                }
                feed.entries.append(FeedEntryReader(context: inside).entry(element))
            }
        }
        return feed
    }

    private static func format(of root: MarkupElement) -> FeedFormat? {
        switch root.name.local.lowercased() {
        case "rss": return rss(version: root.attribute("version"))
        case "rdf": return rdf(root)
        case "feed": return atom(root)
        case "channel": return .rss
        default: return nil
        }
    }

    private static func rss(version: String?) -> FeedFormat {
        let version = version?.feedTrimmed ?? ""
        return switch version {
        case "0.90": .rss090
        case "0.91": .rss091
        case "0.92": .rss092
        case "0.93": .rss093
        case "0.94": .rss094
        case "1.0": .rss10
        default: version.hasPrefix("2.") || version == "2" ? .rss20 : .rss
        }
    }

    private static func rdf(_ root: MarkupElement) -> FeedFormat? {
        let parts = root.elements.filter {
            ["channel", "item"].contains($0.name.local.lowercased())
        }
        guard let part = parts.first else { return nil }
        return part.name.namespace.lowercased().contains("simple/0.9") ? .rss090 : .rss10
    }

    private static func atom(_ root: MarkupElement) -> FeedFormat {
        let namespace = root.name.namespace.lowercased()
        if namespace.hasPrefix("http://www.w3.org/2005/atom") { return .atom10 }
        let isOld = namespace.hasPrefix("http://purl.org/atom/ns")
        return isOld || root.attribute("version") == "0.3" ? .atom03 : .atom
    }
}
