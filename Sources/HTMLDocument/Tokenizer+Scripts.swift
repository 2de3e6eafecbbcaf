/// The script data states. A script may hide `</script>` inside `<!-- <script> ... -->`.
extension Tokenizer {
    /// How deep in `<!--` and `<script>` the text of a script is.
    enum ScriptEscape {
        case none
        /// After `<!--`.
        case escaped
        /// After `<!-- <script`; here `</script` leads back to `escaped`.
        case doubleEscaped
    }

    /// Reads text up to the script's end tag, U+0000 or the end of the page.
    mutating func nextInScript() -> Token? {
        let start = position
        if input[start] == ASCII.null {
            position += 1
            return .characters(text.replacementCharacter)
        }
        while let byte = peek(), byte != ASCII.null {
            if byte == ASCII.lessThan {
                if scriptEscape != .doubleEscaped, isAtAppropriateEndTag() {
                    scriptEscape = .none
                    return start == position
                        ? readAppropriateEndTag() : .characters(TextRange(start, position))
                }
                readScriptLessThan()
            } else if byte == ASCII.hyphen, scriptEscape != .none {
                readScriptHyphens()
            } else {
                position += 1
                skipPlainScript()
            }
        }
        return .characters(TextRange(start, position))
    }

    /// Moves over bytes that mean nothing in the state the script is in.
    private mutating func skipPlainScript() {
        let bytes = input
        let hyphen = scriptEscape == .none ? ASCII.lessThan : ASCII.hyphen
        var index = bytes.firstBlock(
            holding: (ASCII.lessThan, ASCII.null, hyphen),
            from: position
        )
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.lessThan || byte == ASCII.null || byte == hyphen { break }
            index += 1
        }
        position = index
    }

    /// Covers the "less-than sign", "escape start" and "double escape start / end" states.
    private mutating func readScriptLessThan() {
        position += 1
        switch scriptEscape {
        case .none:
            if peek() == ASCII.exclamationMark, peek(1) == ASCII.hyphen, peek(2) == ASCII.hyphen {
                position += 1
                scriptEscape = .escaped
            }
        case .escaped:
            if peek()?.isASCIILetter == true, skipScriptName() {
                scriptEscape = .doubleEscaped
            }
        case .doubleEscaped:
            if peek() == ASCII.slash {
                position += 1
                if skipScriptName() {
                    scriptEscape = .escaped
                }
            }
        }
    }

    /// Moves over letters; whether they were `script`, followed by white space, `/` or `>`.
    private mutating func skipScriptName() -> Bool {
        let start = position
        while let byte = peek(), byte.isASCIILetter {
            position += 1
        }
        guard let after = peek(),
            after == ASCII.greaterThan || after == ASCII.slash || after.isHTMLWhitespace
        else { return false }
        return input[start..<position].lazy.map(\.asciiLowercased).elementsEqual("script".utf8)
    }

    /// Covers the "escaped dash" states: `-->` ends the escape.
    private mutating func readScriptHyphens() {
        let start = position
        while peek() == ASCII.hyphen {
            position += 1
        }
        if position - start >= 2, peek() == ASCII.greaterThan {
            position += 1
            scriptEscape = .none
        }
    }
}
