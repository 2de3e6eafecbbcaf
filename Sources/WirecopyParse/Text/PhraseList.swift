/// Phrases that are looked for at word boundaries in lower-case text.
///
/// The phrases lie one behind the other, those with the same first byte together: most places of a
/// text are passed over with one look at a table.
struct PhraseList: Sendable {
    private var bytes: [UInt8] = []
    /// Where each phrase begins in `bytes`, and the end of the last.
    private var starts: [Int] = [0]
    /// For each byte, the number of the first phrase that begins with it or a larger one.
    private let firsts: [Int]
    private var pairs = BytePairs()

    /// Takes phrases separated by ` | `, in lower case, with straight quotes.
    init(_ list: String) {
        let phrases = list.split(separator: "|")
            .map { Array($0.utf8).trimmingSpaces }
            .filter { !$0.isEmpty }
            .sorted { $0[0] < $1[0] }
        firsts = (0...256).map { byte in
            phrases.firstIndex { Int($0[0]) >= byte } ?? phrases.count
        }
        for phrase in phrases {
            bytes += phrase
            starts.append(bytes.count)
            for second in phrase.count > 1 ? phrase[1]...phrase[1] : 0...255 {
                pairs.insert(BytePairs.slot(phrase[0], second))
            }
        }
    }

    /// The phrases, those with the same first byte together.
    var phrases: [[UInt8]] {
        zip(starts, starts.dropFirst()).map { Array(bytes[$0..<$1]) }
    }

    /// Whether one of the phrases occurs between other words.
    func occurs(in text: FoldedLine) -> Bool {
        let text = text.bytes
        var isAtStartOfWord = true
        for index in text.indices {
            let byte = text[index]
            let isLetter = byte.isLetter
            if isAtStartOfWord || !isLetter, mayBegin(byte, index, text), matches(text, at: index) {
                return true
            }
            isAtStartOfWord = !isLetter && !byte.isDigit
        }
        return false
    }

    /// Whether the text begins with one of the phrases.
    func begins(_ text: FoldedLine) -> Bool {
        !text.bytes.isEmpty && matches(text.bytes, at: 0)
    }

    /// Whether the text is one of the phrases, final punctuation apart.
    func equals(_ text: FoldedLine) -> Bool {
        guard let first = text.bytes.first else { return false }
        let candidates = phrases(beginningWith: first)
        guard !candidates.isEmpty, mayBegin(first, 0, text.bytes) else { return false }
        let count = text.bytes[...].trimmingFinalMarks.count
        return candidates.contains { phrase in
            starts[phrase + 1] - starts[phrase] == count
                && text.bytes.stands(bytes[starts[phrase]..<starts[phrase + 1]], at: 0)
        }
    }

    private func phrases(beginningWith byte: UInt8) -> Range<Int> {
        firsts[Int(byte)]..<firsts[Int(byte) + 1]
    }

    /// Whether a phrase may have the first two bytes of what stands at an index.
    @inline(__always)
    private func mayBegin(_ byte: UInt8, _ index: Int, _ text: [UInt8]) -> Bool {
        index + 1 == text.count || pairs.contains(BytePairs.slot(byte, text[index + 1]))
    }

    private func matches(_ text: [UInt8], at index: Int) -> Bool {
        phrases(beginningWith: text[index]).contains { phrase in
            Self.stands(bytes[starts[phrase]..<starts[phrase + 1]], in: text, at: index)
        }
    }

    /// Whether a phrase stands at an index, and is not only the beginning of a longer word where it
    /// ends with a letter.
    static func stands(_ phrase: ArraySlice<UInt8>, in text: [UInt8], at index: Int) -> Bool {
        guard text.stands(phrase, at: index) else { return false }
        let after = index + phrase.count
        guard after < text.count, phrase.last?.isLetter == true else { return true }
        return !text[after].isLetter && !text[after].isDigit
    }
}

extension [UInt8] {
    /// Without spaces at both ends.
    fileprivate var trimmingSpaces: [UInt8] {
        let start = firstIndex { $0 != 0x20 } ?? endIndex
        let end = lastIndex { $0 != 0x20 } ?? startIndex
        return start <= end && start < endIndex ? Array(self[start...end]) : []
    }
}

extension ArraySlice<UInt8> {
    /// Without points, colons and their like at the end.
    fileprivate var trimmingFinalMarks: ArraySlice<UInt8> {
        var rest = self
        while let last = rest.last, ".:!?*»> ".utf8.contains(last) { rest = rest.dropLast() }
        return rest
    }
}
