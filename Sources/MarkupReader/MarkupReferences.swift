import HTMLDocument

/// Undoes references such as `&amp;`, and knows the entities that a document declares.
struct MarkupReferences: Sendable {
    private var entities: [String: String] = [:]
    private var entityBytesLeft = MarkupLimits.entityTextMaxBytes

    /// Longest name that is looked up; HTML's longest has 31 letters.
    private static let nameMaxBytes = 64

    /// Text with its references undone. What is no reference stays as it is.
    mutating func resolved(_ slice: ArraySlice<UInt8>) -> String {
        guard slice.contains(MarkupByte.ampersand) else { return Self.cleaned(slice) }
        var output: [UInt8] = []
        output.reserveCapacity(slice.count)
        var rest = slice
        while let place = rest.firstIndex(of: MarkupByte.ampersand) {
            output += rest[..<place]
            let name = rest[(place + 1)...].prefix(Self.nameMaxBytes)
                .prefix { $0.isDigit || $0.isNameStart || "#-.".utf8.contains($0) }
            if rest[name.endIndex...].first == UInt8(ascii: ";"), let text = text(of: name) {
                output += text.utf8
                rest = rest[(name.endIndex + 1)...]
            } else {
                output.append(MarkupByte.ampersand)
                rest = rest[(place + 1)...]
            }
        }
        return Self.cleaned((output + rest)[...])
    }

    /// Text without the control characters that XML forbids and that mean nothing in a feed.
    static func cleaned(_ slice: ArraySlice<UInt8>) -> String {
        guard slice.contains(where: isForbidden) else {
            return String(decoding: slice, as: UTF8.self)
        }
        return String(decoding: slice.filter { !isForbidden($0) }, as: UTF8.self)
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && !byte.isMarkupSpace || byte == 0x7F
    }

    private mutating func text(of name: ArraySlice<UInt8>) -> String? {
        if name.first == UInt8(ascii: "#") { return Self.character(name.dropFirst()) }
        let word = String(decoding: name, as: UTF8.self)
        if let entity = entities[word] {
            entityBytesLeft -= entity.utf8.count
            return entityBytesLeft >= 0 ? entity : nil
        }
        return TextEncoding.text(ofCharacterNamed: name)
    }

    /// `#233` or `#xE9`; numbers from 0x80 to 0x9F mean windows-1252, as in HTML.
    private static func character(_ digits: ArraySlice<UInt8>) -> String? {
        let isHexadecimal = digits.first?.lowercased == UInt8(ascii: "x")
        let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
        guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10) else { return nil }
        if 0x80...0x9F ~= value {
            let byte = [UInt8(truncatingIfNeeded: value)]
            return String(decoding: TextEncoding.windows1252.decoded(byte), as: UTF8.self)
        }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }

    /// Takes the entities of a document type: `<!ENTITY name "text">`. Those that are elsewhere
    /// and those for use in document types are passed over; references inside of a text stay.
    mutating func declare(_ documentType: ArraySlice<UInt8>) {
        var rest = documentType
        let keyword = Array("<!ENTITY".utf8)
        while entities.count < MarkupLimits.entitiesMax,
            let place = rest.firstIndex(of: MarkupByte.lessThan)
        {
            rest = rest[place...]
            guard rest.starts(with: keyword) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(keyword.count).drop(while: \.isMarkupSpace)
            let name = rest.prefix { !$0.isMarkupSpace }
            rest = rest[name.endIndex...].drop(while: \.isMarkupSpace)
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                name.first != UInt8(ascii: "%")
            else { continue }
            let value = rest.dropFirst().prefix { $0 != quote }
            rest = rest[value.endIndex...]
            guard value.count <= MarkupLimits.entityMaxBytes else { continue }
            var plain = MarkupReferences()
            entities[String(decoding: name, as: UTF8.self)] = plain.resolved(value)
        }
    }
}
