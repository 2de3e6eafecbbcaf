import Foundation

/// The words of a text as they are indexed and looked for: letters and digits in a row, without
/// case and diacritics, as FTS5's `unicode61 remove_diacritics 2` has them.
struct FoldedWords {
    /// Bytes of a word beyond which it is none; the longest in a dictionary have 45 letters.
    static let wordMaxBytes = 255

    /// A word and where it stands.
    struct Word: Equatable {
        /// The word without case and diacritics.
        var folded: String
        /// Its bytes in the text.
        var range: Range<Int>
    }

    private var words: [Word] = []
    private var folded: [UInt8] = []
    private var start = 0

    /// The words of a text in order; the longest are left out.
    static func of(_ text: String) -> [Word] {
        var reader = FoldedWords()
        var offset = 0
        for scalar in text.unicodeScalars {
            reader.take(scalar, at: offset)
            offset += UTF8.width(scalar)
        }
        reader.end(at: offset)
        return reader.words
    }

    private mutating func take(_ scalar: Unicode.Scalar, at offset: Int) {
        if scalar.isASCII {
            guard let letter = Self.asciiLetter(UInt8(scalar.value)) else { return end(at: offset) }
            if folded.isEmpty { start = offset }
            return folded.append(letter)
        }
        if Self.isLetterOrDigit(scalar) {
            if folded.isEmpty { start = offset }
            folded += Self.base(of: scalar)
        } else if scalar.properties.generalCategory != .nonspacingMark {
            end(at: offset)
        }
    }

    private mutating func end(at offset: Int) {
        defer { folded.removeAll(keepingCapacity: true) }
        guard !folded.isEmpty, folded.count <= Self.wordMaxBytes else { return }
        words.append(Word(folded: String(decoding: folded, as: UTF8.self), range: start..<offset))
    }

    private static func asciiLetter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// The letter in lower case, without its marks if it is a Latin one.
    private static func base(of scalar: Unicode.Scalar) -> [UInt8] {
        let lower = scalar.properties.lowercaseMapping
        guard isLatin(scalar) else { return Array(lower.utf8) }
        let scalars = lower.decomposedStringWithCanonicalMapping.unicodeScalars
        let kept = scalars.filter { $0.properties.generalCategory != .nonspacingMark }
        return Array(String(String.UnicodeScalarView(kept)).utf8)
    }

    /// The blocks of Latin letters with marks; of others, marks are part of the letter.
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x250 || (0x1E00...0x1EFF).contains(scalar.value)
    }
}
