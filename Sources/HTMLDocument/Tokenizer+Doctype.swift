/// The DOCTYPE states. The details go to `doctype`.
extension Tokenizer {
    /// Reads what follows `<!DOCTYPE`.
    mutating func readDoctype() -> Token {
        doctype = Doctype()
        skipDoctypeWhitespace()
        guard let first = peek(), first != ASCII.greaterThan else {
            doctype.forcesQuirks = true
            return finishDoctype()
        }
        readDoctypeName()
        skipDoctypeWhitespace()
        guard let next = peek() else {
            doctype.forcesQuirks = true
            return finishDoctype()
        }
        if next == ASCII.greaterThan {
            return finishDoctype()
        }
        if isAt("public", ignoringCase: true) {
            position += 6
            readPublicID()
        } else if isAt("system", ignoringCase: true) {
            position += 6
            skipDoctypeWhitespace()
            readSystemID(isRequired: true)
        } else {
            doctype.forcesQuirks = true
        }
        return finishDoctype()
    }

    private mutating func readDoctypeName() {
        let start = position
        while let byte = peek(), byte != ASCII.greaterThan, !byte.isHTMLWhitespace {
            position += 1
        }
        doctype.name = replacingNulls(from: start, to: position).map(\.asciiLowercased)
    }

    private mutating func readPublicID() {
        skipDoctypeWhitespace()
        guard let publicID = readQuotedID() else {
            doctype.forcesQuirks = true
            return
        }
        doctype.publicID = publicID
        guard !doctype.forcesQuirks else { return }
        skipDoctypeWhitespace()
        readSystemID(isRequired: false)
    }

    private mutating func readSystemID(isRequired: Bool) {
        guard let next = peek() else {
            doctype.forcesQuirks = true
            return
        }
        if next == ASCII.greaterThan, !isRequired {
            return
        }
        guard let systemID = readQuotedID() else {
            doctype.forcesQuirks = true
            return
        }
        doctype.systemID = systemID
        skipDoctypeWhitespace()
        if peek() == nil {
            doctype.forcesQuirks = true
        }
    }

    /// Reads a quoted string. `>` or the end of the page inside of it forces quirks mode.
    private mutating func readQuotedID() -> [UInt8]? {
        guard let quote = peek(), quote == ASCII.quotationMark || quote == ASCII.apostrophe else {
            return nil
        }
        position += 1
        let start = position
        while let byte = peek(), byte != quote, byte != ASCII.greaterThan {
            position += 1
        }
        let identifier = replacingNulls(from: start, to: position)
        if peek() == quote {
            position += 1
        } else {
            doctype.forcesQuirks = true
        }
        return identifier
    }

    /// Skips to the closing `>`; covers the bogus DOCTYPE state.
    private mutating func finishDoctype() -> Token {
        while let byte = peek(), byte != ASCII.greaterThan {
            position += 1
        }
        position = min(position + 1, input.count)
        return .doctype
    }

    private mutating func skipDoctypeWhitespace() {
        while let byte = peek(), byte.isHTMLWhitespace {
            position += 1
        }
    }
}
