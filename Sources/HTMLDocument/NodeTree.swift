/// The growing tree: an array of nodes that link to each other by index.
///
/// Every operation costs constant time, except `moveChildren`, which costs one step a child.
struct NodeTree: Sendable {
    private(set) var nodes: [Node]
    /// The contents of `template` elements, by the element.
    private(set) var templateContents: [NodeID: NodeID] = [:]

    /// The document node.
    static let root = NodeID(index: 0)

    /// Makes a tree for a page of so many bytes.
    init(pageBytes: Int) {
        nodes = []
        nodes.reserveCapacity(1 + pageBytes / Self.bytesPerNode)
        nodes.append(Node(kind: .document))
    }

    /// News pages have a node in 60 to 150 bytes; room for them is made at once.
    private static let bytesPerNode = 96

    subscript(_ id: NodeID) -> Node {
        nodes[Int(id.index)]
    }

    var count: Int { nodes.count }

    mutating func add(_ node: Node) -> NodeID {
        let id = NodeID(index: UInt32(nodes.count))
        nodes.append(node)
        return id
    }

    mutating func addTemplateContents(of template: NodeID) {
        templateContents[template] = add(Node(kind: .fragment))
    }

    mutating func setAttributes(_ range: TextRange, of id: NodeID) {
        nodes[Int(id.index)].content = range
    }

    /// The node after `node` in document order, `nil` behind the last one below `root`.
    func next(after node: NodeID, within root: NodeID) -> NodeID? {
        if !self[node].firstChild.isNone {
            return self[node].firstChild
        }
        var current = node
        while current != root, !current.isNone {
            if !self[current].nextSibling.isNone {
                return self[current].nextSibling
            }
            current = self[current].parent
        }
        return nil
    }

    // MARK: - Links

    /// Makes a detached node the last child of `parent`.
    mutating func append(_ child: NodeID, to parent: NodeID) {
        let last = nodes[Int(parent.index)].lastChild
        nodes[Int(child.index)].parent = parent
        nodes[Int(child.index)].previousSibling = last
        nodes[Int(child.index)].nextSibling = .none
        nodes[Int(parent.index)].lastChild = child
        if last.isNone {
            nodes[Int(parent.index)].firstChild = child
        } else {
            nodes[Int(last.index)].nextSibling = child
        }
    }

    /// Puts a detached node in front of `sibling`, which has a parent.
    mutating func insert(_ child: NodeID, before sibling: NodeID) {
        let parent = nodes[Int(sibling.index)].parent
        let previous = nodes[Int(sibling.index)].previousSibling
        nodes[Int(child.index)].parent = parent
        nodes[Int(child.index)].previousSibling = previous
        nodes[Int(child.index)].nextSibling = sibling
        nodes[Int(sibling.index)].previousSibling = child
        if previous.isNone {
            nodes[Int(parent.index)].firstChild = child
        } else {
            nodes[Int(previous.index)].nextSibling = child
        }
    }

    /// Takes a node with its subtree out of its parent, if it has one.
    mutating func detach(_ id: NodeID) {
        let node = nodes[Int(id.index)]
        guard !node.parent.isNone else { return }
        if node.previousSibling.isNone {
            nodes[Int(node.parent.index)].firstChild = node.nextSibling
        } else {
            nodes[Int(node.previousSibling.index)].nextSibling = node.nextSibling
        }
        if node.nextSibling.isNone {
            nodes[Int(node.parent.index)].lastChild = node.previousSibling
        } else {
            nodes[Int(node.nextSibling.index)].previousSibling = node.previousSibling
        }
        nodes[Int(id.index)].parent = .none
        nodes[Int(id.index)].previousSibling = .none
        nodes[Int(id.index)].nextSibling = .none
    }

    /// Moves all children of `source` to the childless node `target`.
    mutating func moveChildren(of source: NodeID, to target: NodeID) {
        var child = nodes[Int(source.index)].firstChild
        nodes[Int(target.index)].firstChild = child
        nodes[Int(target.index)].lastChild = nodes[Int(source.index)].lastChild
        nodes[Int(source.index)].firstChild = .none
        nodes[Int(source.index)].lastChild = .none
        while !child.isNone {
            nodes[Int(child.index)].parent = target
            child = nodes[Int(child.index)].nextSibling
        }
    }

    // MARK: - Text

    /// Appends `range` to a text node.
    ///
    /// Neighbouring ranges are joined. Else the text is copied to the end of the written text; when
    /// it has to move a second time it gets as much room to grow as it is long, so that all copying
    /// together stays proportional to the page however text nodes take turns.
    mutating func append(_ range: TextRange, toText id: NodeID, in store: inout TextStore) {
        let index = Int(id.index)
        let content = nodes[index].content
        let isInPage = Int(content.end) <= store.input.count
        if content.end == range.start, isInPage == (Int(range.end) <= store.input.count) {
            nodes[index].content.end = range.end
        } else if isInPage {
            let start = store.end
            store.appendCopy(of: content)
            store.appendCopy(of: range)
            nodes[index].content = TextRange(start, store.end)
        } else if Int(content.end) == store.end {
            store.appendCopy(of: range)
            nodes[index].content.end = UInt32(store.end)
        } else if Int(content.end) + range.count <= Int(nodes[index].contentCapacityEnd) {
            store.overwrite(at: Int(content.end), with: range)
            nodes[index].content.end += UInt32(range.count)
        } else {
            let start = store.end
            store.appendCopy(of: content)
            store.appendCopy(of: range)
            nodes[index].content = TextRange(start, store.end)
            store.appendSlack(content.count)
            nodes[index].contentCapacityEnd = UInt32(store.end)
        }
    }
}
