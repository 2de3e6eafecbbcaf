/// Tags and attributes: the tag name state, the states from "before attribute name" to "after
/// attribute value (quoted)", and the self-closing start tag state.
extension Tokenizer {
    /// Reads a tag whose name begins at the position. `nil` if the page ends inside of it.
    mutating func readTag(isEnd: Bool) -> Token? {
        var tag = TagToken(name: readTagName())
        tag.attributes.start = UInt32(attributes.count)
        guard readAttributes(of: &tag) else {
            attributes.removeSubrange(Int(tag.attributes.start)...)
            position = input.count
            return nil
        }
        if isEnd {
            attributes.removeSubrange(Int(tag.attributes.start)...)
            tag.attributes.end = tag.attributes.start
            tag.isSelfClosing = false
            return .endTag(tag)
        }
        tag.attributes.end = UInt32(attributes.count)
        lastStartTag = tag.name
        return .startTag(tag)
    }

    // MARK: - Names

    private mutating func readTagName() -> ElementName {
        let bytes = input
        let start = position
        var index = start
        var hash = NameHash()
        var needsRewriting = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.greaterThan || byte == ASCII.slash || byte.isHTMLWhitespace {
                break
            }
            needsRewriting = needsRewriting || byte.isASCIIUppercase || byte == ASCII.null
            hash.add(byte.asciiLowercased)
            index += 1
        }
        position = index
        guard needsRewriting else { return elementName(bytes, start..<index, hash: hash.value) }
        let name = Self.rewritten(bytes[start..<index])
        return elementName(name, name.indices, hash: hash.value)
    }

    /// The name that stands in a text.
    private mutating func elementName(
        _ text: [UInt8],
        _ range: Range<Int>,
        hash: UInt32
    ) -> ElementName {
        let tag = tags.tag(named: text, range, hash: hash)
        return tag == .other ? customNames.name(for: Array(text[range])) : ElementName(tag)
    }

    /// Lower-cases ASCII and replaces U+0000.
    private static func rewritten(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var name: [UInt8] = []
        for byte in bytes {
            if byte == ASCII.null {
                name += UTF8.encodedReplacementCharacter
            } else {
                name.append(byte.asciiLowercased)
            }
        }
        return name
    }

    // MARK: - Attributes

    /// Reads to the end of the tag. `false` if the page ends before.
    private mutating func readAttributes(of tag: inout TagToken) -> Bool {
        let first = attributes.count
        while let byte = peek() {
            if byte.isHTMLWhitespace {
                position += 1
            } else if byte == ASCII.greaterThan {
                position += 1
                return true
            } else if byte == ASCII.slash {
                position += 1
                if peek() == ASCII.greaterThan {
                    position += 1
                    tag.isSelfClosing = true
                    return true
                }
            } else if !readAttribute(first: first) {
                return false
            }
        }
        return false
    }

    /// Reads one attribute. `false` if the page ends inside of it.
    private mutating func readAttribute(first: Int) -> Bool {
        var attribute = readAttributeName()
        skipWhitespace()
        if peek() == ASCII.equals {
            position += 1
            skipWhitespace()
            guard let value = readAttributeValue() else { return false }
            attribute.value = value
        }
        guard position < input.count else { return false }
        keep(attribute, first: first)
        return true
    }

    /// Adds an attribute unless the tag has one of this name already or too many.
    private mutating func keep(_ attribute: Attribute, first: Int) {
        if attributes.count - first >= attributeLimit {
            hasDroppedAttributes = true
            return
        }
        for index in first..<attributes.count
        where attributes[index].nameHash == attribute.nameHash {
            if text.isEqual(attributes[index].name, attribute.name) {
                return
            }
        }
        attributes.append(attribute)
    }

    private mutating func readAttributeName() -> Attribute {
        let bytes = input
        let start = position
        var index = start
        var hash = NameHash()
        var needsRewriting = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= ASCII.greaterThan,
                byte == ASCII.equals && index > start || byte == ASCII.greaterThan
                    || byte == ASCII.slash || byte.isHTMLWhitespace
            {
                break
            }
            needsRewriting = needsRewriting || byte.isASCIIUppercase || byte == ASCII.null
            hash.add(byte.asciiLowercased)
            index += 1
        }
        position = index
        var name = TextRange(start, index)
        if needsRewriting {
            let rewritten = Self.rewritten(bytes[start..<index])
            let nameStart = text.end
            text.append(contentsOf: rewritten)
            name = TextRange(nameStart, text.end)
            return Attribute(nameHash: NameHash.of(rewritten), name: name, value: .empty)
        }
        return Attribute(nameHash: hash.value, name: name, value: .empty)
    }

    private mutating func skipWhitespace() {
        while let byte = peek(), byte.isHTMLWhitespace {
            position += 1
        }
    }

    /// Reads a value; a quoted one with its quotes. `nil` if the page ends inside of it.
    private mutating func readAttributeValue() -> TextRange? {
        guard let first = peek() else { return nil }
        switch first {
        case ASCII.quotationMark, ASCII.apostrophe:
            position += 1
            return readQuotedValue(quote: first)
        case ASCII.greaterThan:
            return .empty
        default:
            return readUnquotedValue()
        }
    }

    private mutating func readQuotedValue(quote: UInt8) -> TextRange? {
        let bytes = input
        let start = position
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            // Nearly all bytes are larger than those that mean something here.
            if byte > ASCII.apostrophe {
                index += 1
                continue
            }
            if byte == quote {
                position = index + 1
                return TextRange(start, index)
            }
            if byte == ASCII.ampersand || byte == ASCII.null {
                return rewriteValue(from: start, plainTo: index) {
                    $0 == quote
                } closing: {
                    $0.position += 1
                }
            }
            index += 1
        }
        return nil
    }

    private mutating func readUnquotedValue() -> TextRange? {
        let bytes = input
        let start = position
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.greaterThan || byte.isHTMLWhitespace {
                position = index
                return TextRange(start, index)
            }
            if byte == ASCII.ampersand || byte == ASCII.null {
                return rewriteValue(from: start, plainTo: index) {
                    $0 == ASCII.greaterThan || $0.isHTMLWhitespace
                } closing: { _ in
                }
            }
            index += 1
        }
        return nil
    }

    /// Writes a value that has character references or U+0000 in it.
    @inline(__always)
    private mutating func rewriteValue(
        from start: Int,
        plainTo plainEnd: Int,
        until isEnd: (UInt8) -> Bool,
        closing: (inout Tokenizer) -> Void
    ) -> TextRange? {
        let valueStart = text.end
        var plainStart = start
        position = plainEnd
        while position < input.count {
            let byte = input[position]
            if isEnd(byte) {
                text.appendInput(from: plainStart, to: position)
                closing(&self)
                return TextRange(valueStart, text.end)
            }
            if byte == ASCII.null {
                text.appendInput(from: plainStart, to: position)
                text.append(contentsOf: UTF8.encodedReplacementCharacter)
                position += 1
                plainStart = position
            } else if byte == ASCII.ampersand,
                let reference = matchReference(at: position, isInAttribute: true)
            {
                text.appendInput(from: plainStart, to: position)
                write(reference)
                position = reference.end
                plainStart = position
            } else {
                position += 1
            }
        }
        return nil
    }
}

extension TextRange {
    static var empty: TextRange { TextRange(start: 0, end: 0) }
}
