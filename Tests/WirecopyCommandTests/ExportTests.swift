import Foundation
import Testing
import WirecopyMessages
import WirecopyStorage

@testable import WirecopyWeb
@testable import wirecopy

@Suite struct ExportTests {
    /// An article as the store tells it, with text that every format must escape.
    private static func article() throws -> ArticleReport {
        let json = """
            {"addresses":[],"authors":["Ann \\"Ray\\" Lee"],"canonical_url":null,"citations":[
            {"end":3,"name":"Coast Press","start":0,"text":"The"}],"copies":[],"dropped":[],
            "entities":[{"id":1,"mentions":2,"name":"Ada Pell","type":"PER"},
            {"id":2,"mentions":1,"name":"Rye","type":"GPE"}],"fields":[],
            "final_url":"https://news.example/a","first_seen_ms":1716984000000,
            "host":"news.example","id":"00112233aabbccdd","language":"en",
            "last_seen_ms":1716984000000,"mentions":[],"paragraphs":[
            {"end":9,"kind":"heading","start":0,"text":"# One, 2 < 3"},
            {"end":20,"kind":"body","start":11,"text":"1. *May* & \\u0001\\u202e<b>"}],
            "published":"2024-05-29T14:03+02:00","published_precision":"minute","quotations":[
            {"context":"c","end":3,"kind":"direct","speaker":"Pell","start":0,"statement":1,
            "text":"“Yes”"}],"section":"Coast","site_name":"News","syndication":["Wire"],
            "tags":["Boats"],"text":"One, two\\n\\nthree","title":"Harbour <opens> \\"again\\"",
            "url":"https://news.example/a?x=1&y=2","usage":[],"version":1,"versions":[
            {"digest":"d","fetched_at_ms":1716984001000,"n":1}],"warnings":[]}
            """
        return try ArticleReport(reportJSON: Array(json.utf8))
    }

    @Test func `a cell with commas quotes or lines is quoted`() throws {
        #expect(CSV.row(["a", "b,c", "d\"e", "f\ng", ""]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",")
        #expect(CSV.cells(try Self.article()).count == CSV.articleColumns.count)
    }

    @Test func `nothing of a page is read as Markdown`() throws {
        let text = MarkdownArticle(try Self.article()).text
        #expect(text.contains("# Harbour \\<opens\\> \"again\""))
        #expect(text.contains("## \\# One, 2 \\< 3"))
        #expect(text.contains("1\\. \\*May\\*"))
        #expect(text.contains("authors: [\"Ann \\\"Ray\\\" Lee\"]"))
        #expect(text.contains("- **Pell**: “Yes”"))
        #expect(MarkdownArticle.escaped("- so") == "\\- so")
    }

    @Test func `an article is an item of ninjs`() throws {
        let json = try JSONEncoder().encode(NinjsItem(try Self.article()))
        let item = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(item["uri"] as? String == "urn:wirecopy:00112233aabbccdd")
        #expect(item["contentCreated"] as? String == "2024-05-29T12:03:00Z")
        #expect(item["versionCreated"] as? String == "2024-05-29T12:00:01Z")
        #expect((item["people"] as? [[String: String]])?.first?["name"] == "Ada Pell")
        #expect((item["standard"] as? [String: String])?["version"] == "3.1")
        // A property without a value must not be there.
        #expect(item["organisations"] == nil)
    }

    @Test func `an article is a NewsArticle`() throws {
        let json = try JSONEncoder().encode(NewsArticleItem(try Self.article()))
        let item = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(item["@type"] as? String == "NewsArticle")
        #expect(item["datePublished"] as? String == "2024-05-29T14:03+02:00")
        #expect((item["publisher"] as? [String: String])?["name"] == "News")
        #expect((item["mentions"] as? [[String: String]])?.last?["@type"] == "Place")
    }

    @Test func `a feed is XML whatever the page says`() throws {
        let lines = AtomFeed(title: "A & B", articles: [try Self.article()]).lines
        let text = lines.joined(separator: "\n")
        #expect(text.contains("<title>A &amp; B</title>"))
        #expect(text.contains("<updated>2024-05-29T12:00:01Z</updated>"))
        #expect(text.contains("<published>2024-05-29T12:03:00Z</published>"))
        #expect(text.contains("href=\"https://news.example/a?x=1&amp;y=2\""))
        #expect(text.contains("Harbour &lt;opens&gt; &quot;again&quot;"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(AtomFeed.escaped("\u{1}\u{FFFE}a") == "\u{FFFD}\u{FFFD}a")
    }

    @Test(arguments: [
        ("2024-05-29T14:03:00+02:00", "2024-05-29T12:03:00Z"),
        ("2024-05-29T14:03Z", "2024-05-29T14:03:00Z"), ("2024-05-29T14:03", "2024-05-29T14:03:00Z"),
        ("2024-05-29", nil), ("soon", nil), ("T", nil), ("2024-99-29T14:03:00Z", nil),
    ])
    func `only a date with a time is an instant`(_ published: String, _ instant: String?) {
        #expect(Instants.text(published: published) == instant)
    }
}

@Suite struct ReadingScreenTests {
    private static func diff() throws -> VersionDiff {
        let json = """
            {"article":"a","from":{"corrections":[],"fetched_at_ms":0,"n":1},"paragraphs":[
            {"pieces":[{"kind":"kept","text":"One"}]},{"pieces":[{"kind":"kept","text":"Two"}]},
            {"pieces":[{"kind":"kept","text":"Sank"},{"kind":"removed","text":"twelve boats"},
            {"kind":"added","text":"fifteen"}]}],"title":[{"kind":"kept","text":"Rye"}],
            "to":{"corrections":["Correction: Fifteen."],"fetched_at_ms":60000,"n":2},
            "url":"https://news.example/a","versions":2}
            """
        return try VersionDiff(reportJSON: Array(json.utf8))
    }

    @Test func `without colours signs tell what was removed and added`() throws {
        let text = ScreenText(columns: 80, isColoured: false)
        let lines = DiffScreen(try Self.diff(), text).lines
        #expect(lines.contains("Sank [-twelve boats-] {+fifteen+}"))
        #expect(lines.contains("… 1 paragraph"))
        #expect(lines.contains("Two"))
        #expect(!lines.contains("One"))
        #expect(lines.last == "Correction: Fifteen.")
    }

    @Test func `with colours the words stand alone`() throws {
        let text = ScreenText(columns: 80, isColoured: true)
        let lines = DiffScreen(try Self.diff(), text).lines.joined(separator: "\n")
        #expect(lines.contains("\u{1B}[31mtwelve\u{1B}[0m"))
        #expect(!lines.contains("[-"))
    }

    @Test func `a person is told on a screen, whatever pages call them`() throws {
        let json = """
            {"articles":3,"company":[{"articles":2,"id":2,"name":"Rye","type":"GPE"}],
            "first_ms":0,"id":1,"is_partial":false,"last_ms":86400000,"merged":["A. Pell"],
            "name":"Ada\\u202e Pell","newest":[],"others":[],"roles":[{"articles":2,"first_ms":0,
            "last_ms":86400000,"role":"mayor"}],"statements":[],"surfaces":[
            {"mentions":4,"surface":"Pell"}],"type":"PER"}
            """
        let report = try EntityReport(reportJSON: Array(json.utf8))
        let lines = EntityScreen(report, ScreenText(columns: 80, isColoured: false)).lines
        #expect(
            lines.prefix(3) == [
                "Ada  Pell  #1", "PER  3 articles  1970-01-01 to 1970-01-02", "also A. Pell",
            ]
        )
        #expect(lines.contains("  mayor 1970-01-01 to 1970-01-02 ×2"))
        #expect(lines.contains("  Pell ×4"))
    }
}
