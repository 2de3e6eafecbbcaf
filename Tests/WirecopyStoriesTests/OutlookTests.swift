import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct OutlookTests {
    private func next(_ paragraphs: String..., kinds: [ParagraphKind] = []) -> [String] {
        let lede = "The River Lorn burst its banks in Brede on Saturday after many days of rain."
        var article = InventedArticle("a", published: "2031-03-01", "")
        article.replaceText([lede] + paragraphs, kinds: kinds)
        return Brief(of: [article.member()]).next.map(\.text)
    }

    @Test(arguments: [
        "Engineers will open the upper gates tonight.", "Two towns are set to share the cost.",
        "The minister is expected to visit Brede.", "The council plans to build a higher wall.",
        "Schools are due to open again soon enough.", "Ada Quill vowed to fight for every house.",
    ])
    func `plans are what comes next`(_ sentence: String) {
        #expect(next(sentence) == [sentence])
    }

    @Test(arguments: [
        "Engineers opened the upper gates last night.", "It was the will of the people of Brede.",
        "The council would have built a wall there.", "Will the council of Brede build a wall?",
        "He had plans for a house near the river.",
    ])
    func `what was, would be or is asked is no plan`(_ sentence: String) {
        #expect(next(sentence).isEmpty)
    }

    @Test func `a sentence below "What next?" is taken without such words`() {
        let sentence = "A vote of the council on a new wall is possible."
        #expect(next("What next?", sentence, kinds: [.body, .heading]) == [sentence])
        #expect(next("What happened", sentence, kinds: [.body, .heading]).isEmpty)
    }

    @Test func `days to come count, days that are over do not`() throws {
        let story = [
            try InventedArticle(
                "a",
                published: "2031-03-01",
                "Brede was flooded on Saturday after many days of heavy rain in the hills.",
                "The town council will meet on March 4 about the dam.",
                "A hearing on the flood in Brede is planned for June."
            ).dating("March 4", "2031-03-04").dating("June", "2031-06").member(),
            InventedArticle(
                "b",
                published: "2031-04-01",
                "The council of Brede has published its report on the upper dam at last."
            ).member(episode: 2),
        ]
        #expect(
            Brief(of: story).next.map(\.text)
                == ["A hearing on the flood in Brede is planned for June."]
        )
    }

    @Test func `the newest comes first, and no promise of a quotation is a plan`() throws {
        let brief = Brief(of: try InventedStory.flood())
        #expect(brief.next.allSatisfy { $0.id == "echo" })
        #expect(!brief.next.contains { $0.text.contains("will not be silent") })
        #expect(brief.next.first.flatMap(BriefWords.day) == "3 May 2031")
    }
}
