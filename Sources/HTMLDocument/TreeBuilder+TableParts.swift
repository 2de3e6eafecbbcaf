/// The modes within tables: caption, column group, body, row and cell (13.2.6.4.11 to 13.2.6.4.15).
extension TreeBuilder {
    // MARK: - Caption

    mutating func processInCaption(_ token: Token) -> Step {
        switch token {
        case .startTag(let tag):
            switch tag.tag {
            case .caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr:
                return closeCaption() ? .reprocess : .done
            default:
                return processInBody(token)
            }
        case .endTag(let tag):
            switch tag.tag {
            case .caption:
                closeCaption()
                return .done
            case .table:
                return closeCaption() ? .reprocess : .done
            case .body, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr:
                return .done
            default:
                return processInBody(token)
            }
        default:
            return processInBody(token)
        }
    }

    @discardableResult
    private mutating func closeCaption() -> Bool {
        guard open.hasInScope(.caption, .table) else { return false }
        open.generateImpliedEndTags()
        open.popThrough(.caption)
        formatting.clearToLastMarker()
        mode = .inTable
        return true
    }

    // MARK: - Column group

    mutating func processInColumnGroup(_ token: Token) -> Step {
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
            switch tag.tag {
            case .html: return processInBody(token)
            case .col:
                insertVoidElement(tag)
                return .done
            case .template: return processInHead(token)
            default: break
            }
        case .endTag(let tag):
            switch tag.tag {
            case .colgroup:
                _ = closeColumnGroup()
                return .done
            case .col: return .done
            case .template: return processInHead(token)
            default: break
            }
        case .endOfFile:
            return processInBody(token)
        default:
            break
        }
        return closeColumnGroup()
    }

    private mutating func closeColumnGroup() -> Step {
        guard open.currentIs(.colgroup) else { return .done }
        open.pop()
        mode = .inTable
        return .reprocess
    }

    // MARK: - Body

    private static let tableBodyContext: [Tag] = [.tbody, .tfoot, .thead, .template, .html]

    mutating func processInTableBody(_ token: Token) -> Step {
        switch token {
        case .startTag(let tag):
            switch tag.tag {
            case .tr:
                open.popBack(to: Self.tableBodyContext)
                insertElement(tag)
                mode = .inRow
                return .done
            case .th, .td:
                open.popBack(to: Self.tableBodyContext)
                insertElement(named: .tr)
                mode = .inRow
                return .reprocess
            case .caption, .col, .colgroup, .tbody, .tfoot, .thead:
                return closeTableBody()
            default:
                return processInTable(token)
            }
        case .endTag(let tag):
            switch tag.tag {
            case .tbody, .tfoot, .thead:
                if open.hasInScope(tag.tag, .table) {
                    _ = closeTableBody()
                }
                return .done
            case .table:
                return closeTableBody()
            case .body, .caption, .col, .colgroup, .html, .td, .th, .tr:
                return .done
            default:
                return processInTable(token)
            }
        default:
            return processInTable(token)
        }
    }

    private mutating func closeTableBody() -> Step {
        let isOpen = [Tag.tbody, .thead, .tfoot].contains { open.hasInScope($0, .table) }
        guard isOpen else { return .done }
        open.popBack(to: Self.tableBodyContext)
        open.pop()
        mode = .inTable
        return .reprocess
    }

    // MARK: - Row

    private static let tableRowContext: [Tag] = [.tr, .template, .html]

    mutating func processInRow(_ token: Token) -> Step {
        switch token {
        case .startTag(let tag):
            switch tag.tag {
            case .th, .td:
                open.popBack(to: Self.tableRowContext)
                insertElement(tag)
                mode = .inCell
                formatting.pushMarker()
                return .done
            case .caption, .col, .colgroup, .tbody, .tfoot, .thead, .tr:
                return closeRow()
            default:
                return processInTable(token)
            }
        case .endTag(let tag):
            switch tag.tag {
            case .tr:
                _ = closeRow()
                return .done
            case .table:
                return closeRow()
            case .tbody, .tfoot, .thead:
                return open.hasInScope(tag.tag, .table) ? closeRow() : .done
            case .body, .caption, .col, .colgroup, .html, .td, .th:
                return .done
            default:
                return processInTable(token)
            }
        default:
            return processInTable(token)
        }
    }

    private mutating func closeRow() -> Step {
        guard open.hasInScope(.tr, .table) else { return .done }
        open.popBack(to: Self.tableRowContext)
        open.pop()
        mode = .inTableBody
        return .reprocess
    }

    // MARK: - Cell

    mutating func processInCell(_ token: Token) -> Step {
        switch token {
        case .startTag(let tag):
            switch tag.tag {
            case .caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr:
                return closeCell()
            default:
                return processInBody(token)
            }
        case .endTag(let tag):
            switch tag.tag {
            case .td, .th:
                closeCell(tag.tag)
                return .done
            case .body, .caption, .col, .colgroup, .html:
                return .done
            case .table, .tbody, .tfoot, .thead, .tr:
                return open.hasInScope(tag.tag, .table) ? closeCell() : .done
            default:
                return processInBody(token)
            }
        default:
            return processInBody(token)
        }
    }

    /// Closes the open cell so that the token can be taken up by the row.
    private mutating func closeCell() -> Step {
        for tag in [Tag.td, .th] where open.hasInScope(tag, .table) {
            closeCell(tag)
            return .reprocess
        }
        return .done
    }

    private mutating func closeCell(_ tag: Tag) {
        guard open.hasInScope(tag, .table) else { return }
        open.generateImpliedEndTags()
        open.popThrough(tag)
        formatting.clearToLastMarker()
        mode = .inRow
    }
}
