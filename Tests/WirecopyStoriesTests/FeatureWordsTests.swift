import Testing

@testable import WirecopyStories

@Suite struct FeatureWordsTests {
    private static func keys(_ text: String) -> [UInt32] {
        let bytes = Array(text.utf8)
        var keys: [UInt32] = []
        FeatureWords.forEach(in: bytes, bytes.indices) { if !$0.isCommon { keys.append($0.key) } }
        return keys
    }

    @Test(
        arguments: [
            ("Strikes", "strike"), ("stopped", "STOPPING"), ("cities", "city"),
            ("Pell’s harbour", "pell harbours"), ("6.8", "6.8"), ("1,200", "1200"),
        ]
    )
    func `forms of a word meet`(pair: (String, String)) {
        #expect(Self.keys(pair.0) == Self.keys(pair.1))
        #expect(!Self.keys(pair.0).isEmpty)
    }

    @Test(arguments: [("bus", "bu"), ("virus", "viru"), ("class", "clas"), ("6.8", "68")])
    func `other words stay apart`(pair: (String, String)) {
        #expect(Self.keys(pair.0) != Self.keys(pair.1))
    }

    @Test func `words that all news have are left out`() {
        #expect(Self.keys("He said on Tuesday that they would").isEmpty)
    }

    @Test func `each Chinese character is a word`() {
        #expect(Self.keys("地震東京").count == 4)
        #expect(Self.keys("地震東京") == Self.keys("地震，東京"))
    }

    @Test func `any bytes are read to their end`() {
        for byte in UInt8.min...UInt8.max {
            let bytes: [UInt8] = [0x61, byte, 0xE3, byte, 0x27]
            FeatureWords.forEach(in: bytes, bytes.indices) { #expect($0.range.upperBound <= 5) }
        }
    }
}
