/// A word, number or mark of the text, as a range of UTF-8 bytes.
struct Token: Equatable {
    /// What a token is made of.
    enum Kind: UInt8 {
        case word, number, mark
    }

    /// What its letters look like; empty for marks.
    struct Shape: OptionSet {
        let rawValue: UInt8
        /// The first letter is upper case.
        static let capitalised = Shape(rawValue: 1)
        /// At least two letters, all upper case: `NATO`, `U.S.`.
        static let allCapitals = Shape(rawValue: 2)
        /// An upper-case letter stands behind the first: `iPhone`, `al-Qaida`, `McCain`.
        static let innerCapital = Shape(rawValue: 4)
        /// The token holds a hyphen.
        static let hyphenated = Shape(rawValue: 8)
        /// The token holds a digit.
        static let digit = Shape(rawValue: 16)
        /// The token ends with a period that belongs to it: `Mr.`, `U.S.`.
        static let abbreviation = Shape(rawValue: 32)
        /// White space stands before the token.
        static let spaceBefore = Shape(rawValue: 64)
        /// A possessive ending split off a word: `'s`.
        static let possessive = Shape(rawValue: 128)
    }

    /// First byte.
    var start: Int
    /// Byte after the last.
    var end: Int
    /// What it is made of.
    var kind: Kind
    /// What its letters look like.
    var shape: Shape
    /// Hash of the bytes as they stand.
    var exact: UInt64
    /// Hash of the bytes with ASCII letters in lower case; for a mark, its scalar value.
    var folded: UInt64

    /// Whether the token is the given ASCII mark.
    func isMark(_ character: Unicode.Scalar) -> Bool {
        kind == .mark && folded == UInt64(character.value)
    }

    /// Whether the token is a double quotation mark of any form.
    var isDoubleQuote: Bool {
        kind == .mark && Mark.isDoubleQuote(UInt32(truncatingIfNeeded: folded))
    }

    /// Whether the token is a word that begins with or holds a capital.
    var isCapitalised: Bool {
        kind != .mark && !shape.isDisjoint(with: [.capitalised, .innerCapital])
    }
}
