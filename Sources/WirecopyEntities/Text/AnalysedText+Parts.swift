import WirecopyMessages

extension AnalysedText {
    /// Gives the text in parts of whole sentences, in order, each with the number of its first
    /// token; ends early when `body` returns false.
    ///
    /// A part has at most `tokensMax` tokens; a longer sentence is cut.
    func forEachPart(tokensMax: Int, _ body: (AnalysedText, _ firstToken: Int) -> Bool) {
        var sentence = 0
        var start = 0
        while start < tokens.count {
            var end = start
            var next = sentence
            while next < sentenceTokens.count,
                sentenceTokens[next].upperBound <= start + tokensMax
            {
                end = sentenceTokens[next].upperBound
                next += 1
            }
            if end == start { end = min(start + tokensMax, tokens.count) }
            guard body(part(start..<end, firstSentence: sentence), start) else { return }
            (sentence, start) = (next, end)
        }
    }

    private func part(_ range: Range<Int>, firstSentence: Int) -> AnalysedText {
        let ranges = sentenceTokens[firstSentence...].prefix { $0.lowerBound < range.upperBound }
            .map { $0.clamped(to: range) }
        return AnalysedText(
            bytes: bytes,
            sentences: ranges.map { $0.isEmpty ? TextRange(0, 0) : self.range($0) },
            sentenceTokens: ranges.map {
                ($0.lowerBound - range.lowerBound)..<($0.upperBound - range.lowerBound)
            },
            tokens: Array(tokens[range])
        )
    }
}
