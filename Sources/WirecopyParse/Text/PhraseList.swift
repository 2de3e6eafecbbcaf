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

    /// Takes phrases separated by ` | `, in lower case, with straight quotes.
    init(_ list: String) {
        let phrases = list.split(separator: "|")
            .map { Array($0.utf8).trimmingSpaces }
            .filter { !$0.isEmpty }
            .sorted { $0[0] < $1[0] }
        for phrase in phrases {
            bytes += phrase
            starts.append(bytes.count)
        }
        firsts = (0...256).map { byte in
            phrases.firstIndex { Int($0[0]) >= byte } ?? phrases.count
        }
    }

    /// Whether one of the phrases occurs between other words.
    func occurs(in text: FoldedLine) -> Bool {
        var isAtStartOfWord = true
        for (index, byte) in text.bytes.enumerated() {
            if isAtStartOfWord || !byte.isLetter, matches(text.bytes, at: index) { return true }
            isAtStartOfWord = !byte.isLetter && !byte.isDigit
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
        guard !candidates.isEmpty else { return false }
        let count = text.bytes[...].trimmingFinalMarks.count
        return candidates.contains { phrase in
            starts[phrase + 1] - starts[phrase] == count && stands(phrase, in: text.bytes, at: 0)
        }
    }

    private func phrases(beginningWith byte: UInt8) -> Range<Int> {
        firsts[Int(byte)]..<firsts[Int(byte) + 1]
    }

    private func matches(_ text: [UInt8], at index: Int) -> Bool {
        for phrase in phrases(beginningWith: text[index])
        where stands(phrase, in: text, at: index) && endsWord(phrase, in: text, at: index) {
            return true
        }
        return false
    }

    /// Whether a phrase, whose first byte is known to be there, stands at an index.
    private func stands(_ phrase: Int, in text: [UInt8], at index: Int) -> Bool {
        let (start, end) = (starts[phrase], starts[phrase + 1])
        guard end - start <= text.count - index else { return false }
        for offset in 1..<end - start where text[index + offset] != bytes[start + offset] {
            return false
        }
        return true
    }

    /// Whether a phrase that ends with a letter is not only the beginning of a longer word.
    private func endsWord(_ phrase: Int, in text: [UInt8], at index: Int) -> Bool {
        let end = starts[phrase + 1]
        let after = index + end - starts[phrase]
        guard after < text.count, bytes[end - 1].isLetter else { return true }
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
