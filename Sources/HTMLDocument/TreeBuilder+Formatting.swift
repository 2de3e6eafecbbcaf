/// Formatting elements: keeping them active across blocks, and the adoption agency (13.2.6.4.7).
extension TreeBuilder {
    /// The loops of the adoption agency run at most so often, by the standard.
    private static let adoptionRoundsMax = 8
    private static let innerStepsBeforeForgetting = 3

    /// Opens an element and remembers it as formatting.
    mutating func insertFormattingElement(_ tag: TagToken) {
        insertElement(tag)
        guard let node = open.current?.node, !isStopped else { return }
        let tokenizer = tokenizer
        formatting.push(
            ActiveFormattingElements.Entry(node: node, token: tag),
            hash: { Self.attributesHash(of: $0, in: tokenizer) },
            isEqual: { Self.haveSameAttributes($0.token, $1.token, in: tokenizer) }
        )
    }

    /// Seeded anew in each process, so that no page can be made of collisions.
    private static func attributesHash(of tag: TagToken, in tokenizer: Tokenizer) -> Int {
        var sum = 0
        for index in Int(tag.attributes.start)..<Int(tag.attributes.end) {
            var hasher = Hasher()
            hasher.combine(tokenizer.text.bytes(tokenizer.attributes[index].name))
            hasher.combine(tokenizer.text.bytes(tokenizer.attributes[index].value))
            sum = sum &+ hasher.finalize()
        }
        return sum
    }

    private static func haveSameAttributes(
        _ left: TagToken,
        _ right: TagToken,
        in tokenizer: Tokenizer
    ) -> Bool {
        guard left.attributes.count == right.attributes.count else { return false }
        let others = tokenizer.attributes[
            Int(right.attributes.start)..<Int(right.attributes.end)
        ]
        return tokenizer.attributes[Int(left.attributes.start)..<Int(left.attributes.end)]
            .allSatisfy { attribute in
                others.contains {
                    $0.nameHash == attribute.nameHash
                        && tokenizer.text.isEqual($0.name, attribute.name)
                        && tokenizer.text.isEqual($0.value, attribute.value)
                }
            }
    }

    /// Reopens formatting elements that a block has closed.
    mutating func reconstructFormatting() {
        guard let last = formatting.last, !last.isMarker, !open.contains(last.node) else { return }
        var index = formatting.entries.count - 1
        while index > 0 {
            let entry = formatting.entries[index - 1]
            if entry.isMarker || open.contains(entry.node) {
                break
            }
            index -= 1
        }
        while index < formatting.entries.count, !isStopped {
            insertElement(formatting.entries[index].token)
            if let node = open.current?.node {
                formatting.replaceNode(at: index, with: node)
            }
            index += 1
        }
    }

    // MARK: - The adoption agency

    /// Closes a formatting element although blocks inside of it are still open.
    mutating func runAdoptionAgency(for tag: TagToken) {
        if let current = open.current, current.namespace == .html, current.name == tag.name,
            formatting.index(of: current.node) == nil
        {
            open.pop()
            return
        }
        for _ in 0..<Self.adoptionRoundsMax where !isStopped {
            guard let index = formatting.lastIndex(of: tag.tag) else {
                processAnyOtherEndTag(tag)
                return
            }
            guard adopt(formattingIndex: index) else { return }
        }
    }

    /// One round of the outer loop. Whether another one may be needed.
    private mutating func adopt(formattingIndex: Int) -> Bool {
        let element = formatting.entries[formattingIndex]
        guard let stackIndex = open.index(of: element.node) else {
            formatting.remove(at: formattingIndex)
            return false
        }
        guard open.hasInScope(node: element.node) else { return false }
        guard
            let blockIndex = open.entries[stackIndex...].firstIndex(where: {
                $0.traits.contains(.special)
            })
        else {
            open.pop(downTo: stackIndex)
            formatting.remove(at: formattingIndex)
            return false
        }
        let block = open.entries[blockIndex]
        let ancestor = open.entries[max(stackIndex - 1, 0)]
        var bookmark = formattingIndex
        let last = moveThroughFormatting(from: blockIndex, above: stackIndex, &bookmark)
        tree.detach(last)
        insert(last, at: appropriatePlace(in: ancestor))
        guard let clone = makeElement(element.token) else { return false }
        tree.moveChildren(of: block.node, to: clone)
        tree.append(clone, to: block.node)
        replaceFormatting(element, with: clone, bookmark: bookmark)
        open.remove(element.node)
        if let index = open.index(of: block.node) {
            open.insert(entry(clone, element.token.name), at: index + 1)
        }
        return true
    }

    /// The inner loop: copies the formatting elements between the block and the element being
    /// closed around the block. Returns the outermost copy, or the block itself.
    private mutating func moveThroughFormatting(
        from blockIndex: Int,
        above stackIndex: Int,
        _ bookmark: inout Int
    ) -> NodeID {
        let block = open.entries[blockIndex].node
        var last = block
        var index = blockIndex - 1
        var stepCount = 0
        while index > stackIndex {
            defer { index -= 1 }
            stepCount += 1
            let entry = open.entries[index]
            guard let position = formatting.index(of: entry.node) else {
                open.remove(at: index)
                continue
            }
            if stepCount > Self.innerStepsBeforeForgetting {
                formatting.remove(at: position)
                bookmark -= position < bookmark ? 1 : 0
                open.remove(at: index)
                continue
            }
            guard let copy = makeElement(formatting.entries[position].token) else { return last }
            formatting.replaceNode(at: position, with: copy)
            open.replaceNode(at: index, with: copy)
            if last == block {
                bookmark = position + 1
            }
            tree.detach(last)
            tree.append(last, to: copy)
            last = copy
        }
        return last
    }

    private mutating func replaceFormatting(
        _ element: ActiveFormattingElements.Entry,
        with clone: NodeID,
        bookmark: Int
    ) {
        var replacement = element
        replacement.node = clone
        var index = bookmark
        if let old = formatting.index(of: element.node) {
            formatting.remove(at: old)
            index -= old < bookmark ? 1 : 0
        }
        formatting.insert(replacement, at: index)
    }
}
