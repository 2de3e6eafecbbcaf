/// What one node is and holds.
extension HTMLDocument {
    /// What the node is.
    package func kind(of id: NodeID) -> NodeKind { node(id).kind }

    /// The element's name if it is one of the known ones, else `.other`; `.other` for other nodes.
    package func tag(of id: NodeID) -> Tag { node(id).name.tag }

    /// The vocabulary the element belongs to; `.html` for other nodes.
    package func namespace(of id: NodeID) -> Namespace { node(id).namespace }

    /// Whether the node is an HTML element with this name.
    package func isHTML(_ id: NodeID, _ tag: Tag) -> Bool {
        let node = node(id)
        return node.kind == .element && node.name.tag == tag && node.namespace == .html
    }

    /// The element's or document type's name in full; empty for other nodes.
    package func name(of id: NodeID) -> String {
        let node = node(id)
        switch node.kind {
        case .element: return String(decoding: customNames.bytes(of: node.name), as: UTF8.self)
        case .doctype: return String(decoding: doctype?.name ?? [], as: UTF8.self)
        default: return ""
        }
    }

    /// The name of an HTML element, `.other` if it is not a known one; `nil` for other nodes.
    package func htmlTag(of id: NodeID) -> Tag? {
        let index = Int(id.index)
        guard nodes[index].kind == .element, nodes[index].namespace == .html else { return nil }
        return nodes[index].name.tag
    }

    // MARK: - Attributes

    /// The value of an attribute, `nil` if the element does not have it or is no element. The name
    /// is compared as it is: HTML attributes have lower-case names.
    package func attribute(_ name: String, of id: NodeID) -> String? {
        attributeBytes(name, of: id).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of an attribute as UTF-8, without making a string.
    package func attributeBytes(_ name: String, of id: NodeID) -> ArraySlice<UInt8>? {
        let stored = attributeRange(of: id)
        guard !stored.isEmpty else { return nil }
        let hash = NameHash.of(name.utf8)
        for index in stored where attributes[index].nameHash == hash {
            if text.bytes(attributes[index].name).elementsEqual(name.utf8) {
                return text.bytes(attributes[index].value)
            }
        }
        return nil
    }

    /// The value of an attribute as UTF-8, for names that are looked up at many elements.
    ///
    /// Costs the same however long the value is. Elements can share a value: what looks at all of
    /// it once an element takes a prefix, or a small page costs hours.
    package func attributeBytes(_ name: AttributeName, of id: NodeID) -> ArraySlice<UInt8>? {
        for index in attributeRange(of: id) where attributes[index].nameHash == name.hash {
            if text.bytes(attributes[index].name).elementsEqual(name.bytes) {
                return text.bytes(attributes[index].value)
            }
        }
        return nil
    }

    /// Hands out the values of those attributes of an element that have one of some names, with the
    /// index of the name, in the order of the page.
    package func forEachAttribute(
        of id: NodeID,
        named names: [AttributeName],
        _ take: (Int, ArraySlice<UInt8>) -> Void
    ) {
        for index in attributeRange(of: id) {
            let hash = attributes[index].nameHash
            for number in names.indices where names[number].hash == hash {
                guard text.bytes(attributes[index].name).elementsEqual(names[number].bytes) else {
                    continue
                }
                take(number, text.bytes(attributes[index].value))
            }
        }
    }

    /// Where an element's attributes are stored; empty for other nodes.
    private func attributeRange(of id: NodeID) -> Range<Int> {
        let content = nodes[Int(id.index)].content
        guard content.start < content.end, nodes[Int(id.index)].kind == .element else {
            return 0..<0
        }
        return Int(content.start)..<Int(content.end)
    }

    /// Whether the element has the attribute, with whatever value.
    package func hasAttribute(_ name: String, of id: NodeID) -> Bool {
        attributeBytes(name, of: id) != nil
    }

    /// All attributes in the order of the page; empty for nodes that are no elements.
    package func attributes(of id: NodeID) -> [HTMLAttribute] {
        storedAttributes(of: id).map {
            HTMLAttribute(name: text.string($0.name), value: text.string($0.value))
        }
    }

    func storedAttributes(of id: NodeID) -> ArraySlice<Attribute> {
        attributes[attributeRange(of: id)]
    }

    // MARK: - Text

    /// The beginning of a text of some kilobytes stands in some dozens of nodes.
    private static let limitedTextNodesMax = 4_096

    /// The text of a text node or comment; empty for other nodes.
    package func text(of id: NodeID) -> String {
        String(decoding: textBytes(of: id), as: UTF8.self)
    }

    /// The text of a text node or comment as valid UTF-8, without a copy; empty for other nodes.
    package func textBytes(of id: NodeID) -> ArraySlice<UInt8> {
        let node = node(id)
        guard node.kind == .text || node.kind == .comment else { return [] }
        return text.bytes(node.content)
    }

    /// The text of all text nodes at and below a node, joined without separators.
    ///
    /// Scripts and styles are text like any other; contents of templates are not below anything.
    package func textContent(of id: NodeID) -> String {
        var bytes: [UInt8] = []
        appendTextContent(of: id, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The beginning of a node's text: at most so many bytes, ended at a character.
    ///
    /// Elements inside of each other share their text: what is asked of many of them is asked with
    /// a limit.
    package func textContent(of id: NodeID, limitBytes: Int) -> String {
        var bytes: [UInt8] = []
        appendTextContent(of: id, to: &bytes, limitBytes: limitBytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `textContent(of:)` gives, as UTF-8, or the beginning of it: with a limit, what
    /// stands in the first thousands of nodes.
    package func appendTextContent(
        of id: NodeID,
        to bytes: inout [UInt8],
        limitBytes: Int = .max
    ) {
        if kind(of: id) == .text {
            bytes.append(contentsOf: textBytes(of: id).cut(toBytes: limitBytes))
        }
        var room = limitBytes
        var nodesLeft = limitBytes == .max ? .max : Self.limitedTextNodesMax
        for descendant in descendants(of: id) {
            guard room > 0, nodesLeft > 0 else { return }
            nodesLeft -= 1
            guard kind(of: descendant) == .text else { continue }
            let piece = textBytes(of: descendant)
            bytes.append(contentsOf: piece.cut(toBytes: room))
            room -= piece.count
        }
    }
}

extension ArraySlice<UInt8> {
    /// The longest beginning of UTF-8 text that has at most so many bytes and ends at a character.
    fileprivate func cut(toBytes limit: Int) -> ArraySlice<UInt8> {
        guard count > limit else { return self }
        var end = startIndex + limit
        while end > startIndex, self[end] & 0xC0 == 0x80 { end -= 1 }
        return self[..<end]
    }
}
