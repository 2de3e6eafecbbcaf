/// The modes after the body and those of framesets (13.2.6.4.17 to 13.2.6.4.21).
extension TreeBuilder {
    mutating func processAfterBody(_ token: Token) -> Step {
        switch token {
        case .characters(let range) where isWhitespace(range):
            return processInBody(token)
        case .comment(let range):
            insertComment(range, into: open.entries.first?.node)
            return .done
        case .doctype, .endOfFile:
            return .done
        case .startTag(let tag) where tag.tag == .html:
            return processInBody(token)
        case .endTag(let tag) where tag.tag == .html:
            if contextEntry == nil {
                mode = .afterAfterBody
            }
            return .done
        default:
            mode = .inBody
            return .reprocess
        }
    }

    mutating func processAfterAfterBody(_ token: Token) -> Step {
        switch token {
        case .comment(let range):
            insertComment(range, into: NodeTree.root)
            return .done
        case .characters(let range) where isWhitespace(range):
            return processInBody(token)
        case .doctype:
            return processInBody(token)
        case .startTag(let tag) where tag.tag == .html:
            return processInBody(token)
        case .endOfFile:
            return .done
        default:
            mode = .inBody
            return .reprocess
        }
    }

    // MARK: - Framesets

    mutating func processInFrameset(_ token: Token) -> Step {
        switch token {
        case .characters(let range):
            if isWhitespace(range) {
                insertText(range)
            }
        case .comment(let range):
            insertComment(range)
        case .startTag(let tag):
            switch tag.tag {
            case .html: return processInBody(token)
            case .frameset: insertElement(tag)
            case .frame: insertVoidElement(tag)
            case .noframes: return processInHead(token)
            default: break
            }
        case .endTag(let tag):
            if tag.tag == .frameset, open.count > 1 {
                open.pop()
                if contextEntry == nil, !open.currentIs(.frameset) {
                    mode = .afterFrameset
                }
            }
        case .nullCharacter, .doctype, .endOfFile:
            break
        }
        return .done
    }

    mutating func processAfterFrameset(_ token: Token) -> Step {
        switch token {
        case .characters(let range):
            if isWhitespace(range) {
                insertText(range)
            }
        case .comment(let range):
            insertComment(range)
        case .startTag(let tag):
            switch tag.tag {
            case .html: return processInBody(token)
            case .noframes: return processInHead(token)
            default: break
            }
        case .endTag(let tag):
            if tag.tag == .html {
                mode = .afterAfterFrameset
            }
        case .nullCharacter, .doctype, .endOfFile:
            break
        }
        return .done
    }

    mutating func processAfterAfterFrameset(_ token: Token) -> Step {
        switch token {
        case .comment(let range):
            insertComment(range, into: NodeTree.root)
        case .characters(let range) where isWhitespace(range):
            return processInBody(token)
        case .doctype:
            return processInBody(token)
        case .startTag(let tag):
            switch tag.tag {
            case .html: return processInBody(token)
            case .noframes: return processInHead(token)
            default: break
            }
        default:
            break
        }
        return .done
    }
}
