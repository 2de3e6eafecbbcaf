/// Hashes of each three words in a row of a text, in their order: what texts are compared by.
///
/// Words are those of `TextWords`, so that case, punctuation and the form of quotation marks do not
/// count.
package struct WordRuns: Sendable {
    /// A hash for each word: of the two before it and of the word. Before the first two words
    /// stand zeros.
    package let hashes: [UInt64]

    /// Bytes of a word with the sign behind it; six in English.
    private static let bytesOfWord = 5

    /// Reads a text in UTF-8.
    package init(of text: [UInt8]) {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(text.count / Self.bytesOfWord)
        var (first, second) = (UInt64(0), UInt64(0))
        TextWords.forEach(in: text) { word, _ in
            hashes.append(Self.mixed(first ^ Self.mixed(second ^ Self.mixed(word))))
            (first, second) = (second, word)
        }
        self.hashes = hashes
    }

    /// The finaliser of SplitMix64 (Steele and others 2014).
    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
