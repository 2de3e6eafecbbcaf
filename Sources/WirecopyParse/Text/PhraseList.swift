/// Phrases that are looked for at word boundaries in lower-case text.
struct PhraseList: Sendable {
    private let phrasesByFirst: [UInt8: [[UInt8]]]

    /// Takes phrases separated by ` | `, in lower case, with straight quotes.
    init(_ list: String) {
        let phrases = list.split(separator: "|")
            .map { Array($0.utf8).trimmingSpaces }
            .filter { !$0.isEmpty }
        phrasesByFirst = Dictionary(grouping: phrases) { $0[0] }
    }

    /// Whether one of the phrases occurs between other words.
    func occurs(in text: FoldedLine) -> Bool {
        var isAtStartOfWord = true
        for index in text.bytes.indices {
            let byte = text.bytes[index]
            if isAtStartOfWord || !byte.isLetter, matches(text, at: index) { return true }
            isAtStartOfWord = !byte.isLetter && !byte.isDigit
        }
        return false
    }

    /// Whether the text begins with one of the phrases.
    func begins(_ text: FoldedLine) -> Bool {
        !text.bytes.isEmpty && matches(text, at: 0)
    }

    /// Whether the text is one of the phrases, final punctuation apart.
    func equals(_ text: FoldedLine) -> Bool {
        guard let first = text.bytes.first, let phrases = phrasesByFirst[first] else {
            return false
        }
        let trimmed = text.bytes.prefix { _ in true }.trimmingFinalMarks
        return phrases.contains { trimmed.elementsEqual($0) }
    }

    private func matches(_ text: FoldedLine, at index: Int) -> Bool {
        guard let phrases = phrasesByFirst[text.bytes[index]] else { return false }
        let rest = text.bytes[index...]
        return phrases.contains { phrase in
            guard rest.starts(with: phrase) else { return false }
            guard rest.count > phrase.count, let last = phrase.last, last.isLetter else {
                return true
            }
            let next = rest[index + phrase.count]
            return !next.isLetter && !next.isDigit
        }
    }
}

/// A line in lower case with straight quotation marks, for comparing with phrases.
struct FoldedLine: Sendable {
    /// UTF-8.
    let bytes: [UInt8]

    /// Phrases that tell boilerplate stand at its beginning.
    static let bytesMax = 600

    /// Folds a normalised line.
    init(_ line: String) {
        let start = NormalText.prefix(line, bytes: Self.bytesMax)
        let isASCII = start.utf8.allSatisfy { $0 < 0x80 }
        let lowered = isASCII ? start.utf8.map(\.lowercased) : Array(start.lowercased().utf8)
        bytes = isASCII ? lowered : Self.straightened(lowered)
    }

    /// The folded text.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// `‘` `’` become `'`, `“` `”` become `"`.
    private static func straightened(_ bytes: [UInt8]) -> [UInt8] {
        var straight: [UInt8] = []
        straight.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80,
                0x98...0x9F ~= bytes[index + 2]
            {
                straight.append(bytes[index + 2] <= 0x9B ? 0x27 : 0x22)
                index += 3
            } else {
                straight.append(bytes[index])
                index += 1
            }
        }
        return straight
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
