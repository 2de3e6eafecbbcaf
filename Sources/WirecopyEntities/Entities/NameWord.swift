/// A word of a name as names are compared.
struct NameWord: Equatable {
    /// Hash of its letters; the words for one country or its people share one.
    var hash: UInt64
    /// Its first letter, in lower case and without an accent.
    var initial: UInt32
    /// Index of its first token.
    var token: Int
    /// Number of its letters.
    var letterCount: Int
    /// Letters that stand for names: "J.", "J.D.", "JD".
    var isInitials = false
    /// Stands between quotation marks: "Ana “Wren” Quill".
    var isNickname = false
    /// A small word: "of", "and".
    var isSmall = false
    /// A country, or its people.
    var isCountry = false
}

extension NameWord {
    /// More words of a name are not compared.
    static let wordsMax = 12

    /// The hash of a run of words.
    static func hash(_ words: ArraySlice<NameWord>) -> UInt64 {
        words.reduce(WordHash.seed) { WordHash.join($0, $1.hash) }
    }

    /// The words of a person's name, without titles, generation and honours.
    static func person(_ tokens: Range<Int>, _ text: AnalysedText) -> [NameWord] {
        var range = tokens
        while range.count > 1, let first = range.first, isTitle(text.tokens[first]) {
            range = (first + 1)..<range.upperBound
        }
        while range.count > 1, let last = range.last,
            text.tokens[last].kind != .word || isEnding(text.tokens[last], behind: range, text)
        {
            range = range.lowerBound..<last
        }
        return range.prefix(wordsMax).compactMap { index in
            guard text.tokens[index].kind == .word else { return nil }
            var word = NameWord(index, text)
            let shape = text.tokens[index].shape
            word.isInitials =
                index + 1 < range.upperBound
                && (word.letterCount == 1 || word.letterCount <= 3 && shape.contains(.allCapitals))
            word.isNickname =
                index > range.lowerBound && text.tokens[index - 1].isDoubleQuote
                && index + 1 < range.upperBound && text.tokens[index + 1].isDoubleQuote
            return word
        }
    }

    /// The words of anything else's name; countries as one word, without "the" and kinds of storm.
    static func other(
        _ tokens: Range<Int>,
        _ text: AnalysedText,
        _ lexicon: Lexicon
    ) -> [NameWord] {
        var words: [NameWord] = []
        var index = tokens.lowerBound
        while index < tokens.upperBound, words.count < wordsMax {
            let token = text.tokens[index]
            if token.isCapitalised, let match = country(index, tokens.upperBound, text, lexicon) {
                var word = NameWord(index, text)
                word.hash = WordHash.join(countrySeed, UInt64(match.canonical))
                word.isCountry = true
                words.append(word)
                index = match.tokens.upperBound
                continue
            }
            index += 1
            guard token.kind != .mark, !token.shape.contains(.possessive), !the.contains(token)
            else { continue }
            var word = NameWord(index - 1, text)
            word.isSmall = small.contains(token)
            words.append(word)
        }
        guard let first = words.first, storm.contains(text.tokens[first.token]) else {
            return words
        }
        let rest = words.drop { storm.contains(text.tokens[$0.token]) }
        return rest.isEmpty ? words : Array(rest)
    }

    /// The longest country or people that begins at a token: the one of "United States Navy".
    private static func country(
        _ start: Int,
        _ end: Int,
        _ text: AnalysedText,
        _ lexicon: Lexicon
    ) -> Lexicon.Match? {
        var limit = end
        while let match = lexicon.longestMatch(text.tokens, from: start, limit: limit) {
            if match.canonical >= 0, !match.senses.isDisjoint(with: [.country, .demonym]) {
                return match
            }
            limit = match.tokens.upperBound - 1
        }
        return nil
    }

    private init(_ token: Int, _ text: AnalysedText) {
        let bytes = text.tokens[token].start..<text.tokens[token].end
        var (initial, count): (UInt32, Int) = (0, 0)
        NameLetters.forEach(text.bytes, bytes) { letter in
            if count == 0 { initial = letter }
            count += 1
        }
        self.token = token
        self.initial = initial
        letterCount = count
        hash = NameLetters.hash(text.bytes, bytes)
    }

    private static func isTitle(_ token: Token) -> Bool {
        token.isCapitalised && (NameWords.title.contains(token) || titleOpener.contains(token))
    }

    /// "Jr.", "MP", and any capitals behind a name that is not all in capitals: "DBE".
    private static func isEnding(
        _ token: Token,
        behind range: Range<Int>,
        _ text: AnalysedText
    ) -> Bool {
        if NameWords.generation.contains(token) || NameWords.honour.contains(token) { return true }
        return range.count > 2 && token.shape.contains(.allCapitals) && token.end - token.start <= 4
            && !text.tokens[range.lowerBound].shape.contains(.allCapitals)
    }

    private static let countrySeed: UInt64 = 0xC0_0417
    private static let the = WordSet("the")
    private static let small = WordSet("of for to and in at on de du des del la le y und")
    private static let storm = WordSet("hurricane cyclone typhoon storm tropical subtropical")
    private static let titleOpener = WordSet("prime vice foreign former deputy")
}
