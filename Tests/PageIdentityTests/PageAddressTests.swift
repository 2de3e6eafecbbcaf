import Testing

@testable import PageIdentity

@Suite struct PageAddressTests {
    @Test(arguments: [
        ("HTTPS://News.Example:443/A/b/?x=1#top", "https://news.example/A/b/?x=1"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example?b=2&a=1", "http://news.example/?b=2&a=1"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a?utm_source=x&id=7&FBCLID=y", "https://news.example/a?id=7"),
        ("https://news.example/a?gclid=1", "https://news.example/a"),
        ("https://news.example/a?ref=front", "https://news.example/a?ref=front"),
        ("https://user:secret@news.example./a", "https://news.example/a"),
        (" https://news.example/a", "https://news.example/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example\\a", "https://news.example/a"),
        ("https://news.example/#!/a/1", "https://news.example/#!/a/1"),
        ("https://www.google.com/amp/s/news.example/a%3Fb", "https://news.example/a%3Fb"),
    ])
    func `an address is given as links should give it`(text: String, url: String) {
        #expect(PageAddress(text)?.url == url)
    }

    @Test(arguments: [
        "", "news.example/a", "ftp://news.example/a", "https://news.example:99999/a",
        "https://news.example:0x/a", "file:///a.html", "https://", "https://a b/c", "://",
        "https://news.example:-1/",
    ])
    func `what is no absolute http address gives nothing`(text: String) {
        #expect(PageAddress(text) == nil)
    }

    /// Addresses of one page.
    private static let page = "https://tide.example/desk/harbour-wall-opens-4711"

    @Test(arguments: [
        page, page + "/", page + "?utm_medium=feed", page + "#comments", page + "/amp",
        page + "/amp/", page + "?amp", page + "?amp=1", page + "?outputType=amp",
        page + "/print", page + "?print=true", page + "?view=print", page + ".amp",
        page + "?page=all", page + "/index.html",
        "http://tide.example/desk/harbour-wall-opens-4711",
        "https://www.tide.example/desk/harbour-wall-opens-4711",
        "https://m.tide.example/desk/harbour-wall-opens-4711",
        "https://amp.tide.example/desk/harbour-wall-opens-4711",
        "https://tide.example/amp/desk/harbour-wall-opens-4711",
        "https://tide.example/desk/amp/harbour-wall-opens-4711",
        "https://tide.example/desk/harbour%2Dwall-opens-4711",
        "https://tide-example.cdn.ampproject.org/c/s/tide.example/desk/harbour-wall-opens-4711",
        "https://www.google.com/amp/s/www.tide.example/desk/harbour-wall-opens-4711/amp",
    ])
    func `all forms of a page have one key`(text: String) throws {
        #expect(try #require(PageAddress(text)).key == Self.page)
    }

    @Test(arguments: [
        ("https://tide.example/topics/amp", "https://tide.example/topics"),
        ("https://tide.example/a?id=1", "https://tide.example/a?id=2"),
        ("https://tide.example/a?page=2", "https://tide.example/a"),
        ("https://tide.example/a?view=chronology", "https://tide.example/a"),
        ("https://tide.example/A", "https://tide.example/a"),
        ("https://news.tide.example/a", "https://tide.example/a"),
        ("https://m.example/a", "https://example/a"),
        ("https://tide.example:8443/a", "https://tide.example/a"),
        ("https://tide.example/#!/a", "https://tide.example/#!/b"),
        ("https://tide.example/a%2Fb", "https://tide.example/a/b"),
        ("http://10.0.0.1/a", "http://11.0.0.1/a"),
        ("https://tide.example/print", "https://tide.example/"),
        ("https://google.com/amp/s/", "https://tide.example/"),
    ])
    func `what may be another page has another key`(left: String, right: String) throws {
        #expect(try #require(PageAddress(left)).key != (try #require(PageAddress(right))).key)
    }

    @Test func `the order of parameters makes no other page`() throws {
        let left = try #require(PageAddress("https://tide.example/a?b=2&a=1"))
        let right = try #require(PageAddress("https://tide.example/a?a=1&b=2&amp"))
        #expect(left.key == right.key)
        #expect(left.url != right.url)
    }

    @Test(arguments: [
        ("https://tide.example", true), ("https://tide.example/?utm_source=a#b", true),
        ("https://tide.example/index.html", true), ("https://tide.example/a", false),
        ("https://tide.example/?id=1", false), ("https://tide.example/#!/a", false),
    ])
    func `front pages are told apart`(text: String, isFront: Bool) throws {
        #expect(try #require(PageAddress(text)).isFrontPage == isFront)
    }

    @Test func `a key is the key of itself`() throws {
        for text in [Self.page + "/amp", "http://www.tide.example/a?b", "https://a.example/%7e"] {
            let key = try #require(PageAddress(text)).key
            #expect(try #require(PageAddress(key)).key == key)
        }
    }

    @Test(arguments: [
        ("https://www.news.example/a", "https://m.news.example/b", true),
        ("http://news.example/a", "https://news.example/a", true),
        ("https://news.example/a", "https://other.example/a", false),
        ("https://a.co.uk/1", "https://b.co.uk/1", false),
        ("https://www.a.co.uk/1", "https://a.co.uk/1", true),
        ("http://127.0.0.1:1/a", "http://127.0.0.1:2/a", false),
        ("http://10.0.0.1/a", "http://11.0.0.1/a", false),
        ("http://localhost/a", "http://localhost/b", true),
    ])
    func `two hosts are one site or not`(left: String, right: String, isSame: Bool) throws {
        let left = try #require(PageAddress(left))
        #expect(left.isSameSite(as: try #require(PageAddress(right))) == isSame)
    }
}
