/// The "in table" and "in table text" modes (13.2.6.4.9 and 13.2.6.4.10).
extension TreeBuilder {
    private static let tableContext: [Tag] = [.table, .template, .html]

    mutating func processInTable(_ token: Token) -> Step {
        switch token {
        case .characters, .nullCharacter:
            guard let current = open.current,
                current.traits.contains(.tablePart) || current.isHTML(.template)
            else { return processWithFosterParenting(token) }
            pendingTableText.removeAll(keepingCapacity: true)
            originalMode = mode
            mode = .inTableText
            return .reprocess
        case .comment(let range):
            insertComment(range)
        case .doctype:
            break
        case .startTag(let tag):
            return processTableStartTag(tag, token)
        case .endTag(let tag):
            return processTableEndTag(tag, token)
        case .endOfFile:
            return processInBody(token)
        }
        return .done
    }

    /// Content that has no place in a table goes in front of it.
    private mutating func processWithFosterParenting(_ token: Token) -> Step {
        fosterParentingIsOn = true
        defer { fosterParentingIsOn = false }
        return processInBody(token)
    }

    private mutating func processTableStartTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .caption:
            open.popBack(to: Self.tableContext)
            formatting.pushMarker()
            insertElement(tag)
            mode = .inCaption
        case .colgroup:
            open.popBack(to: Self.tableContext)
            insertElement(tag)
            mode = .inColumnGroup
        case .col:
            open.popBack(to: Self.tableContext)
            insertElement(named: .colgroup)
            mode = .inColumnGroup
            return .reprocess
        case .tbody, .tfoot, .thead:
            open.popBack(to: Self.tableContext)
            insertElement(tag)
            mode = .inTableBody
        case .td, .th, .tr:
            open.popBack(to: Self.tableContext)
            insertElement(named: .tbody)
            mode = .inTableBody
            return .reprocess
        case .table:
            return closeTable() ? .reprocess : .done
        case .style, .script, .template:
            return processInHead(token)
        case .input where isHiddenInput(tag):
            insertVoidElement(tag)
        case .form:
            if formElement == nil, !open.containsHTML(.template) {
                formElement = makeElementInPlace(tag)
            }
        default:
            return processWithFosterParenting(token)
        }
        return .done
    }

    private mutating func makeElementInPlace(_ tag: TagToken) -> NodeID? {
        guard let id = makeElement(tag) else { return nil }
        insert(id, at: appropriatePlace())
        return id
    }

    private mutating func processTableEndTag(_ tag: TagToken, _ token: Token) -> Step {
        switch tag.tag {
        case .table:
            closeTable()
        case .body, .caption, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr:
            break
        case .template:
            return processInHead(token)
        default:
            return processWithFosterParenting(token)
        }
        return .done
    }

    /// Closes the table and all in it. Whether one was open.
    @discardableResult
    private mutating func closeTable() -> Bool {
        guard open.hasInScope(.table, .table) else { return false }
        open.popThrough(.table)
        resetInsertionMode()
        return true
    }

    // MARK: - Text

    mutating func processInTableText(_ token: Token) -> Step {
        switch token {
        case .nullCharacter:
            return .done
        case .characters(let range):
            pendingTableText.append(range)
            return .done
        default:
            insertPendingTableText()
            mode = originalMode
            return .reprocess
        }
    }

    private mutating func insertPendingTableText() {
        let pending = pendingTableText
        let isWhitespace = pending.allSatisfy { self.isWhitespace($0) }
        for range in pending {
            if isWhitespace {
                insertText(range)
            } else {
                _ = processWithFosterParenting(.characters(range))
            }
        }
        pendingTableText.removeAll(keepingCapacity: true)
    }

    // MARK: - Mode

    /// Finds the mode that fits the open elements ("reset the insertion mode appropriately").
    mutating func resetInsertionMode() {
        for index in open.entries.indices.reversed() {
            let isLast = index == 0
            let entry = isLast ? contextEntry ?? open.entries[index] : open.entries[index]
            if let found = insertionMode(for: entry, isLast: isLast) {
                mode = found
                return
            }
        }
        mode = .inBody
    }

    private func insertionMode(for entry: OpenElements.Entry, isLast: Bool) -> InsertionMode? {
        guard entry.namespace == .html else { return isLast ? .inBody : nil }
        switch entry.tag {
        case .td, .th: return isLast ? .inBody : .inCell
        case .tr: return .inRow
        case .tbody, .thead, .tfoot: return .inTableBody
        case .caption: return .inCaption
        case .colgroup: return .inColumnGroup
        case .table: return .inTable
        case .template: return templateModes.last ?? .inBody
        case .head: return isLast ? .inBody : .inHead
        case .body: return .inBody
        case .frameset: return .inFrameset
        case .html: return headElement == nil ? .beforeHead : .afterHead
        default: return isLast ? .inBody : nil
        }
    }
}
