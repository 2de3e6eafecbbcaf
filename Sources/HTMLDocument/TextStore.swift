/// A half-open range of bytes in a `TextStore`.
struct TextRange: Equatable, Sendable {
    var start: UInt32
    var end: UInt32

    var isEmpty: Bool { start >= end }
    var count: Int { Int(end) - Int(start) }
}

extension TextRange {
    init(_ start: Int, _ end: Int) {
        self.init(start: UInt32(start), end: UInt32(end))
    }
}

/// All text of a document: the decoded page, and what had to be written anew (character
/// references, lower-cased names, joined text). Both are addressed as one space of bytes; the
/// written part begins where the page ends.
///
/// Offsets fit 32 bits because `ParseLimits` holds a page to 64 MiB and the written part grows to
/// a small multiple of it.
struct TextStore: Sendable {
    /// The page as UTF-8, with normalised line breaks.
    let input: [UInt8]
    /// Text that does not stand in the page as it is needed.
    private(set) var written: [UInt8] = []
    /// U+FFFD, which replaces U+0000 in most places.
    let replacementCharacter: TextRange

    init(input: [UInt8]) {
        self.input = input
        written = [0xEF, 0xBF, 0xBD]
        replacementCharacter = TextRange(input.count, input.count + 3)
    }

    /// Where the next written byte will stand.
    var end: Int { input.count + written.count }

    func bytes(_ range: TextRange) -> ArraySlice<UInt8> {
        let start = Int(range.start)
        let end = max(start, Int(range.end))
        let split = input.count
        return start < split ? input[start..<end] : written[(start - split)..<(end - split)]
    }

    func string(_ range: TextRange) -> String {
        String(decoding: bytes(range), as: UTF8.self)
    }

    func byte(at offset: Int) -> UInt8 {
        offset < input.count ? input[offset] : written[offset - input.count]
    }

    func isEqual(_ left: TextRange, _ right: TextRange) -> Bool {
        left == right || (left.count == right.count && bytes(left) == bytes(right))
    }

    mutating func append(_ byte: UInt8) {
        written.append(byte)
    }

    mutating func append(contentsOf bytes: some Sequence<UInt8>) {
        written.append(contentsOf: bytes)
    }

    /// Appends a piece of the page; the common case of building text.
    mutating func appendInput(from start: Int, to end: Int) {
        written.append(contentsOf: input[start..<end])
    }

    /// Writes a copy of `range` at the end.
    mutating func appendCopy(of range: TextRange) {
        let start = Int(range.start)
        if start < input.count {
            appendInput(from: start, to: Int(range.end))
            return
        }
        // Byte by byte: a slice of `written` would have the whole of it copied on writing.
        for index in (start - input.count)..<(Int(range.end) - input.count) {
            written.append(written[index])
        }
    }

    /// Copies `range` over written text that begins at `offset`.
    mutating func overwrite(at offset: Int, with range: TextRange) {
        let target = offset - input.count
        for index in 0..<range.count {
            written[target + index] = byte(at: Int(range.start) + index)
        }
    }

    /// Makes room of `count` bytes for text that is likely to grow.
    mutating func appendSlack(_ count: Int) {
        written.append(contentsOf: repeatElement(0, count: count))
    }

    mutating func appendUTF8(_ scalar: Unicode.Scalar) {
        written.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
