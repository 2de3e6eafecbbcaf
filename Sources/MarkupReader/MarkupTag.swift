/// Reads one start tag.
struct MarkupTag {
    /// What stands in a start tag.
    struct Parts {
        var name: String
        var attributes: [(name: String, value: String)]
        /// Whether the element has no content.
        var isEmpty: Bool
    }

    private let bytes: [UInt8]
    /// Behind what was read.
    private(set) var position: Int

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// Reads name and attributes up to `>`, or up to a `<` that can only begin the next tag.
    mutating func read(_ references: inout MarkupReferences) -> Parts {
        var parts = Parts(name: name(), attributes: [], isEmpty: false)
        var known: Set<String> = []
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case MarkupByte.greaterThan:
                position += 1
                return parts
            case MarkupByte.lessThan:
                return parts
            case MarkupByte.slash:
                position += 1
                parts.isEmpty = position < bytes.count && bytes[position] == MarkupByte.greaterThan
            case let byte where byte.isMarkupSpace || byte == UInt8(ascii: "="):
                position += 1
            default:
                let attribute = (name: name(), value: value(&references))
                guard parts.attributes.count < MarkupLimits.attributesMax,
                    known.insert(attribute.name).inserted
                else { continue }
                parts.attributes.append(attribute)
            }
        }
        return parts
    }

    /// Reads at least one byte.
    private mutating func name() -> String {
        let start = position
        position += 1
        while position < bytes.count, !endsName(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func endsName(_ byte: UInt8) -> Bool {
        byte.isMarkupSpace || byte == MarkupByte.greaterThan || byte == MarkupByte.slash
            || byte == UInt8(ascii: "=") || byte == MarkupByte.lessThan
    }

    /// Reads `="..."` in any of the forms that HTML knows.
    private mutating func value(_ references: inout MarkupReferences) -> String {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return "" }
        position += 1
        skipSpace()
        guard position < bytes.count else { return "" }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let end =
                bytes[position...].firstIndex { $0.isMarkupSpace || $0 == MarkupByte.greaterThan }
                ?? bytes.count
            defer { position = end }
            return references.resolved(bytes[position..<end])
        }
        let start = position + 1
        let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
        position = min(bytes.count, end + 1)
        return references.resolved(bytes[start..<end])
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position].isMarkupSpace { position += 1 }
    }
}
