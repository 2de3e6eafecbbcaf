import WirecopyMessages

/// What is the same for all candidates of one utterance.
struct SpeechScene {
    /// The pronoun that stands as subject of the cue.
    enum Pronoun: Float {
        case none, he, she, they, it, other
    }

    let utterance: Utterance
    let history: SpeechHistory
    /// Index of the sentence in which it begins.
    let sentence: Int
    /// Whom the phrase beside the cue before it means, by rule.
    let before: SpeakerCandidate?
    /// Whom the phrase beside the cue behind it means, by rule.
    let after: SpeakerCandidate?
    /// Whom the beginning of its sentence is about, by rule.
    let main: SpeakerCandidate?
    /// Whom the rules believe: the cue before the words counts more than the one behind.
    let believed: SpeakerCandidate?
    /// Who issued the document that speaks, when one does.
    let issuer: IssuerFinder.Issuer?
    /// The last word of the description beside the cue, when it means somebody known: "the court".
    let head: Token?
    /// The pronoun beside the cue.
    let pronoun: Pronoun
    /// Sentences since the utterance before it; 0 in the same sentence.
    let sentencesSinceLast: Float
    /// The numbers that all candidates share.
    let common: [Float]

    private let quoted: QuotedText
    /// Descriptions that may be the speaker's, without doubles; few.
    let descriptions: [Range<Int>]

    /// Asks the rules what they make of the cues.
    init(
        _ utterance: Utterance,
        _ history: SpeechHistory,
        _ quoted: QuotedText,
        _ resolver: SpeakerResolver
    ) {
        self.utterance = utterance
        self.history = history
        self.quoted = quoted
        let open = utterance.tokens.lowerBound
        sentence = quoted.text.sentenceIndex(ofToken: open) ?? 0
        let start = quoted.text.sentenceTokens[sentence].lowerBound
        let subjects = SubjectFinder(text: quoted.text, names: quoted.names)
        let mainPhrase = open > start ? subjects.main(open, limit: start) : nil
        let issuer = Self.issuer(
            [utterance.before?.speaker, utterance.after?.speaker, mainPhrase],
            history,
            quoted
        )
        self.issuer = issuer
        before = resolver.candidate(utterance.before?.speaker, history)
        after = resolver.candidate(utterance.after?.speaker, history)
        main = resolver.candidate(mainPhrase, history)
        var found = DescriptionSearch(quoted: quoted).descriptions(
            [utterance.before?.speaker, utterance.after?.speaker, mainPhrase],
            utterance,
            history
        )
        if case .described(let tokens) = issuer?.candidate, !found.contains(tokens) {
            found.append(tokens)
        }
        descriptions = found
        believed = Self.believed(utterance, history, quoted.text, before: before, after: after)
        let first = descriptions.first { $0.lowerBound == start }.map {
            SpeakerPhrase.description($0)
        }
        head =
            [utterance.attribution?.speaker, mainPhrase, first].compactMap {
                $0.flatMap { Self.head(of: $0, quoted.text) }
            }.first
        pronoun = Self.pronoun(utterance, quoted.text)
        let last = history.last.flatMap {
            quoted.text.sentenceIndex(ofToken: $0.tokens.upperBound - 1)
        }
        let (this, far): (Int, Float) = (sentence, 9)
        sentencesSinceLast = last.map { min(Float(max(this - $0, 0)), far) } ?? far
        common =
            Self.numbers(utterance, history, quoted, start: start)
            + [pronoun.rawValue, sentencesSinceLast]
    }

    /// Who is so plainly said to speak that no other candidate need be asked about.
    var plainSpeaker: SpeakerCandidate? {
        if utterance.before?.hasAgent ?? false { return before }
        // "Quill said that": without marks the name before the verb is the subject of a clause.
        if case .name = utterance.before?.speaker, !isQuoted { return before }
        guard let issuer, issuer.evidence == .author, issuer.candidate == believed else {
            return nil
        }
        return issuer.candidate
    }

    private var isQuoted: Bool {
        quoted.text.tokens[utterance.tokens.lowerBound].kind == .mark
    }

    /// Whether the phrase beside a cue names an entity.
    func isNamed(_ entity: Int, _ attribution: Attribution?) -> Bool {
        guard case .name(let name) = attribution?.speaker else { return false }
        return quoted.names.entityOfSpan[name] == entity
    }

    /// Entities that must be asked about although no mention of theirs is near.
    var entities: [Int] {
        [before, after, main, history.speaker, issuer?.candidate].compactMap {
            if case .entity(let entity) = $0 { entity } else { nil }
        }
    }

    private static func issuer(
        _ phrases: [SpeakerPhrase?],
        _ history: SpeechHistory,
        _ quoted: QuotedText
    ) -> IssuerFinder.Issuer? {
        let finder = IssuerFinder(quoted: quoted)
        for case .description(let tokens) in phrases {
            if let issuer = finder.issuer(of: tokens, last: history.speaker) { return issuer }
        }
        return nil
    }

    // Without a cue of its own a quotation goes on with the speaker of the one before it.
    private static func believed(
        _ utterance: Utterance,
        _ history: SpeechHistory,
        _ text: AnalysedText,
        before: SpeakerCandidate?,
        after: SpeakerCandidate?
    ) -> SpeakerCandidate? {
        if utterance.before?.speaker != nil { return before }
        if utterance.after?.speaker != nil { return after }
        guard let last = history.last else { return nil }
        if last.isUnclosed { return utterance.line == last.line + 1 ? history.speaker : nil }
        return utterance.line == last.line ? history.speaker : nil
    }

    // Of "the head of the union" the word "head".
    private static func head(of phrase: SpeakerPhrase, _ text: AnalysedText) -> Token? {
        guard case .description(let tokens) = phrase, let first = tokens.first,
            definite.contains(text.tokens[first])
        else { return nil }
        let end = tokens.first { link.contains(text.tokens[$0]) } ?? tokens.upperBound
        return end - 1 > first ? text.tokens[end - 1] : nil
    }

    private static func pronoun(_ utterance: Utterance, _ text: AnalysedText) -> Pronoun {
        for attribution in [utterance.before, utterance.after] {
            guard case .pronoun(let index) = attribution?.speaker else { continue }
            let token = text.tokens[index]
            if he.contains(token) { return .he }
            if she.contains(token) { return .she }
            if they.contains(token) { return .they }
            return it.contains(token) ? .it : .other
        }
        return .none
    }

    private static func numbers(
        _ utterance: Utterance,
        _ history: SpeechHistory,
        _ quoted: QuotedText,
        start: Int
    ) -> [Float] {
        let tokens = quoted.text.tokens
        let open = utterance.tokens.lowerBound
        let mark = open > start ? tokens[open - 1] : nil
        let first = tokens[utterance.tokens].first { $0.kind != .mark }
        return [
            kind(utterance.before),
            kind(utterance.after),
            utterance.before?.isLabel ?? false ? 1 : 0,
            utterance.before?.isPassive ?? false ? 1 : 0,
            utterance.before.map { Float(min(open - $0.cue.upperBound, 40)) } ?? 99,
            open == start ? 1 : 0,
            mark.map { $0.isMark(",") ? 1 : $0.isMark(":") ? 2 : 3 } ?? 0,
            first?.isCapitalised ?? false ? 1 : 0,
            Float(min(utterance.tokens.count, 60)),
            history.last.map { Float(min(utterance.line - $0.line, 9)) } ?? 9,
            history.last?.isUnclosed ?? false ? 1 : 0,
        ]
    }

    private static func kind(_ attribution: Attribution?) -> Float {
        guard let attribution else { return 0 }
        return switch attribution.speaker {
        case nil: 1
        case .name: 2
        case .pronoun: 3
        case .description: 4
        }
    }

    private static let definite = WordSet("the")
    private static let link = WordSet("of for from in at with")
    private static let he = WordSet("he")
    private static let she = WordSet("she")
    private static let they = WordSet("they")
    private static let it = WordSet("it")
}

/// Gathers the descriptions that stand near an utterance.
private struct DescriptionSearch {
    /// Tokens behind the words that are looked at.
    private static let reachTokens = 30

    let quoted: QuotedText

    func descriptions(
        _ phrases: [SpeakerPhrase?],
        _ utterance: Utterance,
        _ history: SpeechHistory
    ) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for phrase in phrases {
            if case .description(let tokens) = phrase { append(tokens, to: &found) }
        }
        if case .described(let tokens) = history.speaker { append(tokens, to: &found) }
        let finder = DescriptionFinder(text: quoted.text, names: quoted.names)
        for (region, limit) in regions(utterance) {
            for tokens in finder.phrases(in: region, limit: limit) { append(tokens, to: &found) }
        }
        return found
    }

    private func append(_ tokens: Range<Int>, to found: inout [Range<Int>]) {
        if !found.contains(tokens) { found.append(tokens) }
    }

    // The sentence before the words, what follows them, and the subject of the sentence before.
    private func regions(_ utterance: Utterance) -> [(Range<Int>, limit: Int)] {
        let text = quoted.text
        let open = utterance.tokens.lowerBound
        let sentence = text.sentenceIndex(ofToken: open) ?? 0
        let start = text.sentenceTokens[sentence].lowerBound
        let line = quoted.lines.tokens[utterance.line]
        var regions: [(Range<Int>, limit: Int)] = []
        if open > start {
            regions.append((outside(max(start, open - 2 * Self.reachTokens)..<open), 8))
        }
        if sentence > 0 {
            let before = text.sentenceTokens[sentence - 1].prefix(Self.reachTokens)
            let isIntroduction = utterance.before.map { $0.cue.lowerBound < start } ?? false
            regions.append((before, isIntroduction ? 6 : 2))
        }
        let close = utterance.tokens.upperBound
        let end = min(line.upperBound, close + Self.reachTokens)
        if close < end {
            let mark = (close..<end).first { text.tokens[$0].isDoubleQuote } ?? end
            regions.append((close..<mark, 6))
        }
        return regions
    }

    // Without the words of an earlier quotation.
    private func outside(_ region: Range<Int>) -> Range<Int> {
        let marks = region.filter { quoted.text.tokens[$0].isDoubleQuote }
        guard let last = marks.last, marks.count % 2 == 0, let first = marks.first else {
            return region
        }
        // What stands before the earlier quotation holds the subject, unless little does.
        return first - region.lowerBound > 2
            ? region.lowerBound..<first : (last + 1)..<region.upperBound
    }
}
