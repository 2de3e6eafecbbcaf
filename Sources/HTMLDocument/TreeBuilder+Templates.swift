/// The "in template" mode (13.2.6.4.16) and the tags of templates.
extension TreeBuilder {
    mutating func openTemplate(_ tag: TagToken) {
        insertElement(tag)
        formatting.pushMarker()
        framesetIsAllowed = false
        mode = .inTemplate
        templateModes.append(.inTemplate)
    }

    mutating func closeTemplate() {
        guard open.containsHTML(.template) else { return }
        open.generateImpliedEndTags(thoroughly: true)
        leaveTemplate()
    }

    private mutating func leaveTemplate() {
        open.popThrough(.template)
        formatting.clearToLastMarker()
        templateModes.removeLast(templateModes.isEmpty ? 0 : 1)
        resetInsertionMode()
    }

    mutating func processInTemplate(_ token: Token) -> Step {
        switch token {
        case .characters, .nullCharacter, .comment, .doctype:
            return processInBody(token)
        case .startTag(let tag):
            switch tag.tag {
            case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template,
                .title:
                return processInHead(token)
            case .caption, .colgroup, .tbody, .tfoot, .thead:
                return switchTemplate(to: .inTable)
            case .col:
                return switchTemplate(to: .inColumnGroup)
            case .tr:
                return switchTemplate(to: .inTableBody)
            case .td, .th:
                return switchTemplate(to: .inRow)
            default:
                return switchTemplate(to: .inBody)
            }
        case .endTag(let tag):
            return tag.tag == .template ? processInHead(token) : .done
        case .endOfFile:
            guard open.containsHTML(.template) else { return .done }
            leaveTemplate()
            return .reprocess
        }
    }

    /// The first tag in a template decides what it holds.
    private mutating func switchTemplate(to mode: InsertionMode) -> Step {
        templateModes.removeLast(templateModes.isEmpty ? 0 : 1)
        templateModes.append(mode)
        self.mode = mode
        return .reprocess
    }
}
