import HTMLDocument

/// The article's text on pages that keep it in scripts and build the page from it later.
///
/// Such a state has the text as one string of HTML, or as strings of prose under one key, one a
/// paragraph. Whichever holds the most prose is taken; the other strings of a state are addresses,
/// labels and other articles' headlines.
enum ScriptText {
    /// Bytes of prose that a text has at least: a description in the page's data has less.
    static let proseBytesMin = 250
    /// Strings that are parsed as HTML, the longest first.
    private static let fragmentsMax = 8

    /// The outline of the text; `nil` when no script holds one.
    static func outline(of document: HTMLDocument) -> PageOutline? {
        var strings = ScriptStrings()
        for node in document.descendants(of: document.root)
        where document.kind(of: node) == .element && document.tag(of: node) == .script {
            var bytes: [UInt8] = []
            document.appendTextContent(of: node, to: &bytes)
            strings.read(bytes)
        }
        let texts = strings.found.filter { !$0.holdsStrings }
        let outlines = fragments(texts) + [runOfStrings(texts)]
        let best = outlines.map { ($0, proseBytes($0)) }.max { $0.1 < $1.1 }
        return best.flatMap { $0.1 >= proseBytesMin ? $0.0 : nil }
    }

    /// Strings of HTML, as outlines.
    private static func fragments(_ strings: [ScriptStrings.Found]) -> [PageOutline] {
        strings.map(\.text).filter { $0.count >= proseBytesMin && isHTML($0) }
            .sorted { $0.count > $1.count }.prefix(fragmentsMax)
            .map { OutlineReader.outline(of: HTMLDocument(parsingFragment: $0)) }
    }

    /// The strings under the key that holds the most prose; of equal strings, the first.
    private static func runOfStrings(_ strings: [ScriptStrings.Found]) -> PageOutline {
        var (bytesByKey, seen): ([String: Int], Set<[UInt8]>) = ([:], [])
        let prose = strings.filter { isProse($0.text) && seen.insert($0.text).inserted }
        for string in prose { bytesByKey[string.key, default: 0] += string.text.count }
        let key = bytesByKey.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        let text = prose.filter { $0.key == key }.map { line in
            line.text.split(separator: 0x0A).map { "<p>" + String(decoding: $0, as: UTF8.self) }
                .joined(separator: "\n")
        }
        let html = Array(text.joined(separator: "\n").utf8)
        return OutlineReader.outline(of: HTMLDocument(parsingFragment: html))
    }

    /// `<p>The river rose.</p>`; not `if (a < b) return "x > y";`.
    private static func isHTML(_ text: [UInt8]) -> Bool {
        let tags = ["<p", "<br", "<div"].map { Array($0.utf8) }
        return zip(text.indices, text).contains { index, byte in
            byte == UInt8(ascii: "<") && tags.contains { text[index...].starts(with: $0) }
        }
    }

    /// Sentences; a program's text has braces where a sentence has none.
    private static func isProse(_ text: [UInt8]) -> Bool {
        text.count >= LineForm.proseBytesMin && !text.contains(UInt8(ascii: "{"))
            && LineForm(NormalText.string(text)).isProse
    }

    private static func proseBytes(_ outline: PageOutline) -> Int {
        outline.blocks.reduce(0) { sum, block in
            sum + (LineForm(block.text).isProse ? block.textBytes - block.linkBytes : 0)
        }
    }
}
