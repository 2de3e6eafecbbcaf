package import HTMLDocument

/// An expression of the subset of XPath 1.0 that rules for pages of HTML use, ready for evaluation.
///
/// All axes but `namespace`, all operators, all functions but `id`, `lang` and those on namespaces.
/// No variables. Expression and page may be hostile: length, nesting and cost are bounded.
package struct HTMLPath: Sendable, Equatable {
    /// Nodes that one evaluation may visit; a large page has 50,000, a rule goes over it a few
    /// times.
    package static let stepsMax = 2_000_000

    /// The expression as it was given.
    package let text: String
    private let syntax: PathSyntax

    /// Reads an expression.
    ///
    /// - Throws: `notUnderstood`, `tooLarge`.
    package init(_ text: String) throws(PathFailure) {
        self.text = text
        syntax = try PathParser.syntax(of: text)
    }

    /// The nodes to which the expression leads, in document order.
    ///
    /// - Returns: an empty list for an expression whose value is no set of nodes.
    /// - Throws: `tooCostly`.
    package func nodes(in document: HTMLDocument) throws(PathFailure) -> [PathNode] {
        guard case .nodes(let nodes) = try value(in: document) else { return [] }
        return nodes
    }

    /// The texts to which the expression leads: one for each node, or the text of its value.
    ///
    /// - Throws: `tooCostly`.
    package func strings(in document: HTMLDocument) throws(PathFailure) -> [String] {
        let convert = PathConversion(document: document)
        return switch try value(in: document) {
        case .nodes(let nodes): nodes.map(convert.string(of:))
        case let value: [convert.string(value)]
        }
    }

    private func value(in document: HTMLDocument) throws(PathFailure) -> PathValue {
        var evaluator = PathEvaluator(document, stepsMax: Self.stepsMax)
        return try evaluator.value(of: syntax, in: .init(node: .node(document.root)))
    }
}
