/// Makes feeds and sitemaps, and damages markup as those do who write it by hand.
enum MarkupMaker {
    /// Entries of a made-up document.
    private static let entriesMax = 4

    /// Texts of elements.
    private static let texts = [
        "Harbour &amp; wall", "&lt;b&gt;Tide&lt;/b&gt;", "<![CDATA[<p>A <a href='/x'>wall</a>]]>",
        "",
        "caf\u{E9} &#233; &#x1F30A; &nbsp;", "2026-11-29T10:00:00Z", "https://tide.example/1",
        "Sun, 29 Nov 2026 10:00:00 +0100", "  spaced\n out ", "ada@tide.example (Ada Pell)",
        "PHA+VGlkZTwvcD4=", "/relative", "12", "a,b,c",
    ]

    private static let feedParts = [
        "title", "link", "description", "summary", "content", "author", "category", "guid", "id",
        "pubDate", "updated", "published", "dc:creator", "dc:date", "content:encoded", "source",
        "media:title", "media:group", "itunes:author", "enclosure", "comments", "rights", "image",
    ]

    private static let attributes = [
        "", " href=\"/a\"", " rel='alternate'", " type=\"html\"", " type=\"xhtml\"", " url='/b'",
        " xml:base=\"/c/\"", " xml:lang=\"en_GB\"", " mode=\"base64\"", " isPermaLink=\"false\"",
        " xmlns=\"http://www.w3.org/1999/xhtml\"", " term='t'",
    ]

    /// RSS, RDF, Atom or JSON Feed.
    static func feed(using generator: inout SeededGenerator) -> String {
        let namespaces =
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content="
            + "\"http://purl.org/rss/1.0/modules/content/\" "
            + "xmlns:media=\"http://search.yahoo.com/mrss/\""
        switch generator.below(8) {
        case 0, 1, 2:
            let items = entries("item", &generator)
            return "<?xml version=\"1.0\"?><rss version=\"2.0\"\(namespaces)><channel>"
                + part(&generator) + items + "</channel></rss>"
        case 3:
            return "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"\(namespaces)><channel>"
                + part(&generator) + "</channel>" + entries("item", &generator) + "</rdf:RDF>"
        case 4:
            let title = generator.one(of: ["Tide", "Harbour \\u00e9", "<b>"])
            return "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"\(title)\","
                + "\"items\":[{\"id\":\"\(generator.below(99))\",\"url\":\"/1\"}]}"
        default:
            return "<feed xmlns=\"http://www.w3.org/2005/Atom\"\(namespaces)>" + part(&generator)
                + entries("entry", &generator) + "</feed>"
        }
    }

    /// Pages, an index or a text.
    static func sitemap(using generator: inout SeededGenerator) -> String {
        let number = generator.below(1000)
        let address = "https://tide.example/\(number)"
        switch generator.below(4) {
        case 0:
            return "<sitemapindex><sitemap><loc>\(address)</loc><lastmod>2026</lastmod></sitemap>"
                + "<sitemap>\(address)</sitemap></sitemapindex>"
        case 1: return "\(address)\nhttps://tide.example/b\r\n\n# \(generator.one(of: texts))"
        default:
            let news =
                "<news:news><news:publication><news:name>Tide</news:name></news:publication>"
                + "<news:title>\(generator.one(of: texts))</news:title></news:news>"
            return "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>"
                + address + "</loc>\(news)<image:image><image:loc>/1.jpg</image:loc></image:image>"
                + "</url><url><loc>\(address)/b</loc></url></urlset>"
        }
    }

    private static func entries(_ name: String, _ generator: inout SeededGenerator) -> String {
        (0...generator.below(entriesMax)).map { _ in
            let parts = (0...generator.below(6)).map { _ in part(&generator) }
            return "<\(name)>\(parts.joined())</\(name)>"
        }.joined(separator: "\n")
    }

    private static func part(_ generator: inout SeededGenerator) -> String {
        let name = generator.one(of: feedParts)
        let attributes = generator.one(of: attributes) + generator.one(of: attributes)
        let inner = generator.once(in: 6) ? "<div>A <b>wall</b><br/></div>" : ""
        return "<\(name)\(attributes)>\(generator.one(of: texts))\(inner)</\(name)>"
    }

    /// Pieces of markup at which readers err.
    private static let pieces =
        [
            "<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "<!DOCTYPE a [<!ENTITY x \"y\">]>",
            "&x;", "&#0;", "&#xD800;", "</", "/>", "<a", "\"", "'", "=", " xmlns='a'",
            " xmlns:b='c'",
            "<a:b:c>", "<?", "?>", "<opml><body><outline xmlUrl='/f' text='F'/></body></opml>",
        ].map { Array($0.utf8) }

    /// Damages markup once.
    static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        let place = generator.below(bytes.count + 1)
        switch generator.below(4) {
        case 0: Mutator.damage(&bytes, using: &generator)
        case 1:
            let piece = generator.one(of: pieces)
            let run = (0...(generator.once(in: 8) ? generator.below(300) : 0)).flatMap { _ in piece
            }
            bytes.insert(contentsOf: run, at: place)
        case 2:
            // Elements that change places.
            let other = generator.below(bytes.count + 1)
            let range = min(place, other)..<max(place, other)
            let run = Array(bytes[range].prefix(200))
            bytes.removeSubrange(range.lowerBound..<range.lowerBound + run.count)
            bytes.insert(contentsOf: run, at: generator.below(bytes.count + 1))
        default:
            guard let tag = bytes[min(place, bytes.count)...].firstIndex(of: UInt8(ascii: "<"))
            else { return }
            let end = bytes[tag...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
            bytes.removeSubrange(tag...end)
        }
    }
}
