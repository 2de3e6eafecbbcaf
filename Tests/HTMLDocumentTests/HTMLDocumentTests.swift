import Testing

import enum HTMLDocument.Tag

@testable import HTMLDocument

/// Parses a page written in a test.
func parse(_ markup: String) -> HTMLDocument {
    HTMLDocument(parsing: Array(markup.utf8))
}

/// The nodes below the body in the notation of the conformance data, without the margin.
func bodyDump(_ markup: String) -> String {
    let page = parse(markup)
    let lines = TreeDump.dump(page, below: page.body ?? page.root).split(separator: "\n")
    return lines.map { String($0.dropFirst(2)) }.joined(separator: "\n")
}

@Suite
struct HTMLDocumentTests {
    private let page = parse(
        """
        <!doctype html><html lang=en><head><title>Harbour reopens</title></head>
        <body><!-- lead --><article id=a1 data-desk="City &amp; Port"><h1>Harbour</h1>
        <p class=lede>Ships <b>sail</b> again.<p>Two<template><p>hidden</template></article>
        <x-card>card</x-card><svg><title>icon</title></svg></body></html>
        """
    )

    @Test(arguments: [(0, ""), (1, "a"), (2, "a"), (3, "aé"), (4, "aéb"), (9, "aébc")])
    func `the beginning of a text ends at a character`(limit: Int, expected: String) {
        let page = HTMLDocument(parsing: Array("<p>aé<b>b</b>c</p>".utf8))
        let body = page.body ?? page.root
        #expect(page.textContent(of: body, limitBytes: limit) == expected)
    }

    @Test
    func `an attribute is found by its name alone`() throws {
        let page = HTMLDocument(parsing: Array("<p id=x class='a b' CLASS=c data-id=y>".utf8))
        let paragraph = try #require(page.elements(.p).first)
        let found = page.attributeBytes(AttributeName("class"), of: paragraph)
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == "a b")
        #expect(page.attributeBytes(AttributeName("data"), of: paragraph) == nil)
        #expect(page.attributeBytes(AttributeName("id"), of: page.root) == nil)
    }

    @Test
    func `a page has a document element, a head and a body`() throws {
        let html = try #require(page.documentElement)
        #expect(page.isHTML(html, .html))
        #expect(page.attribute("lang", of: html) == "en")
        #expect(page.head.map { page.tag(of: $0) } == .head)
        #expect(page.body.map { page.tag(of: $0) } == .body)
        #expect(page.parent(of: html) == page.root)
        #expect(!page.isInQuirksMode)
    }

    @Test
    func `an empty page still has a head and a body`() {
        let page = HTMLDocument(parsing: [])
        #expect(page.head != nil)
        #expect(page.body != nil)
        #expect(page.isInQuirksMode)
    }

    @Test
    func `attributes are found by their lower-case name`() throws {
        let article = try #require(page.elements(.article).first)
        #expect(page.attribute("data-desk", of: article) == "City & Port")
        #expect(page.attribute("DATA-DESK", of: article) == nil)
        #expect(page.hasAttribute("id", of: article))
        #expect(page.attributes(of: article).map(\.name) == ["id", "data-desk"])
        #expect(page.attribute("id", of: page.root) == nil)
    }

    @Test
    func `text content joins the text below a node and leaves templates out`() throws {
        let paragraphs = page.elements(.p)
        #expect(paragraphs.map { page.textContent(of: $0) } == ["Ships sail again.", "Two"])
        let template = try #require(page.elements(.template).first)
        let contents = try #require(page.templateContents(of: template))
        #expect(page.textContent(of: contents) == "hidden")
        #expect(page.firstChild(of: template) == nil)
        #expect(page.parent(of: contents) == nil)
    }

    @Test
    func `unknown names are other tags with their name`() throws {
        let card = try #require(
            page.descendants(of: page.root).first { page.name(of: $0) == "x-card" }
        )
        #expect(page.tag(of: card) == .other)
        #expect(page.kind(of: card) == .element)
    }

    @Test
    func `elements of a name are those of HTML alone`() throws {
        #expect(page.elements(.title).map { page.textContent(of: $0) } == ["Harbour reopens"])
        let svg = try #require(page.descendants(of: page.root).first { page.tag(of: $0) == .svg })
        #expect(page.namespace(of: svg) == .svg)
    }

    @Test
    func `descendants come in document order and can pass over a subtree`() throws {
        let article = try #require(page.elements(.article).first)
        let tags = page.descendants(of: article).filter { page.kind(of: $0) == .element }
            .map { page.tag(of: $0) }
        #expect(tags == [.h1, .p, .b, .p, .template])
        var walk = page.descendants(of: article)
        var seen: [Tag] = []
        var next = walk.next()
        while let node = next {
            seen.append(page.tag(of: node))
            next = page.tag(of: node) == .p ? walk.nextSkippingChildren() : walk.next()
        }
        #expect(seen.filter { $0 != .other } == [.h1, .p, .p])
        #expect(walk.next() == nil)
    }

    @Test
    func `ancestors lead from the parent to the root`() throws {
        let bold = try #require(page.elements(.b).first)
        let tags = page.ancestors(of: bold).map { page.tag(of: $0) }
        #expect(tags == [.p, .article, .body, .html, .other])
    }

    @Test
    func `siblings and children are linked both ways`() {
        for node in page.descendants(of: page.root) {
            let children = Array(page.children(of: node))
            #expect(page.firstChild(of: node) == children.first)
            #expect(page.lastChild(of: node) == children.last)
            for (left, right) in zip(children, children.dropFirst()) {
                #expect(page.nextSibling(of: left) == right)
                #expect(page.previousSibling(of: right) == left)
            }
        }
    }

    @Test
    func `comments keep their text and have no part in text content`() throws {
        let comment = try #require(
            page.descendants(of: page.root).first { page.kind(of: $0) == .comment }
        )
        #expect(page.text(of: comment) == " lead ")
        #expect(!page.textContent(of: page.root).contains("lead"))
    }

    @Test
    func `a fragment's nodes are children of the document element`() throws {
        let fragment = HTMLDocument(parsingFragment: Array("<td>1<td>2".utf8), inside: .tr)
        let root = try #require(fragment.documentElement)
        let cells = fragment.children(of: root).map { fragment.tag(of: $0) }
        #expect(cells == [.td, .td])
    }

    @Test
    func `every tag is spelled like its case`() {
        for tag in Tag.allCases where tag != .other && tag != .annotationXML {
            #expect(tag.name == String(describing: tag))
            let bytes = Array(tag.name.utf8)
            #expect(TagTable.shared.tag(named: bytes[...], hash: NameHash.of(bytes)) == tag)
        }
        #expect(Tag.annotationXML.name == "annotation-xml")
    }
}
