/// Says whether two words are spellings of one name.
enum NameSpelling {
    /// Shorter words that differ by a letter are mostly different names.
    static let variantLettersMin = 5
    /// Longer words are not compared; no surname is longer.
    private static let variantLettersMax = 24

    /// Whether two words differ as spellings of one name do.
    ///
    /// They have an edit distance (Damerau 1964, neighbours exchanged) of one, of two when they are
    /// long, or have the same consonants as in "Mohammed" and "Muhammad".
    /// Strictly, one letter or the vowels may differ.
    static func isVariant(
        _ left: NameWord,
        _ right: NameWord,
        _ text: AnalysedText,
        strictly isStrict: Bool = false
    ) -> Bool {
        guard left.hash != right.hash else { return true }
        let shorter = min(left.letterCount, right.letterCount)
        let longer = max(left.letterCount, right.letterCount)
        guard shorter >= variantLettersMin, longer <= variantLettersMax, longer - shorter <= 2
        else { return false }
        let (one, two) = (letters(left, text), letters(right, text))
        // A plural of the same word is no other spelling.
        let plural = UInt32(UInt8(ascii: "s"))
        if one.last != two.last, one.last == plural || two.last == plural { return false }
        let distance = distance(one, two)
        if distance <= (shorter >= 9 && !isStrict ? 2 : shorter > variantLettersMin ? 1 : 0) {
            return true
        }
        return distance <= 2 && skeleton(one) == skeleton(two)
    }

    private static func letters(_ word: NameWord, _ text: AnalysedText) -> [UInt32] {
        let token = text.tokens[word.token]
        return NameLetters.letters(text.bytes, token.start..<token.end)
    }

    /// The first letter and the consonants behind it, doubled ones once, `y` as a vowel.
    private static func skeleton(_ letters: [UInt32]) -> [UInt32] {
        var kept: [UInt32] = []
        for (index, letter) in letters.enumerated()
        where index == 0 || !vowels.contains(letter) && letter != letters[index - 1] {
            kept.append(letter)
        }
        return kept
    }

    /// The optimal string alignment distance of two short words, three rows at a time.
    private static func distance(_ one: [UInt32], _ two: [UInt32]) -> Int {
        var older = [Int](repeating: 0, count: two.count + 1)
        var old = Array(0...two.count)
        var row = old
        for (index, letter) in one.enumerated() {
            row[0] = index + 1
            for column in two.indices {
                let substituted = old[column] + (letter == two[column] ? 0 : 1)
                var best = min(substituted, old[column + 1] + 1, row[column] + 1)
                if index > 0, column > 0, letter == two[column - 1], one[index - 1] == two[column] {
                    best = min(best, older[column - 1] + 1)
                }
                row[column + 1] = best
            }
            (older, old) = (old, row)
        }
        return old[two.count]
    }

    private static let vowels = Set("aeiouy".utf8.map(UInt32.init))
}
