/// The "in body" mode: text and start tags (13.2.6.4.7).
extension TreeBuilder {
    mutating func processInBody(_ token: Token) -> Step {
        switch token {
        case .characters(let range):
            reconstructFormatting()
            insertText(range)
            if framesetIsAllowed, !isWhitespace(range) {
                framesetIsAllowed = false
            }
        case .nullCharacter, .doctype:
            break
        case .comment(let range):
            insertComment(range)
        case .startTag(let tag):
            return processBodyStartTag(tag, token)
        case .endTag(let tag):
            return processBodyEndTag(tag, token)
        case .endOfFile:
            if !templateModes.isEmpty {
                return processInTemplate(token)
            }
        }
        return .done
    }

    /// One branch for each group of elements that the standard treats alike.
    private mutating func processBodyStartTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl,
            .fieldset, .figcaption, .figure, .footer, .header, .hgroup, .main, .menu, .nav, .ol,
            .p, .search, .section, .summary, .ul:
            closeParagraphInScope()
            insertElement(tag)
        case .a:
            openAnchor(tag)
        case .b, .big, .code, .em, .font, .i, .s, .small, .strike, .strong, .tt, .u:
            reconstructFormatting()
            insertFormattingElement(tag)
        case .li:
            openListItem(tag, closing: [.li])
        case .dd, .dt:
            openListItem(tag, closing: [.dd, .dt])
        case .h1, .h2, .h3, .h4, .h5, .h6:
            openHeading(tag)
        case .area, .br, .embed, .img, .keygen, .wbr:
            reconstructFormatting()
            insertVoidElement(tag)
            framesetIsAllowed = false
        case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template,
            .title:
            return processInHead(token)
        case .table:
            if !isInQuirksMode {
                closeParagraphInScope()
            }
            insertElement(tag)
            framesetIsAllowed = false
            mode = .inTable
        case .caption, .col, .colgroup, .frame, .head, .tbody, .td, .tfoot, .th, .thead, .tr:
            break
        default:
            return processRarerBodyStartTag(tag)
        }
        return .done
    }

    private mutating func processRarerBodyStartTag(_ tag: TagToken) -> Step {
        switch tag.tag {
        case .html:
            if !open.containsHTML(.template), let root = open.entries.first?.node {
                addAttributes(of: tag, to: root)
            }
        case .body:
            mergeBody(tag)
        case .frameset:
            replaceBodyByFrameset(tag)
        case .pre, .listing:
            closeParagraphInScope()
            insertElement(tag)
            ignoresNextLineFeed = true
            framesetIsAllowed = false
        case .form:
            openForm(tag)
        case .plaintext:
            closeParagraphInScope()
            insertElement(tag)
            tokenizer.contentModel = .plainText
        case .nobr:
            reconstructFormatting()
            if open.hasInScope(.nobr) {
                runAdoptionAgency(for: tag)
                reconstructFormatting()
            }
            insertFormattingElement(tag)
        case .applet, .marquee, .object:
            reconstructFormatting()
            insertElement(tag)
            formatting.pushMarker()
            framesetIsAllowed = false
        case .param, .source, .track:
            insertVoidElement(tag)
        case .image:
            var image = tag
            image.name = ElementName(.img)
            return processBodyStartTag(image, .startTag(image))
        case .math:
            reconstructFormatting()
            insertForeignElement(tag, in: .mathML)
        case .svg:
            reconstructFormatting()
            insertForeignElement(tag, in: .svg)
        default:
            processTextOrFormStartTag(tag)
        }
        return .done
    }

    private mutating func processTextOrFormStartTag(_ tag: TagToken) {
        switch tag.tag {
        case .xmp:
            closeParagraphInScope()
            reconstructFormatting()
            framesetIsAllowed = false
            openText(tag, .rawText)
        case .iframe:
            framesetIsAllowed = false
            openText(tag, .rawText)
        case .noembed:
            openText(tag, .rawText)
        case .noscript where isScriptingEnabled:
            openText(tag, .rawText)
        case .textarea:
            framesetIsAllowed = false
            openText(tag, .rcdata)
            ignoresNextLineFeed = true
        case .button:
            openButton(tag)
        case .input:
            insertInput(tag)
        case .hr:
            insertRule(tag)
        case .select:
            openSelect(tag)
        case .option, .optgroup:
            openOption(tag)
        case .rb, .rtc:
            openRuby(tag, keeping: .other)
        case .rp, .rt:
            openRuby(tag, keeping: .rtc)
        case .selectedcontent:
            reconstructFormatting()
            insertElement(tag)
            if let node = open.current?.node, selectedContents.count < Self.selectedContentsMax {
                selectedContents.append(node)
            }
        default:
            reconstructFormatting()
            insertElement(tag)
        }
    }

    // MARK: - Blocks

    mutating func closeParagraphInScope() {
        if open.hasInScope(.p, .button) {
            closeParagraph()
        }
    }

    mutating func closeParagraph() {
        open.generateImpliedEndTags(except: .p)
        open.popThrough(.p)
    }

    private mutating func openHeading(_ tag: TagToken) {
        closeParagraphInScope()
        if let current = open.current, current.traits.contains(.heading) {
            open.pop()
        }
        insertElement(tag)
    }

    /// Opens `li`, `dd` or `dt` and closes an open one in the same list.
    private mutating func openListItem(_ tag: TagToken, closing tags: [Tag]) {
        framesetIsAllowed = false
        for entry in open.entries.reversed() {
            if entry.namespace == .html, tags.contains(entry.tag) {
                open.generateImpliedEndTags(except: entry.tag)
                open.popThrough(entry.tag)
                break
            }
            if entry.traits.contains(.special), !entry.isHTML(.address), !entry.isHTML(.div),
                !entry.isHTML(.p)
            {
                break
            }
        }
        closeParagraphInScope()
        insertElement(tag)
    }

    private mutating func openForm(_ tag: TagToken) {
        let isInTemplate = open.containsHTML(.template)
        guard formElement == nil || isInTemplate else { return }
        closeParagraphInScope()
        insertElement(tag)
        if !isInTemplate {
            formElement = open.current?.node
        }
    }

    private mutating func openAnchor(_ tag: TagToken) {
        if let index = formatting.lastIndex(of: .a) {
            let node = formatting.entries[index].node
            runAdoptionAgency(for: tag)
            formatting.remove(node)
            open.remove(node)
        }
        reconstructFormatting()
        insertFormattingElement(tag)
    }

    private mutating func openRuby(_ tag: TagToken, keeping kept: Tag) {
        if open.hasInScope(.ruby) {
            open.generateImpliedEndTags(except: kept)
        }
        insertElement(tag)
    }

    // MARK: - Second body and frameset

    private mutating func mergeBody(_ tag: TagToken) {
        guard open.count > 1, open.entries[1].isHTML(.body), !open.containsHTML(.template) else {
            return
        }
        framesetIsAllowed = false
        addAttributes(of: tag, to: open.entries[1].node)
    }

    private mutating func replaceBodyByFrameset(_ tag: TagToken) {
        guard open.count > 1, open.entries[1].isHTML(.body), framesetIsAllowed else { return }
        tree.detach(open.entries[1].node)
        open.pop(downTo: 1)
        insertElement(tag)
        mode = .inFrameset
    }
}
