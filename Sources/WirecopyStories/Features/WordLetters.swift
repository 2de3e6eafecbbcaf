/// The letters of one word in lower case, held in place: a text has hundreds of words, and an array
/// that grows letter by letter costs more than all that is done with them.
struct WordLetters {
    private var bytes = InlineArray<64, UInt8>(repeating: 0)
    /// How many there are. Longer runs are no words of a language; they count by their beginning.
    private(set) var count = 0
    /// Every bit that is set in a letter.
    private var bits: UInt8 = 0

    /// Whether all letters are of ASCII.
    var isASCII: Bool { bits < 0x80 }

    /// FNV-1a, folded to 32 bits.
    var hash: UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in 0..<count { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    }

    /// Adds a letter, as long as there is room.
    mutating func append(_ letter: UInt8) {
        guard count < bytes.count else { return }
        bytes[count] = letter
        bits |= letter
        count += 1
    }

    /// Removes all letters.
    mutating func removeAll() { (count, bits) = (0, 0) }

    /// Removes letters that are there from the end.
    mutating func removeLast(_ number: Int = 1) { count -= number }

    /// A letter that is there, counted from the end: 1 is the last one.
    func last(_ place: Int) -> UInt8 { bytes[count - place] }
}
