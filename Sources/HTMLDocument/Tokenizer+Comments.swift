/// The markup declaration open, comment and bogus comment states.
extension Tokenizer {
    /// Reads what follows `<!`; the position is behind it. `nil` if it only began a CDATA section.
    mutating func readMarkupDeclaration() -> Token? {
        if peek() == ASCII.hyphen, peek(1) == ASCII.hyphen {
            position += 2
            return readComment()
        }
        if isAt("doctype", ignoringCase: true) {
            position += 7
            return readDoctype()
        }
        if allowsCDATA, isAt("[CDATA[", ignoringCase: false) {
            position += 7
            contentModel = .cdata
            return nil
        }
        return readBogusComment()
    }

    /// Whether `word`, in lower case if case is ignored, stands at the position.
    func isAt(_ word: StaticString, ignoringCase: Bool) -> Bool {
        let word = String(describing: word).utf8
        guard position + word.count <= input.count else { return false }
        for (byte, expected) in zip(input[position...], word) {
            guard (ignoringCase ? byte.asciiLowercased : byte) == expected else { return false }
        }
        return true
    }

    /// Covers all comment states. The position is behind `<!--`.
    ///
    /// The less-than sign states exist to report errors and change no token.
    private mutating func readComment() -> Token {
        if peek() == ASCII.greaterThan {
            position += 1
            return .comment(.empty)
        }
        if peek() == ASCII.hyphen, peek(1) == ASCII.greaterThan {
            position += 2
            return .comment(.empty)
        }
        let start = position
        while position < input.count {
            if input[position] == ASCII.hyphen, peek(1) == ASCII.hyphen {
                if peek(2) == ASCII.greaterThan {
                    defer { position += 3 }
                    return .comment(commentText(from: start, to: position))
                }
                if peek(2) == ASCII.exclamationMark, peek(3) == ASCII.greaterThan {
                    defer { position += 4 }
                    return .comment(commentText(from: start, to: position))
                }
            }
            position += 1
        }
        return .comment(commentText(from: start, to: unfinishedCommentEnd(from: start)))
    }

    /// Where the text of a comment ends that the end of the page cuts off: before `-`, `--`, `--!`.
    private func unfinishedCommentEnd(from start: Int) -> Int {
        let endings: [[UInt8]] = [
            [ASCII.hyphen, ASCII.hyphen, ASCII.exclamationMark],
            [ASCII.hyphen, ASCII.hyphen],
            [ASCII.hyphen],
        ]
        for ending in endings where input[start...].suffix(ending.count).elementsEqual(ending) {
            return input.count - ending.count
        }
        return input.count
    }

    /// Reads to `>` or to the end of the page.
    mutating func readBogusComment() -> Token {
        let start = position
        while let byte = peek(), byte != ASCII.greaterThan {
            position += 1
        }
        let range = commentText(from: start, to: position)
        position = min(position + 1, input.count)
        return .comment(range)
    }

    private mutating func commentText(from start: Int, to end: Int) -> TextRange {
        guard input[start..<end].contains(ASCII.null) else { return TextRange(start, end) }
        let textStart = text.end
        text.append(contentsOf: replacingNulls(from: start, to: end))
        return TextRange(textStart, text.end)
    }

    func replacingNulls(from start: Int, to end: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start)
        for byte in input[start..<end] {
            if byte == ASCII.null {
                bytes += UTF8.encodedReplacementCharacter
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
