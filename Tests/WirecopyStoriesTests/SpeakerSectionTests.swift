import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct SpeakerSectionTests {
    private func speaker(_ name: String) throws -> BriefSpeaker {
        let brief = Brief(of: try InventedStory.flood())
        return try #require(brief.speakers.first { $0.name == name })
    }

    @Test func `a statement over several outlets is one, with its variants`() throws {
        let quill = try speaker("Ada Quill")
        #expect(quill.kind == .person)
        #expect(quill.role == "mayor of Brede")
        #expect(quill.reports == 3)
        let first = try #require(quill.statements.first)
        #expect(first.parts.map(\.text) == ["“Nobody saw the water come,”", "“We need boats.”"])
        #expect(first.isVerbatim)
        #expect(first.articles == [1, 2])
        #expect(first.reports == 2)
        #expect(first.variants.map(\.article) == [2])
        #expect(first.occasion == "at a school in Brede")
        #expect(BriefWords.words(of: first).hasSuffix("“We need boats.”"))
    }

    @Test func `quoted words stand in their sentence`() throws {
        let quill = try speaker("Ada Quill")
        let partial = try #require(quill.statements.first { !$0.isVerbatim })
        #expect(
            partial.parts.map(\.text) == [
                "Ada Quill said the town “will not be silent” at the hearings."
            ]
        )
    }

    @Test func `an outlet that speaks stands apart from persons`() throws {
        #expect(try speaker("Coast Wire").kind == .outlet)
        let kinds = Brief(of: try InventedStory.flood()).speakers.map(\.kind)
        #expect(kinds == [.person, .outlet])
    }

    @Test func `what is quoted but not speech, and what nobody said, never appears`() throws {
        let said = Brief(of: try InventedStory.flood()).speakers.flatMap(\.statements)
        #expect(!said.flatMap(\.parts).contains { $0.text.contains("once in a lifetime") })
        let article = try InventedArticle("a", "The “new” plan of Ada Quill failed.")
            .naming("Ada Quill", .person)
            .saying("“new”", .partial, by: "Ada Quill", cue: nil)
        #expect(Brief(of: [article.member()]).speakers.isEmpty)
    }

    @Test func `"the newspaper" is the one source of its article`() throws {
        let article = try InventedArticle(
            "a",
            "Coast Wire reported a flood.",
            "The newspaper said it was “very wet” there."
        )
        .naming("Coast Wire", .organisation)
        .citing("Coast Wire reported", "Coast Wire")
        .saying("“very wet”", .partial, by: "the newspaper")
        let brief = Brief(of: [article.member()])
        #expect(brief.speakers.map(\.name) == ["Coast Wire"])
        #expect(brief.speakers.map(\.kind) == [.outlet])
    }

    @Test func `surnames and other spellings are the same person, two bearers are not`() throws {
        let full = try InventedArticle("a", "“It rains hard today,” said Yury Dolskiy.")
            .naming("Yury Dolskiy", .person)
            .saying("“It rains hard today,”", by: "Yury Dolskiy")
        let short = try InventedArticle("b", "“We know nothing of boats,” said Dolsky.")
            .naming("Dolsky", .person)
            .saying("“We know nothing of boats,”", by: "Dolsky")
        let other = try InventedArticle("c", "“All is well here now,” said Vera Dolsky.")
            .naming("Vera Dolsky", .person)
            .saying("“All is well here now,”", by: "Vera Dolsky")
        let two = Brief(of: [full.member(), short.member()])
        #expect(two.speakers.map(\.name) == ["Yury Dolskiy"])
        #expect(two.speakers[0].statements.count == 2)
        let three = Brief(of: [full.member(), short.member(), other.member()])
        #expect(three.speakers.count == 3)
    }

    @Test func `what is not shown is counted`() throws {
        var article = InventedArticle(
            "a",
            "“Red boats came,” she said. “Green cars went,” she said. “Blue birds sang,” she said. "
                + "“Black dogs ran,” she said. “White cats slept,” said Ada Quill."
        )
        article = try article.naming("Ada Quill", .person)
        for words in ["Red boats came", "Green cars went", "Blue birds sang", "Black dogs ran"] {
            article = try article.saying("“\(words),”", by: "Ada Quill")
        }
        article = try article.saying("“White cats slept,”", by: "Ada Quill")
        let speaker = try #require(Brief(of: [article.member()]).speakers.first)
        #expect(speaker.statements.count == 4)
        #expect(speaker.more == 1)
    }
}
