/// A line in lower case with straight quotation marks, for comparing with phrases.
struct FoldedLine: Sendable {
    /// UTF-8.
    let bytes: [UInt8]

    /// Phrases that tell boilerplate stand at its beginning.
    static let bytesMax = 600

    /// Folds a normalised line.
    init(_ line: String) {
        let start = NormalText.prefix(line, bytes: Self.bytesMax)
        var folded: [UInt8] = []
        folded.reserveCapacity(start.utf8.count)
        let isFolded = Self.fold(Array(start.utf8), into: &folded)
        bytes = isFolded ? folded : Self.straightened(Array(start.lowercased().utf8))
    }

    /// The folded text.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Folds what the lines of most languages are made of: ASCII, Latin-1, Russian, punctuation,
    /// Chinese and Japanese. False at the first byte of anything else, whose small letters only
    /// Unicode's tables know.
    private static func fold(_ line: [UInt8], into folded: inout [UInt8]) -> Bool {
        var index = 0
        while index < line.count {
            let lead = line[index]
            if lead < 0x80 {
                folded.append(lead.lowercased)
                index += 1
                continue
            }
            let length = lead < 0xE0 ? 2 : 3
            guard index + length <= line.count else { return false }
            let second = line[index + 1]
            switch (lead, second) {
            case (0xC2, _), (0xE3...0xE9, _): folded += line[index..<index + length]
            case (0xC3, _): folded.append(lead, latinLowercased(second))
            case (0xD0, 0x80...0x8F): folded.append(0xD1, second + 0x10)
            case (0xD0, 0x90...0x9F): folded.append(0xD0, second + 0x20)
            case (0xD0, 0xA0...0xAF): folded.append(0xD1, second - 0x20)
            case (0xD0, _), (0xD1, 0x80...0x9F): folded.append(lead, second)
            case (0xE2, 0x80):
                if let mark = straightMark(line[index + 2]) {
                    folded.append(mark)
                } else {
                    folded += line[index..<index + length]
                }
            default: return false
            }
            index += length
        }
        return true
    }

    /// The second byte of the small letter of U+00C0…U+00FF: `À` becomes `à`, `×` stays.
    private static func latinLowercased(_ second: UInt8) -> UInt8 {
        second < 0x9F && second != 0x97 ? second + 0x20 : second
    }

    private static func straightened(_ bytes: [UInt8]) -> [UInt8] {
        var straight: [UInt8] = []
        straight.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80,
                let mark = straightMark(bytes[index + 2])
            {
                straight.append(mark)
                index += 3
            } else {
                straight.append(bytes[index])
                index += 1
            }
        }
        return straight
    }

    /// What becomes of U+2018…U+201F, by the last byte: `‘` `’` become `'`, `“` `”` become `"`.
    private static func straightMark(_ last: UInt8) -> UInt8? {
        guard 0x98...0x9F ~= last else { return nil }
        return last <= 0x9B ? 0x27 : 0x22
    }
}

extension [UInt8] {
    /// Appends a character of two bytes.
    fileprivate mutating func append(_ first: UInt8, _ second: UInt8) {
        append(first)
        append(second)
    }
}
