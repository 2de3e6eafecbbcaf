import PageIdentity
import WHATWGURL

/// Addresses and references, put together from parts at which readers err.
///
/// Must be true: an address that is read is written so that it is read again as the same; its host
/// is ASCII; the key of a page's address is the key of itself.
struct AddressTarget: FuzzTarget {
    private static let schemes = [
        "http:", "https:", "HTTP:", "file:", "mailto:", "data:", "", "tide:", "ws:", "http", ":",
    ]
    private static let marks = [
        "//", "/", "", "///", "\\\\", "/\\", "//@", "//a:b@", "//:@", "//@@",
    ]
    private static let hosts = [
        "tide.example", "TIDE.example.", "b\u{FC}cher.example", "xn--bcher-kva.example", "xn--a",
        "127.0.0.1", "0x7f.1", "0300.0.0.1", "1.2.3", "256", "4294967296", "1.2.3.4.5", "0x", "08",
        "[::1]", "[::ffff:1.2.3.4]", "[1:2::]", "[1:2:3:4:5:6:7:8]", "[::1", "[]", "a%41b", "a%00",
        "%C3%BC", "\u{2603}", "a\u{200D}b", "\u{5D0}\u{5D1}.example", "-a-", "a..b",
        "m.tide.example",
        "www.tide.example", "tide-example.cdn.ampproject.org", "www.google.com", "", "localhost",
        "\u{FF21}\u{3002}b", "a b", "a|b",
    ]
    private static let ports = ["", ":", ":80", ":443", ":0", ":65535", ":65536", ":08080", ":a"]
    private static let paths = [
        "", "/", "/a/b", "/a/../..", "/%2e/%2E%2e/", "/./", "//a", "/a\\b", "/c|/d", "/C:/..",
        "/caf\u{E9}", "/a b\tc", "/%zz%4", "/amp/s/tide.example/a", "/c/s/tide.example/a-b-c/amp",
        "/desk/a-b-c/print", "/index.html", "/a;b=c", "a", "..", ".", "/a-b-1234.amp.html",
    ]
    private static let ends = [
        "", "?", "?a=1&b=2", "?utm_source=x&amp", "?a'b\"<>`", "?\u{E9}", "#", "#a b", "#!/a",
        "?a#b?c#d", "?amp=1&amp=1&&&=", " ", "\n", "\u{0}",
    ]
    private static let bases = [
        "http://tide.example/a/b?c#d", "file:///C:/a/b", "mailto:a", "tide://x/y/z", "about:blank",
        "https://tide.example", "data:text",
    ]

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        if generator.once(in: 16) {
            let path = "/desk/\(generator.below(100_000))?b=\(generator.below(9))"
            return FuzzInput([Array("https://www.tide.example\(path)".utf8)], isWhole: true)
        }
        var text = ""
        for parts in [Self.schemes, Self.marks, Self.hosts, Self.ports, Self.paths, Self.ends] {
            text += generator.one(of: parts)
        }
        var frames = [Array(text.utf8)]
        if generator.once(in: 2) { frames.append(Array(generator.one(of: Self.bases).utf8)) }
        if generator.once(in: 3) { Mutator.damage(&frames[0], using: &generator) }
        return FuzzInput(frames)
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let texts = input.frames.map { String(decoding: $0, as: UTF8.self) }
        let base = texts.dropFirst().first.flatMap { WebURL($0) }
        guard let text = texts.first, let url = WebURL(text, base: base) else { return .refused }
        guard url.href.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
            throw FuzzFinding("\(url.href) is not printable ASCII.")
        }
        guard WebURL(url.href) == url else {
            throw FuzzFinding("\(url.href) is read again as another address.")
        }
        guard let page = PageAddress(url) else { return .accepted }
        guard PageAddress(page.url)?.url == page.url, PageAddress(page.url)?.key == page.key else {
            throw FuzzFinding("\(page.url) is a page with another address or key.")
        }
        guard PageAddress(page.key)?.key == page.key else {
            throw FuzzFinding("\(page.key) has another key.")
        }
        return .accepted
    }
}
