import WirecopyMessages

/// The words of a statement as hashes, by which the same statement is known in another article.
///
/// Case, punctuation, quotation marks and ellipses do not count, and what stands in brackets, with
/// which an editor explains or replaces words, is left out.
struct StatementWords: Sendable, Equatable {
    /// The words in their order, at most `wordsMax`.
    let hashes: [UInt64]

    /// Words that are compared; a statement of news has about 20.
    static let wordsMax = 120
    /// Fewer words than these are said too often to tell a statement: "a good day".
    static let wordsMin = 4

    /// Reads the words of a statement.
    init(_ text: String) {
        var hashes: [UInt64] = []
        TextWords.forEach(in: Self.withoutBrackets(Array(text.utf8))) { hash, _ in
            if hashes.count < Self.wordsMax { hashes.append(hash) }
        }
        self.hashes = hashes
    }

    /// Whether there are enough words to know the statement by.
    var isTelling: Bool { hashes.count >= Self.wordsMin }

    /// The keys under which the statement is found in the half of a `TimeBucket`; two statements of
    /// which one has most words of the other share one with high probability.
    ///
    /// The smallest hashes of three words in a row (Broder 1997): of those of a longer statement
    /// that stand in the shorter one, each is among the shorter one's smallest, too.
    var keys: [UInt32] {
        guard isTelling else { return [] }
        let shingles = hashes.indices.dropLast(2).map { index in
            Self.mixed(
                hashes[index] ^ Self.mixed(hashes[index + 1] ^ Self.mixed(hashes[index + 2]))
            )
        }
        let count = hashes.count < Self.shortMax ? Self.keysOfShort : Self.keysMax
        return Set(shingles).sorted().prefix(count).map { UInt32(truncatingIfNeeded: $0 >> 32) }
    }

    /// A statement of fewer words has few shingles.
    private static let shortMax = 8
    private static let keysOfShort = 2
    /// With four keys, half of a statement is found in 94 of 100 cases, a third in 80.
    private static let keysMax = 4

    private static func withoutBrackets(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "[")) else { return text }
        var depth = 0
        var kept: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth = max(0, depth - 1)
            default: if depth == 0 { kept.append(byte) }
            }
            // A bracket must not glue its neighbours together.
            if byte == UInt8(ascii: "[") { kept.append(UInt8(ascii: " ")) }
        }
        // A bracket that is never closed holds nothing back.
        return depth == 0 ? kept : text
    }

    /// The finaliser of SplitMix64 (Steele and others 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension StatementWords {
    /// How much two statements have in common.
    struct Overlap: Equatable {
        /// Words of the one that follow each other in the other, with others between them.
        var common: Int
        /// Words of the shorter one.
        var shorter: Int
        /// Words of the longer one.
        var longer: Int
        /// Pairs of neighbours of the shorter one that are neighbours in the longer one.
        var pairs: Int

        /// Share of the shorter one's words.
        var ofShorter: Double { shorter == 0 ? 0 : Double(common) / Double(shorter) }
        /// Share of the longer one's words.
        var ofLonger: Double { longer == 0 ? 0 : Double(common) / Double(longer) }
        /// Share of the shorter one's pairs.
        var ofPairs: Double { shorter < 2 ? 0 : Double(pairs) / Double(shorter - 1) }
    }

    /// Compares two statements word by word, by their longest common subsequence.
    func overlap(with other: StatementWords) -> Overlap {
        let (short, long) =
            hashes.count <= other.hashes.count
            ? (hashes, other.hashes) : (other.hashes, hashes)
        var row = [Int](repeating: 0, count: long.count + 1)
        for word in short {
            var diagonal = 0
            for place in long.indices {
                let above = row[place + 1]
                row[place + 1] = word == long[place] ? diagonal + 1 : max(above, row[place])
                diagonal = above
            }
        }
        let neighbours = Set(Self.pairs(long))
        return Overlap(
            common: row[long.count],
            shorter: short.count,
            longer: long.count,
            pairs: Self.pairs(short).count { neighbours.contains($0) }
        )
    }

    private static func pairs(_ words: [UInt64]) -> [UInt64] {
        zip(words, words.dropFirst()).map { mixed($0) ^ $1 }
    }
}
