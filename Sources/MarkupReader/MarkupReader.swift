/// Reads XML as it is found: every text gives events, in time proportional to its length.
///
/// What XML forbids is read as it was meant: a bare `&` or `<` is itself, HTML's names of
/// characters are known, attributes need no quotes, ends that are missing are concluded and those
/// that close nothing are passed over. A document's own entities are plain text and never stand
/// inside of others; nothing outside of the document is ever read.
package struct MarkupReader: Sendable {
    private let bytes: [UInt8]
    private var position = 0
    private var open: [OpenElement] = []
    /// Addresses of namespaces by prefix, the innermost last.
    private var namespaces: [String: [String]] = ["xml": [MarkupByte.xmlNamespace]]
    /// Start tags beyond the depth limit that are open.
    private var passedOver = 0
    /// Elements that are to be closed before anything else is read.
    private var closing = 0
    private var isDocumentTypeRead = false
    private var references = MarkupReferences()

    private struct OpenElement: Sendable {
        let name: MarkupName
        /// Prefixes of the namespaces that it declares.
        let prefixes: [String]
    }

    /// Makes a reader of a document in UTF-8, as `MarkupText` gives it.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Elements that are open.
    package var depth: Int { open.count }

    /// What comes next; `nil` at the end, when all elements are closed.
    package mutating func next() -> MarkupEvent? {
        if closing > 0 {
            closing -= 1
            return close()
        }
        while position < bytes.count {
            if bytes[position] == MarkupByte.lessThan {
                if let event = markup() { return event }
            } else if let text = text() {
                return .text(text)
            }
        }
        return close()
    }

    /// Ends the innermost element.
    private mutating func close() -> MarkupEvent? {
        guard let element = open.popLast() else { return nil }
        for prefix in element.prefixes { namespaces[prefix]?.removeLast() }
        return .end(element.name)
    }

    // MARK: Text

    /// Text up to what begins markup.
    private mutating func text() -> String? {
        let start = position
        position += bytes[position] == MarkupByte.lessThan ? 1 : 0
        position = bytes[position...].firstIndex(of: MarkupByte.lessThan) ?? bytes.count
        let text = references.resolved(bytes[start..<position])
        return text.isEmpty ? nil : text
    }

    /// Text with nothing undone, as in CDATA sections.
    private func plain(_ slice: ArraySlice<UInt8>) -> MarkupEvent? {
        slice.isEmpty ? nil : .text(MarkupReferences.cleaned(slice))
    }

    // MARK: Markup

    /// Reads what begins with `<`; `nil` when it says nothing.
    private mutating func markup() -> MarkupEvent? {
        let rest = bytes[(position + 1)...]
        switch rest.first {
        case MarkupByte.exclamationMark: return declaration()
        case MarkupByte.questionMark:
            skip(to: "?>")
            return nil
        case MarkupByte.slash:
            return endTag()
        case let byte? where byte.isNameStart:
            return startTag()
        default:
            return text().map { .text($0) }
        }
    }

    private mutating func declaration() -> MarkupEvent? {
        let rest = bytes[position...]
        if rest.starts(with: "<!--".utf8) {
            position += 4
            skip(to: "-->")
        } else if rest.starts(with: "<![CDATA[".utf8) {
            let start = position + "<![CDATA[".utf8.count
            let end = index(of: "]]>", from: start) ?? bytes.count
            position = min(bytes.count, end + 3)
            return plain(bytes[start..<end])
        } else if rest.prefix(9).map(\.lowercased).elementsEqual("<!doctype".utf8) {
            documentType()
        } else {
            skip(to: ">")
        }
        return nil
    }

    /// Reads the entities that a document declares, and passes over all else.
    private mutating func documentType() {
        let start = position
        var isInside = false
        var quote: UInt8?
        // A second one is none, and might be one that never ends.
        guard !isDocumentTypeRead else { return skip(to: ">") }
        isDocumentTypeRead = true
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case let byte where byte == quote: quote = nil
            case _ where quote != nil: break
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["): isInside = true
            case UInt8(ascii: "]"): isInside = false
            case MarkupByte.greaterThan where !isInside:
                return references.declare(bytes[start..<position])
            default: break
            }
        }
        // Without an end it was no document type; the rest is read as a document.
        position = index(of: ">", from: start).map { $0 + 1 } ?? bytes.count
    }

    private mutating func endTag() -> MarkupEvent? {
        let start = position + 2
        let end = bytes[start...].firstIndex(of: MarkupByte.greaterThan) ?? bytes.count
        position = min(bytes.count, end + 1)
        let name = bytes[start..<end].prefix { !$0.isMarkupSpace }
        let qualified = String(decoding: name, as: UTF8.self)
        guard passedOver == 0 else {
            passedOver -= 1
            return nil
        }
        guard let place = open.lastIndex(where: { $0.name.qualified == qualified }) else {
            return nil
        }
        // Elements inside whose ends were forgotten end first.
        closing = open.count - 1 - place
        return close()
    }

    private mutating func startTag() -> MarkupEvent? {
        var tag = MarkupTag(bytes: bytes, position: position + 1)
        let parts = tag.read(&references)
        position = tag.position
        guard open.count < MarkupLimits.depthMax else {
            passedOver += parts.isEmpty ? 0 : 1
            return nil
        }
        let prefixes = parts.attributes.compactMap { declare($0.name, as: $0.value) }
        let name = self.name(parts.name, isElement: true)
        open.append(OpenElement(name: name, prefixes: prefixes))
        closing = parts.isEmpty ? 1 : 0
        let attributes = parts.attributes.map {
            MarkupAttribute(self.name($0.name, isElement: false), $0.value)
        }
        return .start(name, attributes)
    }

    /// Declares a namespace if an attribute does; gives its prefix, empty for the default.
    private mutating func declare(_ attribute: String, as address: String) -> String? {
        guard attribute.hasPrefix("xmlns") else { return nil }
        let rest = attribute.dropFirst("xmlns".count)
        guard rest.isEmpty || rest.first == ":" else { return nil }
        let prefix = String(rest.dropFirst())
        namespaces[prefix, default: []].append(address)
        return prefix
    }

    /// A name with its namespace, as the open elements declare it.
    private func name(_ qualified: String, isElement: Bool) -> MarkupName {
        let parts = qualified.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else {
            let namespace = isElement ? address(of: "") : nil
            return MarkupName(namespace: namespace ?? "", local: qualified)
        }
        let prefix = String(parts[0])
        let namespace = address(of: prefix) ?? ""
        return MarkupName(namespace: namespace, prefix: prefix, local: String(parts[1]))
    }

    private func address(of prefix: String) -> String? {
        namespaces[prefix]?.last
    }

    // MARK: Places

    private mutating func skip(to end: StaticString) {
        position = index(of: end, from: position).map { $0 + end.utf8CodeUnitCount } ?? bytes.count
    }

    private func index(of end: StaticString, from start: Int) -> Int? {
        let wanted = Array(end.description.utf8)
        guard let first = wanted.first else { return start }
        var place = start
        while let found = bytes[place...].firstIndex(of: first) {
            if bytes[found...].starts(with: wanted) { return found }
            place = found + 1
        }
        return nil
    }
}

/// Bytes that mean something in markup.
enum MarkupByte {
    static let lessThan = UInt8(ascii: "<")
    static let greaterThan = UInt8(ascii: ">")
    static let slash = UInt8(ascii: "/")
    static let exclamationMark = UInt8(ascii: "!")
    static let questionMark = UInt8(ascii: "?")
    static let ampersand = UInt8(ascii: "&")
    static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
}

extension UInt8 {
    var isMarkupSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether a name can begin with it: letters, `_`, `:` and everything beyond ASCII.
    var isNameStart: Bool {
        (self | 0x20) &- 0x61 < 26 || self == UInt8(ascii: "_") || self == UInt8(ascii: ":")
            || self >= 0x80
    }
}
