@testable import HTMLDocument

/// Writes trees in the format of the html5lib test data.
struct TreeDump {
    let document: HTMLDocument
    private var lines: [String] = []

    static func dump(_ document: HTMLDocument, below root: NodeID) -> String {
        var dump = TreeDump(document: document)
        dump.addChildren(of: root, depth: 0)
        return dump.lines.joined(separator: "\n")
    }

    private init(document: HTMLDocument) {
        self.document = document
    }

    private mutating func addChildren(of parent: NodeID, depth: Int) {
        for child in document.children(of: parent) {
            add(child, depth: depth)
        }
    }

    private mutating func add(_ node: NodeID, depth: Int) {
        switch document.kind(of: node) {
        case .doctype:
            addLine(doctype(node), depth)
        case .text:
            addLine("\"\(document.text(of: node))\"", depth)
        case .comment:
            addLine("<!-- \(document.text(of: node)) -->", depth)
        case .element:
            addElement(node, depth: depth)
        case .document, .fragment:
            addChildren(of: node, depth: depth)
        }
    }

    private mutating func addElement(_ node: NodeID, depth: Int) {
        let prefix =
            switch document.namespace(of: node) {
            case .html: ""
            case .svg: "svg "
            case .mathML: "math "
            }
        addLine("<\(prefix)\(document.name(of: node))>", depth)
        let attributes = document.storedAttributes(of: node).map { attribute in
            let prefix = attribute.prefix == .none ? "" : "\(attribute.prefix) "
            return (
                prefix + document.text.string(attribute.name), document.text.string(attribute.value)
            )
        }
        for (name, value) in attributes.sorted(by: {
            Array($0.0.utf16).lexicographicallyPrecedes($1.0.utf16)
        }) {
            addLine("\(name)=\"\(value)\"", depth + 1)
        }
        if let contents = document.templateContents(of: node) {
            addLine("content", depth + 1)
            addChildren(of: contents, depth: depth + 2)
        }
        addChildren(of: node, depth: depth + 1)
    }

    private func doctype(_ node: NodeID) -> String {
        let doctype = document.doctype ?? Doctype()
        func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }
        guard doctype.publicID != nil || doctype.systemID != nil else {
            return "<!DOCTYPE \(text(doctype.name))>"
        }
        let identifiers = "\"\(text(doctype.publicID))\" \"\(text(doctype.systemID))\""
        return "<!DOCTYPE \(text(doctype.name)) \(identifiers)>"
    }

    private mutating func addLine(_ line: String, _ depth: Int) {
        lines.append("| " + String(repeating: "  ", count: depth) + line)
    }
}
