import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct CitationFinderTests {
    private func sources(_ text: String) throws -> [String] {
        try ReadText(text).annotation.citations.map(\.name)
    }

    @Test(arguments: [
        ("Prices rose, Reuters reported on Monday.", ["Reuters"]),
        ("According to the Associated Press, prices rose.", ["Associated Press"]),
        ("Prices rose, the BBC said, citing Reuters.", ["BBC", "Reuters"]),
        ("Mary Quillon told Reuters that prices rose.", ["Reuters"]),
        ("(Photo by Mary Quillon via Getty Images)", ["Getty Images"]),
        (
            "Some details were provided by Reuters, Politico and the BBC.",
            ["Reuters", "Politico", "BBC"]
        ),
        ("A study by Harvard University found it.", ["Harvard University"]),
        ("Speaking to Reuters, Mary Quillon agreed.", ["Reuters"]),
        ("In findings published on Monday in PLOS One, they were seen.", ["PLOS One"]),
        ("According to a report on Monday by Reuters, prices rose.", ["Reuters"]),
        ("In a statement, the World Health Organization warned.", ["World Health Organization"]),
        ("According to Reuters, the World Bank waits.", ["Reuters"]),
        ("The World Bank, according to NASA chief Mary Quillon, waits.", []),
        ("Mary Quillon answered via Twitter.", []),
        ("The BBC reached out to Mary Quillon, who told the BBC that she would wait.", []),
        ("The \"Washington Post\" reports that prices rose.", ["Washington Post"]),
        ("According to the \"Washington Post,\" prices rose.", ["Washington Post"]),
        ("Mary Quillon said \"no\" according to a \"friend\" of Reuters.", []),
        ("Reuters moved its office to Oslo.", []),
        ("According to Mary Quillon, prices rose.", []),
    ])
    func `sources that a report rests on are cited`(text: String, expected: [String]) throws {
        #expect(try sources(text) == expected)
    }

    @Test func `a source is cited once`() throws {
        #expect(try sources("Reuters reported it. Later Reuters reported more.") == ["Reuters"])
    }

    @Test func `the range is the phrase that cites`() throws {
        let read = try ReadText("Prices rose, Reuters reported on Monday.")
        #expect(read.annotation.citations.map { read.string($0.range) } == ["Reuters reported"])
    }

    @Test func `a source is cited with what it cites itself`() throws {
        let text = "Prices rose, the BBC reported, citing undisclosed official sources, on Monday."
        let citation = try #require(try ReadText(text).annotation.citations.first)
        #expect(citation.name == "BBC")
        #expect(citation.citing == "undisclosed official sources")
    }
}
