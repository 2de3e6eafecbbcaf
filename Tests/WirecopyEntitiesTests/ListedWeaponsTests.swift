import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct ListedWeaponsTests {
    private func found(_ text: String) throws -> [String] {
        let text = AnalysedText(Array(text.utf8))
        return ListedWeapons(text: text, lexicon: try .shipped()).added(to: [])
            .map { text.string($0.tokens) }
    }

    @Test func `a weapon of the lists is a mention, with the list as its evidence`() throws {
        #expect(try found("They fired HIMARS and two S-300 at it.") == ["HIMARS", "S-300"])
        let span = ListedWeapons(
            text: AnalysedText(Array("HIMARS".utf8)),
            lexicon: try .shipped()
        ).added(to: []).first
        #expect(span?.isListed == true && span?.type == .weapon)
    }

    @Test func `a word that is also a weapon needs a word of arms beside it`() throws {
        #expect(try found("A Hawk sat on the roof, a Reaper behind it.") == [])
        #expect(try found("They sent Hawk missiles and the drone Reaper.") == ["Hawk", "Reaper"])
    }

    @Test func `names that were found stay as they are`() throws {
        let text = AnalysedText(Array("HIMARS Board bought HIMARS.".utf8))
        let board = NameSpan(0..<2, .organisation, .strong)
        let spans = ListedWeapons(text: text, lexicon: try .shipped()).added(to: [board])
        #expect(spans.map(\.tokens) == [0..<2, 3..<4])
        #expect(spans.first == board)
    }
}
