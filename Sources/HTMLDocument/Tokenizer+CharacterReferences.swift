/// The character reference states.
extension Tokenizer {
    /// Reads the reference at the position, which is at `&`. `nil`, without a move, if none is.
    mutating func readCharacterReferenceAsText() -> Token? {
        guard let reference = matchReference(at: position, isInAttribute: false) else { return nil }
        let start = text.end
        write(reference)
        position = reference.end
        return .characters(TextRange(start, text.end))
    }

    mutating func write(_ reference: CharacterReference) {
        text.appendUTF8(reference.first)
        if let second = reference.second {
            text.appendUTF8(second)
        }
    }

    /// The reference that begins with the `&` at `ampersand`.
    func matchReference(at ampersand: Int, isInAttribute: Bool) -> CharacterReference? {
        let start = ampersand + 1
        guard start < input.count else { return nil }
        if input[start] == ASCII.numberSign {
            return matchNumericReference(at: start + 1)
        }
        guard let match = characterReferences.longestMatch(in: input, at: start) else { return nil }
        // In attributes, old links such as `?a=1&copy=2` keep their text.
        if isInAttribute, input[match.end - 1] != ASCII.semicolon, match.end < input.count,
            input[match.end] == ASCII.equals || input[match.end].isASCIIAlphanumeric
        {
            return nil
        }
        return match
    }

    private func matchNumericReference(at start: Int) -> CharacterReference? {
        var index = start
        let isHexadecimal = index < input.count && input[index] | 0x20 == ASCII.lowercaseX
        if isHexadecimal {
            index += 1
        }
        let digitsStart = index
        var code: UInt32 = 0
        while index < input.count, let digit = digitValue(input[index], isHexadecimal) {
            // Beyond Unicode all numbers are the same; this one does not overflow.
            code = min(code * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > digitsStart else { return nil }
        if index < input.count, input[index] == ASCII.semicolon {
            index += 1
        }
        return CharacterReference(first: Self.scalar(forReferenced: code), second: nil, end: index)
    }

    private func digitValue(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
        if byte.isASCIIDigit {
            return UInt32(byte - 0x30)
        }
        let letter = (byte | 0x20) &- 0x61
        return isHexadecimal && letter < 6 ? UInt32(letter) + 10 : nil
    }

    /// Covers the numeric character reference end state.
    private static func scalar(forReferenced code: UInt32) -> Unicode.Scalar {
        if code == 0 {
            return "\u{FFFD}"
        }
        if (0x80...0x9F).contains(code) {
            return Unicode.Scalar(UInt32(windows1252Controls[Int(code) - 0x80])) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    /// What references to the C1 controls stand for: the characters of windows-1252.
    static let windows1252Controls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]
}
