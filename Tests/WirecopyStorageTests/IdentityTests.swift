import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct ArticleIdentityTests {
    @Test(arguments: [
        ("https://www.news.example/a?x=1", "https://news.example/a", "https://news.example/a"),
        ("https://news.example/a", "https://origin.example/a", "https://news.example/a"),
        ("https://news.example/a", "https://news.example/", "https://news.example/a"),
        ("https://news.example/", "https://news.example/", "https://news.example/"),
        ("https://news.example/a", "not a url", "https://news.example/a"),
        ("file:///tmp/a.html", "https://news.example/a", "https://news.example/a"),
        ("file:///tmp/a.html", "https://news.example/", "file:///tmp/a.html"),
        ("https://amp.news.example/a", "https://www.news.example/a", "https://www.news.example/a"),
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

    @Test func `the identifier is the beginning of the SHA-256 of the key`() {
        #expect(ArticleIdentity(url: "https://news.example/a").id == "95bbca1f9b4bae7d")
    }

    @Test func `twins have one identifier and each its address`() {
        let twin = ArticleIdentity(url: "http://m.news.example/a/?utm_source=mail")
        #expect(twin.id == "95bbca1f9b4bae7d")
        #expect(twin.url == "http://m.news.example/a/")
        #expect(twin.host == "m.news.example")
    }

    @Test func `spaces in a title do not make another content and words do`() {
        let text = Array("Text.".utf8)
        let digest = ArticleIdentity.contentDigest(title: "A  b ", text: text)
        #expect(digest == ArticleIdentity.contentDigest(title: "A b", text: text))
        #expect(digest != ArticleIdentity.contentDigest(title: "A c", text: text))
        #expect(digest != ArticleIdentity.contentDigest(title: "A b", text: text + text))
    }

    @Test(arguments: [" \t\r\n", "\u{A0}", "\u{2003} "])
    func `spaces of any kind are one`(space: String) {
        for (left, right) in [("A", "b"), ("Ä", "b"), ("e\u{301}", "é")] {
            let single = ArticleIdentity.contentDigest(title: "\(left) \(right)", text: [])
            let title = space + left + space + right + space
            #expect(ArticleIdentity.contentDigest(title: title, text: []) == single)
        }
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
