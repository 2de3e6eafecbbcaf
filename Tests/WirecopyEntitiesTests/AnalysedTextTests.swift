import Testing

@testable import WirecopyEntities

struct AnalysedTextTests {
    private static let text = AnalysedText(
        Array("Ada Quillon left. It rained all day in Oslo, she said. He came.".utf8)
    )

    private func parts(tokensMax: Int) -> [(part: AnalysedText, first: Int)] {
        var parts: [(part: AnalysedText, first: Int)] = []
        Self.text.forEachPart(tokensMax: tokensMax) { part, first in
            parts.append((part, first))
            return true
        }
        return parts
    }

    @Test(arguments: [1, 3, 5, 16, 1000])
    func `the parts of a text have all its tokens once, and no more than they may`(tokensMax: Int) {
        let parts = parts(tokensMax: tokensMax)
        #expect(parts.flatMap { $0.part.tokens.map(\.start) } == Self.text.tokens.map(\.start))
        for (part, first) in parts {
            #expect(part.tokens.count <= tokensMax)
            #expect(part.tokens.first?.start == Self.text.tokens[first].start)
            #expect(part.sentenceTokens.last?.upperBound == part.tokens.count)
            #expect(part.sentences.count == part.sentenceTokens.count)
        }
    }

    @Test func `a part has whole sentences where they fit`() {
        let texts = parts(tokensMax: 16).map { $0.part.string(0..<$0.part.tokens.count) }
        #expect(
            texts == [
                "Ada Quillon left. It rained all day in Oslo, she said.", "He came.",
            ]
        )
    }

    @Test func `reading of parts ends when it is told to`() {
        var count = 0
        Self.text.forEachPart(tokensMax: 1) { _, _ in
            count += 1
            return false
        }
        #expect(count == 1)
    }
}
