/// Tells by a verb of naming whether quoted words are somebody's: "Quill called it", or what
/// everybody says: "a process called", "was nicknamed".
struct NamingCue {
    /// Tokens between the verb and the mark.
    private static let reachTokens = 12

    let quoted: QuotedText

    private var text: AnalysedText { quoted.text }

    /// 1 for words that somebody chose, -1 for a name, 0 without such a verb before the mark.
    func number(before span: QuotedSpan) -> Float {
        guard let sentence = text.sentenceIndex(ofToken: span.open) else { return 0 }
        let start = max(text.sentenceTokens[sentence].lowerBound, span.open - Self.reachTokens)
        for index in (start..<span.open).reversed() {
            let token = text.tokens[index]
            if token.isDoubleQuote || token.isMark(";") || token.isMark(",") { return 0 }
            if Self.dubbing.contains(token) { return -1 }
            if Self.calling.contains(token) { return calling(index, from: start, span) }
        }
        return 0
    }

    private func calling(_ verb: Int, from start: Int, _ span: QuotedSpan) -> Float {
        if Self.by.contains(text.tokens[verb + 1]) { return 1 }
        if isPassive(verb, from: start) {
            let behind = span.close + 1
            return behind < text.tokens.count && Self.by.contains(text.tokens[behind]) ? 1 : -1
        }
        let between = text.tokens[(verb + 1)..<span.open]
        guard between.allSatisfy({ Self.joint.contains($0) }) else { return 1 }
        // "what Quill calls", "The Quill Times called", but "a process called".
        guard verb > start else { return 0 }
        let before = text.tokens[verb - 1]
        return before.isCapitalised || SpeechWords.pronoun.contains(before) ? 1 : -1
    }

    private func isPassive(_ verb: Int, from start: Int) -> Bool {
        var before = verb - 1
        while before >= start, Self.adverb.contains(text.tokens[before]) { before -= 1 }
        return before >= start && Self.being.contains(text.tokens[before])
    }

    private static let dubbing = WordSet(
        """
        named nicknamed dubbed termed titled entitled subtitled labelled labeled christened renamed
        codenamed branded coined
        """
    )
    private static let calling = WordSet(
        "call calls called calling describe describes described describing refer refers referred"
    )
    private static let by = WordSet("by")
    private static let joint = WordSet("to as a an the")
    private static let being = WordSet("was were is are been being be what's it's")
    private static let adverb = WordSet(
        "also later often sometimes commonly widely once officially"
    )
}
