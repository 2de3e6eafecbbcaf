/// A 64-bit SimHash of a text's three-word shingles (Charikar 2002): near-duplicates differ in few
/// bits.
///
/// Words are runs of ASCII letters and digits, in lower case, and of bytes of other letters.
struct Fingerprint: Sendable, Equatable {
    /// The 64 bits.
    let bits: UInt64

    /// Computes the fingerprint of a text in UTF-8; a text without words has 0.
    init(of text: [UInt8]) {
        var counts = [Int32](repeating: 0, count: 64)
        var (first, second) = (UInt64(0), UInt64(0))
        Self.forEachWord(of: text) { word in
            let shingle = Self.mixed(first ^ Self.mixed(second ^ Self.mixed(word)))
            for bit in 0..<64 { counts[bit] += shingle >> UInt64(bit) & 1 == 1 ? 1 : -1 }
            (first, second) = (second, word)
        }
        bits = counts.indices.reduce(UInt64(0)) { bits, bit in
            counts[bit] > 0 ? bits | 1 << UInt64(bit) : bits
        }
    }

    /// Takes the bits from a column, where they are a signed number.
    init(column: Int64) { bits = UInt64(bitPattern: column) }

    /// The bits as the signed number that SQL knows.
    var column: Int64 { Int64(bitPattern: bits) }

    /// Number of bits that differ, 0 to 64; unrelated texts differ in about 32.
    func distance(to other: Fingerprint) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// Calls `body` with the FNV-1a hash of each word.
    private static func forEachWord(of text: [UInt8], _ body: (UInt64) -> Void) {
        var hash = offsetBasis
        for byte in text {
            if let letter = folded(byte) {
                hash = (hash ^ UInt64(letter)) &* prime
            } else if hash != offsetBasis {
                body(hash)
                hash = offsetBasis
            }
        }
        if hash != offsetBasis { body(hash) }
    }

    private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func folded(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            0x80...:
            byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    /// The finaliser of SplitMix64 (Steele and others 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
