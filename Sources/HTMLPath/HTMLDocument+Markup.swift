package import HTMLDocument

extension HTMLDocument {
    /// Nodes as markup again, without some of what is below them (WHATWG HTML, section 13.3).
    ///
    /// Parsing the markup gives the same tree but for what no markup can say. Comments and contents
    /// of templates are left out. Depth never costs stack.
    ///
    /// - Parameters:
    ///   - nodes: elements and text; of others what is below them.
    ///   - stripped: nodes that are left out with all that is below them.
    ///   - value: what is written as an attribute's value.
    /// - Returns: UTF-8.
    package func markup(
        of nodes: [NodeID],
        without stripped: Set<NodeID> = [],
        value: @escaping (HTMLAttribute) -> String = { $0.value }
    ) -> [UInt8] {
        var writer = MarkupWriter(document: self, stripped: stripped, value: value)
        for node in nodes { writer.write(node) }
        return writer.bytes
    }
}

private struct MarkupWriter {
    let document: HTMLDocument
    let stripped: Set<NodeID>
    let value: (HTMLAttribute) -> String
    var bytes: [UInt8] = []

    mutating func write(_ start: NodeID) {
        var current = start
        while true {
            if open(current), let child = document.firstChild(of: current) {
                current = child
                continue
            }
            close(current)
            // Up, until there is a neighbour; what is left on the way is closed.
            while current != start, document.nextSibling(of: current) == nil,
                let parent = document.parent(of: current)
            {
                current = parent
                close(current)
            }
            guard current != start, let next = document.nextSibling(of: current) else { return }
            current = next
        }
    }

    /// Writes what stands before a node's children; false when they are not to be written.
    private mutating func open(_ node: NodeID) -> Bool {
        guard !stripped.contains(node) else { return false }
        switch document.kind(of: node) {
        case .text:
            let isRaw = document.parent(of: node).map {
                Self.rawText.contains(document.tag(of: $0))
            }
            let text = document.textBytes(of: node)
            if isRaw == true { bytes += text } else { escape(text, inAttribute: false) }
            return false
        case .element:
            bytes += "<\(document.name(of: node))".utf8
            for attribute in document.attributes(of: node) {
                bytes += " \(attribute.name)=\"".utf8
                escape(Array(value(attribute).utf8)[...], inAttribute: true)
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(UInt8(ascii: ">"))
            return true
        case .document, .fragment: return true
        case .comment, .doctype: return false
        }
    }

    private mutating func close(_ node: NodeID) {
        guard document.kind(of: node) == .element, !stripped.contains(node),
            !Self.void.contains(document.tag(of: node))
        else { return }
        bytes += "</\(document.name(of: node))>".utf8
    }

    private mutating func escape(_ text: ArraySlice<UInt8>, inAttribute: Bool) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: "\"") where inAttribute: bytes += "&quot;".utf8
            default: bytes.append(byte)
            }
        }
    }

    private static let rawText: Set<Tag> = [
        .script, .style, .xmp, .iframe, .noembed, .noframes, .plaintext,
    ]
    private static let void: Set<Tag> = [
        .area, .base, .basefont, .bgsound, .br, .col, .embed, .frame, .hr, .img, .input, .link,
        .meta, .param, .source, .track, .wbr,
    ]
}
