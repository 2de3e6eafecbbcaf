import Testing

@testable import wirecopy_train

@Suite struct CopiedPageTests {
    private func lines(_ body: String) -> [String] {
        CopiedPage(html: Array("<!doctype html><body>\(body)".utf8)).lines
    }

    @Test func `each block begins a line, and paragraphs stand between empty ones`() {
        let page =
            "<h1>River <em>rises</em></h1><div>By Ann Lee</div>"
            + "<p>One.</p><p>Two.</p><div>Three</div>"
        let copied = ["River rises", "By Ann Lee", "", "One.", "", "Two.", "", "Three"]
        #expect(lines(page) == copied)
    }

    @Test func `menus and links are copied as they stand`() {
        let page = "<ul><li><a href=a>Home</a></li><li><a href=b>Sport</a></li></ul>"
        #expect(lines(page) == ["Home", "Sport"])
    }

    @Test func `a break ends the line, and cells of a row are told apart`() {
        #expect(lines("One<br>two") == ["One", "two"])
        #expect(lines("<table><tr><td>Lenne</td><td>2 m</td></tr></table>") == ["Lenne\t2 m"])
    }

    @Test(
        arguments: [
            "<script>var a = 1</script>", "<p hidden>Unseen</p>",
            "<div style='display: none'>Unseen</div>", "<select><option>Unseen</option></select>",
            "<!-- Unseen -->", "<noscript>Unseen</noscript>",
        ]
    )
    func `what a browser does not show is not copied`(_ unseen: String) {
        #expect(lines("<p>One.</p>\(unseen)<p>Two.</p>") == ["One.", "", "Two."])
    }

    @Test func `preformatted text keeps its lines`() {
        #expect(lines("<pre>One\n  two</pre>") == ["One", "two"])
    }

    @Test func `a tight copy has no empty lines`() {
        let page = CopiedPage(html: Array("<p>One.</p><p>Two.</p>".utf8))
        #expect(page.tightLines == ["One.", "Two."])
    }

    @Test func `elements in the depth of a hostile page are copied without a trap`() {
        let page = String(repeating: "<div>", count: 50_000) + "River"
        #expect(lines(page) == ["River"])
    }
}
