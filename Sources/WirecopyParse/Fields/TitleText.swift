/// Headlines as texts: what makes two the same, and how decorated ones are cut.
enum TitleText {
    /// A headline of more bytes is none.
    static let bytesMax = 500

    /// Marks with which sites join a headline with their own name, or a kicker with it.
    static let separators = [
        " | ", " – ", " — ", " - ", " :: ", " » ", " · ", " • ", " / ", " « ", " ‹ ", " > ", ": ",
        "| ", " |", " ~ ", " ⋆ ", " ★ ", "｜", "：", "－", "--", "_", "ㅣ", "|",
    ]

    /// A text with quotation marks and dashes made plain, for comparing; case stays.
    static func key(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "`") }) else {
            return text
        }
        var key = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2018, 0x2019, 0x201A, 0x201B, 0x60, 0xB4: key.append("'")
            case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB: key.append("\"")
            case 0x2010, 0x2011, 0x2013, 0x2014, 0x2212: key.append("-")
            default: key.append(scalar)
            }
        }
        return String(key)
    }

    /// Places of the separators in a text, in order.
    static func cuts(_ text: String) -> [Range<String.Index>] {
        var cuts: [Range<String.Index>] = []
        var rest = text.startIndex
        while rest < text.endIndex, cuts.count < cutsMax {
            let tail = text[rest...]
            if let separator = separators.first(where: { tail.utf8.starts(with: $0.utf8) }) {
                let end = text.utf8.index(rest, offsetBy: separator.utf8.count)
                if rest > text.startIndex, end < text.endIndex { cuts.append(rest..<end) }
                rest = end
            } else {
                rest = text.index(after: rest)
            }
        }
        return cuts
    }

    private static let cutsMax = 12
}
