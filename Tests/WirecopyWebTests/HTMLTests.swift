import Testing

@testable import WirecopyWeb

struct HTMLTests {
    @Test func `text of a page can never become markup`() {
        let name = "<script>alert('x')</script>\" onload=\"x"
        let html: HTML = "<p title=\"\(name)\">\(name)</p>"
        #expect(!html.text.contains("<script"))
        #expect(!html.text.contains("\" onload"))
        #expect(html.text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    }

    @Test func `markup enters markup as it is`() {
        let inner: HTML = "<em>\("a & b")</em>"
        let html: HTML = "<p>\(inner)</p>"
        #expect(html.text == "<p><em>a &amp; b</em></p>")
    }

    @Test func `characters that turn or hide text are shown as blanks`() {
        let html = HTML(showing: "a\u{202E}b\u{0}c\u{2066}d\u{FEFF}e\u{1B}[31m")
        #expect(html.text == "a b c d e [31m")
    }

    @Test func `joiners that words need are kept`() {
        #expect(HTML(showing: "می\u{200C}خواهم").text == "می\u{200C}خواهم")
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", " http://a.example", "//a.example",
    ])
    func `an address that must not be visited is no link`(_ address: String) {
        #expect(!Parts.outside(address).text.contains("href"))
    }

    @Test func `an address of the web is a link that tells nothing of where it stood`() {
        let link = Parts.outside("https://tide.example/?a=1&b=\"").text
        #expect(link.contains("href=\"https://tide.example/?a=1&amp;b=&quot;\""))
        #expect(link.contains("noreferrer"))
    }

    @Test func `a long name is cut where characters end`() {
        let name = String(repeating: "👩‍👩‍👧", count: 400)
        #expect(Parts.cut(name).count == Parts.nameMax + 1)
        #expect(Parts.cut("short") == "short")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
    func `numbers are read in groups of three`(_ number: Int, _ text: String) {
        #expect(Figure.count(number) == text)
    }
}
