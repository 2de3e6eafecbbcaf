/// The words of a text in any script, as hashes, in one pass over its bytes.
///
/// A word is a run of letters and digits: ASCII in lower case, other letters as they are. Chinese
/// and Japanese write without spaces: there each character is a word of its own. Thai, Lao, Khmer
/// and Burmese do too, and are cut at their spaces only. Dashes, quotation marks and the other
/// signs of U+2000…U+206F, U+3000…U+303F and U+FF00…U+FF0F end words.
package enum TextWords {
    /// What a word was cut by.
    package enum Form: Sendable {
        /// A run of letters and digits.
        case run
        /// One Chinese or Japanese character.
        case character
    }

    /// Calls `body` with the FNV-1a hash of each word, in order.
    ///
    /// - Parameters:
    ///   - text: UTF-8; other bytes are letters.
    ///   - body: takes the hash, and how the word was cut.
    @inline(__always)
    package static func forEach(in text: [UInt8], _ body: (UInt64, Form) -> Void) {
        let bytes = text.span
        var hash = offsetBasis
        var index = 0
        func endWord() {
            if hash != offsetBasis { body(hash, .run) }
            hash = offsetBasis
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0xE2 {
                if let letter = folded(byte) { hash = added(letter, to: hash) } else { endWord() }
                index += 1
                continue
            }
            switch wideClass(bytes, index) {
            case .letter:
                hash = added(byte, to: hash)
                index += 1
            case .sign:
                endWord()
                index += 3
            case .character:
                endWord()
                var character = offsetBasis
                for place in index..<(index + 3) { character = added(bytes[place], to: character) }
                body(character, .character)
                index += 3
            }
        }
        endWord()
    }

    private enum WideClass { case letter, sign, character }

    /// What begins with a byte from `E2` on.
    ///
    /// Kana and ideographs are U+3040…U+9FFF (`E3 81`…`E9 BF`), but for the letters of Bopomofo and
    /// Hangul among them, which are too rare in news to matter.
    private static func wideClass(_ text: Span<UInt8>, _ index: Int) -> WideClass {
        guard index + 2 < text.count else { return .letter }
        let second = text[index + 1]
        switch text[index] {
        case 0xE2: return second == 0x80 || second == 0x81 ? .sign : .letter
        case 0xE3: return second == 0x80 ? .sign : .character
        case 0xE4...0xE9: return .character
        case 0xEF: return second == 0xBC && text[index + 2] < 0x90 ? .sign : .letter
        default: return .letter
        }
    }

    private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func added(_ byte: UInt8, to hash: UInt64) -> UInt64 {
        (hash ^ UInt64(byte)) &* prime
    }

    private static func folded(_ byte: UInt8) -> UInt8? {
        let lower = byte | 0x20
        if lower &- UInt8(ascii: "a") < 26 { return lower }
        return byte &- UInt8(ascii: "0") < 10 || byte >= 0x80 ? byte : nil
    }
}
