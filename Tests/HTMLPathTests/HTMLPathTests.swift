import HTMLDocument
import Testing

@testable import HTMLPath

@Suite struct HTMLPathTests {
    private static let page = """
        <!doctype html><html lang="en"><head><title>Locks</title>
        <meta property="og:title" content="Locks of the Lenne"></head><body>
        <div id="main" class="story wide"><h1> The  locks </h1>
        <p class="by">By <a rel="author" href="/ann">Ann Lee</a>, Brede</p>
        <p>One.</p><p>Two <b>bold</b>.</p><p>Three.</p>
        <ul><li>1</li><li>20</li><li>3</li></ul><!-- note --></div>
        <div class="teaser"><p>Other.</p></div></body></html>
        """
    private let document = HTMLDocument(parsing: Array(page.utf8))

    private func strings(_ text: String) throws -> [String] {
        try HTMLPath(text).strings(in: document)
    }

    @Test(
        arguments: [
            ("//h1", [" The  locks "]),
            ("//title/text()", ["Locks"]),
            ("/html/head/meta/@content", ["Locks of the Lenne"]),
            ("//meta[@property='og:title']/@content", ["Locks of the Lenne"]),
            ("//div[@id=\"main\"]/p[2]", ["One."]),
            ("//div[contains(@class, 'story')]/p[last()]", ["Three."]),
            (
                "//div[contains(concat(' ', normalize-space(@class), ' '), ' wide ')]/h1",
                [" The  locks "]
            ),
            ("//p[position() > 1 and position() < 4]", ["One.", "Two bold."]),
            ("(//p)[last()]", ["Other."]),
            ("//p[b]", ["Two bold."]),
            ("//p[not(@class)][1]", ["One.", "Other."]),
            ("//li[. > 2]", ["20", "3"]),
            ("//a[starts-with(@href, '/a')] | //h1", [" The  locks ", "Ann Lee"]),
            ("//b/..", ["Two bold."]),
            ("//b/ancestor::div/@id", ["main"]),
            ("//p[.='Two bold.']/following-sibling::p", ["Three."]),
            ("//p[.='Two bold.']/preceding-sibling::p[1]", ["One."]),
            ("//ul/following::p", ["Other."]),
            ("//div[@class='teaser']/preceding::li[1]", ["3"]),
            ("//*[self::h1 or self::b]", [" The  locks ", "bold"]),
            ("//comment()", [" note "]),
            ("//P/B", ["bold"]),
            ("//section", []),
        ] as [(String, [String])]
    )
    func `a path leads to its nodes in the order of the page`(
        _ path: String,
        _ expected: [String]
    ) throws {
        #expect(try strings(path) == expected)
    }

    @Test(arguments: [
        ("count(//p)", "5"), ("sum(//li)", "24"), ("2 + 3 * 4 - 1", "13"), ("7 mod 4", "3"),
        ("-(1 + 1)", "-2"), ("1 div 0", "Infinity"), ("number('x')", "NaN"),
        ("normalize-space(//h1)", "The locks"), ("string-length('løk')", "3"),
        ("substring-after(//p[@class='by'], 'By ')", "Ann Lee, Brede"),
        ("substring-before('2024-05-29T10', 'T')", "2024-05-29"),
        ("substring('12345', 2, 3)", "234"), ("substring('12345', 1.5, 2.6)", "234"),
        ("translate('bar', 'abc', 'AB')", "BAr"), ("translate('--a--', '-', '')", "a"),
        ("ends-with('river', 'er')", "true"), ("name(//a)", "a"), ("not(//section)", "true"),
        ("'a' = //b or 1 = 1", "true"), ("//li = 20", "true"), ("//li != 20", "true"),
        ("boolean('')", "false"), ("concat('a', 1, true())", "a1true"), ("round(2.5)", "3"),
        ("floor(-1.5)", "-2"), ("ceiling(1.2)", "2"), ("local-name(//a/@rel)", "rel"),
    ])
    func `a function has the value that the standard says`(
        _ path: String,
        _ expected: String
    ) throws {
        #expect(try strings(path) == [expected])
    }

    @Test(arguments: [
        "//div[", "//", "", "a b", "//div[@class='x]", "nothing(1)", "contains('a')", "//x::y",
        "$a", "//div)", "1 +",
    ])
    func `what is no expression is refused with its place`(_ text: String) {
        #expect { try HTMLPath(text) } throws: { error in
            (error as? PathFailure)?.code == .notUnderstood
        }
    }

    @Test func `brackets and length are bounded`() {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        for text in [deep, String(repeating: "(", count: 100) + "1"] {
            #expect { try HTMLPath(text) } throws: { error in
                (error as? PathFailure)?.code == .tooLarge
            }
        }
    }

    @Test func `an expression that goes over the page for each of its nodes is stopped`() throws {
        let page = String(repeating: "<div><p>text</p></div>", count: 3000)
        let document = HTMLDocument(parsing: Array(page.utf8))
        let path = try HTMLPath("//*[count(//*[count(//*) > 1]) > 1]")
        #expect { try path.nodes(in: document) } throws: { error in
            (error as? PathFailure)?.code == .tooCostly
        }
    }

    @Test func `markup gives the same tree again, without what is stripped`() throws {
        let body = try #require(document.body)
        let again = HTMLDocument(parsingFragment: document.markup(of: [body]))
        #expect(again.documentElement.map(again.textContent) == document.textContent(of: body))

        let teaser = try HTMLPath("//div[@class='teaser']").nodes(in: document)
        guard case .node(let stripped) = try #require(teaser.first) else { return }
        let rest = document.markup(of: [document.root], without: [stripped])
        let text = String(decoding: rest, as: UTF8.self)
        #expect(text.contains("<p>Two <b>bold</b>.</p>") && !text.contains("Other."))
        #expect(text.hasSuffix("</body></html>"))
    }

    @Test func `markup keeps signs of markup as text`() throws {
        let page = Array(
            "<p title='a\"b&amp;c'>1 &lt; 2 &amp;amp; <br>x</p><script>a<b</script>".utf8
        )
        let document = HTMLDocument(parsing: page)
        let body = try #require(document.body)
        let markup = document.markup(of: Array(document.children(of: body)))
        #expect(
            String(decoding: markup, as: UTF8.self)
                == "<p title=\"a&quot;b&amp;c\">1 &lt; 2 &amp;amp; <br>x</p><script>a<b</script>"
        )
    }
}
