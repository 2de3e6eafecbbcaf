import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct SyndicationTests {
    private func names(_ fixture: MetadataFixture) throws -> [String] {
        try fixture.draft().syndication.map(\.value)
    }

    @Test(
        arguments: [
            ("BREDE, May 28 (Reuters) - ", ["Reuters"]), ("BREDE (AP) — ", ["Associated Press"]),
            ("Brede (dpa/lno) - ", ["dpa"]), ("(ANSA) - BREDE - ", ["ANSA"]), ("", []),
            ("The council (AP did not ask it) said ", []),
        ]
    )
    func `a dateline names its agency`(start: String, expected: [String]) throws {
        let fixture = MetadataFixture(opening: start + Fixtures.paragraphs[0])
        #expect(try names(fixture) == expected)
    }

    @Test(
        arguments: [
            ("The Associated Press contributed to this report.", ["Associated Press"]),
            ("(Reporting by Ann Lee in Brede; Editing by Bo Ek, Reuters)", ["Reuters"]),
            ("This article was originally published on The Valley Wire.", ["The Valley Wire"]),
            (
                "This story first appeared in Lenne Weekly and is republished here.",
                ["Lenne Weekly"]
            ),
            ("This article is republished from The Talk under a licence.", ["The Talk"]),
            ("Quelle: dpa", ["dpa"]),
            ("With files from The Canadian Press", ["The Canadian Press"]),
            ("AFP/Reuters", ["AFP", "Reuters"]),
            ("This article was originally published in 1984.", []),
            ("This article was first published on March 3, 2024.", []),
            ("This article was originally published by The Harbour Post.", []),
            ("He told Reuters that the lock was safe.", []),
        ]
    )
    func `a note names where the report comes from`(line: String, expected: [String]) throws {
        #expect(try names(MetadataFixture(end: "<p>\(line)</p>")) == expected)
    }

    @Test func `an agency among the authors is where the report comes from`() throws {
        let head = MetadataFixture.structured(
            #""author": {"@type": "Organization", "name": "Agence France-Presse"}"#
        )
        let found = try MetadataFixture(head: head).draft().syndication
        #expect(found.map(\.value) == ["AFP"])
        #expect(found.first?.source == "json-ld")
    }

    @Test func `an agency's own site takes its reports from nowhere`() throws {
        var fixture = MetadataFixture(opening: "BREDE (Reuters) - " + Fixtures.paragraphs[0])
        fixture.url = "https://www.reuters.example/river"
        #expect(try names(fixture) == [])
    }

    @Test(arguments: ["Reuters/Ann Lee", "AP Photo/Ann Lee", "Foto: dpa", "AFP via Getty Images"])
    func `a photographer's credit is none of the report's`(line: String) {
        var notes = SyndicationNotes(siteNames: [])
        let folded = FoldedLine(line)
        notes.add(.init(text: line, folded: folded, place: .end, source: "note"))
        #expect(notes.found.isEmpty)
    }

    @Test func `a picture's agency made the picture`() throws {
        let below = "<figure><img src=a.jpg><figcaption>The lock. Reuters</figcaption></figure>"
        #expect(try names(MetadataFixture(below: below, end: "<p>Photo: AFP</p>")) == [])
    }

    @Test func `a statement names its source by address too`() throws {
        let head = "<meta name='syndication-source' content='https://www.wire.example/a/1'>"
        #expect(try names(MetadataFixture(head: head)) == ["wire.example"])
        let own = "<meta name='original-source' content='https://harbourpost.example/river'>"
        #expect(try names(MetadataFixture(head: own)) == [])
    }

    @Test func `spellings are those of the agencies`() {
        func named(_ text: String, strict: Bool = false) -> [String] {
            NewsAgencies.named(in: Array(text.utf8), strict: strict).map(\.name)
        }
        #expect(named("Reuters and REUTERS") == ["Reuters"])
        #expect(named("a reuter, an apple, DPAs, Reutersberg") == [])
        #expect(named("AP") == [])
        #expect(named("AP", strict: true) == ["Associated Press"])
    }

    @Test func `a text page has its notes in its lines`() throws {
        let text = """
            River rises after storm in the hills

            BREDE, May 28 (Reuters) - \(Fixtures.paragraphs.joined(separator: "\n\n"))

            This article was originally published on The Valley Wire.
            """
        let models = try ParseModels.shipped()
        let found = TextPage.draft(of: Fixtures.source(text), models.text).syndication
        #expect(found.map(\.value) == ["Reuters", "The Valley Wire"])
        #expect(found.first?.source == "line:3")
    }
}
