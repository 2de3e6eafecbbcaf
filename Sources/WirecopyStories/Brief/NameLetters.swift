/// Names as they are compared over articles: words of plain small letters.
enum NameLetters {
    /// The words of a name in small letters without accents, full stops and articles:
    /// "The U.S. Congress" gives `us`, `congress`.
    static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in name.unicodeScalars {
            if scalar == "." || scalar == "'" || scalar == "’" { continue }
            let isLetter = scalar.properties.isAlphabetic || 0x30...0x39 ~= scalar.value
            if isLetter {
                word += plain(scalar)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.count > 1 ? words.filter { $0 != "the" } : words
    }

    /// The letters of a name in one run, as addresses have them: `newyorktimes`.
    static func run(_ name: String) -> String { words(name).joined() }

    /// The first letters of a name's words, small words left out: `icrc`.
    static func initials(_ name: String) -> String {
        let small: Set<String> = ["of", "and", "for", "the", "on", "in", "de", "du", "des", "la"]
        return String(words(name).filter { !small.contains($0) }.compactMap(\.first))
    }

    /// A surname so that its usual spellings in English agree: `zelenskyy`, `Zelensky` and
    /// `Zelenskiy` do; `Lavrov` and `Lavrova` do not.
    static func spelling(_ word: String) -> String {
        var letters: [Character] = []
        for letter in word {
            let letter: Character = letter == "y" || letter == "j" ? "i" : letter
            if letters.last != letter { letters.append(letter) }
        }
        return String(letters)
    }

    private static func plain(_ scalar: Unicode.Scalar) -> String {
        let small = scalar.properties.lowercaseMapping
        guard scalar.value >= 0x80, let first = small.unicodeScalars.first else { return small }
        return latin[first] ?? small
    }

    /// Letters of Latin-1 and Latin Extended-A that are written with plain ones in English news.
    private static let latin: [Unicode.Scalar: String] = {
        let rows = [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"),
            ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"),
            ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"),
            ("u", "ùúûüũūŭůűų"), ("y", "ýÿŷ"), ("z", "źżž"), ("ae", "æ"), ("oe", "œ"), ("ss", "ß"),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (plain, letters) in rows {
            for letter in letters.unicodeScalars { table[letter] = plain }
        }
        return table
    }()
}
