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
    /// Minima of bins of one hash (Li, Owen and Zhang 2012) of six words in a row, which are two
    /// runs of three. Shorter ones stand in many texts (`told a news conference`), longer ones do
    /// not outlive an edit.
    let keys: [UInt32]

    /// Reads a text in UTF-8.
    init(_ text: [UInt8]) { self.init(WordRuns(of: text)) }

    /// Reads a text whose words were read.
    init(_ runs: WordRuns) {
        var hashes = Array(runs.hashes.dropFirst(2))
        var minima = [UInt64](repeating: .max, count: Self.keyCount)
        for (former, run) in zip(hashes, hashes.dropFirst(3)) {
            let long = Self.mixed(run ^ Self.mixed(former))
            let bin = Int(long.multipliedFullWidth(by: UInt64(Self.keyCount)).high)
            minima[bin] = min(minima[bin], Self.mixed(long))
        }
        hashes.sortHashes()
        shingles = Self.unique(hashes)
        keys = shingles.count >= Self.shinglesMin ? Self.keys(of: minima) : []
    }

    private static func unique(_ sorted: [UInt64]) -> [UInt64] {
        var unique: [UInt64] = []
        unique.reserveCapacity(sorted.count)
        for hash in sorted where hash != unique.last { unique.append(hash) }
        return unique
    }

    /// A bin that is empty lends the key of the next one that is not.
    private static func keys(of minima: [UInt64]) -> [UInt32] {
        minima.indices.map { bin in
            let next = (minima[bin...] + minima[..<bin]).first { $0 != .max }
            return UInt32(truncatingIfNeeded: (next ?? 0) >> 32)
        }
    }

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
