import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct NameLabelTests {
    @Test func `labels tell names with their bounds`() {
        let labels = [0, 1, 2, 0, 3, 3, 4].map(UInt8.init)
        let spans = NameLabel.spans(labels).map { "\($0.0) \($0.type)" }
        #expect(spans == ["1..<3 0", "4..<5 1", "5..<7 1"])
    }

    @Test func `an inside without a beginning begins a name`() {
        let spans = NameLabel.spans([2, 4] as [UInt8]).map { "\($0.0) \($0.type)" }
        #expect(spans == ["0..<1 0", "1..<2 1"])
    }
}

struct LabelPathTests {
    private let person = NameLabel.begin(0)
    private let insidePerson = NameLabel.inside(0)
    private let insideBody = NameLabel.inside(1)

    @Test func `the highest scores win`() {
        var scores = [LabelScores](repeating: .zero, count: 3)
        scores[0][NameLabel.outside] = 1
        scores[1][person] = 2
        scores[2][insidePerson] = 1
        var path = LabelPath()
        let labels = path.best(scores, 0..<3, LabelTransitions())
        #expect(labels == [0, UInt8(person), UInt8(insidePerson)])
    }

    @Test func `an inside never follows another type`() {
        var scores = [LabelScores](repeating: .zero, count: 2)
        scores[0][person] = 5
        scores[1][insideBody] = 4
        scores[1][NameLabel.outside] = 1
        var path = LabelPath()
        let labels = path.best(scores, 0..<2, LabelTransitions())
        #expect(labels == [UInt8(person), 0])
    }

    @Test func `only allowed labels are given`() {
        var scores = [LabelScores](repeating: .zero, count: 1)
        scores[0][person] = 5
        var path = LabelPath()
        let labels = path.best(scores, 0..<1, LabelTransitions(), allowed: [1])
        #expect(labels == [0])
    }

    @Test func `transitions decide between equal scores`() {
        var transitions = LabelTransitions()
        transitions.rows[LabelTransitions.outside][4] = 1
        var path = LabelPath()
        let labels = path.best([.zero], 0..<1, transitions)
        #expect(labels == [UInt8(NameLabel.begin(4))])
    }
}

struct NameModelTests {
    private func model(slots: Int = 16) -> NameModel {
        var row = [Int8](repeating: 0, count: NameLabel.count)
        row[3] = -100
        row[24] = 127
        let rows = NameRowTable([(0xABCD_0000_0000_0001, row)], scale: 0.5, slots: slots)
        var transitions = LabelTransitions()
        transitions.goesOn[2] = 1.5
        let reading = NameModel.Reading(rows: rows, transitions: transitions)
        let pair = WordClasses.Pair(coarse: 3, fine: 300)
        return NameModel(classes: WordClasses([(word: 7, pair)]), first: reading, second: reading)
    }

    @Test func `a row gives each label its weight`() {
        let scores = model().first.rows.scores([0xABCD_0000_0000_0001, 7])
        #expect(scores[3] == -50)
        #expect(scores[24] == 63.5)
        #expect(scores[0] == 0)
    }

    @Test func `another answer in the same slot is not mistaken`() {
        let scores = model().first.rows.scores([0xABCE_0000_0000_0001])
        #expect(scores == .zero)
    }

    @Test func `a model survives its file`() throws {
        #expect(try NameModel(bytes: model().bytes) == model())
    }

    @Test(arguments: [0, 3, 8, 40, 2000])
    func `a file that is cut off is a typed failure`(count: Int) {
        let bytes = Array(model().bytes.prefix(count))
        #expect(throws: EntityFailure.self) { try NameModel(bytes: bytes) }
    }

    @Test func `a table of words without a free slot is a typed failure`() {
        var bytes = model().bytes
        // Two slots lie at the end.
        bytes.replaceSubrange((bytes.count - 16)..., with: repeatElement(1, count: 16))
        #expect(throws: EntityFailure.self) { try NameModel(bytes: bytes) }
    }

    @Test func `a word has its classes, and an unknown one none`() {
        let words: [(word: UInt64, pair: WordClasses.Pair)] = (1...50).map { number in
            (number &* 0x1234_5678_9ABC_DEF1, .init(coarse: UInt8(number), fine: 1000))
        }
        let classes = WordClasses(words)
        #expect(words.allSatisfy { classes.classes(of: $0.word) == $0.pair })
        #expect(classes.classes(of: 99) == WordClasses.Pair())
        #expect(WordClasses.none.classes(of: 99) == WordClasses.Pair())
    }

    @Test func `a file with an impossible count is a typed failure`() {
        var bytes = model().bytes
        bytes.replaceSubrange(8..<12, with: [0xFF, 0xFF, 0xFF, 0x7F])
        #expect(throws: EntityFailure.self) { try NameModel(bytes: bytes) }
    }
}

struct HashMapTests {
    @Test func `a map keeps what it was given while it grows`() {
        var map = HashMap(none: 0)
        for key in 0..<1000 as Range<UInt64> { map.update(key &* 64) { $0 = Int(key) } }
        #expect(map.count == 1000)
        #expect((1..<1000).allSatisfy { map[UInt64($0) &* 64] == $0 })
        #expect(map[63] == nil)
    }
}
