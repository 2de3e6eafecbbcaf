import Testing

@testable import WirecopyEntities

struct TokeniserTests {
    private func words(_ text: String) -> [String] {
        let analysed = AnalysedText(Array(text.utf8))
        return analysed.tokens.indices.map { analysed.string($0..<($0 + 1)) }
    }

    @Test(arguments: [
        ("Quill's U.S. trip", ["Quill", "'s", "U.S.", "trip"]),
        ("Quill’s don’t", ["Quill", "’s", "don’t"]),
        ("al-Larchi, 1,200 men", ["al-Larchi", ",", "1,200", "men"]),
        ("“No,” said Mr. Orrin.", ["“", "No", ",", "”", "said", "Mr.", "Orrin", "."]),
        ("Orrin–Larch line…", ["Orrin", "–", "Larch", "line", "…"]),
        ("It ended.Then Q&A", ["It", "ended", ".", "Then", "Q&A"]),
        ("the workers' vote", ["the", "workers", "'", "vote"]),
        ("Łódź Çelik", ["Łódź", "Çelik"]),
        ("Kenya-based pan-African", ["Kenya", "-based", "pan-", "African"]),
        ("a Co-author of Al-Larchi", ["a", "Co-author", "of", "Al-Larchi"]),
    ])
    func `words and marks are cut with exact bounds`(text: String, expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test func `letters beyond ASCII know their case`() {
        let tokens = AnalysedText(Array("Łódź éclair ÉTÉ".utf8)).tokens
        #expect(tokens.map(\.isCapitalised) == [true, false, true])
        #expect(tokens[2].shape.contains(.allCapitals))
    }

    @Test func `malformed bytes become marks and lose nothing`() {
        let text = AnalysedText([0x41, 0xFF, 0xE2, 0x80, 0x42, 0xC3])
        #expect(text.tokens.map(\.start) == [0, 1, 2, 3, 4, 5])
    }
}
