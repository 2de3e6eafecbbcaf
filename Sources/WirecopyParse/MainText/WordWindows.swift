/// Runs of neighbouring words of a text, for telling whether another text says the same.
struct WordWindows {
    private var hashes: Set<UInt64> = []
    /// A bit for the first 12 bits of each hash: most runs of other texts miss it.
    private var filter: [UInt64] = []

    /// Words of a run.
    private static let length = 3
    /// More words than the text of any article.
    private static let wordsMax = 50_000

    /// Takes a text's runs.
    init(_ text: String?) {
        guard let text else { return }
        hashes = Set(Self.windows(of: text))
        filter = Array(repeating: 0, count: 64)
        for hash in hashes { filter[Int(hash >> 58)] |= 1 << (hash >> 52 & 63) }
    }

    var isEmpty: Bool { hashes.isEmpty }

    /// The share of a line's runs that the text has, from 0 to 1; 0 for a line without any.
    func share(of windows: [UInt64]) -> Float {
        guard !hashes.isEmpty, !windows.isEmpty else { return 0 }
        let known = windows.count { hash in
            filter[Int(hash >> 58)] & (1 << (hash >> 52 & 63)) != 0 && hashes.contains(hash)
        }
        return Float(known) / Float(windows.count)
    }

    /// Hashes of a text's runs of words; a shorter text is one run.
    static func windows(of text: String) -> [UInt64] {
        var windows: [UInt64] = []
        // The words before the last one, the older one first.
        var (second, third): (UInt64, UInt64) = (0, 0)
        var count = 0
        func take(_ word: UInt64) {
            count += 1
            if count >= length { windows.append(joined(joined(second, third), word)) }
            (second, third) = (third, word)
        }
        var hash: UInt64 = 0
        let bytes = text.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte.isLetter || byte.isDigit {
                hash = (hash ^ UInt64(byte.lowercased)) &* 0x100_0000_01B3 &+ 1
            } else if hash != 0 {
                take(hash)
                hash = 0
                if count == wordsMax { break }
            }
        }
        if hash != 0 { take(hash) }
        if count == 1 || count == 2 { windows.append(joined(second, third)) }
        return windows
    }

    @inline(__always)
    private static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        first &* factor &+ second
    }

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
}
