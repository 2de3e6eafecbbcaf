import WirecopyMessages

/// The words of an article by which copies of it are found: sets of three words in a row, and a few
/// keys of them.
struct TextSketch: Sendable {
    /// Hashes of three words in a row, ascending, each once.
    let shingles: [UInt64]

    /// Texts with fewer shingles are not compared: a notice of two lines is like many.
    static let shinglesMin = 40

    /// Keys of which near copies share at least one, `keyCount` or none.
    ///
    /// Of a text and the same without a third of its paragraphs, with a word in thirty changed, 98
    /// of 100 pairs share one; of other texts, next to none.
    ///
    /// Minima of bins of one hash (Li, Owen and Zhang 2012) of six words in a row. Shorter runs
    /// stand in many texts (`told a news conference`), longer ones do not outlive an edit.
    let keys: [UInt32]

    /// Reads a text in UTF-8.
    init(_ text: [UInt8]) {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(text.count / 5)
        var minima = [UInt64](repeating: .max, count: Self.keyCount)
        var (first, second) = (UInt64(0), UInt64(0))
        var count = 0
        TextWords.forEach(in: text) { word, _ in
            count += 1
            if count > 2 {
                let run = Self.mixed(first ^ Self.mixed(second ^ Self.mixed(word)))
                hashes.append(run)
                if count >= Self.runWords {
                    let long = Self.mixed(run ^ Self.mixed(hashes[hashes.count - 4]))
                    let bin = Int(long.multipliedFullWidth(by: UInt64(Self.keyCount)).high)
                    minima[bin] = min(minima[bin], Self.mixed(long))
                }
            }
            (first, second) = (second, word)
        }
        hashes.sort()
        shingles = hashes.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        keys = shingles.count >= Self.shinglesMin ? Self.keys(of: minima) : []
    }

    /// A bin that is empty lends the key of the next one that is not.
    private static func keys(of minima: [UInt64]) -> [UInt32] {
        minima.indices.map { bin in
            let next = (minima[bin...] + minima[..<bin]).first { $0 != .max }
            return UInt32(truncatingIfNeeded: (next ?? 0) >> 32)
        }
    }

    /// Words of a run behind a key: two runs of three.
    private static let runWords = 6
    /// Keys of a text.
    static let keyCount = 8

    /// How much two texts have in common.
    struct Overlap: Sendable, Equatable {
        /// Share of the shingles of both that both have (Jaccard).
        var similarity: Double
        /// Share of the shorter one's shingles that the longer one has.
        var shared: Double

        /// A copy, perhaps edited or cut: half of both, or most of the shorter one.
        var isNearCopy: Bool {
            similarity >= Self.similarityMin || shared >= Self.sharedMin
        }

        /// Reports of one event by different hands share less than a fifth, copies that a desk has
        /// edited more than half.
        private static let similarityMin = 0.5
        private static let sharedMin = 0.75
    }

    /// Compares two texts.
    func overlap(with other: TextSketch) -> Overlap {
        var (left, right, common) = (0, 0, 0)
        while left < shingles.count, right < other.shingles.count {
            if shingles[left] == other.shingles[right] {
                (left, right, common) = (left + 1, right + 1, common + 1)
            } else if shingles[left] < other.shingles[right] {
                left += 1
            } else {
                right += 1
            }
        }
        let shorter = max(1, min(shingles.count, other.shingles.count))
        let union = max(1, shingles.count + other.shingles.count - common)
        return Overlap(
            similarity: Double(common) / Double(union),
            shared: Double(common) / Double(shorter)
        )
    }

    /// The finaliser of SplitMix64 (Steele and others 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
