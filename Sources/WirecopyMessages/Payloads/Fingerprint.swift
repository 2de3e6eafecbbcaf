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
    package init(of text: [UInt8]) { self.init(of: WordRuns(of: text)) }

    /// Computes the fingerprint of a text whose words were read.
    package init(of runs: WordRuns) {
        var counts = BitCounts()
        for run in runs.hashes { counts.add(run) }
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
}

/// How often each of 64 bits was set.
///
/// The lowest eight digits of all counts lie in eight words, a count's in the place of its bit: a
/// number is added to all 64 at once.
private struct BitCounts {
    private var planes = InlineArray<8, UInt64>(repeating: 0)
    /// Numbers in `planes`.
    private var pending = 0
    private var ones = [Int](repeating: 0, count: 64)
    private var total = 0

    mutating func add(_ number: UInt64) {
        var (carry, plane) = (number, 0)
        while carry != 0 {
            (planes[plane], carry) = (planes[plane] ^ carry, planes[plane] & carry)
            plane += 1
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
        planes = InlineArray(repeating: 0)
    }
}
