import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct SourceSectionTests {
    private func retelling(_ id: String, _ source: String) throws -> StoryMember {
        try InventedArticle(id, outlet: id, "\(source) reported a flood in Brede on Saturday.")
            .naming(source, .organisation)
            .citing("\(source) reported", source)
            .member()
    }

    @Test func `reports that cite only the same outlet are one origin`() throws {
        let members = try ["a", "b", "c"].map { try retelling($0, "Coast Wire") }
        let brief = Brief(of: members)
        #expect(brief.origins.reports == 3)
        #expect(brief.origins.independent == 1)
        #expect(brief.origins.names == ["Coast Wire"])
        #expect(brief.sources.map(\.name) == ["Coast Wire"])
        #expect(brief.sources[0].articles == [1, 2, 3])
    }

    @Test func `an outlet's own report is the origin of those that retell it`() throws {
        let brief = Brief(of: [
            try InventedStory.wire().member(), try retelling("a", "Coast Wire"),
            try retelling("b", "The Coast Wire"),
        ])
        #expect(brief.origins.independent == 1)
        #expect(brief.origins.names == ["[1]"])
        #expect(brief.sources[0].ownReport == 1)
    }

    @Test func `outlets that cite each other in a circle have an origin`() throws {
        let brief = Brief(of: [
            try retelling("Coast Wire", "Hill Herald"), try retelling("Hill Herald", "Coast Wire"),
        ])
        #expect(brief.origins.independent >= 1)
    }

    @Test func `chains name who cites whom cites whom`() throws {
        let brief = Brief(of: [
            try InventedStory.herald().member(), try retelling("Evening Echo", "Hill Herald"),
        ])
        let herald = try #require(brief.sources.first { $0.name == "Hill Herald" })
        #expect(herald.chains == [["Evening Echo", "Hill Herald", "Coast Wire", "two engineers"]])
        let wire = try #require(brief.sources.first { $0.name == "Coast Wire" })
        #expect(wire.restsOn == ["two engineers"])
        #expect(wire.lines.map(\.id) == ["herald"])
    }

    @Test func `initials are the outlet that has them`() throws {
        let brief = Brief(of: [
            try retelling("a", "Coast Wire Agency"), try retelling("b", "CWA"),
        ])
        #expect(brief.sources.map(\.name) == ["Coast Wire Agency"])
    }

    @Test func `a report with statements of its own knows by itself`() throws {
        let brief = Brief(of: try InventedStory.flood())
        #expect(brief.origins.independent == 3)
        #expect(brief.origins.names == ["[1]", "[2]", "[4]"])
    }

    @Test func `a host is the outlet whose name it has, and is called as others write it`() throws {
        let brief = Brief(of: [
            InventedArticle("a", outlet: "coastwire.example", "The River Lorn rose in Brede.")
                .member(),
            try retelling("b", "Coast Wire"),
        ])
        #expect(brief.sources.map(\.name) == ["Coast Wire"])
        #expect(brief.sources[0].ownReport == 1)
        #expect(BriefWords.basis(of: brief.sources[0]) == "own report [1]")
        #expect(BriefWords.summary(of: brief) == "2 reports, 1 independent origin ([1])")
    }
}
