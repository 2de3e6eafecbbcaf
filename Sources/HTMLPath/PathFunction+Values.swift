import HTMLDocument

/// What each function gives (XPath 1.0, section 4).
extension PathFunction {
    /// The value for arguments whose number has been checked.
    func value(
        of arguments: [PathValue],
        in context: PathEvaluator.Context,
        _ document: HTMLDocument
    ) -> PathValue {
        let convert = PathConversion(document: document)
        let all = arguments.isEmpty ? [.nodes([context.node])] : arguments
        switch self {
        case .last: return .number(Double(context.size))
        case .position: return .number(Double(context.position))
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        case .boolean: return .boolean(convert.boolean(all[0]))
        case .not: return .boolean(!convert.boolean(all[0]))
        case .count: return .number(Self.count(all[0]))
        case .name, .localName: return .string(Self.name(all[0], document))
        case .sum: return .number(Self.sum(all[0], convert))
        case .number, .floor, .ceiling, .round: return .number(rounded(convert.number(all[0])))
        default: return text(all.map(convert.string), all, convert)
        }
    }

    private func rounded(_ number: Double) -> Double {
        switch self {
        case .floor: number.rounded(.down)
        case .ceiling: number.rounded(.up)
        case .round: (number + 0.5).rounded(.down)
        default: number
        }
    }

    private func text(
        _ texts: [String],
        _ values: [PathValue],
        _ convert: PathConversion
    ) -> PathValue {
        switch self {
        case .concat: return .string(texts.joined())
        case .contains: return .boolean(texts[1].isEmpty || texts[0].contains(texts[1]))
        case .startsWith: return .boolean(texts[0].hasPrefix(texts[1]))
        case .endsWith: return .boolean(texts[0].hasSuffix(texts[1]))
        case .normalizeSpace: return .string(Self.normalized(texts[0]))
        case .stringLength: return .number(Double(texts[0].unicodeScalars.count))
        case .substringBefore:
            let range = texts[0].firstRange(of: texts[1])
            return .string(range.map { String(texts[0][..<$0.lowerBound]) } ?? "")
        case .substringAfter:
            if texts[1].isEmpty { return .string(texts[0]) }
            let range = texts[0].firstRange(of: texts[1])
            return .string(range.map { String(texts[0][$0.upperBound...]) } ?? "")
        case .substring:
            let length = values.count > 2 ? convert.number(values[2]) : .infinity
            return .string(Self.substring(texts[0], convert.number(values[1]), length))
        case .translate: return .string(Self.translated(texts[0], texts[1], texts[2]))
        default: return .string(texts[0])
        }
    }

    private static func count(_ value: PathValue) -> Double {
        guard case .nodes(let nodes) = value else { return 0 }
        return Double(nodes.count)
    }

    private static func name(_ value: PathValue, _ document: HTMLDocument) -> String {
        guard case .nodes(let nodes) = value, let node = nodes.first else { return "" }
        switch node {
        case .node(let id): return document.kind(of: id) == .element ? document.name(of: id) : ""
        case .attribute(let element, let index):
            let attributes = document.attributes(of: element)
            return attributes.indices.contains(index) ? attributes[index].name : ""
        }
    }

    private static func sum(_ value: PathValue, _ convert: PathConversion) -> Double {
        guard case .nodes(let nodes) = value else { return .nan }
        return nodes.reduce(0) { $0 + convert.number(.string(convert.string(of: $1))) }
    }

    private static func normalized(_ text: String) -> String {
        text.utf8.split(whereSeparator: { $0 == 0x20 || 0x09...0x0D ~= $0 })
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// Positions count characters from 1 and are rounded; not a number is nothing.
    private static func substring(_ text: String, _ start: Double, _ length: Double) -> String {
        let first = (start + 0.5).rounded(.down)
        let end = first + (length + 0.5).rounded(.down)
        var part = String.UnicodeScalarView()
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let position = Double(index + 1)
            if position >= first, position < end { part.append(scalar) }
        }
        return String(part)
    }

    private static func translated(_ text: String, _ from: String, _ to: String) -> String {
        var table: [Unicode.Scalar: Unicode.Scalar?] = [:]
        let targets = Array(to.unicodeScalars)
        for (index, scalar) in from.unicodeScalars.enumerated() where table[scalar] == nil {
            table.updateValue(index < targets.count ? targets[index] : nil, forKey: scalar)
        }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch table[scalar] {
            case .some(.some(let target)): result.append(target)
            case .some(.none): break
            case .none: result.append(scalar)
            }
        }
        return String(result)
    }
}
