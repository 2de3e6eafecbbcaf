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
        places(Array(text.utf8)).map { place in
            let start = text.utf8.index(text.startIndex, offsetBy: place.lowerBound)
            return start..<text.utf8.index(start, offsetBy: place.count)
        }
    }

    /// The same places as offsets in bytes.
    static func places(_ text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var index = 0
        while index < text.count, places.count < cutsMax {
            let separator = separatorsByByte[Int(text[index])]
                .first { text.stands($0[...], at: index) }
            guard let separator else {
                index += 1
                continue
            }
            let end = index + separator.count
            if index > 0, end < text.count { places.append(index..<end) }
            index = end
        }
        return places
    }

    /// The separators that begin with each byte, in their order.
    private static let separatorsByByte = (0...255).map { byte in
        separators.map { Array($0.utf8) }.filter { Int($0[0]) == byte }
    }

    private static let cutsMax = 12
}
