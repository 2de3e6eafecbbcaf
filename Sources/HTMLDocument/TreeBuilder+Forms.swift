/// The start tags of form controls in the "in body" mode.
extension TreeBuilder {
    mutating func openButton(_ tag: TagToken) {
        if open.hasInScope(.button) {
            open.generateImpliedEndTags()
            open.popThrough(.button)
        }
        reconstructFormatting()
        insertElement(tag)
        framesetIsAllowed = false
    }

    /// Whether the parsed fragment stands in a `select` element.
    private var contextIsSelect: Bool { contextEntry?.isHTML(.select) ?? false }

    mutating func insertInput(_ tag: TagToken) {
        if contextIsSelect {
            return
        }
        if open.hasInScope(.select) {
            open.popThrough(.select)
        }
        reconstructFormatting()
        insertVoidElement(tag)
        if !isHiddenInput(tag) {
            framesetIsAllowed = false
        }
    }

    func isHiddenInput(_ tag: TagToken) -> Bool {
        attributeValue("type", of: tag)?.lazy.map(\.asciiLowercased)
            .elementsEqual("hidden".utf8) ?? false
    }

    mutating func insertRule(_ tag: TagToken) {
        closeParagraphInScope()
        if open.hasInScope(.select) {
            open.generateImpliedEndTags()
        }
        insertVoidElement(tag)
        framesetIsAllowed = false
    }

    mutating func openSelect(_ tag: TagToken) {
        if contextIsSelect {
            return
        }
        if open.hasInScope(.select) {
            open.popThrough(.select)
            return
        }
        reconstructFormatting()
        insertElement(tag)
        framesetIsAllowed = false
    }

    mutating func openOption(_ tag: TagToken) {
        if open.hasInScope(.select) {
            open.generateImpliedEndTags(except: tag.tag == .option ? .optgroup : .other)
        } else if open.currentIs(.option) {
            open.pop()
        }
        reconstructFormatting()
        insertElement(tag)
    }
}
