/// Classes of words that stand in like company: "Monday" with "Friday", "minister" with "envoy".
///
/// A context that was never seen with a name resembles one that was. Two classes a word, a coarse
/// and a fine one, learned by `wirecopy-train names`; found by hash, with linear probing.
package struct WordClasses: Sendable, Equatable {
    /// The classes of a word; zero is none.
    package struct Pair: Sendable, Equatable {
        /// Below `coarseMax`.
        package var coarse: UInt8 = 0
        /// Below `fineMax`.
        package var fine: UInt16 = 0

        /// Joins both; a word without classes has zeros.
        package init(coarse: UInt8 = 0, fine: UInt16 = 0) {
            (self.coarse, self.fine) = (coarse, fine)
        }
    }

    /// More than any coarse class.
    package static let coarseMax = 1 << 8
    /// More than any fine class.
    package static let fineMax = 1 << 16
    /// Bits of a slot that tell the word; the others are its classes.
    private static let markMask: UInt64 = ~0xFF_FFFF

    /// A power of two of slots, not all of them taken; zero where no word lies.
    let slots: [UInt64]

    /// Knows no word.
    package static let none = WordClasses(slots: [0])

    /// Takes stored slots; their count must be a power of two, and one of them free.
    init(slots: [UInt64]) { self.slots = slots }

    /// Packs the classes of words, given by their hashes.
    package init(_ words: [(word: UInt64, pair: Pair)]) {
        var count = 2
        while count < words.count * 2 { count *= 2 }
        var slots = [UInt64](repeating: 0, count: count)
        for (word, pair) in words {
            let key = Self.key(word)
            var slot = Self.slot(key, slots)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = key | UInt64(pair.fine) << 8 | UInt64(pair.coarse)
        }
        self.slots = slots
    }

    /// The classes of a word, by the hash of `TokenTraits.word`.
    @inline(__always)
    func classes(of word: UInt64) -> Pair {
        let key = Self.key(word)
        var slot = Self.slot(key, slots)
        while slots[slot] != 0 {
            if slots[slot] & Self.markMask == key {
                let bits = slots[slot]
                return Pair(
                    coarse: UInt8(truncatingIfNeeded: bits),
                    fine: UInt16(truncatingIfNeeded: bits >> 8)
                )
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return Pair()
    }

    @inline(__always)
    private static func key(_ word: UInt64) -> UInt64 {
        let key = word &* 0x9E37_79B9_7F4A_7C15 & markMask
        return key == 0 ? 1 << 24 : key
    }

    @inline(__always)
    private static func slot(_ key: UInt64, _ slots: [UInt64]) -> Int {
        Int(truncatingIfNeeded: key >> 24) & (slots.count - 1)
    }
}
