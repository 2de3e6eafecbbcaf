import Testing

@testable import wirecopy_train

@Suite struct BlockChoiceTests {
    private func chosen(_ texts: [String], gold: String, guess: [Bool]? = nil) -> [String] {
        let isChosen = BlockChoice.best(
            texts.map(BlockAnswers.words),
            gold: BlockAnswers.words(gold),
            guess: guess ?? texts.map { _ in false }
        )
        return zip(texts, isChosen).filter(\.1).map(\.0)
    }

    private let long = "the river rose by two metres"
    private let other = "farmers moved cattle to higher ground"

    @Test func `a short block is told by what it joins`() {
        let found = chosen([long, "2019", other, "2019"], gold: "\(long) 2019 \(other)")
        #expect(found == [long, "2019", other])
    }

    @Test func `of two copies one is chosen`() {
        let guess = [true, true, true]
        #expect(chosen([long, other, long], gold: "\(long) \(other)", guess: guess).count == 2)
    }

    @Test func `a block that is mostly something else is left out`() {
        let mixed = long + String(repeating: " and a caption goes on", count: 8)
        #expect(chosen([other, mixed], gold: "\(other) \(long)") == [other])
    }

    @Test func `nothing is chosen for another text`() {
        #expect(chosen([long, other], gold: "the captain of the ferry was asked").isEmpty)
    }
}
