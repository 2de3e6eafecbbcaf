import WirecopyMessages

/// Makes the acronyms that a long name can have, and knows an acronym when it sees one.
enum Acronyms {
    /// The longest acronym, in bytes.
    private static let bytesMax = 12
    /// Letters from which on the last words of a name may be missing in its acronym.
    private static let beginningLettersMin = 4

    /// Hashes of the acronyms: of all words, of the capitalised ones, without the country before
    /// them, and without the last words.
    static func of(_ form: NameForms.Form, _ text: AnalysedText) -> [UInt64] {
        let range = form.tokens
        var all: [UInt32] = []
        var capitals: [UInt32] = []
        var behindCountry = 0
        let country = form.words.count > 1 && form.words[0].isCountry ? form.words[1].token : 0
        for index in range.prefix(NameWord.wordsMax) {
            let token = text.tokens[index]
            guard token.kind != .mark, !token.shape.contains(.possessive) else { continue }
            let letters = NameLetters.letters(text.bytes, token.start..<token.end)
            guard let first = letters.first else { continue }
            // The letters of "U.S." are those of two words.
            let isShort = token.shape.contains(.allCapitals) && letters.count <= 3
            let own = isShort ? letters : [first]
            all += own
            guard token.isCapitalised || token.kind == .number else { continue }
            capitals += own
            if index < country { behindCountry = capitals.count }
        }
        guard capitals.count > 1, form.words.count > 1 || form.words.first?.isCountry ?? false
        else {
            return []
        }
        var acronyms = [all, capitals]
        for letters in [all, capitals] {
            for count in beginningLettersMin..<max(letters.count, beginningLettersMin) {
                acronyms.append(Array(letters.prefix(count)))
            }
        }
        // Two letters would prove too little.
        if behindCountry > 0, capitals.count - behindCountry > 2 {
            acronyms.append(Array(capitals.dropFirst(behindCountry)))
        }
        return acronyms.filter { $0.count > 1 }.map { letters in
            letters.reduce(WordHash.seed) { NameLetters.mix($0, $1) }
        }
    }

    /// Whether a name is of capitals, perhaps with small letters between: "NATO", "TfL", "CC BY".
    static func isAcronym(_ range: Range<Int>, _ text: AnalysedText) -> Bool {
        let bytes = text.range(range)
        guard range.count <= 3, bytes.count <= bytesMax else { return false }
        let words = text.tokens[range].filter { $0.kind == .word }
        guard words.count == 1 || words.allSatisfy({ $0.end - $0.start <= 3 }) else { return false }
        let letters = text.bytes[bytes.start..<bytes.end].filter { $0 | 0x20 >= 0x61 && $0 < 0x7F }
        let capitals = letters.filter { $0 < 0x61 }.count
        return capitals > 1 && 2 * capitals > letters.count
    }
}
