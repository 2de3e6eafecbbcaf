import HTMLDocument

/// The nodes that one step reaches from one node, in its axis's order (XPath 1.0, section 2.2).
struct PathAxis {
    private let document: HTMLDocument
    private let step: PathSyntax.Step
    private let start: PathNode

    init(_ document: HTMLDocument, _ step: PathSyntax.Step, from start: PathNode) {
        self.document = document
        self.step = step
        self.start = start
    }

    /// Calls `body` with each node that passes the test; returns how many were looked at.
    func visit(_ body: (PathNode) -> Void) -> Int {
        switch start {
        case .attribute(let element, _): visitFromAttribute(of: element, body)
        case .node(let id): step.axis == .attribute ? attributes(of: id, body) : walk(id, body)
        }
    }

    private func visitFromAttribute(of element: NodeID, _ body: (PathNode) -> Void) -> Int {
        switch step.axis {
        case .self, .descendantOrSelf, .ancestorOrSelf:
            if step.test == .node || step.test == .any { body(start) }
        case .parent:
            if passes(element) { body(.node(element)) }
        default: break
        }
        guard step.axis == .ancestor || step.axis == .ancestorOrSelf else { return 1 }
        return emit([element], body) + emit(document.ancestors(of: element), body)
    }

    private func attributes(of id: NodeID, _ body: (PathNode) -> Void) -> Int {
        guard document.kind(of: id) == .element else { return 1 }
        let attributes = document.attributes(of: id)
        for (index, attribute) in attributes.enumerated() {
            let passes =
                switch step.test {
                case .name(let name): attribute.name.lowercased() == name
                case .any, .node: true
                case .text, .comment: false
                }
            if passes { body(.attribute(of: id, index: index)) }
        }
        return attributes.count + 1
    }

    private func walk(_ id: NodeID, _ body: (PathNode) -> Void) -> Int {
        switch step.axis {
        case .self: emit([id], body)
        case .child: emit(document.children(of: id), body)
        case .descendant: emit(document.descendants(of: id), body)
        case .descendantOrSelf: emit([id], body) + emit(document.descendants(of: id), body)
        case .parent: emit(document.ancestors(of: id).prefix(1), body)
        case .ancestor: emit(document.ancestors(of: id), body)
        case .ancestorOrSelf: emit([id], body) + emit(document.ancestors(of: id), body)
        case .followingSibling: emit(siblings(of: id, .nextSibling), body)
        case .precedingSibling: emit(siblings(of: id, .previousSibling), body)
        case .following: emit(following(id), body)
        case .preceding: emit(preceding(id), body)
        case .attribute: 0
        }
    }

    private func emit(_ nodes: some Sequence<NodeID>, _ body: (PathNode) -> Void) -> Int {
        var count = 0
        for node in nodes {
            count += 1
            if passes(node) { body(.node(node)) }
        }
        return count
    }

    private func passes(_ id: NodeID) -> Bool {
        let kind = document.kind(of: id)
        return switch step.test {
        case .node: kind != .doctype
        case .any: kind == .element
        case .text: kind == .text
        case .comment: kind == .comment
        case .name(let name): kind == .element && document.name(of: id).lowercased() == name
        }
    }

    private enum Side { case nextSibling, previousSibling }

    private func siblings(
        of id: NodeID,
        _ side: Side
    ) -> some Sequence<NodeID> {
        sequence(state: id) { current -> NodeID? in
            let next =
                side == .nextSibling
                ? document.nextSibling(of: current) : document.previousSibling(of: current)
            guard let next else { return nil }
            current = next
            return next
        }
    }

    /// All nodes behind one, without those inside of it.
    private func following(_ id: NodeID) -> [NodeID] {
        var nodes: [NodeID] = []
        for outer in [id] + Array(document.ancestors(of: id)) {
            for sibling in siblings(of: outer, .nextSibling) {
                nodes.append(sibling)
                nodes += document.descendants(of: sibling)
            }
        }
        return nodes
    }

    /// All nodes before one, without those around it, the nearest first.
    private func preceding(_ id: NodeID) -> [NodeID] {
        var nodes: [NodeID] = []
        for outer in [id] + Array(document.ancestors(of: id)) {
            for sibling in siblings(of: outer, .previousSibling) {
                nodes += ([sibling] + Array(document.descendants(of: sibling))).reversed()
            }
        }
        return nodes
    }
}
