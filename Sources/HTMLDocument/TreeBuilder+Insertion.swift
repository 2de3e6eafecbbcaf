/// Putting nodes into the tree (WHATWG HTML, 13.2.6.1).
extension TreeBuilder {
    /// A place among the children of `parent`.
    struct Place {
        var parent: NodeID
        /// The sibling to stand in front of; `.none` for the last place.
        var sibling: NodeID
    }

    /// The appropriate place for inserting a node: within the current node or `target`, or in front
    /// of the table where content is not allowed in it.
    func appropriatePlace(in target: OpenElements.Entry? = nil) -> Place {
        guard let target = target ?? open.current else {
            return Place(parent: NodeTree.root, sibling: .none)
        }
        if fosterParentingIsOn, target.traits.contains(.tablePart) {
            return fosterPlace()
        }
        return Place(parent: contents(of: target), sibling: .none)
    }

    private func fosterPlace() -> Place {
        let template = open.lastIndex(ofHTML: .template)
        let table = open.lastIndex(ofHTML: .table)
        if let template, template > table ?? -1 {
            return Place(parent: contents(of: open.entries[template]), sibling: .none)
        }
        guard let table else {
            return Place(parent: open.entries.first?.node ?? NodeTree.root, sibling: .none)
        }
        let tableNode = open.entries[table].node
        let parent = tree[tableNode].parent
        if !parent.isNone {
            return Place(parent: parent, sibling: tableNode)
        }
        let above = max(table - 1, 0)
        return Place(parent: contents(of: open.entries[above]), sibling: .none)
    }

    /// Where children of an open element go: for templates into their contents.
    private func contents(of entry: OpenElements.Entry) -> NodeID {
        guard entry.isHTML(.template) else { return entry.node }
        return tree.templateContents[entry.node] ?? entry.node
    }

    mutating func insert(_ node: NodeID, at place: Place) {
        if place.sibling.isNone {
            tree.append(node, to: place.parent)
        } else {
            tree.insert(node, before: place.sibling)
        }
    }

    // MARK: - Text and comments

    mutating func insertText(_ range: TextRange) {
        let place = appropriatePlace()
        guard place.parent != NodeTree.root else { return }
        let previous =
            place.sibling.isNone
            ? tree[place.parent].lastChild : tree[place.sibling].previousSibling
        if !previous.isNone, tree[previous].kind == .text {
            tree.append(range, toText: previous, in: &tokenizer.text)
            return
        }
        var text = Node(kind: .text)
        text.content = range
        if let id = add(text) {
            insert(id, at: place)
        }
    }

    mutating func insertComment(_ range: TextRange, into parent: NodeID? = nil) {
        var comment = Node(kind: .comment)
        comment.content = range
        guard let id = add(comment) else { return }
        insert(id, at: parent.map { Place(parent: $0, sibling: .none) } ?? appropriatePlace())
    }

    // MARK: - Elements

    /// Adds a node to the arena; `nil`, and the end of parsing, if there is no room.
    mutating func add(_ node: Node) -> NodeID? {
        guard tree.count < limits.nodes else {
            hasReachedNodeLimit = true
            isStopped = true
            return nil
        }
        return tree.add(node)
    }

    mutating func makeElement(_ tag: TagToken, _ namespace: Namespace = .html) -> NodeID? {
        var element = Node(kind: .element)
        element.name = tag.name
        element.namespace = namespace
        element.content = tag.attributes
        guard let id = add(element) else { return nil }
        if tag.tag == .template, namespace == .html {
            tree.addTemplateContents(of: id)
        }
        return id
    }

    /// Makes an HTML element, puts it into the tree and opens it.
    mutating func insertElement(_ tag: TagToken) {
        makeRoomForElement()
        guard let id = makeElement(tag) else { return }
        insert(id, at: appropriatePlace())
        open.push(entry(id, tag.name))
    }

    mutating func insertElement(named tag: Tag) {
        insertElement(TagToken(name: ElementName(tag)))
    }

    /// Makes an HTML element that has no children and is closed at once.
    mutating func insertVoidElement(_ tag: TagToken) {
        guard let id = makeElement(tag) else { return }
        insert(id, at: appropriatePlace())
    }

    /// Closes the innermost element if the stack is as high as it may be.
    mutating func makeRoomForElement() {
        if open.count >= limits.depth {
            hasReachedDepthLimit = true
            open.pop()
        }
    }

    func entry(_ node: NodeID, _ name: ElementName) -> OpenElements.Entry {
        OpenElements.Entry(
            node: node,
            name: name,
            tagName: name,
            namespace: .html,
            traits: open.htmlTraits[Int(name.tag.rawValue)]
        )
    }

    /// Adds those attributes of a second `html` or `body` tag that the element does not have.
    mutating func addAttributes(of tag: TagToken, to node: NodeID) {
        let known = tree[node].content
        let added = (Int(tag.attributes.start)..<Int(tag.attributes.end)).filter { new in
            !(Int(known.start)..<Int(known.end)).contains { old in
                let (left, right) = (tokenizer.attributes[old], tokenizer.attributes[new])
                return left.nameHash == right.nameHash
                    && tokenizer.text.isEqual(left.name, right.name)
            }
        }
        let room = max(limits.attributesPerElement - known.count, 0)
        guard !added.isEmpty, room > 0 else { return }
        let start = tokenizer.attributes.count
        tokenizer.attributes += tokenizer.attributes[Int(known.start)..<Int(known.end)]
        for index in added.prefix(room) {
            tokenizer.attributes.append(tokenizer.attributes[index])
        }
        tree.setAttributes(TextRange(start, tokenizer.attributes.count), of: node)
    }

    /// The value of an attribute of a tag that was just read.
    func attributeValue(_ name: StaticString, of tag: TagToken) -> ArraySlice<UInt8>? {
        let name = String(describing: name).utf8
        for index in Int(tag.attributes.start)..<Int(tag.attributes.end) {
            let attribute = tokenizer.attributes[index]
            if tokenizer.text.bytes(attribute.name).elementsEqual(name) {
                return tokenizer.text.bytes(attribute.value)
            }
        }
        return nil
    }
}
