import WirecopyMessages

/// Compares the spellings of names.
enum NameSpelling {
    /// Shorter surnames that differ by a letter are mostly different people.
    static let variantBytesMin = 6
    /// Longer words are not compared; no surname is longer.
    private static let variantBytesMax = 24

    /// The key under which equal names meet: the words in any case, without a leading "the".
    static func key(_ range: Range<Int>, _ text: AnalysedText) -> UInt64 {
        let tokens = text.tokens[range]
        let skips = tokens.count > 1 && tokens.first.map { the.contains($0) } ?? false
        return tokens.dropFirst(skips ? 1 : 0).reduce(WordHash.seed) {
            WordHash.join($0, $1.folded)
        }
    }

    /// Keys of the beginnings and endings of a name that can stand for the whole.
    static func parts(of range: Range<Int>, _ text: AnalysedText) -> [UInt64] {
        var keys: [UInt64] = []
        for split in (range.lowerBound + 1)..<range.upperBound {
            if range.upperBound - split > 1, !link.contains(text.tokens[split]) {
                keys.append(key(split..<range.upperBound, text))
            }
            if split - range.lowerBound > 1, link.contains(text.tokens[split]) {
                keys.append(key(range.lowerBound..<split, text))
            }
        }
        // "Quill" alone stands for "Quill Motor Company", but "National" for no body.
        if isCompany(range, text) {
            keys.append(key(range.lowerBound..<(range.lowerBound + 1), text))
        }
        return keys
    }

    /// Whether a name ends with a word for a company: its first word may stand for it.
    static func isCompany(_ range: Range<Int>, _ text: AnalysedText) -> Bool {
        guard range.count > 1, let last = text.tokens[range].last else { return false }
        return companyHead.contains(last)
    }

    /// The acronyms that a long name can have: with and without its small words.
    static func acronyms(of range: Range<Int>, _ text: AnalysedText) -> [UInt64] {
        var short = WordHash.seed
        var full = WordHash.seed
        var letters = 0
        for token in text.tokens[range]
        where token.kind == .word && !token.shape.contains(.possessive) {
            let byte = WordHash.fold(text.bytes[token.start])
            full = WordHash.mix(full, byte)
            guard token.isCapitalised else { continue }
            short = WordHash.mix(short, byte)
            letters += 1
        }
        guard letters > 1 else { return [] }
        return short == full ? [short] : [short, full]
    }

    /// The hash of an acronym's letters without its periods.
    static func letters(of token: Token, _ text: AnalysedText) -> UInt64 {
        text.bytes[token.start..<token.end].reduce(WordHash.seed) { hash, byte in
            byte == UInt8(ascii: ".") ? hash : WordHash.mix(hash, WordHash.fold(byte))
        }
    }

    /// Whether two long words differ by one letter, or by two when they are very long.
    static func isVariant(_ left: Token, _ right: Token, _ text: AnalysedText) -> Bool {
        guard max(left.end - left.start, right.end - right.start) <= variantBytesMax else {
            return false
        }
        let (one, two) = (scalars(left, text), scalars(right, text))
        let shorter = min(one.count, two.count)
        guard shorter >= variantBytesMin else { return false }
        // A plural or possessive of the same word is no other spelling.
        let plural = UInt32(UInt8(ascii: "s"))
        if one.last != two.last, one.last == plural || two.last == plural {
            return false
        }
        return distance(one, two) <= (shorter >= 9 ? 2 : 1)
    }

    private static func scalars(_ token: Token, _ text: AnalysedText) -> [UInt32] {
        var scalars: [UInt32] = []
        var index = token.start
        while index < token.end {
            let scalar = ScalarClass(text.bytes, at: index)
            scalars.append(scalar.value)
            index += scalar.byteCount
        }
        return scalars
    }

    /// The edit distance of two short words (Wagner and Fischer 1974), one row at a time.
    private static func distance(_ one: [UInt32], _ two: [UInt32]) -> Int {
        var row = Array(0...two.count)
        for (index, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in two.indices {
                let substituted = diagonal + (byte == two[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return row[two.count]
    }

    private static let the = WordSet("the")
    private static let companyHead = WordSet(
        """
        company corporation corp corp. inc inc. ltd group airlines motors holdings industries
        systems
        """
    )
    private static let link = WordSet("of for")
}
