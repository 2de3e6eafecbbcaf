import Testing

@testable import WirecopyMessages

@Suite struct FingerprintTests {
    /// Three hundred words without much repetition.
    private static func text(seed: Int) -> [String] {
        (0..<300).map { "word\($0 * 7919 % 5003)of\(seed)" }
    }

    private static func fingerprint(_ words: [String]) -> Fingerprint {
        Fingerprint(of: Array(words.joined(separator: " ").utf8))
    }

    private static func fingerprint(_ text: String) -> Fingerprint {
        Fingerprint(of: Array(text.utf8))
    }

    @Test func `a report with a few changed words is a near-duplicate`() {
        let distances = (0..<50).map { seed in
            var words = Self.text(seed: seed)
            let before = Self.fingerprint(words)
            words[40] = "changed"
            words[200] = "likewise"
            return before.distance(to: Self.fingerprint(words))
        }
        // A hash of this kind misses a few: chance decides which bits a word moves.
        #expect(distances.count { $0 <= Fingerprint.nearBitsMax } >= 48, "\(distances)")
        #expect(distances.allSatisfy { $0 <= Fingerprint.nearBitsMax + 4 }, "\(distances)")
    }

    @Test func `half of a report with another half is none`() {
        for seed in 0..<50 {
            let mixed = Self.text(seed: seed)[..<150] + Self.text(seed: seed + 1000)[150...]
            let distance = Self.fingerprint(Self.text(seed: seed))
                .distance(to: Self.fingerprint(Array(mixed)))
            #expect(distance > Fingerprint.nearBitsMax, "seed \(seed): \(distance)")
        }
    }

    @Test func `unrelated texts differ in many bits`() {
        for seed in 2..<30 {
            let distance = Self.fingerprint(Self.text(seed: 1))
                .distance(to: Self.fingerprint(Self.text(seed: seed)))
            #expect(distance > Fingerprint.nearBitsMax + 4)
        }
    }

    @Test(arguments: [
        "The harbour, it OPENED again!", "the harbour it opened — again",
        "“The harbour” … it opened ‘again’",
    ])
    func `case and punctuation do not count`(_ text: String) {
        #expect(Self.fingerprint(text) == Self.fingerprint("the harbour it opened again"))
    }

    @Test func `column and digits keep all bits`() {
        let fingerprint = Self.fingerprint(Self.text(seed: 9))
        #expect(Fingerprint(column: fingerprint.column) == fingerprint)
        #expect(Fingerprint(hex: fingerprint.hex) == fingerprint)
        #expect(Fingerprint(of: []).hex == "0000000000000000")
        #expect(Fingerprint(hex: "12") == nil)
        #expect(Fingerprint(hex: "000000000000000g") == nil)
    }
}

@Suite struct ReadingMeasureTests {
    private func measure(_ text: String) -> ReadingMeasure {
        ReadingMeasure(of: Array(text.utf8))
    }

    @Test(arguments: [
        ("", 0), ("One two, three.", 3), ("Wir hätten’s gewußt", 4),
        ("Река поднялась на 2 метра.", 5),
        ("洪水は2メートル。", 8), ("河水上涨了两米", 7), ("강물이 불었다", 2), ("— … ·", 1),
    ])
    func `words are counted in every script`(_ text: String, _ count: Int) {
        #expect(measure(text).words == count)
    }

    @Test func `a report of 476 words takes two minutes`() {
        let text = Array(repeating: "word", count: 476).joined(separator: " ")
        #expect(measure(text).seconds == 120)
    }
}
