import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct IdentityURLTests {
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
        ("https://news.example\\a", "https://news.example/\\a"),
    ])
    func `a URL is normalised`(text: String, expected: String) {
        #expect(IdentityURL(text)?.text == expected)
    }

    @Test(arguments: [
        "", "news.example/a", "ftp://news.example/a", "https:///a", "https:/news.example",
        "https://news.example:99999/a", "https://news.example:0x/a", "file:///a.html", "https://",
        "https://a b/c", "://", "https://news.example:-1/",
    ])
    func `what is no absolute http URL gives nothing`(text: String) {
        #expect(IdentityURL(text) == nil)
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
        let left = try #require(IdentityURL(left))
        #expect(left.isSameSite(as: try #require(IdentityURL(right))) == isSame)
    }
}

@Suite struct ArticleIdentityTests {
    @Test(arguments: [
        ("https://www.news.example/a?x=1", "https://news.example/a", "https://news.example/a"),
        ("https://news.example/a", "https://origin.example/a", "https://news.example/a"),
        ("https://news.example/a", "https://news.example/", "https://news.example/a"),
        ("https://news.example/", "https://news.example/", "https://news.example/"),
        ("https://news.example/a", "not a url", "https://news.example/a"),
        ("file:///tmp/a.html", "https://news.example/a", "https://news.example/a"),
        ("file:///tmp/a.html", "https://news.example/", "file:///tmp/a.html"),
    ])
    func `the canonical URL counts when it may`(final: String, canonical: String, url: String) {
        var draft = Draft()
        draft.url = "https://t.example/short"
        draft.finalURL = final
        draft.canonical = canonical
        #expect(ArticleIdentity(of: draft.annotated.article).url == url)
    }

    @Test func `a saved page without a canonical URL is its file`() {
        var draft = Draft()
        draft.url = "file:///tmp/a.html"
        let identity = ArticleIdentity(of: draft.annotated.article)
        #expect(identity.url == draft.url)
        #expect(identity.host == "file")
    }

    @Test func `the identifier is the beginning of the SHA-256 of the URL`() {
        #expect(ArticleIdentity(url: "https://news.example/a").id == "95bbca1f9b4bae7d")
    }

    @Test func `spaces in a title do not make another content and words do`() {
        let text = Array("Text.".utf8)
        let digest = ArticleIdentity.contentDigest(title: "A  b ", text: text)
        #expect(digest == ArticleIdentity.contentDigest(title: "A b", text: text))
        #expect(digest != ArticleIdentity.contentDigest(title: "A c", text: text))
        #expect(digest != ArticleIdentity.contentDigest(title: "A b", text: text + text))
    }
}

@Suite struct SortableInstantTests {
    @Test(arguments: [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:00Z", 0),
        ("2024", 1_704_067_200_000),
        ("2024-05", 1_714_521_600_000),
        ("2024-05-29", 1_716_940_800_000),
        ("2024-05-29T14:03", 1_716_991_380_000),
        ("2024-05-29T14:03:10+02:00", 1_716_984_190_000),
        ("2024-05-29T14:03:10.123456-0330", 1_717_003_990_000),
        ("2000-02-29 23:59:59Z", 951_868_799_000),
        ("0001-01-01", -62_135_596_800_000),
    ])
    func `a date becomes the beginning of what is known`(text: String, milliseconds: Int) {
        #expect(SortableInstant.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "24", "2024-", "2024-13", "2024-00-01", "2024-05-32", "yesterday", "2024-05-29T",
        "2024-05-29T25:00", "2024-05-29T14:03:10+", "2024-05-29T14:03Zulu", "２０２４", "-2024",
    ])
    func `what is no date gives nothing`(text: String) {
        #expect(SortableInstant.milliseconds(text) == nil)
    }
}
