/// The letters of names as they are compared: without case, accents, spaces and marks.
///
/// "U.S." and "US", "Erdoğan" and "Erdogan", "Al-Qaeda" and "al Qaeda" have the same letters. An
/// ampersand counts as an `a`, so that "PG&E" is an acronym of a name with "and".
enum NameLetters {
    /// Base letters of U+00C0 to U+017F, from the decompositions of Unicode 15 and, for letters
    /// with a stroke and ligatures, the nearest letter; `*` where there is no letter.
    private static let latin = Array(
        """
        aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
        lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
        """.utf8
    )
    private static let star = UInt8(ascii: "*")

    /// Calls `body` with each letter and digit between two bytes of a text, in order.
    @inline(__always)
    static func forEach(_ bytes: [UInt8], _ range: Range<Int>, _ body: (UInt32) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte >= 0x80 else {
                index += 1
                switch ByteClass.table[Int(byte)] {
                case .lower, .digit: body(UInt32(byte))
                case .upper: body(UInt32(byte | 0x20))
                default: if byte == UInt8(ascii: "&") { body(UInt32(UInt8(ascii: "a"))) }
                }
                continue
            }
            let scalar = ScalarClass(bytes, at: index)
            index += scalar.byteCount
            if let letter = folded(scalar) { body(letter) }
        }
    }

    /// The letters and digits between two bytes of a text.
    static func letters(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt32] {
        var letters: [UInt32] = []
        forEach(bytes, range) { letters.append($0) }
        return letters
    }

    /// The hash of the letters; that of the bytes as they stand when there is no letter.
    ///
    /// A plural of a number is the number: "Boeing 707s".
    static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash = WordHash.seed
        var before = WordHash.seed
        var (last, secondLast): (UInt32, UInt32) = (0, 0)
        forEach(bytes, range) { letter in
            before = hash
            hash = mix(hash, letter)
            (secondLast, last) = (last, letter)
        }
        if last == 0 { return bytes[range].reduce(WordHash.seed) { WordHash.mix($0, $1) } }
        let isPlural = last == UInt32(UInt8(ascii: "s")) && isDigit(secondLast)
        return isPlural ? before : hash
    }

    /// Mixes a letter into a hash.
    @inline(__always)
    static func mix(_ hash: UInt64, _ letter: UInt32) -> UInt64 {
        guard letter > 0xFF else { return WordHash.mix(hash, UInt8(letter)) }
        return WordHash.mix(
            WordHash.mix(hash, UInt8(truncatingIfNeeded: letter >> 8)),
            UInt8(truncatingIfNeeded: letter)
        )
    }

    private static func isDigit(_ letter: UInt32) -> Bool {
        letter >= UInt32(UInt8(ascii: "0")) && letter <= UInt32(UInt8(ascii: "9"))
    }

    private static func folded(_ scalar: ScalarClass) -> UInt32? {
        switch scalar.value {
        case 0xC0...0x17F:
            let letter = latin[Int(scalar.value - 0xC0)]
            return letter == star ? nil : UInt32(letter)
        // Combining marks, and letters that stand for an apostrophe: "Hawaiʻi".
        case 0x300...0x36F, 0x2B0...0x2FF: return nil
        // Capitals of Greek and Cyrillic.
        case 0x391...0x3A9, 0x410...0x42F: return scalar.value + 0x20
        case 0x400...0x40F: return scalar.value + 0x50
        default:
            switch scalar.byteClass {
            case .punctuation, .space, .newline: return nil
            default: return scalar.value
            }
        }
    }
}
