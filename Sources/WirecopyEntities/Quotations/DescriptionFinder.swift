/// Finds phrases that describe somebody or something without a name: "a police spokesman", "members
/// of the House of Commons", "the study".
///
/// No parser: a phrase is a run of words between marks, verbs and small words whose last word is no
/// name, alone and with what "of", "from" and the like join to it.
struct DescriptionFinder {
    /// Words of a phrase; a title with its body's name has about ten.
    private static let wordsMax = 12
    /// Joined parts of a phrase: "a member of the board of the bank".
    private static let partsMax = 3

    let text: AnalysedText
    let names: LinkedNames

    /// The phrases of some tokens from left to right, the shorter form of each first.
    func phrases(in region: Range<Int>, limit: Int) -> [Range<Int>] {
        var phrases: [Range<Int>] = []
        var index = region.lowerBound
        while index < region.upperBound, phrases.count < limit {
            let run = run(from: index, limit: region.upperBound)
            guard !run.isEmpty else {
                index += 1
                continue
            }
            index = run.upperBound
            guard isDescription(run) else { continue }
            phrases.append(run)
            let whole = joined(run, limit: region.upperBound)
            if whole != run { phrases.append(whole) }
        }
        return phrases
    }

    /// The longest phrase that ends with a token and begins at or behind `start`.
    func phrase(endingAt end: Int, from start: Int) -> Range<Int>? {
        let start = max(start, end + 1 - 2 * Self.wordsMax)
        return phrases(in: start..<(end + 1), limit: 2 * Self.wordsMax).first {
            $0.upperBound == end + 1
        }
    }

    /// Whether a phrase describes people: "a police spokesman", "one of the victims".
    func isHuman(_ phrase: Range<Int>) -> Bool {
        let end = phrase.first { Self.link.contains(text.tokens[$0]) } ?? phrase.upperBound
        guard end > phrase.lowerBound else { return false }
        let head = text.tokens[end - 1]
        return SpeechWords.people.contains(head) || NameWords.title.contains(head)
            || Self.one.contains(head)
    }

    /// Whether a phrase describes a body that speaks as one: "the ministry", "the harbour company".
    func isBody(_ phrase: Range<Int>) -> Bool {
        let end = phrase.first { Self.link.contains(text.tokens[$0]) } ?? phrase.upperBound
        return end > phrase.lowerBound && SpeechWords.bodies.contains(text.tokens[end - 1])
    }

    // Words that can stand inside of a noun phrase, up to the next that cannot.
    private func run(from start: Int, limit: Int) -> Range<Int> {
        let limit = min(limit, start + Self.wordsMax)
        var index = start
        while index < limit, !stops(index, from: start) {
            if index > start, SpeechWords.determiner.contains(text.tokens[index]),
                !Self.one.contains(text.tokens[index])
            {
                break
            }
            index += 1
        }
        return start..<index
    }

    private func stops(_ index: Int, from start: Int) -> Bool {
        let token = text.tokens[index]
        if token.shape.contains(.possessive) { return index == start }
        guard token.kind != .mark else { return true }
        if Self.stop.contains(token) || Self.link.contains(token) { return true }
        if token.isCapitalised, names.spanIndex(atToken: index) != nil { return false }
        if SpeechWords.pronoun.contains(token) { return true }
        if SpeechWords.verb.contains(token) || SpeechWords.labelling.contains(token) {
            return !isAttribute(index, from: start)
        }
        return endsLikeVerb(token) && !isAttribute(index, from: start)
    }

    // "a leaked letter": a participle between an article and a noun.
    private func isAttribute(_ index: Int, from start: Int) -> Bool {
        index == start + 1 && SpeechWords.determiner.contains(text.tokens[start])
            && index + 1 < text.tokens.count && text.tokens[index + 1].kind == .word
            && !Self.link.contains(text.tokens[index + 1])
            && !Self.stop.contains(text.tokens[index + 1])
    }

    private func endsLikeVerb(_ token: Token) -> Bool {
        guard token.end - token.start > 4 else { return false }
        let end = text.bytes[(token.end - 3)..<token.end]
        return end.suffix(2).elementsEqual("ed".utf8) || end.suffix(2).elementsEqual("ly".utf8)
            || end.elementsEqual("ing".utf8) && token.end - token.start > 7
    }

    private func isDescription(_ run: Range<Int>) -> Bool {
        guard let last = run.last, let first = run.first else { return false }
        let token = text.tokens[last]
        guard token.kind == .word, !SpeechWords.determiner.contains(token),
            !token.shape.contains(.possessive), names.spanIndex(atToken: last) == nil
        else { return Self.one.contains(token) && isJoined(last) }
        if run.count > 1, SpeechWords.determiner.contains(text.tokens[first]) { return true }
        return text.bytes[token.end - 1] == UInt8(ascii: "s") || Self.people.contains(token)
            || names.spanIndex(atToken: first) != nil || SpeechWords.determiner.contains(token)
    }

    private func isJoined(_ last: Int) -> Bool {
        last + 1 < text.tokens.count && Self.link.contains(text.tokens[last + 1])
    }

    private func joined(_ run: Range<Int>, limit: Int) -> Range<Int> {
        var end = run.upperBound
        for _ in 0..<Self.partsMax {
            guard end + 1 < limit, Self.link.contains(text.tokens[end]) else { break }
            var next = self.run(from: end + 1, limit: limit)
            // "with the head of", "from within the ministry".
            if next.isEmpty, Self.link.contains(text.tokens[end + 1]), end + 2 < limit {
                next = self.run(from: end + 2, limit: limit)
            }
            guard !next.isEmpty, next.upperBound - run.lowerBound <= Self.wordsMax else { break }
            end = next.upperBound
        }
        return run.lowerBound..<end
    }

    private static let one = WordSet("one some several")
    private static let link = WordSet("of for from in at with within inside near behind")
    private static let people = WordSet("police people army media staff press government")
    private static let stop = WordSet(
        """
        and but or nor so as to by on that which who whom whose when while where because after
        before although if than then also later not is are was were be been being am has have had
        do does did will would can could may might must shall should died seen made given held took
        take went goes go gave came come made make makes got get found put itself himself herself
        themselves into onto over under during between against about without since until through
        via there here now today yesterday tomorrow only even just still already reportedly
        monday tuesday wednesday thursday friday saturday sunday however too very
        believe believes think thinks say hope hopes want wants
        """
    )
}
