/// Cuts a page into tokens (WHATWG HTML, section 13.2.5).
///
/// The standard describes a machine that looks at one character at a time. Here the whole page is
/// at hand, so a construct is read by one function from its first byte to its last, which gives the
/// same tokens: each file names the states it covers. Text comes in runs as long as possible.
struct Tokenizer {
    /// What the text at the current position may contain.
    enum ContentModel {
        /// Tags, comments and character references.
        case data
        /// Character references, and the end tag of the element that began it.
        case rcdata
        /// The end tag only.
        case rawText
        /// The end tag only, after the rules for `<!--` in scripts.
        case scriptData
        /// Text to the end of the page.
        case plainText
        /// Text to `]]>`.
        case cdata
    }

    var text: TextStore
    /// Attributes of all tags; the tail belongs to the tag read last.
    var attributes: [Attribute] = []
    var customNames = CustomNames()
    var contentModel = ContentModel.data
    /// The name that ends RCDATA, raw text and script data.
    var lastStartTag: ElementName?
    /// Whether `<![CDATA[` begins a CDATA section, which only foreign content has.
    var allowsCDATA = false
    /// Details of the doctype read last.
    var doctype = Doctype()
    var scriptEscape = ScriptEscape.none
    /// Whether an attribute was dropped for `attributeLimit`.
    var hasDroppedAttributes = false

    let input: [UInt8]
    let attributeLimit: Int
    let tags = TagTable.shared
    let characterReferences = CharacterReferences.shared
    var position = 0

    init(input: [UInt8], limits: ParseLimits) {
        self.input = input
        text = TextStore(input: input)
        attributeLimit = limits.attributesPerElement
        attributes.reserveCapacity(input.count / Self.bytesPerAttribute)
    }

    /// News pages have an attribute in 60 to 120 bytes; room for them is made at once.
    private static let bytesPerAttribute = 96

    /// The next token; `.endOfFile` for ever after the last one.
    mutating func next() -> Token {
        while position < input.count {
            let token =
                switch contentModel {
                case .data: nextInData()
                case .rcdata: nextInElementText(resolvesReferences: true)
                case .rawText: nextInElementText(resolvesReferences: false)
                case .scriptData: nextInScript()
                case .plainText: nextInPlainText()
                case .cdata: nextInCDATA()
                }
            if let token {
                return token
            }
        }
        return .endOfFile
    }

    /// The byte `distance` ahead, `nil` beyond the end.
    @inline(__always)
    func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < input.count ? input[index] : nil
    }

    // MARK: - Data state

    /// Covers the data state. `nil` if what was read gives no token.
    private mutating func nextInData() -> Token? {
        let start = position
        switch input[start] {
        case ASCII.lessThan:
            switch readMarkup() {
            case .token(let token): return token
            case .nothing: return nil
            case .text: break
            }
            // A lone `<` is text, together with what follows.
            position = start + 1
        case ASCII.ampersand:
            if let token = readCharacterReferenceAsText() {
                return token
            }
            position = start + 1
        case ASCII.null:
            position += 1
            return .nullCharacter
        default:
            break
        }
        skipText()
        return .characters(TextRange(start, position))
    }

    /// Moves to the next `<`, `&` or U+0000.
    private mutating func skipText() {
        let bytes = input
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= ASCII.lessThan,
                byte == ASCII.lessThan || byte == ASCII.ampersand || byte == ASCII.null
            {
                break
            }
            index += 1
        }
        position = index
    }

    private enum Markup {
        case token(Token)
        case nothing
        case text
    }

    /// Covers the tag open and end tag open states. The position is at `<`.
    private mutating func readMarkup() -> Markup {
        guard let next = peek(1) else { return .text }
        if next.isASCIILetter {
            position += 1
            return readTag(isEnd: false).map { .token($0) } ?? .nothing
        }
        switch next {
        case ASCII.slash:
            return readEndTagOpen()
        case ASCII.exclamationMark:
            position += 2
            return readMarkupDeclaration().map { .token($0) } ?? .nothing
        case ASCII.questionMark:
            position += 1
            return .token(readBogusComment())
        default:
            return .text
        }
    }

    private mutating func readEndTagOpen() -> Markup {
        guard let next = peek(2) else { return .text }
        if next.isASCIILetter {
            position += 2
            return readTag(isEnd: true).map { .token($0) } ?? .nothing
        }
        position += 2
        if next == ASCII.greaterThan {
            position += 1
            return .nothing
        }
        return .token(readBogusComment())
    }
}
