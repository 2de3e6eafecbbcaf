import HTMLDocument
import Testing
import WHATWGURL

@testable import Feeds

private func feed(_ text: String, at address: String = "https://tide.example/feed") throws -> Feed {
    try #require(Feed(Array(text.utf8), base: WebURL(address)))
}

@Suite struct FeedTests {
    @Test func `an article of RSS gives what a reader needs`() throws {
        let feed = try feed(
            """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:media="http://search.yahoo.com/mrss/"
                xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
            <channel><title>Tide</title><link>/</link><language>en-gb</language><ttl>15</ttl>
            <item><title>Harbour &amp;amp; wall</title><link>https://count.example/1</link>
            <feedburner:origLink>https://tide.example/1</feedburner:origLink>
            <guid isPermaLink="false">tide-1</guid>
            <pubDate>Sun, 29 Nov 2026 10:00:00 +0100</pubDate>
            <dc:creator>Ada Pell</dc:creator><category>Harbour</category>
            <description>The wall &lt;b&gt;opens&lt;/b&gt;.</description>
            <content:encoded><![CDATA[<p>The wall <a href="/2">opens</a>.</p>]]></content:encoded>
            <enclosure url="/1.mp3" type="audio/mpeg" length="7"/>
            <media:thumbnail url="/1.jpg"/></item></channel></rss>
            """
        )
        #expect(feed.format == .rss20)
        #expect(feed.head.link == "https://tide.example/")
        #expect(feed.head.language == "en-gb")
        let entry = try #require(feed.entries.first)
        #expect(entry.title?.text == "Harbour & wall")
        #expect(entry.address == "https://tide.example/1")
        #expect(entry.id == "tide-1")
        #expect(entry.date?.secondsSince1970 == 1_795_942_800)
        #expect(entry.authors.map(\.name) == ["Ada Pell"])
        #expect(entry.summary?.text == "The wall opens.")
        #expect(
            entry.contents.first?.markup
                == "<p>The wall <a href=\"https://tide.example/2\">opens</a>.</p>"
        )
        #expect(entry.enclosures.map(\.address) == ["https://tide.example/1.mp3"])
        #expect(entry.thumbnails == ["https://tide.example/1.jpg"])
    }

    @Test func `an article of Atom gives what a reader needs`() throws {
        let feed = try feed(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tide</title>
            <link rel="hub" href="https://hub.example/"/><id>urn:tide</id>
            <entry><title type="html">Harbour &amp;lt; wall</title><id>urn:tide:1</id>
            <link rel="alternate" type="application/json" href="/1.json"/>
            <link rel="alternate" href="/1"/><published>2026-11-29T10:00:00Z</published>
            <updated>2026-11-29T11:00:00Z</updated>
            <author><name>Ada Pell</name><email>ada@tide.example</email></author>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <em>wall</em>.<br/>
            </div></content></entry></feed>
            """
        )
        #expect(feed.head.addresses("hub") == ["https://hub.example/"])
        let entry = try #require(feed.entries.first)
        #expect(entry.title?.text == "Harbour < wall")
        #expect(entry.link == "https://tide.example/1")
        #expect(entry.authors.first?.text == "Ada Pell (ada@tide.example)")
        #expect(entry.contents.first?.text == "A wall.")
        #expect(entry.contents.first?.language == "en")
        #expect(entry.date?.text == "2026-11-29T10:00:00Z")
    }

    @Test func `an article of JSON Feed gives what a reader needs`() throws {
        let feed = try feed(
            """
            {"version": "https://jsonfeed.org/version/1.1", "title": "Tide", "language": "en",
             "home_page_url": "https://tide.example/", "next_url": "/feed?page=2",
             "items": [{"id": 7, "url": "/1", "title": "Harbour", "content_html": "<p>A wall.</p>",
              "date_published": "2026-11-29T10:00:00+01:00", "authors": [{"name": "Ada Pell"}],
              "tags": ["harbour", 3], "attachments": [{"url": "/1.mp3", "size_in_bytes": 7}]}, 5]}
            """
        )
        #expect(feed.format == .json1)
        #expect(feed.head.addresses("next") == ["https://tide.example/feed?page=2"])
        #expect(feed.entries.count == 1)
        let entry = try #require(feed.entries.first)
        #expect(entry.id == "7")
        #expect(entry.link == "https://tide.example/1")
        #expect(entry.contents.first?.text == "A wall.")
        #expect(entry.categories.map(\.term) == ["harbour"])
        #expect(entry.enclosures.first?.length == "7")
        #expect(entry.date?.secondsSince1970 == 1_795_942_800)
    }

    @Test func `broken feeds give what can be read of them`() throws {
        let feed = try feed(
            """
            <br />Warning: tide is low in <b>feed.php</b> on line 3<br>
            <?xml version="1.0"?><rss version=2.0><channel><title>Tide & Sea</title>
            <item><title>One &nbsp; & only</title><link>https://tide.example/1?a=1&b=2</link></item>
            <item><title>Two</title><link>https://tide.example/2<description>Cut o
            """
        )
        #expect(feed.head.title?.text == "Tide & Sea")
        #expect(feed.entries.map { $0.title?.text } == ["One & only", "Two"])
        #expect(feed.entries.first?.link == "https://tide.example/1?a=1&b=2")
    }

    @Test(arguments: ["", "<html><body>Tide</body></html>", "{\"items\": []}", "{", "tide", "<rss"])
    func `what is no feed is none`(text: String) {
        let feed = Feed(Array(text.utf8))
        #expect(feed == nil || feed?.entries.isEmpty == true)
        if text != "<rss" { #expect(feed == nil) }
    }

    @Test func `prefixes that nobody declared mean what they usually mean`() throws {
        let feed = try feed(
            "<rss><channel><item><dc:creator>Ada Pell</dc:creator></item></channel></rss>"
        )
        #expect(feed.entries.first?.authors.first?.name == "Ada Pell")
    }

    @Test func `entries and their parts are bounded`() throws {
        let items = String(repeating: "<item/>", count: Feed.entriesMax + 1)
        let categories = String(repeating: "<category>a</category>", count: Feed.partsMax + 1)
        let feed = try feed("<rss><channel>\(categories)\(items)</channel></rss>")
        #expect(feed.isCut)
        #expect(feed.entries.count == Feed.entriesMax)
        #expect(feed.head.categories.count == Feed.partsMax)
    }

    @Test(
        arguments: [
            ("Tide", "Tide", nil), ("ada@tide.example", nil, "ada@tide.example"),
            ("ada@tide.example (Ada Pell)", "Ada Pell", "ada@tide.example"),
            ("Ada Pell (ada@tide.example)", "Ada Pell", "ada@tide.example"),
            ("Ada Pell <ada@tide.example>", "Ada Pell", "ada@tide.example"),
            ("Ada Pell (Tide)", "Ada Pell (Tide)", nil),
        ] as [(String, String?, String?)]
    )
    func `people are read from one text`(text: String, name: String?, email: String?) {
        #expect(FeedPerson(text) == FeedPerson(name: name, email: email))
    }

    @Test(arguments: [
        ("<p>A</p><p>B&amp;C</p><script>x()</script>", "A B&C"), ("a<b>b</b>c", "abc"),
        ("one<br>two\n\n three", "one two three"), ("", ""),
    ])
    func `markup becomes text`(value: String, text: String) {
        #expect(FeedText(value: value, kind: .html).text == text)
    }

    @Test(arguments: [
        ("AT&amp;T", true), ("<b>a</b>", true), ("a<br/>b", true), ("2 > 1", false),
        ("a < b and c > d", false), ("AT&T;", false), ("A <blink> tag", false),
    ])
    func `a title that is HTML is told`(text: String, isHTML: Bool) {
        #expect(FeedText.looksLikeHTML(text) == isHTML)
    }
}

@Suite struct FeedDateTests {
    @Test(arguments: [
        ("Thu, 01 Jan 2004 19:48:21 GMT", 1_072_986_501),
        ("01 Jan 2004 19:48 EST", 1_073_004_480),
        ("Thu, 1 Jan 04 19:48:21 -0530", 1_073_006_301),
        ("Thursday, 01-Jan-04 19:48:21 GMT", 1_072_986_501),
        ("Thu Jan  1 19:48:21 2004", 1_072_986_501),
        ("Thu Jan  1 19:48:21 GMT 2004", 1_072_986_501),
        ("Jan 1, 2004 7:48 PM", 1_072_986_480),
        ("2004-01-01T19:48:21Z", 1_072_986_501), ("2004-01-01T19:48:21.5+01:00", 1_072_982_901),
        ("2004-01-01 19:48:21", 1_072_986_501), ("2004-01-01T19:48", 1_072_986_480),
        ("20040101T194821Z", 1_072_986_501), ("2004-01-01", 1_072_915_200),
        ("2004-01", 1_072_915_200), ("2004", 1_072_915_200), ("1072986501", 1_072_986_501),
        ("1072986501000", 1_072_986_501), ("Thu, 01 January 2004 00:00:00 UTC+1", 1_072_911_600),
    ])
    func `dates of programs are read`(text: String, seconds: Int) {
        #expect(FeedDate(text)?.secondsSince1970 == seconds)
    }

    @Test(arguments: [
        "yesterday", "2004-13-01", "30 Feb 2004", "0", "99999999999999999999", "::", "-", "+", "T",
        "Thu, Thu, Thu", "1 1 1 1 1 1", String(repeating: "1 ", count: 5000),
    ])
    func `what is no date gives nothing`(text: String) {
        #expect(FeedDate(text)?.secondsSince1970 == nil)
    }
}

@Suite struct FeedDiscoveryTests {
    @Test func `feeds and sitemaps of a page are found, surest first`() throws {
        let page = HTMLDocument(
            parsing: Array(
                """
                <head><base href="/desk/"><link rel="alternate"
                type="application/rss+xml; charset=utf-8" title="Desk" href="feed.xml">
                <link rel=sitemap href=/map.xml>
                <link rel="alternate" hreflang="de" href="/de"><link rel="alternate"
                type="application/atom+xml" href="/comments/feed"></head>
                <body><a href="/rss#top">RSS</a><a href="/rss">RSS</a>
                <a href="/feeding-time">Zoo</a>
                <a href="mailto:feed">Mail</a></body>
                """.utf8
            )
        )
        let offers = Feed.offers(in: page, at: try #require(WebURL("https://tide.example/")))
        #expect(
            offers.map { "\($0.kind) \($0.url.href)" } == [
                "feed https://tide.example/desk/feed.xml", "sitemap https://tide.example/map.xml",
                "likelyFeed https://tide.example/rss",
            ]
        )
        #expect(offers.first?.title == "Desk")
    }
}

@Suite struct OutlineFileTests {
    @Test func `a list is read with its folders`() throws {
        let text = """
            <opml version="1.0"><head><title>Mine</title></head><body>
            <outline text="Sea"><outline text="Coast"><outline type="rss" text="Tide"
            xmlUrl="https://tide.example/feed" htmlUrl="https://tide.example/"/></outline>
            <outline title="Bay" xmlurl="https://bay.example/feed"/></outline>
            <outline text="Tide again" xmlUrl="https://tide.example/feed"/></body></opml>
            """
        let list = try #require(OutlineFile(Array(text.utf8)))
        #expect(list.title == "Mine")
        #expect(list.sources.map(\.folders) == [["Sea", "Coast"], ["Sea"]])
        #expect(list.sources.map(\.title) == ["Tide", "Bay"])
        #expect(OutlineFile(Array("<html/>".utf8)) == nil)
    }

    @Test func `a list that is written is read back`() throws {
        let list = OutlineFile(
            title: "A & B",
            sources: [
                .init(address: "https://a.example/?a=1&b=2", title: "\"A\"", folders: ["x", "y"]),
                .init(address: "https://b.example/", title: "B", page: "https://b.example/p"),
                .init(address: "https://c.example/", title: "C <c>", folders: ["x", "y"]),
                .init(address: "https://d.example/", title: "D", folders: ["x"]),
            ]
        )
        let again = try #require(OutlineFile(Array(list.text.utf8)))
        #expect(again.title == list.title)
        #expect(Set(again.sources) == Set(list.sources))
        #expect(again.text == list.text)
    }
}
