/// Runs of neighbouring words of a text, for telling whether another text says the same.
struct WordWindows {
    private var hashes: Set<UInt64> = []

    /// Words of a run.
    private static let length = 3
    /// More words than the text of any article.
    private static let wordsMax = 50_000

    /// Takes a text's runs.
    init(_ text: String?) {
        guard let text else { return }
        hashes = Set(Self.windows(of: text))
    }

    var isEmpty: Bool { hashes.isEmpty }

    /// The share of a line's runs that the text has, from 0 to 1; 0 for a line without any.
    func share(of line: String) -> Float {
        guard !hashes.isEmpty else { return 0 }
        let windows = Self.windows(of: line)
        guard !windows.isEmpty else { return 0 }
        return Float(windows.count { hashes.contains($0) }) / Float(windows.count)
    }

    /// Hashes of a text's runs of words; a shorter text is one run.
    private static func windows(of text: String) -> [UInt64] {
        let words = words(of: text)
        guard words.count >= length else {
            return words.isEmpty ? [] : [words.reduce(0) { $0 &* factor &+ $1 }]
        }
        return (0...(words.count - length)).map { start in
            words[start..<start + length].reduce(0) { $0 &* factor &+ $1 }
        }
    }

    private static func words(of text: String) -> [UInt64] {
        var words: [UInt64] = []
        var hash: UInt64 = 0
        for byte in text.utf8 {
            if byte.isLetter || byte.isDigit {
                hash = (hash ^ UInt64(byte.lowercased)) &* 0x100_0000_01B3 &+ 1
            } else if hash != 0 {
                words.append(hash)
                hash = 0
                if words.count == wordsMax { break }
            }
        }
        if hash != 0 { words.append(hash) }
        return words
    }

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
}
