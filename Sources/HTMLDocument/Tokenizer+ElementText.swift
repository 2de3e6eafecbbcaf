/// Text that only an end tag of the right name ends: the RCDATA, RAWTEXT, PLAINTEXT and CDATA
/// section states with their sub-states.
extension Tokenizer {
    /// Covers RCDATA and RAWTEXT and their "less-than sign" and "end tag" states.
    mutating func nextInElementText(resolvesReferences: Bool) -> Token? {
        let start = position
        switch input[start] {
        case ASCII.lessThan:
            if isAtAppropriateEndTag() {
                return readAppropriateEndTag()
            }
            position += 1
        case ASCII.ampersand where resolvesReferences:
            if let token = readCharacterReferenceAsText() {
                return token
            }
            position += 1
        case ASCII.null:
            position += 1
            return .characters(text.replacementCharacter)
        default:
            break
        }
        let bytes = input
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.null || byte == ASCII.lessThan
                || byte == ASCII.ampersand && resolvesReferences
            {
                break
            }
            index += 1
        }
        position = index
        return .characters(TextRange(start, position))
    }

    /// Whether `</name` of the element that began the text stands at the position, followed by
    /// white space, `/` or `>`.
    func isAtAppropriateEndTag() -> Bool {
        guard let lastStartTag, peek(1) == ASCII.slash else { return false }
        let name = customNames.bytes(of: lastStartTag)
        let end = position + 2 + name.count
        guard end < input.count else { return false }
        for (offset, byte) in name.enumerated()
        where input[position + 2 + offset].asciiLowercased != byte {
            return false
        }
        let after = input[end]
        return after == ASCII.greaterThan || after == ASCII.slash || after.isHTMLWhitespace
    }

    mutating func readAppropriateEndTag() -> Token? {
        position += 2
        contentModel = .data
        return readTag(isEnd: true)
    }

    mutating func nextInPlainText() -> Token? {
        let start = position
        if input[start] == ASCII.null {
            position += 1
            return .characters(text.replacementCharacter)
        }
        while let byte = peek(), byte != ASCII.null {
            position += 1
        }
        return .characters(TextRange(start, position))
    }

    /// Covers the CDATA section states. U+0000 is left to the tree builder.
    mutating func nextInCDATA() -> Token? {
        let start = position
        if input[start] == ASCII.null {
            position += 1
            return .nullCharacter
        }
        while let byte = peek(), byte != ASCII.null {
            if byte == ASCII.rightBracket, peek(1) == ASCII.rightBracket,
                peek(2) == ASCII.greaterThan
            {
                let range = TextRange(start, position)
                position += 3
                contentModel = .data
                return range.isEmpty ? nil : .characters(range)
            }
            position += 1
        }
        return .characters(TextRange(start, position))
    }
}
