/// An element with what is in it, for documents that are small enough to be held.
package struct MarkupElement: Sendable {
    /// A part of an element's content.
    package enum Child: Sendable {
        /// An element.
        case element(MarkupElement)
        /// Text.
        case text(String)
    }

    /// The element's name.
    package let name: MarkupName
    /// Its attributes, declarations of namespaces among them.
    package let attributes: [MarkupAttribute]
    /// Its content in order.
    package internal(set) var children: [Child] = []

    /// Elements and texts of one document that are held, some 200 bytes each; the rest is left
    /// out. Large feeds have ten thousand.
    package static let nodesMax = 200_000

    /// Reads the first element of a document; `nil` when it has none.
    package init?(_ reader: inout MarkupReader) {
        while let event = reader.next() {
            guard case .start(let name, let attributes) = event else { continue }
            self.init(name: name, attributes: attributes, from: &reader)
            return
        }
        return nil
    }

    /// Reads the content of an element whose start tag was the last event, up to its end.
    ///
    /// Elements and texts beyond `nodesMax` are left out.
    package init(
        name: MarkupName,
        attributes: [MarkupAttribute],
        from reader: inout MarkupReader,
        nodesMax: Int = Self.nodesMax
    ) {
        var open = [MarkupElement(name: name, attributes: attributes)]
        var nodes = 0
        while let event = reader.next() {
            nodes += 1
            switch event {
            case .start(let name, let attributes):
                open.append(MarkupElement(name: name, attributes: attributes))
            case .text(let text) where nodes < nodesMax:
                open[open.count - 1].children.append(.text(text))
            case .text: break
            case .end:
                let element = open.removeLast()
                guard let parent = open.indices.last else {
                    self = element
                    return
                }
                if nodes < nodesMax { open[parent].children.append(.element(element)) }
            }
        }
        self = open[0]
    }

    init(name: MarkupName, attributes: [MarkupAttribute]) {
        self.name = name
        self.attributes = attributes
    }

    /// The elements among its content.
    package var elements: [MarkupElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// Its own text and that of the elements in it.
    package var text: String {
        var text = ""
        appendText(to: &text)
        return text
    }

    /// The value of an attribute without a prefix, whatever its case; `nil` without it.
    package func attribute(_ local: String) -> String? {
        let plain = attributes.filter { $0.name.prefix.isEmpty }
        return plain.first { $0.name.local == local }?.value
            ?? plain.first { $0.name.local.lowercased() == local.lowercased() }?.value
    }

    /// The value of an attribute in a namespace; `nil` without it.
    package func attribute(_ local: String, in namespace: String) -> String? {
        attributes.first { $0.name.local == local && $0.name.namespace == namespace }?.value
    }

    /// The value of `xml:lang` or `xml:base`; `nil` without it.
    package func xmlAttribute(_ local: String) -> String? {
        attribute(local, in: MarkupByte.xmlNamespace)
    }

    // Depth is bounded by `MarkupLimits.depthMax`.
    private func appendText(to text: inout String) {
        for child in children {
            switch child {
            case .text(let piece): text += piece
            case .element(let element): element.appendText(to: &text)
            }
        }
    }
}
