/// Damages pages of HTML where readers of markup, text and encodings err.
enum HTMLMutator {
    /// Longest run of pieces that is put in at once.
    private static let runMax = 900

    /// Damages a page once.
    static func damage(_ page: inout [UInt8], using generator: inout SeededGenerator) {
        let place = generator.below(page.count + 1)
        switch generator.below(8) {
        case 0, 1: page.insert(contentsOf: piece(using: &generator), at: place)
        case 2:
            let run = generator.below(generator.once(in: 8) ? runMax : 12)
            let repeated = piece(using: &generator)
            page.insert(contentsOf: (0..<run).flatMap { _ in repeated }, at: place)
        case 3: page.insert(contentsOf: brokenText(using: &generator), at: place)
        case 4:
            let end = min(page.count, place + generator.below(400))
            page.insert(contentsOf: page[place..<end], at: generator.below(page.count + 1))
        case 5: replaceTagName(&page, at: place, using: &generator)
        default: Mutator.damage(&page, using: &generator)
        }
    }

    /// A piece of which a large page is made.
    static func bombPiece(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0...generator.below(3) { bytes += piece(using: &generator) }
        return bytes
    }

    /// Puts another name where a tag stands behind a place.
    private static func replaceTagName(
        _ page: inout [UInt8],
        at place: Int,
        using generator: inout SeededGenerator
    ) {
        guard let tag = page[place...].firstIndex(of: UInt8(ascii: "<")) else { return }
        let start = page.index(after: tag)
        let end = page[start...].firstIndex { !(0x61...0x7A ~= $0) } ?? page.endIndex
        page.replaceSubrange(start..<end, with: Array(generator.one(of: names).utf8))
    }

    private static func piece(using generator: inout SeededGenerator) -> [UInt8] {
        let name = generator.one(of: names)
        switch generator.below(10) {
        case 0, 1: return Array("<\(name)>".utf8)
        case 2: return Array("</\(name)>".utf8)
        case 3: return Array("<\(name)><\(generator.one(of: names))>".utf8)
        case 4: return Array("<\(name) \(attribute(using: &generator))>".utf8)
        case 5:
            let attributes = (0..<generator.below(300)).map { "a\($0)=\($0)" }
            return Array("<\(name) \(attributes.joined(separator: " "))>".utf8)
        case 6:
            let value = String(repeating: "word ", count: generator.below(2000))
            return Array("<\(name) \(generator.one(of: attributeNames))='\(value)'>".utf8)
        case 7: return Array("\(generator.one(of: texts))<\(name)>".utf8)
        default: return Array(generator.one(of: texts).utf8)
        }
    }

    private static func attribute(using generator: inout SeededGenerator) -> String {
        "\(generator.one(of: attributeNames))=\"\(generator.one(of: attributeValues))\""
    }

    /// Bytes that are no text in UTF-8, or only nearly.
    private static func brokenText(using generator: inout SeededGenerator) -> [UInt8] {
        generator.one(of: [
            [0x80], [0xC2], [0xC0, 0xAF], [0xE2, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0],
            [0x1B, 0x24, 0x42], [0x0D], [0x0D, 0x0A, 0x0D], [0xCC, 0x81, 0xCC, 0x80], [0x85],
        ])
    }

    private static let names = [
        "a", "address", "article", "aside", "b", "base", "blockquote", "body", "br", "button",
        "caption", "center", "col", "dd", "desc", "div", "dl", "dt", "em", "figcaption", "figure",
        "font", "footer", "foreignObject", "form", "frameset", "h1", "h2", "h6", "head", "header",
        "html", "i", "iframe", "img", "input", "li", "link", "main", "mark", "math", "meta", "mi",
        "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "p", "plaintext", "pre",
        "q", "rt", "ruby", "s", "script", "section", "select", "selectedcontent", "small", "span",
        "strong", "style", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th",
        "time", "title", "tr", "u", "ul", "video", "x-y", "xmp",
    ]

    private static let attributeNames = [
        "class", "id", "itemprop", "rel", "href", "datetime", "style", "content", "property",
        "name",
        "charset", "http-equiv", "role", "lang", "type", "src", "size", "hidden",
    ]

    private static let attributeValues = [
        "articleBody", "author", "byline", "datePublished", "headline", "caption", "display:none",
        "2026-02-30", "0000-00-00T25:61:61", "99999999999999999999", "application/ld+json",
        "article:published_time", "og:title", "utf-16", "shift_jis", "x-user-defined", "&#0;", "",
        "//", "javascript:", "https://tide.example/\u{202E}", "related newsletter nav",
    ]

    private static let texts = [
        "&", "&#", "&#x110000;", "&#0", "&amp;amp;lt;", "&notin;", "&NotEqualTilde;", "<", "</",
        "<!",
        "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?x", "<!doctype html>", "'", "\"", "=", "/>",
        "{\"a\":", "[[[[", "{\"@type\":\"NewsArticle\",\"headline\":[", "\\u0000", "</script>",
        "<!--<script>", " ", "\n", "\t", "x", "A sentence, that ends. ", "By Mara Quill", "©", "•",
        "4 March 2026", "30.02.2026", "e\u{301}\u{323}", "\u{AC00}\u{11A8}", "\u{FEFF}", "\u{200B}",
        "\u{202E}", "\u{1F468}\u{200D}\u{1F469}", "\u{FDFA}", "\u{0958}", "\u{2028}", "İ", "ﬃ",
        "https://tide.example/a?b=c#d", "Read more", "Subscribe to our newsletter", "(Reuters)",
    ]
}
