/// A 64-bit SimHash of a text's three-word shingles (Charikar 2002; Manku, Jain and Das Sarma
/// 2007): near-duplicates differ in few bits.
///
/// Words are those of `TextWords`, so that case, punctuation and the form of quotation marks do not
/// count. Two texts of some length whose fingerprints differ in at most `nearBitsMax` bits are
/// versions of one report; the fewer words a text has, the more bits one of them moves.
package struct Fingerprint: Sendable, Equatable {
    /// The most bits in which near-duplicates differ.
    ///
    /// The share of shingles that two texts have in common is about the cosine of `π · bits / 64`:
    /// 8 bits are a text of which a thirteenth is new. Unrelated texts differ in about 32 bits, and
    /// one pair in three thousand million in 8 or fewer. (Manku and others took 3 for whole pages
    /// among 8 thousand million.)
    package static let nearBitsMax = 8

    /// The 64 bits.
    package let bits: UInt64

    /// Takes 64 bits.
    package init(bits: UInt64) { self.bits = bits }

    /// Computes the fingerprint of a text in UTF-8; a text without words has 0.
    package init(of text: [UInt8]) {
        var counts = BitCounts()
        var (first, second) = (UInt64(0), UInt64(0))
        TextWords.forEach(in: text) { word, _ in
            counts.add(Self.mixed(first ^ Self.mixed(second ^ Self.mixed(word))))
            (first, second) = (second, word)
        }
        bits = counts.majority
    }

    /// Reads 16 hexadecimal digits; `nil` for anything else.
    package init?(hex: String) {
        guard hex.utf8.count == Self.hexDigits, let bits = UInt64(hex, radix: 16) else {
            return nil
        }
        self.bits = bits
    }

    /// Takes the bits from a column, where they are a signed number.
    package init(column: Int64) { bits = UInt64(bitPattern: column) }

    /// The bits as the signed number that SQL knows.
    package var column: Int64 { Int64(bitPattern: bits) }

    /// The bits as 16 hexadecimal digits, as messages carry them.
    package var hex: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: Self.hexDigits - digits.utf8.count) + digits
    }

    /// Number of bits that differ, 0 to 64; unrelated texts differ in about 32.
    package func distance(to other: Fingerprint) -> Int { (bits ^ other.bits).nonzeroBitCount }

    private static let hexDigits = 16

    /// The finaliser of SplitMix64 (Steele and others 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// How often each of 64 bits was set.
///
/// The lowest eight digits of all counts lie in eight words, a count's in the place of its bit: a
/// number is added to all 64 at once.
private struct BitCounts {
    private var planes = [UInt64](repeating: 0, count: 8)
    /// Numbers in `planes`.
    private var pending = 0
    private var ones = [Int](repeating: 0, count: 64)
    private var total = 0

    mutating func add(_ number: UInt64) {
        var carry = number
        for plane in planes.indices where carry != 0 {
            (planes[plane], carry) = (planes[plane] ^ carry, planes[plane] & carry)
        }
        pending += 1
        if pending == 255 { settle() }
    }

    /// The bits that were set in more than half of the numbers.
    var majority: UInt64 {
        var settled = self
        settled.settle()
        return settled.ones.indices.reduce(0) { bits, bit in
            settled.ones[bit] * 2 > settled.total ? bits | 1 << UInt64(bit) : bits
        }
    }

    private mutating func settle() {
        for bit in ones.indices {
            for plane in planes.indices {
                ones[bit] += Int(planes[plane] >> UInt64(bit) & 1) << plane
            }
        }
        total += pending
        pending = 0
        planes = [UInt64](repeating: 0, count: 8)
    }
}
