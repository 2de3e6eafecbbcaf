package import HTMLDocument

/// What a path can lead to.
package enum PathNode: Sendable, Equatable, Hashable {
    /// A node of the tree.
    case node(NodeID)
    /// An attribute of an element, by its place among the element's.
    case attribute(of: NodeID, index: Int)
}

/// The value of an expression (XPath 1.0, section 1).
enum PathValue: Sendable, Equatable {
    /// In document order, without doubles.
    case nodes([PathNode])
    case string(String)
    case number(Double)
    case boolean(Bool)
}

/// Conversions between the types, sections 4.2 to 4.4.
struct PathConversion {
    let document: HTMLDocument

    func boolean(_ value: PathValue) -> Bool {
        switch value {
        case .nodes(let nodes): !nodes.isEmpty
        case .string(let text): !text.isEmpty
        case .number(let number): number != 0 && !number.isNaN
        case .boolean(let isTrue): isTrue
        }
    }

    func string(_ value: PathValue) -> String {
        switch value {
        case .nodes(let nodes): nodes.first.map(string(of:)) ?? ""
        case .string(let text): text
        case .number(let number): Self.text(of: number)
        case .boolean(let isTrue): isTrue ? "true" : "false"
        }
    }

    func number(_ value: PathValue) -> Double {
        switch value {
        case .nodes, .string: Self.number(in: string(value))
        case .number(let number): number
        case .boolean(let isTrue): isTrue ? 1 : 0
        }
    }

    /// The string-value of a node, section 5.
    func string(of node: PathNode) -> String {
        switch node {
        case .attribute(let element, let index):
            let attributes = document.attributes(of: element)
            return attributes.indices.contains(index) ? attributes[index].value : ""
        case .node(let id):
            return switch document.kind(of: id) {
            case .text, .comment: String(decoding: document.textBytes(of: id), as: UTF8.self)
            default: document.textContent(of: id)
            }
        }
    }

    private static func number(in text: String) -> Double {
        let trimmed = text.split(whereSeparator: { $0.isWhitespace })
        guard trimmed.count == 1, let number = trimmed.first,
            number.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E || $0 == 0x2D })
        else { return .nan }
        return Double(number) ?? .nan
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        let isWhole = number == number.rounded() && abs(number) < 1e15
        return isWhole ? "\(Int(number))" : "\(number)"
    }
}
