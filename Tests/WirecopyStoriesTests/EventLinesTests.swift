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

/// Follow-ups, which all recall how it began.
@Suite struct RecallTests {
    private static let news =
        "The council of Brede agreed on Thursday to raise the dyke by a metre."
    private static let recall = "The River Lorn burst its banks in Brede on 1 March and drowned 12."

    private static func brief(recalling day: String) throws -> Brief {
        let flood = InventedArticle(
            "a",
            published: "2031-03-01",
            "The River Lorn burst its banks in Brede on Saturday after days of rain."
        )
        let later = try InventedArticle("b", published: "2031-04-10", news, recall)
            .dating("Thursday", "2031-04-10").dating("1 March", day)
        return Brief(of: [flood.member(), later.member(episode: 2)])
    }

    @Test func `a day that a report recalls is not shown as that of its news`() throws {
        let lines = try Self.brief(recalling: "2031-03-01").episodes[1].lines
        #expect(lines.first?.text == Self.news)
        #expect(lines.first?.dated == "2031-04-10")
        #expect(!lines.contains { $0.dated == "2031-03-01" })
    }

    @Test func `a day of the same week is news`() throws {
        let article = try InventedArticle("a", published: "2031-03-07", Self.recall)
            .dating("1 March", "2031-03-01").member()
        #expect(!MemberText(article, number: 1, names: []).isRecalling(0))
        let later = try InventedArticle("a", published: "2031-03-08", Self.recall)
            .dating("1 March", "2031-03-01").member()
        #expect(MemberText(later, number: 1, names: []).isRecalling(0))
    }
}

@Suite struct NameKindTests {
    @Test func `whom most articles take for no person is none`() throws {
        let text = "The ship Anna Lund left Brede."
        let types: [EntityType] = [.product, .person, .product]
        let members = try types.enumerated().map { index, type in
            try InventedArticle("a\(index)", text).naming("Anna Lund", type).member()
        }
        let names = StoryNames(members)
        #expect(names.all.map(\.type) == [.product])
        #expect(names.all.map(\.articles) == [3])
    }
}
