import Testing

import enum HTMLDocument.Tag

@testable import HTMLDocument

@Suite
struct TreeBuilderTests {
    @Test
    func `a block ends an open paragraph`() {
        #expect(
            bodyDump("<p>one<div>two</div>three") == """
                <p>
                  "one"
                <div>
                  "two"
                "three"
                """
        )
    }

    @Test
    func `formatting left open is opened again in the next block`() {
        #expect(
            bodyDump("<p><b>one<p>two") == """
                <p>
                  <b>
                    "one"
                <p>
                  <b>
                    "two"
                """
        )
    }

    @Test
    func `crossing tags are untangled by the adoption agency`() {
        #expect(
            bodyDump("<b>1<p>2</b>3</p>") == """
                <b>
                  "1"
                <p>
                  <b>
                    "2"
                  "3"
                """
        )
    }

    @Test
    func `at most three equal formatting elements are opened again`() {
        #expect(
            bodyDump("<p><i><i><i><i>x<p>y") == """
                <p>
                  <i>
                    <i>
                      <i>
                        <i>
                          "x"
                <p>
                  <i>
                    <i>
                      <i>
                        "y"
                """
        )
    }

    @Test
    func `text in a table but in no cell goes in front of the table`() {
        #expect(
            bodyDump("<!doctype html><table>lost<tr><td>kept") == """
                "lost"
                <table>
                  <tbody>
                    <tr>
                      <td>
                        "kept"
                """
        )
    }

    @Test
    func `text nodes that take turns keep their text apart`() {
        let page = parse("<table>a&lt;<tr>b&gt;<td>c</td>d&amp;<tr>e<td>f&amp;g</table>")
        let texts = page.descendants(of: page.root).filter { page.kind(of: $0) == .text }
        #expect(texts.map { page.text(of: $0) } == ["a<b>d&e", "c", "f&g"])
    }

    @Test
    func `a list item ends the one before but not the one around its list`() {
        #expect(
            bodyDump("<ul><li>1<ul><li>2</ul><li>3</ul>") == """
                <ul>
                  <li>
                    "1"
                    <ul>
                      <li>
                        "2"
                  <li>
                    "3"
                """
        )
    }

    @Test
    func `without scripting, the content of noscript is markup`() {
        let page = parse("<body><noscript><img src=a.jpg></noscript>")
        #expect(page.elements(.img).count == 1)
    }

    @Test
    func `a script of any length ends where its end tag begins`() {
        for count in 0..<100 {
            let plain = String(repeating: "x", count: count)
            for text in [plain, "<!--" + plain + "--" + plain + "-->" + plain, plain + "<" + plain]
            {
                let page = parse("<script>\(text)</script><p>after")
                #expect(page.textContent(of: page.root) == text + "after")
                #expect(page.elements(.p).count == 1)
            }
        }
    }

    @Test
    func `scripts are text up to their end tag`() throws {
        let page = parse("<script>if (a < b) { '<p>' } <!-- <script> </script> --></script>after")
        let script = try #require(page.elements(.script).first)
        #expect(page.textContent(of: script) == "if (a < b) { '<p>' } <!-- <script> </script> -->")
        #expect(page.elements(.p).isEmpty)
    }

    @Test
    func `a second body tag adds the attributes that the first has not`() throws {
        let page = parse("<body class=a><p>x<body class=b id=c>")
        let body = try #require(page.body)
        #expect(page.attribute("class", of: body) == "a")
        #expect(page.attribute("id", of: body) == "c")
        #expect(page.elements(.body).count == 1)
    }

    @Test
    func `SVG names get their own spelling and HTML ends SVG`() {
        #expect(
            bodyDump("<svg viewbox='0 0 1 1'><lineargradient/><p>text") == """
                <svg svg>
                  viewBox="0 0 1 1"
                  <svg linearGradient>
                <p>
                  "text"
                """
        )
    }

    @Test
    func `a table ends a paragraph unless the page asks for quirks`() {
        #expect(parse("<!doctype html><p><table>").elements(.table, belowFirst: .p).isEmpty)
        #expect(parse("<p><table>").elements(.table, belowFirst: .p).count == 1)
    }

    @Test
    func `frames take the place of the body`() throws {
        let page = parse("<frameset><frame src=a.html></frameset>")
        #expect(page.body.map { page.tag(of: $0) } == .frameset)
        #expect(page.elements(.frame).count == 1)
    }
}

extension HTMLDocument {
    fileprivate func elements(_ tag: Tag, belowFirst parent: Tag) -> [NodeID] {
        elements(parent).first.map { elements(tag, below: $0) } ?? []
    }
}
