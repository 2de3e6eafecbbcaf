extension NameWords {
    /// Bits of `classes` for words that may end a name in lower case: "Quill river".
    static let headClasses: UInt32 = 0b1111_1100

    /// For each set that a word belongs to one bit.
    static func classes(_ token: Token) -> UInt32 {
        token.kind == .word ? table[token.folded] ?? 0 : 0
    }

    private static let table: HashMap<UInt32> = {
        let sets = [
            title, titleModifier, bodyHead, facilityHead, placeHead, districtHead, eventHead,
            lawHead, otherHead, bodyOpener, placeOpener, districtOpener, eventOpener, lawOpener,
            productOpener, particle, calendar, placePreposition, generation, SpeechWords.verb,
            Abbreviations.starters,
        ]
        var table = HashMap<UInt32>(none: 0)
        for (bit, set) in sets.enumerated() {
            for word in set.folded { table.update(word) { $0 |= 1 << UInt32(bit) } }
        }
        return table
    }()
}
