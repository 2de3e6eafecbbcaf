/// What each answer to a question says of each label: rows of eight-bit weights, found by hash.
///
/// A row is 32 bytes, so that reading an answer reads one line of memory: 25 weights, each plus
/// 128, and behind them the upper half of the answer's hash. Rows lie in open addressing with
/// linear probing.
package struct NameRowTable: Sendable, Equatable {
    /// One row; zero where no answer lies.
    package typealias Row = SIMD4<UInt64>

    /// Bits of a row's last word that are its hash.
    private static let hashMask: UInt64 = 0xFFFF_FFFF_0000_0000
    private static let evenBytes = Row(repeating: 0x00FF_00FF_00FF_00FF)

    /// The rows; a power of two of them.
    private(set) var rows: [Row]
    /// What a weight of one is worth.
    package let scale: Float

    /// Takes stored rows; their count must be a power of two.
    init(rows: [Row], scale: Float) {
        self.rows = rows
        self.scale = scale
    }

    /// Packs weights: for each answer its hash and `NameLabel.count` numbers between -127 and 127.
    package init(_ weights: [(hash: UInt64, row: [Int8])], scale: Float, slots: Int) {
        rows = Array(repeating: .zero, count: slots)
        self.scale = scale
        for (hash, row) in weights {
            var packed = Row.zero
            for (label, weight) in row.enumerated() {
                let byte = UInt64(UInt8(bitPattern: weight) ^ 0x80)
                packed[label / 8] |= byte << UInt64(label % 8 * 8)
            }
            packed[3] = packed[3] & ~Self.hashMask | Self.mark(hash)
            var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
            while rows[slot][3] & Self.hashMask != 0 { slot = (slot + 1) & (slots - 1) }
            rows[slot] = packed
        }
    }

    @inline(__always)
    private static func mark(_ hash: UInt64) -> UInt64 {
        let mark = hash & hashMask
        return mark == 0 ? 1 << 32 : mark
    }

    /// The sums of the rows of some answers, as scores of the labels.
    ///
    /// At most 255 answers are added up: sixteen bits hold so many bytes.
    func scores(_ hashes: [UInt64]) -> LabelScores {
        var even = Row.zero
        var odd = Row.zero
        var found: Int32 = 0
        let mask = rows.count - 1
        for hash in hashes {
            let mark = Self.mark(hash)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while true {
                let row = rows[slot]
                let other = row[3] & Self.hashMask
                if other == mark {
                    even &+= row & Self.evenBytes
                    odd &+= (row &>> 8) & Self.evenBytes
                    found += 1
                    break
                }
                if other == 0 { break }
                slot = (slot + 1) & mask
            }
        }
        return spread(even, odd, Float(found * 128))
    }

    @inline(__always)
    private func spread(_ even: Row, _ odd: Row, _ bias: Float) -> LabelScores {
        var scores = LabelScores.zero
        for label in 0..<NameLabel.count {
            let lanes = label % 2 == 0 ? even[label / 8] : odd[label / 8]
            let sum = lanes >> UInt64(label % 8 / 2 * 16) & 0xFFFF
            scores[label] = (Float(sum) - bias) * scale
        }
        return scores
    }
}
