import Testing

@testable import WirecopyEntities

struct LexiconTests {
    @Test func `the longest phrase wins`() throws {
        var lexicon = Lexicon()
        try lexicon.add(
            rows: Array("Larch\tcity\nLarch Island\tcountry\tLarchia".utf8),
            file: "test"
        )
        let tokens = AnalysedText(Array("Larch Island Ferry".utf8)).tokens
        let match = lexicon.longestMatch(tokens, from: 0, limit: tokens.count)
        #expect(match?.tokens == 0..<2)
        #expect(match?.senses == .country)
        #expect(match.map { lexicon.canonicalNames[Int($0.canonical)] } == "Larchia")
    }

    @Test func `case counts in names`() throws {
        var lexicon = Lexicon()
        try lexicon.add(rows: Array("US\tcountry".utf8), file: "test")
        let tokens = AnalysedText(Array("us US".utf8)).tokens
        #expect(lexicon.senses(tokens[0]).isEmpty)
        #expect(lexicon.senses(tokens[1]) == .country)
    }

    @Test func `a row of unknown kind is a typed failure`() {
        var lexicon = Lexicon()
        #expect(throws: EntityFailure.lexiconUnreadable(file: "test", line: "Larch\ttree")) {
            try lexicon.add(rows: Array("Larch\ttree".utf8), file: "test")
        }
    }

    @Test func `the shipped lists are read once and know a country`() throws {
        let tokens = AnalysedText(Array("Kenya".utf8)).tokens
        #expect(try Lexicon.shipped().senses(tokens[0]).contains(.country))
    }
}
