import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct BriefMarkdownTests {
    @Test func `all parts stand in their order, and lines lead to their articles`() throws {
        let text = BriefMarkdown(Brief(of: try InventedStory.flood())).text
        let titles = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(
            titles == [
                "## What happened", "## Who said what", "## Who cites whom",
                "## What differs between the reports", "## What next", "## Articles",
            ]
        )
        #expect(text.contains("on Saturday. (1 March 2031) [\\[2\\]](https://post.example/post)"))
        #expect(text.contains("### Episode 2 · 10 April 2031 · 1 report"))
        #expect(!text.contains("\n\n\n"))
    }

    @Test func `text of articles is no markup`() {
        #expect(
            ShownText.markdown("[a](b) *c* <d> `e` f_g")
                == "\\[a\\](b) \\*c\\* \\<d\\> \\`e\\` f\\_g"
        )
        #expect(ShownText.markdown("1. one") == "1\\. one")
        #expect(ShownText.markdown("- one") == "\\- one")
        #expect(ShownText.markdown("1.5 tons") == "1\\.5 tons")
        #expect(
            ShownText.html("<b onclick='x'>\"&\u{202E}")
                == "&lt;b onclick=&#39;x&#39;&gt;&quot;&amp; "
        )
        #expect(ShownText.link("javascript:alert(1)") == nil)
        #expect(ShownText.link("HTTPS://a.example/") == "HTTPS://a.example/")
    }

    @Test(arguments: [
        ("2031-03-01T08:00:00Z", "1 March 2031"), ("2031-03", "March 2031"), ("2031", "2031"),
        ("soon", "soon"), ("", ""), ("2031-99-01", "2031"),
    ])
    func `days are words`(_ date: String, _ words: String) {
        #expect(BriefWords.day(date) == words)
    }
}
