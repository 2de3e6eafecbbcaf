import WirecopyMessages

/// Cuts sentences into words, numbers and marks with exact byte ranges.
///
/// Words keep inner hyphens, apostrophes and periods (`al-Qaida`, `don't`, `U.S.`, `AT&T`); the
/// possessive `'s` and affixes of names (`Kenya|-based`, `pan-|African`) become tokens of their
/// own, so that names end where they end.
struct Tokeniser {
    /// Tokens that are kept; a long book has half a million.
    static let tokensMax = 2_000_000

    private let bytes: [UInt8]
    private var tokens: [Token] = []

    /// The tokens of the sentences, and for each sentence the range of its tokens.
    static func tokens(
        of bytes: [UInt8],
        sentences: [TextRange]
    ) -> (tokens: [Token], sentences: [Range<Int>]) {
        var tokeniser = Tokeniser(bytes: bytes)
        tokeniser.tokens.reserveCapacity(min(bytes.count / 5 + 16, tokensMax))
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(sentences.count)
        for sentence in sentences {
            let first = tokeniser.tokens.count
            tokeniser.cut(sentence)
            ranges.append(first..<tokeniser.tokens.count)
        }
        return (tokeniser.tokens, ranges)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func cut(_ sentence: TextRange) {
        var index = sentence.start
        var hasSpace = true
        while index < sentence.end, tokens.count < Self.tokensMax {
            let scalar = ScalarClass(bytes, at: index)
            switch scalar.byteClass {
            case .space, .newline:
                index += scalar.byteCount
                hasSpace = true
                continue
            case .punctuation:
                addMark(scalar, at: index, hasSpace: hasSpace)
                index += scalar.byteCount
            case .lower, .upper, .digit, .beyondASCII:
                index = addWord(from: index, sentence: sentence, hasSpace: hasSpace)
            }
            hasSpace = false
        }
    }

    private mutating func addMark(_ scalar: ScalarClass, at index: Int, hasSpace: Bool) {
        let end = index + scalar.byteCount
        let shape: Token.Shape = hasSpace ? [.spaceBefore] : []
        let value = UInt64(scalar.value)
        tokens.append(
            Token(start: index, end: end, kind: .mark, shape: shape, exact: value, folded: value)
        )
    }

    private mutating func addWord(from start: Int, sentence: TextRange, hasSpace: Bool) -> Int {
        var end = wordEnd(from: start, limit: sentence.end)
        let possessive = possessiveStart(start, end)
        if let possessive { end = possessive.start }
        end = withOwnPeriod(start, end, limit: sentence.end)
        let space: Token.Shape = hasSpace ? [.spaceBefore] : []
        if let cut = affixCut(start, end) {
            append(start, cut, space)
            append(cut, end, [])
        } else {
            append(start, end, space)
        }
        guard let possessive else { return end }
        append(possessive.start, possessive.end, [.possessive])
        return possessive.end
    }

    private mutating func append(_ start: Int, _ end: Int, _ shape: Token.Shape) {
        guard start < end, tokens.count < Self.tokensMax else { return }
        var token = Token(
            start: start,
            end: end,
            kind: .word,
            shape: shape,
            exact: WordHash.seed,
            folded: WordHash.seed
        )
        var letters = 0
        var capitals = 0
        var index = start
        while index < end {
            let scalar = ScalarClass(bytes, at: index)
            switch scalar.byteClass {
            case .upper:
                if letters == 0, index == start { token.shape.insert(.capitalised) }
                if letters > 0 || index > start { token.shape.insert(.innerCapital) }
                (letters, capitals) = (letters + 1, capitals + 1)
            case .lower, .beyondASCII: letters += 1
            case .digit: token.shape.insert(.digit)
            default: if scalar.value == 0x2D { token.shape.insert(.hyphenated) }
            }
            for byte in bytes[index..<(index + scalar.byteCount)] {
                token.exact = WordHash.mix(token.exact, byte)
                token.folded = WordHash.mix(token.folded, WordHash.fold(byte))
            }
            index += scalar.byteCount
        }
        if letters == 0 { token.kind = .number }
        if letters > 1, letters == capitals { token.shape.insert(.allCapitals) }
        if bytes[end - 1] == UInt8(ascii: ".") { token.shape.insert(.abbreviation) }
        tokens.append(token)
    }

    /// The end of the run of letters, digits and joining marks that begins at `start`.
    private func wordEnd(from start: Int, limit: Int) -> Int {
        var index = start
        var previous = ByteClass.space
        while index < limit {
            let scalar = ScalarClass(bytes, at: index)
            if scalar.byteClass.isWordPart {
                previous = scalar.byteClass
                index += scalar.byteCount
                continue
            }
            let next = index + scalar.byteCount
            guard next < limit, scalar.byteClass == .punctuation else { break }
            let following = ScalarClass(bytes, at: next)
            guard following.byteClass.isWordPart,
                joins(scalar.value, previous, following.byteClass, index - start)
            else { break }
            index = next
        }
        return index
    }

    /// Whether a mark between two letters or digits belongs to the word.
    private func joins(
        _ mark: UInt32,
        _ before: ByteClass,
        _ after: ByteClass,
        _ bytesBefore: Int
    ) -> Bool {
        switch mark {
        case UInt32(UInt8(ascii: "-")), Mark.rightSingle, Mark.straightSingle: true
        case UInt32(UInt8(ascii: "&")): before == .upper && after == .upper
        case UInt32(UInt8(ascii: ",")): before == .digit && after == .digit
        // "a.m.", "U.S." and "example.org" hold together; "ended.Then" lacks its blank.
        case UInt32(UInt8(ascii: ".")): !(before == .lower && after == .upper) || bytesBefore == 1
        default: false
        }
    }

    /// Where an affix parts from a name: "Kenya|-based", "pan-|African"; nil in other words.
    private func affixCut(_ start: Int, _ end: Int) -> Int? {
        guard end - start > Self.affixBytesMin,
            let hyphen = bytes[start..<end].firstIndex(of: UInt8(ascii: "-")), hyphen > start,
            hyphen + 1 < end
        else { return nil }
        let (first, behind) = (
            ByteClass.table[Int(bytes[start])], ByteClass.table[Int(bytes[hyphen + 1])]
        )
        if first == .upper, behind == .lower,
            Abbreviations.nameSuffix.contains(hash(hyphen + 1, end))
        {
            return hyphen
        }
        guard first == .lower, behind == .upper || behind == .beyondASCII,
            Abbreviations.namePrefix.contains(hash(start, hyphen))
        else { return nil }
        return hyphen + 1
    }

    /// "ex-" and three letters: no shorter word has an affix before or behind a name.
    private static let affixBytesMin = 5

    private func hash(_ start: Int, _ end: Int) -> UInt64 {
        bytes[start..<end].reduce(WordHash.seed) { WordHash.mix($0, WordHash.fold($1)) }
    }

    private func possessiveStart(_ start: Int, _ end: Int) -> TextRange? {
        guard end - start > 2, bytes[end - 1] | 0x20 == UInt8(ascii: "s") else { return nil }
        if bytes[end - 2] == UInt8(ascii: "'") { return TextRange(end - 2, end) }
        guard end - start > 4, bytes[(end - 4)...].starts(with: [0xE2, 0x80, 0x99]) else {
            return nil
        }
        return TextRange(end - 4, end)
    }

    /// Takes a period into the token when it belongs to an abbreviation, an initial or `U.S.`.
    private func withOwnPeriod(_ start: Int, _ end: Int, limit: Int) -> Int {
        guard end < limit, bytes[end] == UInt8(ascii: ".") else { return end }
        let word = bytes[start..<end]
        if word.count == 1, ByteClass.table[Int(bytes[start])] == .upper { return end + 1 }
        let letters = word.count { ByteClass.table[Int($0)].isWordPart }
        let periods = word.count { $0 == UInt8(ascii: ".") }
        if periods > 0, periods + letters == word.count, letters <= periods * 2 { return end + 1 }
        guard end - start <= 5 else { return end }
        let hash = word.reduce(WordHash.seed) { WordHash.mix($0, WordHash.fold($1)) }
        // The last period of a sentence belongs to the sentence, not to "No." or "co".
        return end + 1 < limit && Abbreviations.ownsPeriod(hash) ? end + 1 : end
    }
}
