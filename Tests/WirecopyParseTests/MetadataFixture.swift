import WirecopyMessages

@testable import WirecopyParse

/// A news page with room for what a test adds to it.
struct MetadataFixture {
    var head = ""
    /// Between headline and text.
    var below = ""
    /// Instead of the first paragraph.
    var opening = Fixtures.paragraphs[0]
    /// Behind the text.
    var end = ""
    var url = "https://harbourpost.example/river"

    var page: String {
        """
        <!doctype html><html lang="en"><head><title>River rises - The Harbour Post</title>
        <meta property="og:site_name" content="The Harbour Post">\(head)</head><body>
        <article><h1>River rises</h1>\(below)
        <div class="article-body"><p>\(opening)</p><p>\(Fixtures.paragraphs[1])</p>
        <p>\(Fixtures.paragraphs[2])</p><p>\(Fixtures.paragraphs[3])</p></div>\(end)
        </article></body></html>
        """
    }

    func draft() throws -> ArticleDraft {
        HTMLPage.draft(
            of: Fixtures.source(page, type: "text/html", url: url),
            try ParseModels.shipped()
        )
    }

    /// JSON-LD of an article with some fields.
    static func structured(_ fields: String) -> String {
        """
        <script type="application/ld+json">
        {"@type": "NewsArticle", "headline": "River rises", \(fields)}</script>
        """
    }
}
