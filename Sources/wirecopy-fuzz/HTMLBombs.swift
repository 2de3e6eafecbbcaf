/// Large pages that are known to hurt readers of pages, each as a beginning and a piece that is
/// repeated behind it.
enum HTMLBombs {
    /// A beginning, how often it stands, and what is repeated behind it.
    struct Bomb: Sendable {
        var head = ""
        var heads = 1
        let piece: String
    }

    /// One for each way in which work could grow faster than the page.
    static let all: [Bomb] = [
        // Depth.
        Bomb(piece: "<div>"), Bomb(piece: "<b>"), Bomb(piece: "<p><b><i><u>"),
        Bomb(piece: "<table>"), Bomb(piece: "<table><tr><td>"), Bomb(piece: "<svg><desc>"),
        Bomb(piece: "<math><mi><svg><foreignObject>"), Bomb(piece: "<template>"),
        Bomb(piece: "<ul><li>"), Bomb(piece: "<select><option>"), Bomb(piece: "<ruby><rt>"),
        // The adoption agency and foster parents.
        Bomb(piece: "<a><div>"), Bomb(piece: "<b><div></b>"), Bomb(piece: "<a><b><p></a></b>"),
        Bomb(piece: "<table>x<tr>y<td>"), Bomb(head: "<table>", piece: "x<b>"),
        Bomb(head: "<b a=1><b a=2><b a=3>", heads: 150, piece: "<p>x</p>"),
        Bomb(head: "<nobr>", heads: 500, piece: "</p>"),
        // Tags that end nothing, below a deep stack.
        Bomb(head: "<y>", heads: 500, piece: "</x>"), Bomb(head: "<y>", heads: 500, piece: "</p>"),
        Bomb(head: "<span>", heads: 500, piece: "</i></u></em>"),
        Bomb(head: "<div>", heads: 500, piece: "<li>"),
        Bomb(head: "<svg><g>", heads: 250, piece: "</p></b>"),
        // Copies of formatting elements share their attributes, however long.
        Bomb(head: "<font class='\(words)'>", piece: "<p>x"),
        Bomb(head: "<b itemprop='\(words)' rel='\(words)'>", piece: "<p>x"),
        Bomb(head: "<i style='\(words)' id='\(words)'>", piece: "<p>x"),
        Bomb(head: "<a rel=author href='\(words)'>", piece: "<p>x"),
        // Elements in elements share their text.
        Bomb(head: "<div itemprop=author>", heads: 500, piece: "some text "),
        Bomb(head: "<div itemprop=headline>", heads: 500, piece: "<p>text"),
        Bomb(head: "<span class=author>", heads: 500, piece: "some text "),
        Bomb(head: "<div class=byline>", heads: 500, piece: "<span class=date>4 March</span>"),
        // Attributes.
        Bomb(head: "<p", piece: " x=1"), Bomb(head: "<p", piece: " a"),
        Bomb(head: "<p ", piece: "a"),
        Bomb(head: "<p title=\"", piece: "&amp;"), Bomb(head: "<p title=\"", piece: "\0"),
        Bomb(piece: "<p \(attributes)>"), Bomb(piece: "<body \(attributes)>"),
        Bomb(piece: "<html \(attributes)>"), Bomb(piece: "<meta name=a content='\(words)'>"),
        Bomb(piece: "<meta name=author content='Mara Quill'>"),
        // Text.
        Bomb(piece: "&"), Bomb(piece: "&notin"), Bomb(piece: "&#x1F468;"), Bomb(piece: "<"),
        Bomb(piece: "\0"), Bomb(piece: "\r"), Bomb(piece: " "), Bomb(piece: "x"),
        Bomb(piece: "\u{301}"), Bomb(piece: "e\u{301}\u{323}"), Bomb(piece: "\u{1100}\u{1161}"),
        Bomb(piece: "\u{200B}"), Bomb(piece: "\u{FDFA}"), Bomb(piece: "İ"), Bomb(piece: "“x” "),
        Bomb(head: "<p>", piece: "word "), Bomb(head: "<p>", piece: "A b. "),
        Bomb(head: "<p>", piece: "1"), Bomb(head: "<p>", piece: "1 "), Bomb(piece: "12:30 "),
        Bomb(head: "<p>", piece: "4 March 2026 "), Bomb(head: "<title>", piece: " | x"),
        Bomb(head: "<title>", piece: "x - "), Bomb(head: "<h1>", piece: "x: "),
        Bomb(head: "<p class=byline>By ", piece: "Mara Quill, "),
        Bomb(head: "<p class=byline>By ", piece: "and "), Bomb(piece: "By Mara Quill\n"),
        Bomb(piece: "A line of text that ends.\n"), Bomb(piece: "\n"), Bomb(piece: "x\n\n"),
        // Many of what there should be few.
        Bomb(piece: "<p>A sentence of some words, that ends. And here is one more of them.</p>"),
        Bomb(piece: "<h1>A heading</h1>"), Bomb(piece: "<title>A title</title>"),
        Bomb(piece: "<time datetime=2026-03-04>4 March 2026</time>"),
        Bomb(piece: "<p>By Mara Quill and Tom Reed</p>"), Bomb(piece: "<a rel=author>Mara</a>"),
        Bomb(piece: "<li><a href=x>Read more</a>"), Bomb(piece: "<br>"), Bomb(piece: "x<br><br>"),
        Bomb(piece: "<x-\u{E9}>"), Bomb(piece: "<p class=a><p class=b><p class=c id=d>x"),
        Bomb(piece: "<article><p>A sentence, that ends.</p></article>"),
        // Scripts and what they hold.
        Bomb(piece: "<script>"), Bomb(piece: "<script></script>"), Bomb(piece: "<!--"),
        Bomb(head: "<script>", piece: "<!--<script>"), Bomb(head: "<script>", piece: "</scrip"),
        Bomb(head: data, piece: "["), Bomb(head: data, piece: "{\"a\":"),
        Bomb(head: data, piece: "\""),
        Bomb(head: data, piece: "\"a\" "), Bomb(head: data + "{\"articleBody\": \"", piece: "<p>x"),
        Bomb(head: data + "{\"author\": [", piece: "{\"name\": \"Mara Quill\"},"),
        Bomb(piece: data + "{\"@type\": \"NewsArticle\", \"headline\": \"x\"}</script>"),
        Bomb(head: "<script>window.x = \"", piece: "\\u003cp>x"),
        Bomb(head: "<script>a = '", piece: "{\"text\": \"A sentence, that ends.\"},"),
        Bomb(head: "<svg>", piece: "<![CDATA[x]]>"), Bomb(head: "<svg>", piece: "<![CDATA["),
        Bomb(head: "<textarea>", piece: "</textare>"), Bomb(head: "<xmp>", piece: "<"),
    ]

    private static let data = "<script type='application/ld+json'>"
    private static let words = String(repeating: "word ", count: 2000)
    private static let attributes = (0..<300).map { "a\($0)=\($0)" }.joined(separator: " ")
}
