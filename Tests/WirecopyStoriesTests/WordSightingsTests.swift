import Testing

@testable import WirecopyStories

@Suite struct WordSightingsTests {
    private static func word(_ see: (inout WordSightings) -> Void) -> ArticleFeatures.Word? {
        var sightings = WordSightings(capacity: 1)
        see(&sightings)
        let words = sightings.words()
        return words.count == 1 ? words.first : nil
    }

    @Test func `a word counts as often as it stands in the text`() {
        let word = Self.word { for _ in 0..<3 { $0.addText(7, isBeginning: false) } }
        #expect(word == ArticleFeatures.Word(key: 7, count: 3))
    }

    @Test func `the beginning counts once more, however often it has the word`() {
        let word = Self.word { for _ in 0..<3 { $0.addText(7, isBeginning: true) } }
        #expect(word == ArticleFeatures.Word(key: 7, count: 4, isLeading: true))
    }

    @Test func `a name in other words than the text's counts once`() {
        let word = Self.word { sightings in
            sightings.addName(7, times: 2)
            sightings.addName(7, times: 3)
        }
        #expect(word == ArticleFeatures.Word(key: 7, count: 1, salience: 5))
    }

    @Test func `the headline counts for three, and twice more for a name`() {
        let word = Self.word { sightings in
            sightings.addHeadline(7)
            sightings.addName(7, times: 1)
            sightings.addText(7, isBeginning: false)
        }
        #expect(word == ArticleFeatures.Word(key: 7, count: 4, salience: 3, isLeading: true))
    }

    @Test func `counts end at what fits`() {
        let word = Self.word { sightings in
            for _ in 0..<300 { sightings.addText(.max, isBeginning: false) }
            sightings.addName(.max, times: 1000)
            sightings.addName(.max, times: 1000)
        }
        #expect(word == ArticleFeatures.Word(key: .max, count: 255, salience: 255))
    }

    @Test func `words come out by their keys`() {
        var sightings = WordSightings(capacity: 0)
        let keys = (1...2000).map { UInt32($0) &* 0x9E37_79B1 }
        for key in keys + keys { sightings.addText(key, isBeginning: false) }
        #expect(sightings.words().map(\.key) == keys.sorted())
    }
}
