/// The modes up to the `body` tag, "initial" to "after head" (13.2.6.4.1 to 13.2.6.4.6); "text".
extension TreeBuilder {
    mutating func processInitial(_ token: Token) -> Step {
        switch token {
        case .characters(let range) where isWhitespace(range):
            return .done
        case .comment(let range):
            insertComment(range, into: NodeTree.root)
            return .done
        case .doctype:
            doctype = tokenizer.doctype
            isInQuirksMode = QuirksMode.isAsked(by: tokenizer.doctype)
            if let id = add(Node(kind: .doctype)) {
                tree.append(id, to: NodeTree.root)
            }
            mode = .beforeHTML
            return .done
        default:
            isInQuirksMode = true
            mode = .beforeHTML
            return .reprocess
        }
    }

    mutating func processBeforeHTML(_ token: Token) -> Step {
        switch token {
        case .doctype:
            return .done
        case .comment(let range):
            insertComment(range, into: NodeTree.root)
            return .done
        case .characters(let range) where isWhitespace(range):
            return .done
        case .startTag(let tag) where tag.tag == .html:
            openRoot(tag)
            return .done
        case .endTag(let tag) where !Self.endTagsThatOpenBody.contains(tag.tag):
            return .done
        default:
            openRoot(TagToken(name: ElementName(.html)))
            return .reprocess
        }
    }

    /// End tags that have the effect of starting what they would end.
    private static let endTagsThatOpenBody: [Tag] = [.head, .body, .html, .br]

    private mutating func openRoot(_ tag: TagToken) {
        mode = .beforeHead
        guard let id = makeElement(tag) else { return }
        tree.append(id, to: NodeTree.root)
        open.push(entry(id, tag.name))
    }

    mutating func processBeforeHead(_ token: Token) -> Step {
        switch token {
        case .characters(let range) where isWhitespace(range):
            return .done
        case .comment(let range):
            insertComment(range)
            return .done
        case .doctype:
            return .done
        case .startTag(let tag) where tag.tag == .html:
            return processInBody(token)
        case .startTag(let tag) where tag.tag == .head:
            openHead(tag)
            return .done
        case .endTag(let tag) where !Self.endTagsThatOpenBody.contains(tag.tag):
            return .done
        default:
            openHead(TagToken(name: ElementName(.head)))
            return .reprocess
        }
    }

    private mutating func openHead(_ tag: TagToken) {
        insertElement(tag)
        headElement = open.current?.node
        mode = .inHead
    }

    // MARK: - In head

    mutating func processInHead(_ token: Token) -> Step {
        switch token {
        case .characters(let range) where isWhitespace(range):
            insertText(range)
            return .done
        case .comment(let range):
            insertComment(range)
            return .done
        case .doctype:
            return .done
        case .startTag(let tag):
            return processHeadStartTag(tag, token)
        case .endTag(let tag):
            return processHeadEndTag(tag)
        default:
            return leaveHead()
        }
    }

    private mutating func leaveHead() -> Step {
        open.pop()
        mode = .afterHead
        return .reprocess
    }

    private mutating func processHeadStartTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .html:
            return processInBody(token)
        case .base, .basefont, .bgsound, .link:
            insertVoidElement(tag)
        case .meta:
            insertVoidElement(tag)
            noteEncoding(of: tag)
        case .title:
            openText(tag, .rcdata)
        case .noframes, .style:
            openText(tag, .rawText)
        case .noscript where isScriptingEnabled:
            openText(tag, .rawText)
        case .script:
            openText(tag, .scriptData)
        case .noscript:
            insertElement(tag)
            mode = .inHeadNoscript
        case .template:
            openTemplate(tag)
        case .head:
            break
        default:
            return leaveHead()
        }
        return .done
    }

    private mutating func processHeadEndTag(_ tag: TagToken) -> Step {
        switch tag.tag {
        case .head:
            open.pop()
            mode = .afterHead
        case .body, .html, .br:
            return leaveHead()
        case .template:
            closeTemplate()
        default:
            break
        }
        return .done
    }

    /// Opens an element whose text the tokenizer reads in another way.
    mutating func openText(_ tag: TagToken, _ contentModel: Tokenizer.ContentModel) {
        insertElement(tag)
        tokenizer.contentModel = contentModel
        tokenizer.scriptEscape = .none
        originalMode = mode
        mode = .text
    }

    private mutating func noteEncoding(of tag: TagToken) {
        guard reportsEncoding, declaredEncoding == nil else { return }
        if let label = attributeValue("charset", of: tag) {
            declaredEncoding = EncodingSniffer.encoding(declared: label)
        } else if let pragma = attributeValue("http-equiv", of: tag),
            pragma.lazy.map(\.asciiLowercased).elementsEqual("content-type".utf8),
            let content = attributeValue("content", of: tag),
            let label = EncodingSniffer.labelInContentType(content)
        {
            declaredEncoding = EncodingSniffer.encoding(declared: label)
        }
    }

    mutating func processInHeadNoscript(_ token: Token) -> Step {
        switch token {
        case .doctype:
            return .done
        case .characters(let range) where isWhitespace(range):
            return processInHead(token)
        case .comment:
            return processInHead(token)
        case .startTag(let tag):
            switch tag.tag {
            case .html: return processInBody(token)
            case .basefont, .bgsound, .link, .meta, .noframes, .style: return processInHead(token)
            case .head, .noscript: return .done
            default: break
            }
        case .endTag(let tag):
            if tag.tag == .noscript {
                open.pop()
                mode = .inHead
                return .done
            }
            if tag.tag != .br {
                return .done
            }
        default:
            break
        }
        open.pop()
        mode = .inHead
        return .reprocess
    }

    // MARK: - After head

    mutating func processAfterHead(_ token: Token) -> Step {
        switch token {
        case .characters(let range) where isWhitespace(range):
            insertText(range)
            return .done
        case .comment(let range):
            insertComment(range)
            return .done
        case .doctype:
            return .done
        case .startTag(let tag):
            return processAfterHeadStartTag(tag, token)
        case .endTag(let tag) where tag.tag == .template:
            return processInHead(token)
        case .endTag(let tag) where !Self.endTagsThatOpenBody.contains(tag.tag) || tag.tag == .head:
            return .done
        default:
            return openBody()
        }
    }

    private mutating func openBody() -> Step {
        insertElement(named: .body)
        mode = .inBody
        return .reprocess
    }

    private mutating func processAfterHeadStartTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .html:
            return processInBody(token)
        case .body:
            insertElement(tag)
            framesetIsAllowed = false
            mode = .inBody
        case .frameset:
            insertElement(tag)
            mode = .inFrameset
        case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template,
            .title:
            return processInReopenedHead(token)
        case .head:
            break
        default:
            return openBody()
        }
        return .done
    }

    private mutating func processInReopenedHead(_ token: Token) -> Step {
        guard let headElement else { return processInHead(token) }
        open.push(entry(headElement, ElementName(.head)))
        let step = processInHead(token)
        open.remove(headElement)
        return step
    }

    // MARK: - Text

    mutating func processInText(_ token: Token) -> Step {
        switch token {
        case .characters(let range):
            insertText(range)
            return .done
        case .endOfFile:
            open.pop()
            mode = originalMode
            return .reprocess
        default:
            open.pop()
            mode = originalMode
            return .done
        }
    }
}
