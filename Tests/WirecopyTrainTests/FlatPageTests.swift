import Testing

@testable import wirecopy_train

@Suite struct FlatPageTests {
    private func page(_ body: String) -> String {
        let html = "<!doctype html><title>River &amp; rain</title><body>\(body)"
        return String(decoding: FlatPage(html: Array(html.utf8)).html, as: UTF8.self)
    }

    private func body(_ html: String) -> String {
        page(html).split(separator: "<body>\n").last.map(String.init)?
            .replacing("</body></html>", with: "") ?? ""
    }

    @Test func `nothing but paragraphs, their links and the headline is left`() {
        let flat = body(
            "<nav class=menu><ul><li><a href=/x>Home</a></li></ul></nav><article><h1>River</h1>"
                + "<div class=text><h2>Rain</h2><p>One <em>wet</em> night.</p></div></article>"
        )
        let expected = """
            <p><a href="#">Home</a></p>
            <h1>River</h1>
            <p>Rain</p>
            <p>One wet night.</p>

            """
        #expect(flat == expected)
    }

    @Test func `the title stays and other statements of the head do not`() {
        let flat = page("<script type=application/ld+json>{}</script><p>One.</p>")
        #expect(flat.contains("<title>River &amp; rain</title>"))
        #expect(!flat.contains("ld+json"))
    }

    @Test func `a link around several blocks links each of them`() {
        #expect(
            body("<a href=x><h3>River</h3><p>It rose.</p></a>")
                == "<p><a href=\"#\">River</a></p>\n<p><a href=\"#\">It rose.</a></p>\n"
        )
    }

    @Test func `marks of markup in a text stay text`() {
        #expect(body("<p>2 &lt; 3 &amp; 4</p>") == "<p>2 &lt; 3 &amp; 4</p>\n")
    }
}
