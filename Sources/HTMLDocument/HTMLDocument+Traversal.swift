/// Ways through the tree. All are loops over links: depth never costs stack.
extension HTMLDocument {
    /// The node's parent, `nil` for roots.
    package func parent(of id: NodeID) -> NodeID? { node(id).parent.asOptional }

    /// The first child.
    package func firstChild(of id: NodeID) -> NodeID? { node(id).firstChild.asOptional }

    /// The last child.
    package func lastChild(of id: NodeID) -> NodeID? { node(id).lastChild.asOptional }

    /// The node's neighbour after it, under the same parent.
    package func nextSibling(of id: NodeID) -> NodeID? { node(id).nextSibling.asOptional }

    /// The node's neighbour before it, under the same parent.
    package func previousSibling(of id: NodeID) -> NodeID? { node(id).previousSibling.asOptional }

    /// The root of a template's contents, `nil` for anything but an HTML `template` element.
    package func templateContents(of id: NodeID) -> NodeID? { templateContents[id] }

    /// The children in order.
    package func children(of id: NodeID) -> Children {
        Children(document: self, following: node(id).firstChild)
    }

    /// The child elements in order.
    package func childElements(of id: NodeID) -> some Sequence<NodeID> {
        children(of: id).lazy.filter { self.kind(of: $0) == .element }
    }

    /// The nodes above `id`, from its parent to the root.
    package func ancestors(of id: NodeID) -> some Sequence<NodeID> {
        sequence(state: id) { current -> NodeID? in
            guard let parent = self.parent(of: current) else { return nil }
            current = parent
            return parent
        }
    }

    /// All nodes below `id`, each before its children and after its elder siblings.
    package func descendants(of id: NodeID) -> Descendants {
        Descendants(document: self, root: id)
    }

    /// The first HTML element with this name below `id`, in document order.
    package func firstDescendant(_ tag: Tag, of id: NodeID) -> NodeID? {
        descendants(of: id).first { isHTML($0, tag) }
    }

    /// All HTML elements with this name below `id`, in document order.
    package func elements(_ tag: Tag, below id: NodeID) -> [NodeID] {
        descendants(of: id).filter { isHTML($0, tag) }
    }

    /// All HTML elements with this name in the page, in document order.
    package func elements(_ tag: Tag) -> [NodeID] {
        elements(tag, below: root)
    }

    /// The children of one node.
    package struct Children: Sequence, IteratorProtocol, Sendable {
        let document: HTMLDocument
        var following: NodeID

        /// The next child in order.
        package mutating func next() -> NodeID? {
            guard !following.isNone else { return nil }
            defer { following = document.node(following).nextSibling }
            return following
        }
    }

    /// The nodes below one node, in document order.
    package struct Descendants: Sequence, IteratorProtocol, Sendable {
        let document: HTMLDocument
        let root: NodeID
        private var current: NodeID

        init(document: HTMLDocument, root: NodeID) {
            self.document = document
            self.root = root
            current = root
        }

        /// The next node in document order.
        package mutating func next() -> NodeID? {
            let child = document.node(current).firstChild
            return child.isNone ? nextOutside() : advance(to: child)
        }

        /// The next node that is not below the one returned last: passes over its subtree.
        package mutating func nextSkippingChildren() -> NodeID? {
            nextOutside()
        }

        private mutating func nextOutside() -> NodeID? {
            var candidate = current
            while candidate != root, !candidate.isNone {
                let node = document.node(candidate)
                if !node.nextSibling.isNone {
                    return advance(to: node.nextSibling)
                }
                candidate = node.parent
            }
            current = root
            isFinished = true
            return nil
        }

        private var isFinished = false

        private mutating func advance(to id: NodeID) -> NodeID? {
            guard !isFinished else { return nil }
            current = id
            return id
        }
    }
}
