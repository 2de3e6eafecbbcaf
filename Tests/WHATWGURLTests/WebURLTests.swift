import Testing

@testable import WHATWGURL

@Suite struct WebURLTests {
    @Test(arguments: [
        ("HTTPS://Tide.Example:443/a/../b?q=1#x", "https://tide.example/b?q=1#x"),
        ("http:tide.example", "http://tide.example/"),
        ("http:\\\\tide.example\\a\\.\\b", "http://tide.example/a/b"),
        ("http://tide.example:0080/", "http://tide.example/"),
        (
            "http://b\u{FC}cher.example/\u{E9}?\u{E9}=' #\u{E9}`",
            "http://xn--bcher-kva.example/%C3%A9?%C3%A9=%27%20#%C3%A9%60"
        ),
        ("http://a:b@c:d@tide.example/", "http://a:b%40c%3Ad@tide.example/"),
        ("http://tide.example/%2e%2E/%2e/a%2", "http://tide.example/a%2"),
        ("http://0x7F.1/", "http://127.0.0.1/"), ("http://017700000001/", "http://127.0.0.1/"),
        ("http://[::FFFF:1.2.3.4]/", "http://[::ffff:102:304]/"),
        ("http://[1:0:0:2:0:0:0:3]/", "http://[1:0:0:2::3]/"),
        ("file:///C|/a/../..", "file:///C:/"), ("file://localhost/a", "file:///a"),
        ("mailto:desk@tide.example", "mailto:desk@tide.example"),
        ("news:/.//a", "news:/.//a"), ("git://tide.example:9418/a", "git://tide.example:9418/a"),
        (" \u{1}http://ti\tde.example/\n ", "http://tide.example/"),
        ("data:a ?b", "data:a%20?b"),
    ])
    func `addresses are written in one way`(text: String, href: String) throws {
        let url = try #require(WebURL(text))
        #expect(url.href == href)
        #expect(WebURL(href) == url)
    }

    @Test(
        arguments: [
            ("http://", .hostMissing), ("https://@/", .hostMissing), ("tide.example", .notAbsolute),
            ("http://a b/", .hostInvalid), ("http://tide.example:1x/", .portInvalid),
            ("http://tide.example:65536/", .portInvalid), ("http://[::1/", .hostInvalid),
            ("http://[:::1]/", .hostInvalid), ("http://1.2.3.4.5/", .hostInvalid),
            ("http://256.1.1.1/", .hostInvalid), ("http://a%00b/", .hostInvalid),
            ("http://a%FFb/", .hostInvalid), ("http://xn--a/", .hostInvalid),
            ("http://[1:2:3:4:5:6:7:8:9]/", .hostInvalid), ("http://[::1.2.3]/", .hostInvalid),
            ("", .notAbsolute), ("//tide.example/", .notAbsolute), ("a b:c", .notAbsolute),
        ] as [(String, WebURLFailure)]
    )
    func `what is wrong is told`(text: String, failure: WebURLFailure) {
        #expect(throws: failure) { try WebURL(parsing: text) }
        #expect(failure.description.hasSuffix("."))
    }

    @Test func `an address that is too long is refused`() {
        let text = "http://tide.example/" + String(repeating: "a", count: WebURL.lengthMaxBytes)
        #expect(throws: WebURLFailure.tooLong) { try WebURL(parsing: text) }
        // It grows when it is encoded.
        let growing = "http://tide.example/" + String(repeating: "\u{E9}", count: 20_000)
        #expect(throws: WebURLFailure.tooLong) { try WebURL(parsing: growing) }
    }

    @Test(arguments: [
        ("c", "http://tide.example/a/c"), ("/c", "http://tide.example/c"),
        ("?c", "http://tide.example/a/b?c"), ("#c", "http://tide.example/a/b?q#c"),
        ("", "http://tide.example/a/b?q"), ("//sea.example", "http://sea.example/"),
        ("../../c/.", "http://tide.example/c/"), ("http:c", "http://tide.example/a/c"),
        ("https:c", "https://c/"), ("\\c", "http://tide.example/c"), ("mailto:a", "mailto:a"),
    ])
    func `a reference is resolved`(reference: String, href: String) {
        let base = WebURL("http://tide.example/a/b?q#f")
        #expect(WebURL(reference, base: base)?.href == href)
    }

    @Test func `an address without segments is no base but for fragments`() {
        let base = WebURL("mailto:desk@tide.example")
        #expect(WebURL("a", base: base) == nil)
        #expect(WebURL("#a", base: base)?.href == "mailto:desk@tide.example#a")
    }

    @Test(arguments: [
        ("FA\u{DF}.example", "xn--fa-hia.example"), ("\u{2603}.example", "xn--n3h.example"),
        ("-\u{F6}-.example", "xn-----fka.example"), ("a\u{3002}b", "a.b"),
        ("ab--\u{F6}.example", "xn--ab---8qa.example"),
        ("under_score.example", "under_score.example"),
        ("XN--FA-HIA.example", "xn--fa-hia.example"), ("a..b", "a..b"), ("\u{F6}..b", "xn--nda..b"),
    ])
    func `names are brought into ASCII`(name: String, ascii: String) {
        #expect(DomainName.ascii(Array(name.utf8)) == ascii)
    }

    @Test(arguments: [
        "a\u{200D}b", "\u{301}a", "\u{FFFD}", "xn--a-", "xn--fA\u{DF}", "xn--0", "\u{AD}",
        "xn--fa-hia9999999999999", "\u{5D0}a", "xn--pokxncvks", "a\u{2100}b",
    ])
    func `what cannot be a name is none`(name: String) {
        #expect(DomainName.ascii(Array(name.utf8)) == nil)
    }

    @Test(arguments: ["b\u{FC}cher", "\u{4F60}\u{597D}", "a-\u{1F30A}-b", "\u{10FFFF}", "\u{F6}"])
    func `Punycode is undone by its reverse`(label: String) throws {
        let encoded = try #require(Punycode.encoded(label))
        #expect(Punycode.decoded(encoded) == label)
    }

    @Test(
        arguments: [
            ("http://[::ffff:10.0.0.1]/", 0x0A00_0001), ("http://[64:ff9b::a00:1]/", 0x0A00_0001),
            ("http://[2002:a00:1::]/", 0x0A00_0001), ("http://[::10.0.0.1]/", 0x0A00_0001),
            ("http://[2001:db8::1]/", nil), ("http://[::1]/", nil), ("http://[::]/", nil),
        ] as [(String, UInt32?)]
    )
    func `an IPv4 address inside of an IPv6 address is seen`(text: String, address: UInt32?) throws
    {
        guard case .ipv6(let host) = try #require(WebURL(text)?.host) else {
            Issue.record("\(text) has no IPv6 address.")
            return
        }
        #expect(host.embeddedIPv4 == address)
    }

    @Test func `parts are given`() throws {
        let url = try #require(WebURL("https://a:b@tide.example:8443/c?d#e"))
        #expect(url.origin == "https://tide.example:8443")
        #expect(url.target == "/c?d")
        #expect(url.effectivePort == 8443)
        #expect(url.withoutCredentials.withoutFragment.href == "https://tide.example:8443/c?d")
        #expect(url.host?.isAddress == false)
        #expect(WebURL("mailto:a")?.origin == nil)
        #expect(WebURL("http://1.2.3.4")?.host?.isAddress == true)
    }
}
