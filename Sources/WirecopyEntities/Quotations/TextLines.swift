import WirecopyMessages

/// The lines of a text as runs of tokens; quotation marks are paired inside a line.
struct TextLines {
    /// For each line that holds tokens, the range of their indexes.
    let tokens: [Range<Int>]

    /// Joins sentences until a line break stands between two.
    init(_ text: AnalysedText) {
        var lines: [Range<Int>] = []
        var previousEnd = 0
        for (index, sentence) in text.sentences.enumerated() {
            let range = text.sentenceTokens[index]
            guard !range.isEmpty else { continue }
            let gap = text.bytes[previousEnd..<sentence.start]
            if let last = lines.last, !gap.contains(0x0A), !gap.contains(0x0D) {
                lines[lines.count - 1] = last.lowerBound..<range.upperBound
            } else {
                lines.append(range)
            }
            previousEnd = sentence.end
        }
        tokens = lines
    }
}
