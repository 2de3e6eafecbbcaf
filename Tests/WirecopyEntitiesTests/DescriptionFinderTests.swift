import Testing

@testable import WirecopyEntities

struct DescriptionFinderTests {
    @Test(
        arguments: [
            ("a police spokesman said", ["a police spokesman"]),
            ("the study reports", ["the study"]),
            ("a leaked letter seen", ["a leaked letter"]),
            ("members of the board said", ["members", "members of the board", "the board"]),
            ("he left quickly", []),
            ("it was", []),
        ] as [(String, [String])]
    )
    func `phrases describe people and things without names`(text: String, expected: [String]) {
        let text = AnalysedText(Array(text.utf8))
        let finder = DescriptionFinder(text: text, names: LinkedNames())
        let phrases = finder.phrases(in: 0..<text.tokens.count, limit: 8)
        #expect(phrases.map { text.string($0) } == expected)
    }

    @Test func `only people are human`() {
        let text = AnalysedText(Array("one of the victims met the study".utf8))
        let finder = DescriptionFinder(text: text, names: LinkedNames())
        #expect(finder.isHuman(0..<4))
        #expect(!finder.isHuman(5..<7))
    }
}
