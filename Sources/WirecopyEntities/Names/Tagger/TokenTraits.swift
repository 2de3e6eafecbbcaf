import WirecopyMessages

/// What is known of one token before the tagger reads it; hashes and sets, no strings.
struct TokenTraits {
    /// Hash of the word in lower case; numbers of the same form are the same.
    var word: UInt64 = 0
    /// Hash of the word as it stands.
    var exact: UInt64 = 0
    /// Classes of words in like company.
    var kin = WordClasses.Pair()
    /// Hash of its form: `Xx`, `X.X.`, `xX`, `0-0`.
    var form: UInt64 = 0
    /// What the lists say of the word.
    var senses: UInt32 = 0
    /// What the longest phrase of the lists around it says, and whether it begins there.
    var phrase: UInt32 = 0
    /// Classes of `NameWords`.
    var classes: UInt32 = 0
    /// What the rules say: twice a type and whether it begins there, with its evidence; or zero.
    var rule: UInt32 = 0
    /// Whether news mostly writes the word in lower case.
    var isCommon = false
    /// Whether it stands between double quotation marks.
    var isQuoted = false
    /// Whether it begins with, or holds, a capital.
    var isCapitalised = false
    /// Whether it stands in a line that is mostly capitals.
    var isInHeadline = false
}

/// The traits of all tokens of a text.
struct TextTraits {
    private(set) var tokens: [TokenTraits]
    /// Runs of tokens that the tagger reads, each within a sentence and behind an unread token.
    private(set) var chains: [Range<Int>] = []
    private let text: AnalysedText
    private let lexicon: Lexicon
    private let classes: WordClasses

    /// Gathers the traits; `rules` are the spans that rules find.
    init(text: AnalysedText, lexicon: Lexicon, classes: WordClasses, rules: [NameSpan]) {
        self.text = text
        self.lexicon = lexicon
        self.classes = classes
        tokens = Array(repeating: TokenTraits(), count: text.tokens.count)
        for index in tokens.indices { addOwn(index) }
        for span in rules { addRule(span) }
        let finder = NameRunFinder(text: text, lexicon: lexicon)
        for sentence in text.sentenceTokens {
            addQuotes(sentence)
            if finder.isHeadline(sentence) {
                for index in sentence { tokens[index].isInHeadline = true }
            }
            findChains(sentence)
        }
    }

    private mutating func addOwn(_ index: Int) {
        let token = text.tokens[index]
        var traits = TokenTraits()
        traits.word = token.folded
        traits.exact = token.exact
        traits.classes = NameWords.classes(token)
        traits.isCapitalised = token.isCapitalised
        if token.kind == .mark {
            traits.form = token.folded
        } else if token.shape.isDisjoint(with: [.capitalised, .innerCapital, .digit]),
            token.shape.isDisjoint(with: [.hyphenated, .possessive, .abbreviation])
        {
            traits.form = 1
        } else {
            addForm(token, &traits)
            traits.senses = lexicon.senses(token).rawValue
        }
        traits.kin = classes.classes(of: traits.word)
        if token.isCapitalised { traits.isCommon = lexicon.isCommon(token) }
        tokens[index] = traits
    }

    /// The form with runs joined, and numbers by their length.
    private func addForm(_ token: Token, _ traits: inout TokenTraits) {
        var form = WordHash.seed
        var previous: UInt8 = 0
        var digits = WordHash.seed
        for byte in text.bytes[token.start..<token.end] {
            var kind: UInt8
            switch ByteClass.table[Int(byte)] {
            case .upper: kind = UInt8(ascii: "X")
            case .lower: kind = UInt8(ascii: "x")
            case .digit: kind = UInt8(ascii: "0")
            case .beyondASCII: kind = UInt8(ascii: "e")
            default: kind = byte
            }
            digits = WordHash.mix(digits, kind == UInt8(ascii: "0") ? kind : WordHash.fold(byte))
            if byte >= 0xC3, byte & 0xC0 == 0xC0, token.shape.contains(.capitalised), previous == 0
            {
                kind = UInt8(ascii: "X")
            }
            if kind != previous { form = WordHash.mix(form, kind) }
            previous = kind
        }
        traits.form = form
        if token.shape.contains(.digit) { traits.word = digits }
    }

    private mutating func addRule(_ span: NameSpan) {
        guard let type = NameLabel.types.firstIndex(of: span.type) else { return }
        let evidence = UInt32(span.evidence.rawValue)
        for index in span.tokens {
            let begins: UInt32 = index == span.tokens.lowerBound ? 1 : 0
            tokens[index].rule = 1 + evidence + 4 * (begins + 2 * UInt32(type))
        }
    }

    private mutating func addQuotes(_ sentence: Range<Int>) {
        var isOpen = false
        for index in sentence {
            if text.tokens[index].isDoubleQuote {
                isOpen.toggle()
            } else if isOpen {
                tokens[index].isQuoted = true
            }
        }
    }

    // A chain is a run of capitals and numbers with the small words that may hold a name together.
    private mutating func findChains(_ sentence: Range<Int>) {
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            guard begins(index, sentence) else {
                index += 1
                continue
            }
            let end = chainEnd(from: index, sentence)
            addPhrases(index..<end)
            chains.append(index..<end)
            index = end
        }
    }

    private func begins(_ index: Int, _ sentence: Range<Int>) -> Bool {
        if tokens[index].isCapitalised || tokens[index].rule != 0 { return true }
        let token = text.tokens[index]
        // "2018 World Cup", "al Shabab", "van Gogh".
        guard token.kind == .number || NameWords.particle.contains(token) else { return false }
        return index + 1 < sentence.upperBound && tokens[index + 1].isCapitalised
    }

    private func chainEnd(from start: Int, _ sentence: Range<Int>) -> Int {
        var end = start + 1
        let limit = min(sentence.upperBound, start + Self.chainTokensMax)
        while end < limit {
            if tokens[end].isCapitalised || isJoined(end) {
                end += 1
                continue
            }
            guard isLink(end) else { break }
            var next = end + 1
            while next < sentence.upperBound, next - end < Self.linkTokensMax, isLink(next) {
                next += 1
            }
            guard next < sentence.upperBound, tokens[next].isCapitalised else { break }
            end = next
        }
        return end
    }

    /// No list of names is longer; only shouting and hostile texts are cut here, and a chain's
    /// memory is bounded.
    private static let chainTokensMax = 512
    /// Small words and marks in a row between two capitals: "of the", "'s", ", and the".
    private static let linkTokensMax = 3

    /// A number or a head in lower case goes on behind a capital: "Article 50", "Gaza strip".
    private func isJoined(_ index: Int) -> Bool {
        text.tokens[index].kind == .number || tokens[index].rule != 0
            || tokens[index].classes & NameWords.headClasses != 0
    }

    private func isLink(_ index: Int) -> Bool {
        let token = text.tokens[index]
        if token.kind == .mark {
            return !token.isMark(".") && !token.isMark(":") && !token.isMark("(")
        }
        return token.shape.contains(.possessive) || Self.link.contains(token)
    }

    private static let link = WordSet(
        """
        of and for the in on at to de del della da das do dos di du la le les el al bin bint ibn van
        von der den y e und et a an with is ul ud
        """
    )

    private mutating func addPhrases(_ chain: Range<Int>) {
        var index = chain.lowerBound
        while index < chain.upperBound {
            guard tokens[index].isCapitalised || tokens[index].senses != 0,
                let match = lexicon.longestMatch(text.tokens, from: index, limit: chain.upperBound)
            else {
                index += 1
                continue
            }
            let length = UInt32(match.tokens.count - 1)
            for token in match.tokens {
                let begins: UInt32 = token == match.tokens.lowerBound ? 1 : 0
                tokens[token].phrase =
                    1 + begins + 2 * min(length, 3) + 8 * (match.senses.rawValue & 0xFFFFF)
            }
            index = match.tokens.upperBound
        }
    }
}
