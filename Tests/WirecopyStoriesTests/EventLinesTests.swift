import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct EventLinesTests {
    @Test func `what several reports tell comes first, by episode and in time order`() throws {
        let brief = Brief(of: try InventedStory.flood())
        #expect(brief.episodes.map(\.number) == [1, 2])
        let first = try #require(brief.episodes.first?.lines.first)
        #expect(first.text.contains("the River Lorn burst its banks in Brede on Saturday"))
        #expect(first.dated == "2031-03-01")
        let places = brief.episodes.flatMap(\.lines).map { ($0.article, $0.start) }
        #expect(places.elementsEqual(places.sorted { $0 < $1 }, by: ==))
        #expect(brief.episodes[1].lines.allSatisfy { $0.id == "echo" })
    }

    @Test func `sentences that lean on others, headings and bare quotations are no lines`() throws {
        let words = Brief(of: try InventedStory.flood()).episodes.flatMap(\.lines).map(\.text)
        #expect(!words.contains { $0.hasPrefix("They included") })
        #expect(!words.contains { $0.hasPrefix("Help for") })
        #expect(!words.contains { $0.hasPrefix("“") })
    }

    @Test func `the same told twice is one line`() throws {
        let text = "The River Lorn burst its banks in Brede on Saturday after days of rain."
        let members = ["a", "b", "c"].map { InventedArticle($0, text).member() }
        #expect(Brief(of: members).episodes[0].lines.count == 1)
    }

    @Test func `captions, credits, tables and corrections are no lines`() throws {
        let sentence = "The River Lorn burst its banks in Brede on Saturday after days of rain."
        for kind in [ParagraphKind.caption, .credit, .table, .correction, .dateline, .heading] {
            let article = InventedArticle("a", sentence, kinds: [kind])
            #expect(Brief(of: [article.member()]).episodes[0].lines.isEmpty, "\(kind)")
        }
        #expect(Brief(of: [InventedArticle("a", sentence).member()]).episodes[0].lines.count == 1)
    }

    @Test func `the newest toll is told although one report alone has it`() throws {
        let brief = Brief(of: try InventedStory.flood())
        #expect(
            brief.episodes[0].lines.contains { $0.text.hasPrefix("Fifteen people were killed") }
        )
    }

    @Test(arguments: [
        ("Brede will be closed to cars.", true), ("He will close the bridge to cars.", false),
        ("But Brede is closed to cars.", false), ("The bridge is closed to all cars.", true),
        ("For this reason Brede is closed.", false), ("In fact, he closed the bridge.", false),
        ("In Brede, he closed the bridge.", true),
    ])
    func `a sentence stands alone or leans`(_ sentence: String, _ stands: Bool) {
        let article = InventedArticle("a", "Brede rests.", sentence)
        let text = MemberText(article.member(), number: 1, names: [])
        #expect(SentenceFitness(text).standsAlone(1) == stands, "\(sentence)")
    }
}
