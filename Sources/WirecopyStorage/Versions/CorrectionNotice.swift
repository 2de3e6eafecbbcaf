import WirecopyMessages

/// Finds the notes by which an article says that it was corrected or brought up to date.
///
/// English only. "Correction: An earlier version of this article misspelled a name." is one, "The
/// correction of the river took years." is none; `CorrectionNoticeTests` holds more of both.
enum CorrectionNotice {
    /// Notes that are kept of an article; two are many.
    static let noticesMax = 10
    /// Bytes of a note that are kept.
    static let noticeBytesMax = 1000

    /// The notes among an article's paragraphs and the blocks that were left out, in this order.
    static func all(in article: ParsedArticle) -> [String] {
        let kept = article.paragraphs.filter { $0.kind == .correction || isNotice($0.text) }
        let dropped = article.dropped.filter { isNotice($0.text) }
        var notices: [String] = []
        for text in kept.map(\.text) + dropped.map(\.text) where !notices.contains(text) {
            notices.append(cut(text))
        }
        return Array(notices.prefix(noticesMax))
    }

    /// Whether a paragraph is such a note.
    static func isNotice(_ text: String) -> Bool {
        guard mayBeNotice(text) else { return false }
        let begin = String(text.prefix(lookedAtMax)).lowercased().replacing("’", with: "'")
        let words = begin.split { !$0.isLetter && $0 != "'" }.prefix(12).map { String($0) }
        if let label = labels.first(where: { words.starts(with: $0) }) {
            return isLabelled(Substring(begin), label)
        }
        if phrases.contains(where: { words.starts(with: $0) }) { return true }
        return isPassive(words)
    }

    /// Whether a paragraph begins as notes do: nearly all others are passed over at their first
    /// letters.
    private static func mayBeNotice(_ text: String) -> Bool {
        let begin = text.utf8.prefix(beginBytesMax).map { $0 | 0x20 }
        return begins.contains { begin.starts(with: $0) }
    }

    private static let begins = [
        "correct", "clarif", "editor", "update", "amend", "retract", "an ear", "a prev", "earlier",
        "previous", "because of", "due to", "this ", "the headline",
    ].map { Array($0.utf8) }
    private static let beginBytesMax = 12

    /// Characters of a paragraph in which it says what it is.
    private static let lookedAtMax = 120

    /// Words that make a note only with a colon, a dash or a date in brackets behind them.
    private static let labels: [[String]] = [
        ["correction"], ["corrections"], ["corrected"], ["clarification"], ["clarifications"],
        ["editor's", "note"], ["editors'", "note"], ["editor", "note"], ["update"], ["updated"],
        ["amendment"], ["retraction"],
    ]

    /// Words that begin a note by themselves.
    private static let phrases: [[String]] = [
        ["an", "earlier", "version", "of", "this"], ["a", "previous", "version", "of", "this"],
        ["an", "earlier", "headline"], ["a", "previous", "headline"],
        ["earlier", "versions", "of", "this"], ["previous", "versions", "of", "this"],
        ["because", "of", "an", "editing", "error"], ["due", "to", "an", "editing", "error"],
    ]

    private static let nouns: Set<String> = [
        "article", "story", "report", "post", "piece", "page", "headline", "item",
    ]
    private static let verbs: Set<String> = [
        "corrected", "updated", "amended", "clarified", "changed", "revised",
    ]
    private static let auxiliaries: Set<String> = ["was", "has", "been"]

    /// "Correction (May 3):", "Update —"; not "Update on the talks".
    private static func isLabelled(_ begin: Substring, _ label: [String]) -> Bool {
        var rest = begin
        for word in label { rest = rest.drop { !$0.isLetter }.dropFirst(word.count) }
        rest = rest.drop { $0 == " " }
        guard let sign = rest.first else { return true }
        if sign == "(" || sign == "[" {
            let closed = rest.drop { $0 != ")" && $0 != "]" }.dropFirst().drop { $0 == " " }
            return closed.first.map { signs.contains($0) } ?? true
        }
        return signs.contains(sign)
    }

    private static let signs: Set<Character> = [":", "—", "–", "-"]

    /// "This article was amended on", "The headline of this story has been corrected".
    private static func isPassive(_ words: [String]) -> Bool {
        guard let this = words.firstIndex(of: "this"), this == 0 || this <= 3,
            words.indices.contains(this + 3), nouns.contains(words[this + 1]),
            auxiliaries.contains(words[this + 2])
        else { return false }
        return verbs.contains(words[this + 3])
            || auxiliaries.contains(words[this + 3]) && words.indices.contains(this + 4)
                && verbs.contains(words[this + 4])
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > noticeBytesMax else { return text }
        return String(decoding: text.utf8.prefix(noticeBytesMax - 4), as: UTF8.self) + "…"
    }
}
