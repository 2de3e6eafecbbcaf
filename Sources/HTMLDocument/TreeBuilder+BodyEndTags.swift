/// The "in body" mode: end tags (13.2.6.4.7).
extension TreeBuilder {
    mutating func processBodyEndTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .address, .article, .aside, .blockquote, .button, .center, .details, .dialog, .dir,
            .div, .dl, .fieldset, .figcaption, .figure, .footer, .header, .hgroup, .listing, .main,
            .menu, .nav, .ol, .pre, .search, .section, .select, .summary, .ul:
            closeBlock(tag.tag)
        case .p:
            if !open.hasInScope(.p, .button) {
                insertElement(named: .p)
            }
            closeParagraph()
        case .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u:
            runAdoptionAgency(for: tag)
        case .li:
            closeItem(.li, .listItem)
        case .dd, .dt:
            closeItem(tag.tag, .element)
        case .h1, .h2, .h3, .h4, .h5, .h6:
            if open.hasHeadingInScope() {
                open.generateImpliedEndTags()
                open.popThroughHeading()
            }
        case .form:
            closeForm()
        case .applet, .marquee, .object:
            if closeBlock(tag.tag) {
                formatting.clearToLastMarker()
            }
        case .body, .html:
            guard open.hasInScope(.body) else { return .done }
            mode = .afterBody
            return tag.tag == .html ? .reprocess : .done
        case .br:
            reconstructFormatting()
            insertVoidElement(TagToken(name: ElementName(.br)))
            framesetIsAllowed = false
        case .template:
            return processInHead(token)
        default:
            processAnyOtherEndTag(tag)
        }
        return .done
    }

    /// Closes an element and all in it. Whether it was open.
    @discardableResult
    private mutating func closeBlock(_ tag: Tag) -> Bool {
        guard open.hasInScope(tag) else { return false }
        open.generateImpliedEndTags()
        open.popThrough(tag)
        return true
    }

    private mutating func closeItem(_ tag: Tag, _ scope: OpenElements.Scope) {
        guard open.hasInScope(tag, scope) else { return }
        open.generateImpliedEndTags(except: tag)
        open.popThrough(tag)
    }

    private mutating func closeForm() {
        if open.containsHTML(.template) {
            closeBlock(.form)
            return
        }
        guard let form = formElement else { return }
        formElement = nil
        guard open.hasInScope(node: form) else { return }
        open.generateImpliedEndTags()
        open.remove(form)
    }

    mutating func processAnyOtherEndTag(_ tag: TagToken) {
        guard open.mayContain(tag.tag) else { return }
        for index in open.entries.indices.reversed() {
            let entry = open.entries[index]
            if entry.name == tag.name, entry.namespace == .html {
                open.generateImpliedEndTags(except: tag.tag)
                open.pop(downTo: max(min(index, open.count), 1))
                return
            }
            if entry.traits.contains(.special) {
                return
            }
        }
    }
}
