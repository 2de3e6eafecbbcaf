import MarkupReader

/// The vocabularies that elements of feeds are from.
enum FeedVocabulary: Sendable {
    /// RSS or Atom, or the one that the feed calls its own.
    case core
    case dublinCore, dublinCoreTerms, content, media, itunes, xhtml, license, feedBurner
    /// One that is not read.
    case other

    /// The vocabulary of a namespace. Addresses are compared without case and final slash, for
    /// feeds write them in every way.
    init(_ namespace: String, rootNamespace: String) {
        let address = Self.normal(namespace)
        if let known = Self.addresses[address] {
            self = known
        } else if address.isEmpty || address == Self.normal(rootNamespace) {
            self = .core
        } else {
            self = Self.coreBeginnings.contains { address.hasPrefix($0) } ? .core : .other
        }
    }

    /// The vocabulary of an element; prefixes that nobody declared mean what they usually mean.
    init(_ element: MarkupElement, rootNamespace: String) {
        if element.name.namespace.isEmpty, !element.name.prefix.isEmpty {
            self = Self.prefixes[element.name.prefix.lowercased()] ?? .other
        } else {
            self.init(element.name.namespace, rootNamespace: rootNamespace)
        }
    }

    private static func normal(_ namespace: String) -> String {
        var address = namespace.lowercased().feedTrimmed
        while address.last == "/" || address.last == "#" { address.removeLast() }
        return address.hasPrefix("https:") ? "http:" + address.dropFirst("https:".count) : address
    }

    private static let coreBeginnings = [
        "http://backend.userland.com/rss", "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0", "http://my.netscape.com/rdf/simple/0.9",
        "http://channel.netscape.com/rdf/simple/0.9", "http://my.netscape.com/publish/formats/rss",
        "http://purl.org/net/rss1.1", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns",
        "http://www.rssboard.org/rss-specification", "http://cyber.law.harvard.edu/rss",
    ]

    private static let addresses: [String: FeedVocabulary] = [
        "http://purl.org/dc/elements/1.1": .dublinCore,
        "http://purl.org/dc/elements/1.0": .dublinCore,
        "http://purl.org/dc/terms": .dublinCoreTerms,
        "http://purl.org/rss/1.0/modules/content": .content,
        "http://search.yahoo.com/mrss": .media,
        "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
        "http://example.com/dtds/podcast-1.0.dtd": .itunes,
        "http://www.w3.org/1999/xhtml": .xhtml,
        "http://web.resource.org/cc": .license, "http://creativecommons.org/ns": .license,
        "http://backend.userland.com/creativecommonsrssmodule": .license,
        "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": .license,
        "http://rssnamespace.org/feedburner/ext/1.0": .feedBurner,
        "http://purl.org/rss/1.0/modules/link": .other,
        "http://purl.org/rss/1.0/modules/syndication": .other,
        "http://purl.org/rss/1.0/modules/slash": .other,
        "http://purl.org/rss/1.0/modules/taxonomy": .other,
        "http://purl.org/rss/modules/aggregation": .other,
    ]

    private static let prefixes: [String: FeedVocabulary] = [
        "dc": .dublinCore, "dcterms": .dublinCoreTerms, "content": .content, "media": .media,
        "itunes": .itunes, "xhtml": .xhtml, "atom": .core, "atom10": .core, "rss": .core,
        "feedburner": .feedBurner, "cc": .license,
    ]
}
