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

    // MARK: - Attributes

    /// The value of an attribute, `nil` if the element does not have it or is no element. The name
    /// is compared as it is: HTML attributes have lower-case names.
    package func attribute(_ name: String, of id: NodeID) -> String? {
        attributeBytes(name, of: id).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of an attribute as UTF-8, without making a string.
    package func attributeBytes(_ name: String, of id: NodeID) -> ArraySlice<UInt8>? {
        let node = node(id)
        guard node.kind == .element, !node.content.isEmpty else { return nil }
        let hash = NameHash.of(name.utf8)
        for index in Int(node.content.start)..<Int(node.content.end) {
            let attribute = attributes[index]
            if attribute.nameHash == hash, text.bytes(attribute.name).elementsEqual(name.utf8) {
                return text.bytes(attribute.value)
            }
        }
        return nil
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
        let node = node(id)
        guard node.kind == .element, !node.content.isEmpty else { return [] }
        return attributes[Int(node.content.start)..<Int(node.content.end)]
    }

    // MARK: - Text

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

    /// Appends what `textContent(of:)` gives, as UTF-8.
    package func appendTextContent(of id: NodeID, to bytes: inout [UInt8]) {
        if kind(of: id) == .text {
            bytes.append(contentsOf: textBytes(of: id))
        }
        for descendant in descendants(of: id) where kind(of: descendant) == .text {
            bytes.append(contentsOf: textBytes(of: descendant))
        }
    }
}
