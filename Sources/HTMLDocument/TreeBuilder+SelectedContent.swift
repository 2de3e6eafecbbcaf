/// Fills `selectedcontent` elements, which show the selected option of their `select` (4.10.11).
///
/// The standard copies whenever an option ends; copying once, at the end of the page, gives the
/// same tree.
extension TreeBuilder {
    /// Pages have one for each `select`, and few of those; each costs a search for its `select`.
    static let selectedContentsMax = 100

    mutating func fillSelectedContents() {
        var filled: Set<NodeID> = []
        for target in selectedContents where !hasReachedNodeLimit {
            guard let select = ancestor(of: target, .select), filled.insert(select).inserted,
                attributeIndex("multiple", of: select) == nil,
                let option = selectedOption(of: select)
            else { continue }
            copyChildren(of: option, to: target)
        }
    }

    private func ancestor(of node: NodeID, _ tag: Tag) -> NodeID? {
        var current = tree[node].parent
        while !current.isNone {
            if tree[current].name.tag == tag {
                return current
            }
            current = tree[current].parent
        }
        return nil
    }

    /// The last option that says it is selected, else the first one.
    private func selectedOption(of select: NodeID) -> NodeID? {
        var first: NodeID?
        var selected: NodeID?
        var current = tree.next(after: select, within: select)
        while let node = current {
            if tree[node].kind == .element, tree[node].name.tag == .option {
                first = first ?? node
                selected = attributeIndex("selected", of: node) == nil ? selected : node
            }
            current = tree.next(after: node, within: select)
        }
        return selected ?? first
    }

    private func attributeIndex(_ name: String, of node: NodeID) -> Int? {
        let range = tree[node].content
        return (Int(range.start)..<Int(range.end)).first {
            tokenizer.text.bytes(tokenizer.attributes[$0].name).elementsEqual(name.utf8)
        }
    }

    private mutating func copyChildren(of source: NodeID, to target: NodeID) {
        // The walk must not enter what it copies, were the target inside of an option.
        guard ancestor(of: target, .option) == nil else { return }
        var copies = [source: target]
        var current = tree.next(after: source, within: source)
        while let node = current {
            var copy = tree[node]
            copy.parent = .none
            copy.firstChild = .none
            copy.lastChild = .none
            copy.contentCapacityEnd = 0
            guard let parent = copies[tree[node].parent], let id = add(copy) else { return }
            copies[node] = id
            tree.append(id, to: parent)
            current = tree.next(after: node, within: source)
        }
    }
}
