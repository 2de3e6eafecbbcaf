import WirecopyMessages

/// Cuts a text into sentences: ranges of bytes without the white space around them.
///
/// A line break always ends a sentence. Inside a line a period, question mark, exclamation mark or
/// ellipsis ends one when what follows looks like a beginning and what precedes is no abbreviation.
/// One pass; every decision looks at a bounded neighbourhood.
struct SentenceSplitter {
    /// Sentences that are kept; more are only made by hostile input.
    static let sentencesMax = 200_000
    /// Bytes on either side of a period that a decision may look at.
    static let lookBytes = 32

    private let bytes: [UInt8]
    private var sentences: [TextRange] = []

    /// The sentences of `bytes`, in order.
    static func sentences(of bytes: [UInt8]) -> [TextRange] {
        var splitter = SentenceSplitter(bytes: bytes)
        splitter.split()
        return splitter.sentences
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func split() {
        var start = 0
        var index = 0
        while index < bytes.count, sentences.count < Self.sentencesMax {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                add(start, index)
                start = index + 1
            } else if let end = terminator(at: index), let next = boundary(after: end, mark: byte) {
                add(start, next)
                start = next
                index = next - 1
            }
            index += 1
        }
        add(start, bytes.count)
    }

    private mutating func add(_ start: Int, _ end: Int) {
        var (start, end) = (start, end)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        guard start < end, sentences.count < Self.sentencesMax else { return }
        sentences.append(TextRange(start, end))
    }

    /// The byte after a terminating mark that begins at `index`, or nil.
    private func terminator(at index: Int) -> Int? {
        switch bytes[index] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): index + 1
        case 0xE2 where bytes[index...].starts(with: [0xE2, 0x80, 0xA6]): index + 3
        default: nil
        }
    }

    /// Where the sentence ends that has its mark before `end`; nil when it goes on.
    private func boundary(after end: Int, mark: UInt8) -> Int? {
        var index = end
        let limit = min(bytes.count, end + Self.lookBytes)
        while index < limit {
            let scalar = ScalarClass(bytes, at: index)
            guard Self.isClosing(scalar.value) else { break }
            index += scalar.byteCount
        }
        let close = index
        while index < limit, ScalarClass(bytes, at: index).byteClass == .space {
            index += ScalarClass(bytes, at: index).byteCount
        }
        guard index > close, index < bytes.count else { return nil }
        guard let begin = beginning(at: index, limit: limit) else { return nil }
        if mark == UInt8(ascii: "."), close == end, isAbbreviation(before: end - 1, next: begin) {
            return nil
        }
        return close
    }

    /// Where the first letter or digit of a possible next sentence stands; nil when it cannot
    /// begin.
    private func beginning(at start: Int, limit: Int) -> Int? {
        var index = start
        while index < limit {
            let scalar = ScalarClass(bytes, at: index)
            switch scalar.byteClass {
            case .upper, .digit: return index
            case .punctuation where Self.isOpening(scalar.value): index += scalar.byteCount
            default: return nil
            }
        }
        return nil
    }

    private func isAbbreviation(before period: Int, next: Int) -> Bool {
        var start = period
        let limit = max(0, period - Self.lookBytes)
        while start > limit,
            ByteClass.table[Int(bytes[start - 1])].isWordPart
                || start > limit && bytes[start - 1] == UInt8(ascii: ".")
        {
            start -= 1
        }
        guard start < period else { return false }
        let word = bytes[start..<period]
        let hash = word.reduce(WordHash.seed) { WordHash.mix($0, WordHash.fold($1)) }
        if Abbreviations.beforeName.contains(hash) { return true }
        if Abbreviations.beforeNumber.contains(hash) {
            return ByteClass.table[Int(bytes[next])] == .digit
        }
        let isInitial = word.count == 1 && ByteClass.table[Int(bytes[start])] == .upper
        let isDotted = word.contains(UInt8(ascii: "."))
        guard isInitial || isDotted || Abbreviations.maybeLast.contains(hash) else { return false }
        // "J. Edgar" and "the U.S. Senate" go on; "in the U.S. The Senate" does not.
        return !startsSentence(at: next, start: start, isInitial: isInitial)
    }

    private func startsSentence(at next: Int, start: Int, isInitial: Bool) -> Bool {
        var end = next
        while end < min(bytes.count, next + Self.lookBytes),
            ByteClass.table[Int(bytes[end])].isWordPart
        {
            end += 1
        }
        let hash = bytes[next..<end].reduce(WordHash.seed) { WordHash.mix($0, WordHash.fold($1)) }
        return Abbreviations.starters.contains(hash)
    }

    private static func isClosing(_ value: UInt32) -> Bool {
        switch value {
        case 0x22, 0x27, 0x29, 0x5D, 0x2E, 0x21, 0x3F, Mark.rightDouble, Mark.rightSingle: true
        case Mark.rightGuillemet, Mark.ellipsis: true
        default: false
        }
    }

    private static func isOpening(_ value: UInt32) -> Bool {
        switch value {
        case 0x22, 0x27, 0x28, 0x5B, Mark.leftDouble, Mark.leftSingle, Mark.leftGuillemet: true
        case Mark.lowDouble: true
        default: false
        }
    }
}

extension ByteClass {
    /// Whether the byte can stand inside a word.
    var isWordPart: Bool {
        switch self {
        case .lower, .upper, .digit, .beyondASCII: true
        case .space, .newline, .punctuation: false
        }
    }
}
