import Testing
import WHATWGURL

@testable import Feeds

/// What the standards of feeds say beyond the published cases.
struct FeedStandardTests {
    private static let base = WebURL("https://tide.example/news/feed")

    private func feed(_ text: String) throws -> Feed {
        try #require(Feed(Array(text.utf8), base: Self.base))
    }

    private func atom(_ entry: String, head: String = "") throws -> FeedEntry {
        let text = "<feed xmlns='http://www.w3.org/2005/Atom'>\(head)<entry>\(entry)</entry></feed>"
        return try #require(try feed(text).entries.first)
    }

    private func rss(_ item: String) throws -> FeedEntry {
        let text = "<rss version='2.0'><channel><item>\(item)</item></channel></rss>"
        return try #require(try feed(text).entries.first)
    }

    private func json(_ item: String) throws -> FeedEntry {
        let text = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[\(item)]}"
        return try #require(try feed(text).entries.first)
    }

    /// RFC 4287, 4.2.7.2: a relation without a scheme is one of the registry.
    @Test(arguments: [
        "<link href='/a'/>", "<link rel='alternate' href='/a'/>", "<link rel='' href='/a'/>",
        "<link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>",
        "<link rel='self' href='/self'/><link rel='ALTERNATE' type='text/html' href='/a'/>",
        "<link rel='alternate' type='application/pdf' href='/p'/><link href='/a'/>",
        "<link rel='enclosure' href='/e'/><link rel='related' href='/r'/><link href='/a'/>",
    ])
    func `the page is behind the link that calls itself an alternate`(links: String) throws {
        #expect(try atom(links).address == "https://tide.example/a")
    }

    /// RFC 4287, 4.1.3.2: content may lie elsewhere; an entry with such needs no link.
    @Test func `content that lies elsewhere is the page of an entry without a link`() throws {
        let entry = try atom("<id>tag:tide.example,2026:1</id><content type='text/html' src='/c'/>")
        #expect(entry.address == "https://tide.example/c")
        let picture = try atom("<content type='image/png' src='/c.png'/>")
        #expect(picture.address == nil)
    }

    @Test func `an identifier is the page's address only where nothing else is`() throws {
        #expect(try atom("<id>https://tide.example/x</id>").address == "https://tide.example/x")
        #expect(try atom("<id>tag:tide.example,2026:1</id>").address == nil)
        let both = try atom("<id>https://o.example/</id><link href='b'/>")
        #expect(both.address == "https://tide.example/news/b")
        #expect(try json("{\"id\":\"https://tide.example/j\"}").address == "https://tide.example/j")
        #expect(try json("{\"id\":7}").address == nil)
    }

    /// RSS 2.0: a guid is a permalink unless it says that it is none.
    @Test func `a guid is an address unless it says that it is none`() throws {
        let guid = "https://tide.example/g"
        #expect(try rss("<guid>\(guid)</guid>").address == guid)
        #expect(try rss("<guid isPermaLink='true'>\(guid)</guid>").address == guid)
        #expect(try rss("<guid isPermaLink='false'>\(guid)</guid>").address == nil)
        #expect(try rss("<guid>no address</guid>").address == nil)
        #expect(try rss("<link>/l</link><guid>\(guid)</guid>").address == "https://tide.example/l")
    }

    /// RSS 1.0: the item's own address is in `rdf:about`.
    @Test func `an item of RDF without a link is where it says that it is`() throws {
        let text = """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
             xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://tide.example/"/>
            <item rdf:about="https://tide.example/r"><title>Tide</title></item></rdf:RDF>
            """
        #expect(try feed(text).entries.first?.address == "https://tide.example/r")
    }

    @Test func `bases are those around a link, one in the other`() throws {
        let entry = try atom(
            "<link xml:base='day/' href='1'/>",
            head: "<title>Tide</title>"
        )
        #expect(entry.address == "https://tide.example/news/day/1")
        let nested = """
            <feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://o.example/a/'>
            <entry xml:base='b/'><link href='c'/></entry></feed>
            """
        #expect(try feed(nested).entries.first?.address == "https://o.example/a/b/c")
    }

    /// JSON Feed 1.1: `external_url` is what a link of a blog is about, `url` its own page.
    @Test func `items of JSON Feed give pages, people of both versions, and dates`() throws {
        let own = "{\"id\":\"1\",\"url\":\"/j\",\"external_url\":\"https://o.example/\"}"
        #expect(try json(own).link == "https://tide.example/j")
        #expect(try json("{\"id\":\"1\",\"external_url\":\"/x\"}").address?.hasSuffix("/x") == true)
        let old = "{\"id\":\"1\",\"author\":{\"name\":\"Ana Ruiz\"},\"authors\":null}"
        #expect(try json(old).authors.map(\.name) == ["Ana Ruiz"])
        let dated = "{\"id\":\"1\",\"date_published\":\"2026-03-04T06:40:00.25+01:00\"}"
        #expect(try json(dated).date?.secondsSince1970 == 1_772_602_800)
    }

    @Test func `a mark of byte order and white space in front change nothing`() throws {
        let mark = "\u{FEFF}"
        let texts = [
            "\(mark){\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"url\":\"/a\"}]}",
            "\(mark)\n <?xml version='1.0'?><rss><channel><item><link>/a</link></item></channel>",
        ]
        for text in texts {
            #expect(try feed(text).entries.first?.address == "https://tide.example/a")
            let units = Array(text.utf16)
            let wide = units.reduce(into: [UInt8]()) { $0 += [UInt8($1 >> 8), UInt8($1 & 0xFF)] }
            let read = try #require(Feed(wide, base: Self.base))
            #expect(read.entries.first?.address == "https://tide.example/a")
        }
    }

    /// RFC 822 and RFC 3339 as feeds have them.
    @Test(arguments: [
        ("Wed, 04 Mar 2026 06:40:00 +0100", 1_772_602_800),
        ("Wed, 4 Mar 26 05:40 GMT", 1_772_602_800), ("4 Mar 2026 00:40:00 EST", 1_772_602_800),
        ("2026-03-04T05:40:00Z", 1_772_602_800), ("2026-03-04t05:40:00z", 1_772_602_800),
        ("2026-03-04T05:40:00.999-00:00", 1_772_602_800), ("2026-03-04T05:40Z", 1_772_602_800),
        ("2026-03-04", 1_772_582_400), ("2026-03", 1_772_323_200), ("2026", 1_767_225_600),
        ("Wed, 04 Mar 2026 24:00:00 GMT", 1_772_668_800),
    ])
    func `dates are read in the forms of the standards`(text: String, seconds: Int) {
        #expect(FeedDate(text)?.secondsSince1970 == seconds)
    }
}
