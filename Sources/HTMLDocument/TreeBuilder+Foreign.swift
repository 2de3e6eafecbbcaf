/// The rules for SVG and MathML (13.2.6.5).
extension TreeBuilder {
    /// Whether the token falls under the rules of foreign content.
    @inline(__always)
    func followsForeignRules(_ token: Token) -> Bool {
        guard let current = adjustedCurrent, current.namespace != .html else { return false }
        return isForeign(token, in: current)
    }

    private func isForeign(_ token: Token, in current: OpenElements.Entry) -> Bool {
        switch token {
        case .startTag(let tag):
            if current.traits.contains(.mathMLTextIntegration) {
                return tag.tag == .mglyph || tag.tag == .malignmark
            }
            if current.namespace == .mathML, current.tag == .annotationXML, tag.tag == .svg {
                return false
            }
            return !current.traits.contains(.htmlIntegration)
        case .characters, .nullCharacter:
            return current.traits.isDisjoint(with: [.mathMLTextIntegration, .htmlIntegration])
        case .endOfFile:
            return false
        default:
            return true
        }
    }

    mutating func processInForeign(_ token: Token) -> Step {
        switch token {
        case .nullCharacter:
            insertText(tokenizer.text.replacementCharacter)
        case .characters(let range):
            insertText(range)
            if framesetIsAllowed, !isWhitespace(range) {
                framesetIsAllowed = false
            }
        case .comment(let range):
            insertComment(range)
        case .startTag(let tag):
            if breaksOut(tag) {
                return breakOut(token)
            }
            insertForeignElement(tag, in: adjustedCurrent?.namespace ?? .html)
        case .endTag(let tag):
            return processForeignEndTag(tag, token)
        case .doctype, .endOfFile:
            break
        }
        return .done
    }

    /// Whether the tag is HTML that ends foreign content.
    private func breaksOut(_ tag: TagToken) -> Bool {
        switch tag.tag {
        case .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed,
            .h1, .h2, .h3, .h4, .h5, .h6, .head, .hr, .i, .img, .li, .listing, .menu, .meta, .nobr,
            .ol, .p, .pre, .ruby, .s, .small, .span, .strong, .strike, .sub, .sup, .table, .tt, .u,
            .ul, .var:
            true
        case .font:
            attributeValue("color", of: tag) != nil || attributeValue("face", of: tag) != nil
                || attributeValue("size", of: tag) != nil
        default:
            false
        }
    }

    private mutating func breakOut(_ token: Token) -> Step {
        while open.count > 1, let current = open.current, current.namespace != .html,
            current.traits.isDisjoint(with: [.mathMLTextIntegration, .htmlIntegration])
        {
            open.pop()
        }
        return process(token, in: mode)
    }

    private mutating func processForeignEndTag(_ tag: TagToken, _ token: Token) -> Step {
        if tag.tag == .br || tag.tag == .p {
            return breakOut(token)
        }
        for index in open.entries.indices.reversed() {
            let entry = open.entries[index]
            if index < open.count - 1, entry.namespace == .html {
                return process(token, in: mode)
            }
            if index == 0 {
                return .done
            }
            if entry.tagName == tag.name {
                open.pop(downTo: index)
                return .done
            }
        }
        return .done
    }

    // MARK: - Elements

    /// Inserts an SVG or MathML element and, if its tag does not close itself, opens it.
    mutating func insertForeignElement(_ tag: TagToken, in namespace: Namespace) {
        let tagName = tag.name
        var adjusted = tag
        if namespace == .svg, tag.tag == .other {
            adjusted.name = adjustedSVGName(tag.name)
        }
        adjustAttributes(of: tag, in: namespace)
        if tag.isSelfClosing {
            guard let id = makeElement(adjusted, namespace) else { return }
            insert(id, at: appropriatePlace())
            return
        }
        makeRoomForElement()
        guard let id = makeElement(adjusted, namespace) else { return }
        insert(id, at: appropriatePlace())
        var traits = TagTraits.ofForeign(adjusted.tag, in: namespace)
        if namespace == .mathML, tag.tag == .annotationXML, holdsHTML(tag) {
            traits.insert(.htmlIntegration)
        }
        open.push(
            OpenElements.Entry(
                node: id,
                name: adjusted.name,
                tagName: tagName,
                namespace: namespace,
                traits: traits
            )
        )
    }

    /// Whether an `annotation-xml` element says that its content is HTML.
    private func holdsHTML(_ tag: TagToken) -> Bool {
        guard let encoding = attributeValue("encoding", of: tag) else { return false }
        let name = String(decoding: encoding.map(\.asciiLowercased), as: UTF8.self)
        return name == "text/html" || name == "application/xhtml+xml"
    }

    private mutating func adjustedSVGName(_ name: ElementName) -> ElementName {
        let bytes = tokenizer.customNames.bytes(of: name)
        guard let spelling = ForeignNames.svgElement(String(decoding: bytes, as: UTF8.self)) else {
            return name
        }
        let spelled = Array(spelling.utf8)
        let tag = tokenizer.tags.tag(named: spelled[...], hash: NameHash.of(spelled))
        return tag == .other ? tokenizer.customNames.name(for: spelled) : ElementName(tag)
    }

    private mutating func adjustAttributes(of tag: TagToken, in namespace: Namespace) {
        for index in Int(tag.attributes.start)..<Int(tag.attributes.end) {
            let name = tokenizer.text.string(tokenizer.attributes[index].name)
            guard let adjusted = ForeignNames.attribute(name, in: namespace) else { continue }
            let start = tokenizer.text.end
            tokenizer.text.append(contentsOf: adjusted.name.utf8)
            tokenizer.attributes[index].name = TextRange(start, tokenizer.text.end)
            tokenizer.attributes[index].nameHash = NameHash.of(adjusted.name.utf8)
            tokenizer.attributes[index].prefix = adjusted.prefix
        }
    }
}
