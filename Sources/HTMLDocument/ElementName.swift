/// An element's name inside the parser: a tag, or a name of the page's own.
struct ElementName: Hashable, Sendable {
    var tag: Tag
    /// For `.other`, the name's position in `CustomNames`; 0 otherwise.
    var customIndex: UInt32

    init(_ tag: Tag) {
        self.tag = tag
        customIndex = 0
    }

    init(tag: Tag, customIndex: UInt32) {
        self.tag = tag
        self.customIndex = customIndex
    }
}

/// The element names of one page that have no `Tag`: custom elements, most of SVG, mistakes.
struct CustomNames: Sendable {
    private var names: [[UInt8]] = []
    private var indices: [[UInt8]: UInt32] = [:]

    /// The element name of lower-case `bytes`, which no tag has.
    mutating func name(for bytes: [UInt8]) -> ElementName {
        if let index = indices[bytes] {
            return ElementName(tag: .other, customIndex: index)
        }
        let index = UInt32(names.count)
        names.append(bytes)
        indices[bytes] = index
        return ElementName(tag: .other, customIndex: index)
    }

    func bytes(of name: ElementName) -> [UInt8] {
        name.tag == .other
            ? names[Int(name.customIndex)] : TagTable.shared.nameBytes(of: name.tag)
    }

    /// Looks a name up without adding it.
    func existingName(for bytes: [UInt8]) -> ElementName? {
        indices[bytes].map { ElementName(tag: .other, customIndex: $0) }
    }
}
