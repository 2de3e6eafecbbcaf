import WirecopyMessages

/// A text with its sentences and tokens: what every later step reads.
///
/// All offsets are UTF-8 bytes into `bytes`; `sentenceTokens[i]` are the tokens of `sentences[i]`.
struct AnalysedText {
    let bytes: [UInt8]
    let sentences: [TextRange]
    let sentenceTokens: [Range<Int>]
    let tokens: [Token]

    /// Splits and tokenises; of a text longer than `bytesMax` only the beginning is read.
    init(_ text: [UInt8]) {
        let bytes = text.count > Self.bytesMax ? Self.beginning(of: text) : text
        let sentences = SentenceSplitter.sentences(of: bytes)
        let cut = Tokeniser.tokens(of: bytes, sentences: sentences)
        self.bytes = bytes
        self.sentences = sentences
        sentenceTokens = cut.sentences
        tokens = cut.tokens
    }

    /// Joins what was cut before: part of a text.
    init(
        bytes: [UInt8],
        sentences: [TextRange],
        sentenceTokens: [Range<Int>],
        tokens: [Token]
    ) {
        self.bytes = bytes
        self.sentences = sentences
        self.sentenceTokens = sentenceTokens
        self.tokens = tokens
    }

    /// Bytes that are read; the text of a long book is about 2 MiB.
    static let bytesMax = 16 << 20

    /// The text of a run of tokens.
    func string(_ range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        return string(TextRange(tokens[first].start, tokens[last].end))
    }

    /// The text of a range of bytes.
    func string(_ range: TextRange) -> String {
        String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    }

    /// The bytes that a run of tokens covers; the run must not be empty.
    func range(_ tokenRange: Range<Int>) -> TextRange {
        TextRange(tokens[tokenRange.lowerBound].start, tokens[tokenRange.upperBound - 1].end)
    }

    /// Index of the sentence that holds a token; nil when the text has no such token.
    func sentenceIndex(ofToken token: Int) -> Int? {
        var (low, high) = (0, sentenceTokens.count)
        while low < high {
            let middle = (low + high) / 2
            if sentenceTokens[middle].upperBound <= token {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < sentenceTokens.count && sentenceTokens[low].contains(token) ? low : nil
    }

    private static func beginning(of text: [UInt8]) -> [UInt8] {
        var end = bytesMax
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(text[..<end])
    }
}
