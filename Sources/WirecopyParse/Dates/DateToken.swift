/// A piece of a line for the reader of dates: a number, a word or one other character.
enum DateToken: Sendable, Equatable {
    /// Up to 14 digits, with how many there were.
    case number(Int, digits: Int)
    /// A run of letters, in lower case.
    case word(String)
    /// One byte of punctuation; several bytes beyond ASCII that are no letter give `0`.
    case mark(UInt8)
    /// One or more spaces.
    case space

    /// Tokens of one line that are looked at; a date stands at the start of short lines.
    static let countMax = 400

    /// Cuts a line into tokens.
    static func tokens(of text: some StringProtocol) -> [DateToken] {
        let bytes = Array(text.utf8.prefix(countMax * 4))
        var scanner = Scanner(bytes: ScriptDigits.folded(bytes))
        return scanner.run()
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        mutating func run() -> [DateToken] {
            var tokens: [DateToken] = []
            while position < bytes.count, tokens.count < DateToken.countMax {
                tokens.append(next())
            }
            return tokens
        }

        private mutating func next() -> DateToken {
            let byte = bytes[position]
            if byte.isDigit { return number() }
            if byte.isLetter { return word() }
            if byte.isSpace { return spaces() }
            position += 1
            return .mark(byte)
        }

        private mutating func number() -> DateToken {
            let start = position
            var value = 0
            while position < bytes.count, bytes[position].isDigit {
                if position - start < 14 { value = value * 10 + Int(bytes[position] - 0x30) }
                position += 1
            }
            return .number(value, digits: position - start)
        }

        /// Letters beyond ASCII are kept whole; dashes, quotes and other signs of the block at
        /// U+2000 become marks, and the no-break spaces a space.
        private mutating func word() -> DateToken {
            if let token = sign() { return token }
            let start = position
            while position < bytes.count, bytes[position].isLetter, signLength() == 0 {
                position += 1
            }
            return .word(String(decoding: bytes[start..<position], as: UTF8.self).lowercased())
        }

        private mutating func spaces() -> DateToken {
            while position < bytes.count, bytes[position].isSpace { position += 1 }
            return .space
        }

        private mutating func sign() -> DateToken? {
            let length = signLength()
            guard length > 0 else { return nil }
            defer { position += length }
            if bytes[position] == 0xD8 { return .mark(UInt8(ascii: ",")) }
            if bytes[position] == 0xC2 {
                return bytes[position + 1] == 0xA0 ? .space : .mark(UInt8(ascii: "."))
            }
            if let unit = eastAsianUnit() { return .word(unit) }
            let third = bytes[position + 2]
            if 0x90...0x95 ~= third { return .mark(UInt8(ascii: "-")) }
            return third <= 0x8B || third == 0xAF ? .space : .mark(0)
        }

        /// Bytes of the sign at the position: `C2 A0`…`C2 BF`, the comma of Arabic, or `E2 80`…
        /// `E2 82` and the signs for year, month and day of Chinese and Japanese; 0 for a letter.
        private func signLength() -> Int {
            let byte = bytes[position]
            if byte == 0xC2, position + 1 < bytes.count { return 2 }
            if byte == 0xD8, position + 1 < bytes.count, bytes[position + 1] == 0x8C { return 2 }
            guard byte >= 0xE2, position + 2 < bytes.count else { return 0 }
            if byte == 0xE2, 0x80...0x82 ~= bytes[position + 1] { return 3 }
            return eastAsianUnit() == nil ? 0 : 3
        }

        private func eastAsianUnit() -> String? {
            guard position + 2 < bytes.count else { return nil }
            let (first, second, third) = (
                bytes[position], bytes[position + 1], bytes[position + 2]
            )
            switch (first, second, third) {
            case (0xE5, 0xB9, 0xB4), (0xEB, 0x85, 0x84): return "年"
            case (0xE6, 0x9C, 0x88), (0xEC, 0x9B, 0x94): return "月"
            case (0xE6, 0x97, 0xA5), (0xEC, 0x9D, 0xBC): return "日"
            default: return nil
            }
        }
    }
}
