import HTMLDocument
import Testing

@testable import WirecopyParse

@Suite struct ScriptFactsTests {
    private func facts(_ script: String) -> ScriptFacts {
        var facts = ScriptFacts()
        facts.read(Array(script.utf8))
        return facts
    }

    @Test(
        arguments: [
            #"{"datePublished": "2024-05-29"}"#,
            #"window.state = {date_published:'2024-05-29'}"#,
            #"state = "{\"datePublished\":\"2024-05-29\"}""#,
            #"page.publishDate = "2024-05-29";"#,
            #"{"article_publication_date":"2024-05-29"}"#,
            #"firstPublicationDate: "2024-05-29""#,
        ]
    )
    func `a value is found behind its key however the script quotes it`(script: String) {
        #expect(facts(script).values(.published) == ["2024-05-29"])
    }

    @Test func `numbers are values and words in between are not`() {
        #expect(facts(#"{"publishedAt":1716991380}"#).values(.published) == ["1716991380"])
        #expect(facts(#"{"publishedAt":null,"x":"2024"}"#).facts.isEmpty)
        #expect(facts(#"{"isPublishedAt":"2024-05-29"}"#).facts.isEmpty)
    }

    @Test(
        arguments: [
            (#"{"author":{"@type":"Person","name":"Ann Lee"}}"#, ["Ann Lee"]),
            (#"{"authors":["Ann Lee","Bo Ek"]}"#, ["Ann Lee; Bo Ek"]),
            (#"{"authors":[{"name":"Ann Lee"},{"name":"Bo Ek"}]}"#, ["Ann Lee; Bo Ek"]),
            (#"{"byline":"Ann Lee"}"#, ["Ann Lee"]),
        ]
    )
    func `authors are strings, lists and objects`(script: String, names: [String]) {
        #expect(facts(script).values(.author) == names)
    }

    @Test func `a script of many keys gives no more than is kept`() {
        let script = (0..<500).map { #""datePublished":"2024-05-\#($0)","# }.joined()
        #expect(facts(script).facts.count == 60)
    }
}

@Suite struct PageMetadataTests {
    private func metadata(_ page: String) -> PageMetadata {
        PageMetadata(HTMLDocument(parsing: Array(page.utf8)), pageURL: "")
    }

    @Test func `the parts of a heading are kept apart`() {
        let page = "<h1>Live <span>Weather</span><b>River rises</b></h1><h1> </h1>"
        #expect(metadata(page).headings == [["Live", "Weather", "River rises"]])
    }

    @Test(
        arguments: [
            ("/author/ann-lee", true), ("https://a.example/Autoren/ann", true), ("/by/ann", true),
            ("/authority/ann", false), ("/news/author-of-a-book", false),
        ]
    )
    func `links to authors' pages are told by their folder`(address: String, isOne: Bool) {
        let page = "<a href='\(address)'>Ann Lee</a>"
        #expect(metadata(page).authorPages == (isOne ? ["Ann Lee"] : []))
    }

    @Test func `a meta element without content says its value`() {
        #expect(metadata("<meta name=author value='Ann Lee'>").metas["author"] == ["Ann Lee"])
    }
}
