import WirecopyMessages

/// What is asked about words in quotation marks for being somebody's words, and not a title, a name
/// or distance marks; as numbers for a forest.
struct SpokenNumbers {
    /// Numbers of a span.
    static let count = 48

    private let quoted: QuotedText
    /// How often each quoted string stands between marks.
    private let repeats: [UInt64: Int]
    /// How often its first words stand anywhere, with marks or without.
    private let occurrences: [UInt64: Int]
    /// How many spans begin in each sentence.
    private let spansOfSentence: [Int: Int]

    private var text: AnalysedText { quoted.text }

    /// Counts what a text quotes.
    init(_ quoted: QuotedText) {
        self.quoted = quoted
        var repeats: [UInt64: Int] = [:]
        var spansOfSentence: [Int: Int] = [:]
        for span in quoted.spans {
            repeats[Self.hash(span, quoted.text), default: 0] += 1
            let sentence = quoted.text.sentenceIndex(ofToken: span.open) ?? 0
            spansOfSentence[sentence, default: 0] += 1
        }
        self.repeats = repeats
        occurrences = Self.occurrences(of: quoted)
        self.spansOfSentence = spansOfSentence
    }

    /// Words of a span that are looked for elsewhere: names and terms have no more.
    private static let termWordsMax = 4
    /// Places for hashes; a text has some dozen terms.
    private static let beginningsCount = 4096

    // How often the words of each short span stand in the text, by their hash: a term comes again.
    private static func occurrences(of quoted: QuotedText) -> [UInt64: Int] {
        let text = quoted.text
        var counts: [UInt64: Int] = [:]
        // Which words begin a term, by the last bits of their hashes: most words need no more.
        var beginnings = Array(repeating: false, count: beginningsCount)
        for span in quoted.spans {
            guard let term = term(span, text) else { continue }
            counts[term.hash] = 0
            beginnings[Int(term.first % UInt64(beginningsCount))] = true
        }
        guard !counts.isEmpty else { return [:] }
        for index in text.tokens.indices
        where beginnings[Int(text.tokens[index].folded % UInt64(beginningsCount))] {
            var hash = WordHash.seed
            for token in text.tokens[index...].prefix(termWordsMax) {
                guard token.kind != .mark else { break }
                hash = WordHash.join(hash, token.folded)
                if let count = counts[hash] { counts[hash] = count + 1 }
            }
        }
        return counts
    }

    private static func term(
        _ span: QuotedSpan,
        _ text: AnalysedText
    ) -> (hash: UInt64, first: UInt64)? {
        let words = text.tokens[span.content].prefix(termWordsMax + 2).filter { $0.kind != .mark }
        guard let first = words.first, words.count <= termWordsMax, span.content.count <= 6 else {
            return nil
        }
        return (words.reduce(WordHash.seed) { WordHash.join($0, $1.folded) }, first.folded)
    }

    /// The numbers of each span; `utterances` has the cues beside each.
    func rows(_ utterances: [Utterance]) -> [[Float]] {
        quoted.spans.indices.map { index in
            let span = quoted.spans[index]
            return contentNumbers(span) + leftNumbers(span) + rightNumbers(span)
                + cueNumbers(span, utterances[index]) + chainNumbers(index, utterances)
        }
    }

    // Whether it is a whole sentence, and goes on with a quotation before it.
    private func chainNumbers(_ index: Int, _ utterances: [Utterance]) -> [Float] {
        let span = quoted.spans[index]
        let sentence = text.sentenceIndex(ofToken: span.open) ?? 0
        let last = text.tokens[span.content].last
        let isWhole =
            text.sentenceTokens[sentence].lowerBound == span.open
            && last.map { $0.isMark(".") || $0.isMark("!") || $0.isMark("?") } ?? false
        guard index > 0 else { return [isWhole ? 1 : 0, 0, 0] }
        let previous = quoted.spans[index - 1]
        let hasCue = utterances[index - 1].attribution?.speaker != nil
        return [
            isWhole ? 1 : 0,
            previous.line != span.line ? 0 : hasCue ? 2 : 1,
            previous.isUnclosed ? 1 : 0,
        ]
    }

    // MARK: - The words

    private func contentNumbers(_ span: QuotedSpan) -> [Float] {
        let content = text.tokens[span.content]
        let words = content.filter { $0.kind != .mark }
        let long = words.filter { $0.kind == .word && $0.end - $0.start > 3 }
        let capitals = long.count(where: \.isCapitalised)
        let last = content.last
        let name = quoted.names.spanIndex(atToken: span.content.lowerBound)
        let isName = name.map { isWhole(quoted.names.spans[$0].tokens, span) } ?? false
        return [
            Float(min(words.count, 40)),
            words.first?.isCapitalised ?? false ? 1 : 0,
            long.isEmpty ? 0.5 : Float(capitals) / Float(long.count),
            last.map(Self.number) ?? 0,
            content.contains { Self.firstPerson.contains($0) } ? 1 : 0,
            content.contains { Self.finite.contains($0) } ? 1 : 0,
            content.contains { Self.small.contains($0) } ? 1 : 0,
            content.contains { $0.isMark(",") } ? 1 : 0,
            words.contains { $0.shape.contains(.digit) } ? 1 : 0,
            isName ? 1 : 0,
            Float(min(repeats[Self.hash(span, text)] ?? 1, 4)),
            text.tokens[span.open].isDoubleQuote ? 0 : 1,
            words.allSatisfy { $0.shape.contains(.allCapitals) } ? 1 : 0,
            words.last.map { isPast($0) } ?? false ? 1 : 0,
            Float(min(Self.term(span, text).flatMap { occurrences[$0.hash] } ?? 0, 5)),
            content.contains { $0.isMark("#") } ? 1 : 0,
        ]
    }

    private func isWhole(_ name: Range<Int>, _ span: QuotedSpan) -> Bool {
        guard name.lowerBound == span.content.lowerBound, name.upperBound <= span.close else {
            return false
        }
        return text.tokens[name.upperBound..<span.close].allSatisfy { $0.kind == .mark }
    }

    private func isPast(_ token: Token) -> Bool {
        token.end - token.start > 3 && text.bytes[token.end - 1] == UInt8(ascii: "d")
            && text.bytes[token.end - 2] == UInt8(ascii: "e")
    }

    private static func hash(_ span: QuotedSpan, _ text: AnalysedText) -> UInt64 {
        text.tokens[span.content].prefix(8).reduce(WordHash.seed) {
            $1.kind == .mark ? $0 : WordHash.join($0, $1.folded)
        }
    }

    private static func number(of mark: Token) -> Float {
        guard mark.kind == .mark else { return 0 }
        if mark.isMark(",") { return 1 }
        if mark.isMark(".") { return 2 }
        return mark.isMark("!") || mark.isMark("?") ? 3 : 4
    }

    // MARK: - The words around

    private func leftNumbers(_ span: QuotedSpan) -> [Float] {
        let line = quoted.lines.tokens[span.line]
        let sentence = text.sentenceIndex(ofToken: span.open) ?? 0
        let start = text.sentenceTokens[sentence].lowerBound
        let near = text.tokens[max(line.lowerBound, span.open - 5)..<span.open]
        let before = near.last
        let isInside = span.open > start
        return [
            isInside ? 0 : 1,
            before.map { $0.isMark(",") ? 1 : $0.isMark(":") ? 2 : $0.isMark("(") ? 3 : 0 } ?? 4,
            before.map { Self.article.contains($0) ? 1 : Self.owner.contains($0) ? 2 : 0 } ?? 0,
            before.map { Self.as.contains($0) ? 1 : Self.that.contains($0) ? 2 : 0 } ?? 0,
            before.map { Self.be.contains($0) ? 1 : Self.link.contains($0) ? 2 : 0 } ?? 0,
            isInside && before?.isCapitalised ?? false ? 1 : 0,
            near.contains { Self.naming.contains($0) } ? 1 : 0,
            near.contains { Self.works.contains($0) } ? 1 : 0,
            near.contains { Self.nicknaming.contains($0) } ? 1 : 0,
            near.contains { Self.be.contains($0) } ? 1 : 0,
            Float(min(spansOfSentence[sentence] ?? 1, 5)),
            Float(min(span.open - start, 40)),
            before.map { $0.kind == .word && SpeechWords.verb.contains($0) } ?? false ? 1 : 0,
            before?.kind == .number ? 1 : 0,
            before.map { $0.kind == .word && !$0.isCapitalised && !Self.isSmall($0) } ?? false
                ? 1 : 0,
        ]
    }

    private func rightNumbers(_ span: QuotedSpan) -> [Float] {
        let line = quoted.lines.tokens[span.line]
        guard span.close + 1 < line.upperBound else { return [5, 0, 0, 0, 0] }
        let token = text.tokens[span.close + 1]
        var kind: Float = 0
        if token.kind == .mark {
            kind = token.isMark(",") ? 1 : token.isMark(".") ? 2 : token.isMark("(") ? 3 : 4
        }
        return [
            kind,
            token.kind != .word
                ? 0
                : token.isCapitalised
                    ? 1 : Self.link.contains(token) ? 2 : Self.be.contains(token) ? 3 : 4,
            token.shape.contains(.possessive) ? 1 : 0,
            token.isMark(",") && span.close + 2 < line.upperBound
                && Self.relating.contains(text.tokens[span.close + 2]) ? 1 : 0,
            Self.contrast.contains(token) ? 1 : 0,
        ]
    }

    // MARK: - The cues

    private func cueNumbers(_ span: QuotedSpan, _ utterance: Utterance) -> [Float] {
        [
            number(utterance.before),
            utterance.before.map { Float(min(span.open - $0.cue.upperBound, 40)) } ?? 99,
            number(utterance.after),
            utterance.after.map { Float(min(max($0.cue.lowerBound - span.close, 0), 40)) } ?? 99,
            utterance.before.map { isCalling($0) } ?? false ? 1 : 0,
            hasVerb(span) ? 1 : 0,
            span.isUnclosed ? 1 : 0,
            utterance.attribution.map { speakerKind($0) } ?? 0,
            NamingCue(quoted: quoted).number(before: span),
        ]
    }

    private func number(_ attribution: Attribution?) -> Float {
        guard let attribution else { return 0 }
        return (attribution.isLabel ? 1 : 3) + (attribution.speaker == nil ? 0 : 1)
    }

    private func isCalling(_ attribution: Attribution) -> Bool {
        attribution.cue.first.map { Self.calling.contains(text.tokens[$0]) } ?? false
    }

    private func hasVerb(_ span: QuotedSpan) -> Bool {
        guard let sentence = text.sentenceIndex(ofToken: span.open) else { return false }
        let range = text.sentenceTokens[sentence]
        let near = max(range.lowerBound, span.open - 40)..<min(range.upperBound, span.close + 40)
        return text.tokens[near].contains { SpeechWords.verb.contains($0) }
    }

    // What stands beside the cue: 4 a person, 3 another name, 2 people or a body without a name,
    // 1 anything else that is described: "a process called", 0 nothing.
    private func speakerKind(_ attribution: Attribution) -> Float {
        switch attribution.speaker {
        case .name(let name): return quoted.names.spans[name].type == .person ? 4 : 3
        case .pronoun(let index):
            return SpeechWords.personalPronoun.contains(text.tokens[index]) ? 4 : 2
        case .description(let tokens):
            let finder = DescriptionFinder(text: text, names: quoted.names)
            return finder.isHuman(tokens) || finder.isBody(tokens) ? 2 : 1
        case nil: return 0
        }
    }

    private static let firstPerson = WordSet(
        "i we you my our your us me i'm we're i've we've you're it's don't let's"
    )
    private static let finite = WordSet(
        """
        is are was were be been will would can could should must may might has have had do does did
        not cannot
        """
    )
    private static let small = WordSet("the a an of to and in for that this with as by from at")
    private static func isSmall(_ token: Token) -> Bool {
        small.contains(token) || link.contains(token) || be.contains(token)
            || that.contains(token) || `as`.contains(token) || owner.contains(token)
    }

    /// Begins what explains a name before the comma.
    private static let relating = WordSet("a an the which who whose where known meaning or")
    private static let contrast = WordSet("rather instead versus vs or and")
    private static let article = WordSet("the a an")
    private static let owner = WordSet("his her its their this that these those such any some")
    private static let `as` = WordSet("as like")
    private static let that = WordSet("that whether")
    private static let be = WordSet("be is are was were been being isn't")
    private static let link = WordSet("of to and or for in on with by from at but than into about")
    private static let naming = WordSet(
        """
        known so-called nicknamed dubbed named codenamed code-named meaning hashtag nickname aka
        stands term terms word words phrase name alias tag slogan
        """
    )
    private static let works = WordSet(
        """
        titled entitled song album film movie book novel episode series single headlined show
        magazine paper poem programme program play track called essay article column painting
        """
    )
    private static let nicknaming = WordSet(
        "called termed labelled labeled branded considered deemed referred coined"
    )
    private static let calling = WordSet("called calls call calling dubbed dubbing named termed")
}
