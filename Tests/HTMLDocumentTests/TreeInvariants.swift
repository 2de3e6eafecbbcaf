@testable import HTMLDocument

/// What is true of every tree, whatever the page.
enum TreeInvariants {
    /// A sentence about the first thing that is wrong, `nil` if nothing is.
    static func violation(in page: HTMLDocument) -> String? {
        var seen: Set<NodeID> = []
        let roots = [page.root] + page.templateContents.values
        for root in roots {
            if page.parent(of: root) != nil {
                return "root \(root) has a parent"
            }
            for node in page.descendants(of: root) {
                guard seen.insert(node).inserted else { return "\(node) is reached twice" }
                if let violation = violation(at: node, in: page) {
                    return violation
                }
            }
        }
        return nil
    }

    private static func violation(at node: NodeID, in page: HTMLDocument) -> String? {
        guard let parent = page.parent(of: node) else { return "\(node) has no parent" }
        if page.nextSibling(of: node) == nil, page.lastChild(of: parent) != node {
            return "\(node) ends its siblings but is not the last child"
        }
        if let next = page.nextSibling(of: node) {
            if page.previousSibling(of: next) != node || page.parent(of: next) != parent {
                return "\(node) and its sibling \(next) do not agree"
            }
        }
        if page.previousSibling(of: node) == nil, page.firstChild(of: parent) != node {
            return "\(node) begins its siblings but is not the first child"
        }
        let isText = page.kind(of: node) == .text
        if isText, page.textBytes(of: node).isEmpty {
            return "text node \(node) is empty"
        }
        if page.kind(of: node) != .element, page.firstChild(of: node) != nil {
            return "\(node) of kind \(page.kind(of: node)) has children"
        }
        if Array(page.text(of: node).utf8) != Array(page.textBytes(of: node)) {
            return "the text of \(node) is not UTF-8"
        }
        return nil
    }
}
