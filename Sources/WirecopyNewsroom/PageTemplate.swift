/// Text with `{{name}}` places. What is filled in must already be escaped.
struct PageTemplate: Sendable {
    private enum Part {
        case text(String)
        case place(String)
    }

    private let parts: [Part]

    /// Reads a template; an opened and never closed place is a fault.
    init(_ source: String) throws(SourceFault) {
        var parts: [Part] = []
        var rest = source[...]
        while let open = rest.firstRange(of: "{{") {
            parts.append(.text(String(rest[..<open.lowerBound])))
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw SourceFault("a template place is never closed")
            }
            parts.append(.place(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// The names of its places.
    var places: Set<String> {
        var names: Set<String> = []
        for case .place(let name) in parts { names.insert(name) }
        return names
    }

    /// The text with all places filled; a place without a value stays empty, which the loader
    /// rules out for page templates.
    func fill(_ values: [String: String]) -> String {
        var filled = ""
        for part in parts {
            switch part {
            case .text(let text): filled += text
            case .place(let name): filled += values[name] ?? ""
            }
        }
        return filled
    }
}

extension String {
    /// The text with the five characters escaped that mean something in HTML, XML and attributes.
    var escapedForHTML: String {
        var escaped = ""
        escaped.reserveCapacity(utf8.count)
        for character in unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
