/// What a byte of UTF-8 text is to the tokeniser.
enum ByteClass: UInt8 {
    case space, newline, lower, upper, digit, punctuation
    /// Part of a scalar beyond ASCII; `ScalarClass` takes a second look.
    case beyondASCII

    /// The class of each of the 256 byte values.
    static let table: [ByteClass] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case 0x0A, 0x0D: .newline
        case 0...0x20, 0x7F: .space
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case 0x80...0xFF: .beyondASCII
        default: .punctuation
        }
    }
}

/// One scalar of the text: its value, its length in bytes and its class.
struct ScalarClass: Equatable {
    var value: UInt32
    var byteCount: Int
    var byteClass: ByteClass

    /// Reads the scalar at `index`; malformed bytes count as one-byte punctuation.
    init(_ bytes: [UInt8], at index: Int) {
        let first = bytes[index]
        let simple = ByteClass.table[Int(first)]
        guard simple == .beyondASCII else {
            (value, byteCount, byteClass) = (UInt32(first), 1, simple)
            return
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, index + length <= bytes.count,
            bytes[(index + 1)..<(index + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else {
            (value, byteCount, byteClass) = (0xFFFD, 1, .punctuation)
            return
        }
        let lead = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        value = bytes[(index + 1)..<(index + length)].reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) }
        byteCount = length
        byteClass = Self.classify(value)
    }

    /// Letters of Latin, Greek and Cyrillic know their case; other scripts count as lower case.
    private static func classify(_ value: UInt32) -> ByteClass {
        switch value {
        case 0x80...0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF: .space
        case 0x2028, 0x2029: .newline
        case 0xAA, 0xB5, 0xBA: .lower
        case 0xA1...0xBF, 0xD7, 0xF7, 0x2000...0x2BFF, 0x3001...0x303F, 0xFE10...0xFE6F:
            .punctuation
        case 0x1F000...0x1FAFF, 0xFFF0...0xFFFF: .punctuation
        case 0xC0...0xDE, 0x386...0x3AB, 0x400...0x42F: .upper
        case 0x100...0x137, 0x14A...0x177, 0x1E00...0x1EFF, 0x460...0x52F:
            value % 2 == 0 ? .upper : .lower
        case 0x139...0x148, 0x179...0x17E: value % 2 == 1 ? .upper : .lower
        default: .lower
        }
    }
}

/// Marks of punctuation beyond ASCII that the steps ask for by name.
enum Mark {
    static let leftDouble: UInt32 = 0x201C
    static let rightDouble: UInt32 = 0x201D
    static let lowDouble: UInt32 = 0x201E
    static let leftSingle: UInt32 = 0x2018
    static let rightSingle: UInt32 = 0x2019
    static let lowSingle: UInt32 = 0x201A
    static let leftGuillemet: UInt32 = 0xAB
    static let rightGuillemet: UInt32 = 0xBB
    static let straightDouble = UInt32(UInt8(ascii: "\""))
    static let straightSingle = UInt32(UInt8(ascii: "'"))
    static let ellipsis: UInt32 = 0x2026
    static let enDash: UInt32 = 0x2013
    static let emDash: UInt32 = 0x2014

    /// Whether the scalar can open or close a quotation at the outer level.
    static func isDoubleQuote(_ value: UInt32) -> Bool {
        switch value {
        case straightDouble, leftDouble, rightDouble, lowDouble, leftGuillemet, rightGuillemet: true
        default: false
        }
    }

    /// Whether the scalar is an apostrophe or a single quotation mark.
    static func isSingleQuote(_ value: UInt32) -> Bool {
        value == straightSingle || value == leftSingle || value == rightSingle
            || value == lowSingle
    }
}
