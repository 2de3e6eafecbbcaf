/// Looks for a declared encoding in the first bytes of a page, before it is decoded (WHATWG HTML,
/// 13.2.3.2, "prescan a byte stream to determine its encoding").
struct EncodingPrescan {
    /// As far as the standard lets an encoding be declared.
    static let byteCount = 1_024

    private let bytes: [UInt8]
    private var position = 0

    init(_ page: [UInt8]) {
        bytes = Array(page.prefix(Self.byteCount))
    }

    mutating func run() -> TextEncoding? {
        if starts(with: [0x3C, 0x00, 0x3F, 0x00, 0x78, 0x00]) {
            return .utf16LE
        }
        if starts(with: [0x00, 0x3C, 0x00, 0x3F, 0x00, 0x78]) {
            return .utf16BE
        }
        while position < bytes.count {
            if starts(with: Array("<!--".utf8)) {
                skipComment()
            } else if starts(with: Array("<meta".utf8)), isTagNameEnd(position + 5) {
                position += 5
                if let encoding = readMeta() {
                    return encoding
                }
            } else if bytes[position] == ASCII.lessThan, isTagStart() {
                skipTag()
            } else if isMarkupStart() {
                skip { $0 != ASCII.greaterThan }
            }
            position += 1
        }
        return xmlEncoding()
    }

    // MARK: - Steps of the loop. Each leaves the position at the last byte it used.

    /// The closing `-->` may share its hyphens with the opening `<!--`.
    private mutating func skipComment() {
        position += 2
        while position < bytes.count, !starts(with: Array("-->".utf8)) {
            position += 1
        }
        position += 2
    }

    private mutating func readMeta() -> TextEncoding? {
        var seen: Set<[UInt8]> = []
        var isContentType = false
        var needsContentType: Bool?
        var encoding: TextEncoding?
        while let (name, value) = readAttribute() {
            guard seen.insert(name).inserted else { continue }
            switch String(decoding: name, as: UTF8.self) {
            case "http-equiv":
                isContentType = value == Array("content-type".utf8)
            case "content":
                guard encoding == nil,
                    let label = EncodingSniffer.labelInContentType(value[...]),
                    let found = EncodingSniffer.encoding(declared: label)
                else { continue }
                encoding = found
                needsContentType = true
            case "charset":
                encoding = EncodingSniffer.encoding(declared: value[...])
                needsContentType = false
            default:
                break
            }
        }
        let isFinished = position < bytes.count
        guard isFinished, let needsContentType, !needsContentType || isContentType else {
            return nil
        }
        return encoding
    }

    private mutating func skipTag() {
        skip { !$0.isHTMLWhitespace && $0 != ASCII.greaterThan }
        while readAttribute() != nil {}
    }

    /// Reads one attribute in lower case. `nil` at the end of the tag or of the bytes.
    private mutating func readAttribute() -> (name: [UInt8], value: [UInt8])? {
        skip { $0.isHTMLWhitespace || $0 == ASCII.slash }
        guard position < bytes.count, bytes[position] != ASCII.greaterThan else { return nil }
        let nameStart = position
        while position < bytes.count, !isAttributeNameEnd(from: nameStart) {
            position += 1
        }
        let name = bytes[nameStart..<position].map(\.asciiLowercased)
        skip(\.isHTMLWhitespace)
        guard position < bytes.count else { return nil }
        guard bytes[position] == ASCII.equals else { return (name, []) }
        position += 1
        skip(\.isHTMLWhitespace)
        return readValue().map { (name, $0) }
    }

    private func isAttributeNameEnd(from start: Int) -> Bool {
        let byte = bytes[position]
        return byte == ASCII.equals && position > start || byte.isHTMLWhitespace
            || byte == ASCII.slash || byte == ASCII.greaterThan
    }

    private mutating func readValue() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        if first == ASCII.quotationMark || first == ASCII.apostrophe {
            position += 1
            let start = position
            skip { $0 != first }
            guard position < bytes.count else { return nil }
            position += 1
            return bytes[start..<(position - 1)].map(\.asciiLowercased)
        }
        let start = position
        skip { !$0.isHTMLWhitespace && $0 != ASCII.greaterThan }
        guard position < bytes.count else { return nil }
        return bytes[start..<position].map(\.asciiLowercased)
    }

    /// The encoding of an XML declaration at the very beginning.
    private func xmlEncoding() -> TextEncoding? {
        guard bytes.starts(with: Array("<?xml".utf8)),
            let end = bytes.firstIndex(of: ASCII.greaterThan)
        else { return nil }
        let declaration = bytes[..<end]
        let word = Array("encoding".utf8)
        guard
            let start = declaration.indices.first(where: {
                declaration[$0...].starts(with: word)
            })
        else { return nil }
        var rest = declaration[(start + word.count)...].drop { $0 <= ASCII.space }
        guard rest.first == ASCII.equals else { return nil }
        rest = rest.dropFirst().drop { $0 <= ASCII.space }
        guard let quote = rest.first, quote == ASCII.quotationMark || quote == ASCII.apostrophe,
            let close = rest.dropFirst().firstIndex(of: quote)
        else { return nil }
        let label = rest[(rest.startIndex + 1)..<close]
        return label.contains { $0 <= ASCII.space }
            ? nil : EncodingSniffer.encoding(declared: label)
    }

    // MARK: - Looking

    private func starts(with word: [UInt8]) -> Bool {
        guard position + word.count <= bytes.count else { return false }
        return bytes[position..<(position + word.count)].lazy.map(\.asciiLowercased)
            .elementsEqual(word)
    }

    private func isTagNameEnd(_ index: Int) -> Bool {
        index < bytes.count && (bytes[index].isHTMLWhitespace || bytes[index] == ASCII.slash)
    }

    /// Whether `<` or `</` and a letter stand here.
    private func isTagStart() -> Bool {
        let isEnd = position + 1 < bytes.count && bytes[position + 1] == ASCII.slash
        let letter = position + (isEnd ? 2 : 1)
        return letter < bytes.count && bytes[letter].isASCIILetter
    }

    /// Whether `<!`, `</` or `<?` stands here.
    private func isMarkupStart() -> Bool {
        guard bytes[position] == ASCII.lessThan, position + 1 < bytes.count else { return false }
        let next = bytes[position + 1]
        return next == ASCII.exclamationMark || next == ASCII.slash || next == ASCII.questionMark
    }

    private mutating func skip(_ condition: (UInt8) -> Bool) {
        while position < bytes.count, condition(bytes[position]) {
            position += 1
        }
    }
}
