import Testing

@testable import WirecopyParse

@Suite struct StructuredDataTests {
    private func article(_ script: String, url: String = "") -> StructuredData? {
        StructuredData.article(in: [Array(script.utf8)], pageURL: url)
    }

    @Test func `an article in a graph finds its author by reference`() {
        let data = article(
            """
            {"@graph": [
              {"@type": "WebPage", "name": "Home"},
              {"@type": ["NewsArticle"], "headline": "River rises &amp; falls",
               "author": {"@id": "#ann"}, "datePublished": "2024-05-29"},
              {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}
            """
        )
        #expect(data?.headline == "River rises & falls")
        #expect(data?.authors == ["Ann Lee"])
        #expect(data?.published == "2024-05-29")
    }

    @Test func `an article says its kind and its other headlines`() {
        let data = article(
            """
            {"@type": "ReportageNewsArticle", "headline": "River rises", "name": "Rivers",
             "alternativeHeadline": "Lenne leaves its bed", "dateCreated": "2024-05-28",
             "author": {"@type": "Organization", "name": "The Wire"}}
            """
        )
        #expect(data?.kind == 4)
        #expect(data?.otherHeadlines == ["Rivers", "Lenne leaves its bed"])
        #expect(data?.created == "2024-05-28")
        #expect(data?.isAuthoredByOrganization == true)
    }

    @Test func `the article of the page's address goes before others`() {
        let data = article(
            """
            [{"@type": "NewsArticle", "headline": "Other", "url": "https://a.example/1"},
             {"@type": "NewsArticle", "headline": "This", "url": "https://a.example/2"}]
            """,
            url: "https://a.example/2"
        )
        #expect(data?.headline == "This")
    }

    @Test(
        arguments: [
            #"{"@type": "NewsArticle", "headline": "River rises",}"#,
            "{\"@type\": \"NewsArticle\", \"headline\": \"River rises\", "
                + "\"articleBody\": \"a\nb\"}",
            #"/*<![CDATA[*/ {"@type": "NewsArticle", "headline": "River rises"} /*]]>*/"#,
            #"{"@type": "NewsArticle", "headline": "River rises", "author": {"name": "An"#,
        ]
    )
    func `broken JSON is read as far as it goes`(script: String) {
        #expect(article(script)?.headline == "River rises")
    }

    @Test func `an unescaped quotation mark does not end a string`() {
        let value = LooseJSON(reading: Array(#"{"a": "he said "no" to it", "b": "x"}"#.utf8))
        #expect(value?["a"]?.text == #"he said "no" to it"#)
        #expect(value?["b"]?.text == "x")
    }

    @Test func `nesting without end is cut off`() {
        let bytes = Array(repeating: UInt8(ascii: "["), count: 200_000)
        #expect(LooseJSON(reading: bytes) != nil)
    }
}
