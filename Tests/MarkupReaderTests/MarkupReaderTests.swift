import HTMLDocument
import Testing

@testable import MarkupReader

/// The events of a document in short: `<a`, `text`, `>a`.
private func events(_ text: String) -> [String] {
    var reader = MarkupReader(Array(text.utf8))
    var events: [String] = []
    while let event = reader.next() {
        switch event {
        case .start(let name, let attributes):
            let values = attributes.map { " \($0.name.qualified)=\($0.value)" }.joined()
            events.append("<" + name.qualified + values)
        case .end(let name): events.append(">" + name.qualified)
        case .text(let text): events.append(text)
        }
    }
    return events
}

@Suite struct MarkupReaderTests {
    @Test(arguments: [
        ("<a b='1' c=\"2\">x</a>", ["<a b=1 c=2", "x", ">a"]),
        ("<?xml version='1.0'?>\n<a/>", ["\n", "<a", ">a"]),
        ("<a><![CDATA[<b>&amp;]]></a>", ["<a", "<b>&amp;", ">a"]),
        ("<a><!-- <b> -->x</a>", ["<a", "x", ">a"]),
        ("<a>Tide &amp; Sea &#233;&#xE9;&nbsp;&hellip;</a>", ["<a", "Tide & Sea éé\u{A0}…", ">a"]),
    ])
    func `documents are read`(text: String, expected: [String]) {
        #expect(events(text) == expected)
    }

    @Test(arguments: [
        ("<a>Tide & Sea &unknown; 1 < 2</a>", ["<a", "Tide & Sea &unknown; 1 ", "< 2", ">a"]),
        ("<a><b>x</a>", ["<a", "<b", "x", ">b", ">a"]),
        ("<a>x</b></a>", ["<a", "x", ">a"]),
        ("<a>x", ["<a", "x", ">a"]),
        ("<a b=1 c d='2' b=3>", ["<a b=1 c= d=2", ">a"]),
        ("<a <b>x</b>", ["<a", "<b", "x", ">b", ">a"]),
        ("<a>\u{1}x\u{8}</a>", ["<a", "x", ">a"]),
        ("<a><![CDATA[x", ["<a", "x", ">a"]), ("<", ["<"]), ("</", []), ("<!", []), ("", []),
        ("<a>&#0;&#150;&#xD800;</a>", ["<a", "\u{FFFD}–\u{FFFD}", ">a"]),
        ("<!doctype a><!doctype [<a>x</a>", ["x"]),
    ])
    func `broken documents are read as they were meant`(text: String, expected: [String]) {
        #expect(events(text) == expected)
    }

    @Test func `names are in the namespaces that are declared around them`() throws {
        let text = """
            <t:a xmlns:t="tide" xmlns="sea"><b xmlns="bay" c="1" t:d="2"/><e/></t:a>
            """
        var reader = MarkupReader(Array(text.utf8))
        let root = try #require(MarkupElement(&reader))
        #expect(root.name == MarkupName(namespace: "tide", prefix: "t", local: "a"))
        #expect(root.elements.map(\.name.namespace) == ["bay", "sea"])
        #expect(root.elements[0].attribute("c") == "1")
        #expect(root.elements[0].attribute("d", in: "tide") == "2")
        #expect(root.elements[0].attribute("d") == nil)
    }

    @Test func `a document's own entities stand for plain text`() {
        let text = """
            <!DOCTYPE a [<!ENTITY sea "blue > <green>"> <!ENTITY more "&sea;&sea;">
            <!ENTITY far SYSTEM "file:///etc/passwd"> <!ENTITY % piece "x">]>
            <a b="&sea;">&sea;&more;&far;&piece;</a>
            """
        #expect(
            events(text).dropFirst() == [
                "<a b=blue > <green>", "blue > <green>&sea;&sea;&far;&piece;", ">a",
            ]
        )
    }

    @Test func `entities cannot make a small document large`() {
        let entity = String(repeating: "x", count: MarkupLimits.entityMaxBytes)
        let uses = String(repeating: "&e;", count: 100_000)
        let text = "<!DOCTYPE a [<!ENTITY e \"\(entity)\">]><a>\(uses)</a>"
        let length = events(text).map(\.utf8.count).reduce(0, +)
        #expect(length < MarkupLimits.entityTextMaxBytes + uses.utf8.count)
    }

    @Test func `depth, attributes and nodes are bounded`() throws {
        let deep =
            String(repeating: "<a>", count: 1000) + "x" + String(repeating: "</a>", count: 1000)
        let opened = events(deep)
        #expect(opened.count == 2 * MarkupLimits.depthMax + 1)
        #expect(opened.contains("x"))
        let wide = "<a " + (0..<500).map { "b\($0)='1'" }.joined(separator: " ") + "/>"
        var reader = MarkupReader(Array(wide.utf8))
        let element = try #require(MarkupElement(&reader))
        #expect(element.attributes.count == MarkupLimits.attributesMax)
    }

    @Test(arguments: [
        "<a", "<!DOCTYPE [", "</a", "<!--", "<![CDATA[", "<a b='", "&", "<a>", "<a></b>", "<?",
    ])
    func `time grows with length only`(piece: String) {
        let clock = ContinuousClock()
        let time = clock.measure { _ = events(String(repeating: piece, count: 20_000)) }
        // Takes below a second; the square of the length would take minutes.
        #expect(time < .seconds(20))
    }
}

@Suite struct MarkupTextTests {
    private static let word = "caf\u{E9}"

    @Test(
        arguments: [
            (Array("<?xml version=\"1.0\" encoding='iso-8859-1'?><a>caf".utf8) + [0xE9], nil),
            (Array("<a>caf".utf8) + [0xE9], nil),
            (Array("<a>caf".utf8) + [0xC3, 0xA9], .windows1252),
            (Array("<a>caf".utf8) + [0xE9], .utf16LE),
            (Array("<?xml encoding='utf-8'?><a>caf".utf8) + [0xE9], nil),
            ([0xEF, 0xBB, 0xBF] + Array("<a>caf\u{E9}".utf8), nil),
            (Array("<a>caf\u{E9}".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, nil),
            (
                [0xFE, 0xFF]
                    + Array("<a>caf\u{E9}".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
                .utf8
            ),
            (Array("<?xml encoding=\"koi8-r\"?><a>caf".utf8) + [0xE9], .windows1252),
        ] as [([UInt8], TextEncoding?)]
    )
    func `encodings are told apart`(bytes: [UInt8], encoding: TextEncoding?) {
        let text = String(
            decoding: MarkupText.utf8(bytes, transportEncoding: encoding),
            as: UTF8.self
        )
        #expect(text.hasSuffix(Self.word), "\(text)")
    }

    @Test func `one broken byte does not spoil a document in UTF-8`() {
        let bytes =
            Array("<?xml encoding='utf-8'?><a>caf\u{E9} ".utf8) + [0xE9] + Array("</a>".utf8)
        let text = String(decoding: MarkupText.utf8(bytes), as: UTF8.self)
        #expect(text.hasSuffix("caf\u{E9} \u{FFFD}</a>"))
    }
}
