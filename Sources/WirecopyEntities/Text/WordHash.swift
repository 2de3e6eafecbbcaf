/// Hashes words and phrases without making strings (FNV-1a, 64 bits).
///
/// A collision can only mislabel one word of one article, so 64 bits without a check are enough.
enum WordHash {
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    /// Mixes one byte into a hash.
    @inline(__always)
    static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* prime }

    /// Lower-cases an ASCII letter.
    @inline(__always)
    static func fold(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The folded hash of a word given as a string; `words` in code are written in lower case.
    static func folded(_ word: String) -> UInt64 {
        word.utf8.reduce(seed) { mix($0, fold($1)) }
    }

    /// The hash of bytes as they stand.
    static func exact(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed, mix) }

    /// The hash of a word as it stands.
    static func exact(_ word: String) -> UInt64 { exact(word.utf8) }

    /// Joins the hashes of a phrase's words in their order.
    @inline(__always)
    static func join(_ phrase: UInt64, _ word: UInt64) -> UInt64 {
        (phrase &* 0x9E37_79B9_7F4A_7C15) ^ word
    }
}

/// A closed set of words, asked by the folded hash of a token.
struct WordSet: Sendable {
    private let hashes: HashMap<Bool>

    /// Takes words separated by white space.
    init(_ words: String) {
        var hashes = HashMap(none: false)
        for word in words.split(whereSeparator: \.isWhitespace) {
            hashes.update(WordHash.folded(String(word))) { $0 = true }
        }
        self.hashes = hashes
    }

    /// Whether the token is one of the words, in any case.
    func contains(_ token: Token) -> Bool { token.kind == .word && hashes.contains(token.folded) }

    /// Whether the hash is that of one of the words.
    func contains(_ folded: UInt64) -> Bool { hashes.contains(folded) }

    /// The hashes of the words, in no order.
    var folded: [UInt64] {
        var folded: [UInt64] = []
        hashes.forEach { hash, _ in folded.append(hash) }
        return folded
    }
}
