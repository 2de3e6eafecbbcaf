import WirecopyMessages

/// Finds to whom, where and in what a statement was made, and out of which document it is quoted.
struct SettingFinder {
    /// Tokens behind a verb in which its listener begins: "told the agency Reuters".
    private static let listenerTokens = 5
    /// Tokens on either side of a statement that are looked at.
    private static let reachTokens = 40
    /// Phrases of a sentence that are looked at.
    private static let phrasesMax = 12

    let quoted: QuotedText

    private var text: AnalysedText { quoted.text }
    private var names: LinkedNames { quoted.names }

    /// Adds what the words around an utterance tell to its quotation.
    func complete(_ quotation: inout Quotation, _ utterance: Utterance) {
        if case .description(let tokens) = utterance.attribution?.speaker,
            IssuerFinder(quoted: quoted).documentHead(of: tokens) != nil
        {
            quotation.document = lowerCased(tokens)
        }
        let regions = regions(of: utterance)
        for region in regions where quotation.listener == nil {
            quotation.listener = listener(in: region, utterance)
        }
        for region in regions where quotation.occasion == nil {
            quotation.occasion = occasion(in: region)
        }
    }

    // The reporter's words before and behind the statement, in its sentence or its clause.
    private func regions(of utterance: Utterance) -> [Range<Int>] {
        let open = utterance.tokens.lowerBound
        guard let sentence = text.sentenceIndex(ofToken: open) else { return [] }
        let start = max(text.sentenceTokens[sentence].lowerBound, open - Self.reachTokens)
        let close = utterance.tokens.upperBound
        let line = quoted.lines.tokens[utterance.line].upperBound
        let limit = min(line, close + Self.reachTokens)
        let end =
            (close..<max(close, limit)).first {
                text.tokens[$0].isDoubleQuote || text.tokens[$0].isMark(".")
            } ?? limit
        let before = (start..<open).last { text.tokens[$0].isDoubleQuote }.map { $0 + 1 } ?? start
        return [before..<open, close..<max(close, end)].filter { !$0.isEmpty }
    }

    // "told Reuters", "told reporters", "in an interview with Reuters".
    private func listener(in region: Range<Int>, _ utterance: Utterance) -> String? {
        for index in region where isAddressing(index, region) {
            let end = min(region.upperBound, index + 1 + Self.listenerTokens)
            for next in (index + 1)..<max(index + 1, end) {
                let token = text.tokens[next]
                if let span = names.spanIndex(atToken: next) {
                    return names.entities[names.entityOfSpan[span]].name
                }
                if Self.audience.contains(token) {
                    let hasArticle = SpeechWords.determiner.contains(text.tokens[next - 1])
                    return text.string((hasArticle ? next - 1 : next)..<(next + 1))
                }
                guard token.kind == .word, !Self.stop.contains(token) else { break }
            }
        }
        return nil
    }

    private func isAddressing(_ index: Int, _ region: Range<Int>) -> Bool {
        let token = text.tokens[index]
        if SpeechWords.addressed.contains(token) { return true }
        guard index > region.lowerBound, Self.toward.contains(token) else { return false }
        return Self.speaking.contains(text.tokens[index - 1])
    }

    // "at a news conference in Warsaw", "in a statement", "during the hearing".
    private func occasion(in region: Range<Int>) -> String? {
        guard region.contains(where: { Self.event.contains(text.tokens[$0]) }) else { return nil }
        let finder = DescriptionFinder(text: text, names: names)
        var best: Range<Int>?
        for phrase in finder.phrases(in: region, limit: Self.phrasesMax) {
            guard phrase.lowerBound > region.lowerBound,
                Self.at.contains(text.tokens[phrase.lowerBound - 1])
            else { continue }
            let end = phrase.first { Self.link.contains(text.tokens[$0]) } ?? phrase.upperBound
            guard end > phrase.lowerBound, Self.event.contains(text.tokens[end - 1]) else {
                continue
            }
            // The longer form of the same phrase comes behind the shorter one.
            if best == nil || best?.lowerBound == phrase.lowerBound { best = phrase }
        }
        return best.map { text.string($0) }
    }

    private func lowerCased(_ tokens: Range<Int>) -> String {
        let words = text.string(tokens)
        guard let first = tokens.first, names.spanIndex(atToken: first) == nil else { return words }
        return words.prefix(1).lowercased() + words.dropFirst()
    }

    private static let at = WordSet("at in during on after before")
    private static let link = WordSet("of for from in at with by on")
    private static let toward = WordSet("to with")
    private static let speaking = WordSet("interview speaking spoke speaks talking talked remarks")
    private static let stop = WordSet("that he she they it about of in on at his her their how why")
    private static let audience = WordSet(
        """
        reporters journalists lawmakers parliament court investigators audience police supporters
        senators jurors viewers delegates detectives fans media press crowd listeners
        """
    )
    private static let event = WordSet(
        """
        conference conferences briefing interview speech address rally hearing meeting summit
        ceremony forum debate vigil trial session podcast broadcast call statement letter tweet post
        report email e-mail release filing article blog video memo note message ruling op-ed column
        testimony livestream telecast event gala lecture webinar
        """
    )
}
