import HTMLDocument

/// Evaluates a tree on a document, as XPath 1.0 says.
///
/// Where we differ: names of elements and attributes are compared in lower case and without
/// namespaces, since pages of HTML have none that a rule could name.
struct PathEvaluator {
    /// Where an expression is evaluated.
    struct Context {
        var node: PathNode
        var position = 1
        var size = 1
    }

    let document: HTMLDocument
    let convert: PathConversion
    /// Place of each node in the document, for putting sets in order.
    private let order: [NodeID: Int]
    private var stepsLeft: Int

    init(_ document: HTMLDocument, stepsMax: Int) {
        self.document = document
        convert = PathConversion(document: document)
        stepsLeft = stepsMax
        var order: [NodeID: Int] = [document.root: 0]
        for node in document.descendants(of: document.root) { order[node] = order.count }
        self.order = order
    }

    mutating func value(
        of syntax: PathSyntax,
        in context: Context
    ) throws(PathFailure) -> PathValue {
        switch syntax {
        case .number(let number): return .number(number)
        case .literal(let literal): return .string(literal)
        case .negative(let operand):
            return .number(-convert.number(try value(of: operand, in: context)))
        case .binary(let operation, let left, let right):
            return try binary(operation, left, right, in: context)
        case .call(let function, let arguments):
            var values: [PathValue] = []
            for argument in arguments { values.append(try value(of: argument, in: context)) }
            try spend(values.reduce(1) { $0 + cost(of: $1) })
            return function.value(of: values, in: context, document)
        case .path(let path): return .nodes(try nodes(of: path, in: context))
        }
    }

    /// Counts what evaluation costs, in nodes that are visited.
    private mutating func spend(_ steps: Int) throws(PathFailure) {
        stepsLeft -= steps
        guard stepsLeft >= 0 else {
            throw PathFailure(.tooCostly, "An expression visits more nodes than a page may cost.")
        }
    }

    /// A function reads the text of the first node of a set.
    private func cost(of value: PathValue) -> Int {
        guard case .nodes(let nodes) = value, let node = nodes.first else { return 1 }
        return cost(of: node)
    }

    /// What reading a node's text costs: its nodes, and 64 bytes of text as much as a node.
    private func cost(of node: PathNode) -> Int {
        guard case .node(let id) = node else { return 1 }
        return document.descendants(of: id).reduce(1) { sum, inner in
            sum + 1 + document.textBytes(of: inner).count / 64
        }
    }

    // MARK: - Operators

    private mutating func binary(
        _ operation: PathSyntax.Operator,
        _ left: PathSyntax,
        _ right: PathSyntax,
        in context: Context
    ) throws(PathFailure) -> PathValue {
        let first = try value(of: left, in: context)
        // The second operand of `or` and `and` is not evaluated when the first decides.
        if operation == .or, convert.boolean(first) { return .boolean(true) }
        if operation == .and, !convert.boolean(first) { return .boolean(false) }
        let second = try value(of: right, in: context)
        switch operation {
        case .or, .and: return .boolean(convert.boolean(second))
        case .union: return union(first, second)
        case .plus, .minus, .times, .div, .mod:
            return .number(
                Self.calculated(operation, convert.number(first), convert.number(second))
            )
        default: return .boolean(try compare(operation, first, second))
        }
    }

    private func union(_ left: PathValue, _ right: PathValue) -> PathValue {
        guard case .nodes(let first) = left, case .nodes(let second) = right else {
            return .nodes([])
        }
        return .nodes(inOrder(first + second))
    }

    private static func calculated(
        _ operation: PathSyntax.Operator,
        _ left: Double,
        _ right: Double
    ) -> Double {
        switch operation {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .div: left / right
        default: left.truncatingRemainder(dividingBy: right)
        }
    }

    /// Section 3.4: a comparison with a set holds when it holds for one of its nodes.
    private mutating func compare(
        _ operation: PathSyntax.Operator,
        _ left: PathValue,
        _ right: PathValue
    ) throws(PathFailure) -> Bool {
        if case .boolean = right, case .nodes = left {
            return Self.holds(operation, .boolean(convert.boolean(left)), right, convert)
        }
        if case .boolean = left, case .nodes = right {
            return Self.holds(operation, left, .boolean(convert.boolean(right)), convert)
        }
        let first = try atoms(left)
        let second = try atoms(right)
        try spend(first.count * max(second.count, 1))
        return first.contains { one in
            second.contains { Self.holds(operation, one, $0, convert) }
        }
    }

    private mutating func atoms(_ value: PathValue) throws(PathFailure) -> [PathValue] {
        guard case .nodes(let nodes) = value else { return [value] }
        for node in nodes { try spend(cost(of: node)) }
        return nodes.map { .string(convert.string(of: $0)) }
    }

    private static func holds(
        _ operation: PathSyntax.Operator,
        _ left: PathValue,
        _ right: PathValue,
        _ convert: PathConversion
    ) -> Bool {
        switch operation {
        case .equal: return isEqual(left, right, convert)
        case .unequal: return !isEqual(left, right, convert)
        case .less: return convert.number(left) < convert.number(right)
        case .lessOrEqual: return convert.number(left) <= convert.number(right)
        case .greater: return convert.number(left) > convert.number(right)
        default: return convert.number(left) >= convert.number(right)
        }
    }

    private static func isEqual(
        _ left: PathValue,
        _ right: PathValue,
        _ convert: PathConversion
    ) -> Bool {
        switch (left, right) {
        case (.boolean, _), (_, .boolean): convert.boolean(left) == convert.boolean(right)
        case (.number, _), (_, .number): convert.number(left) == convert.number(right)
        default: convert.string(left) == convert.string(right)
        }
    }

    // MARK: - Paths

    private mutating func nodes(
        of path: PathSyntax.Path,
        in context: Context
    ) throws(PathFailure) -> [PathNode] {
        var nodes: [PathNode]
        switch path.start {
        case .context: nodes = [context.node]
        case .root: nodes = [.node(document.root)]
        case .expression(let inner, let predicates):
            guard case .nodes(let found) = try value(of: inner, in: context) else { return [] }
            nodes = try filtered(found, by: predicates)
        }
        for step in path.steps { nodes = try stepped(from: nodes, step) }
        return nodes
    }

    private mutating func stepped(
        from nodes: [PathNode],
        _ step: PathSyntax.Step
    ) throws(PathFailure) -> [PathNode] {
        var found: [PathNode] = []
        for node in nodes {
            let axis = PathAxis(document, step, from: node)
            var reached: [PathNode] = []
            try spend(axis.visit { reached.append($0) })
            found += try filtered(reached, by: step.predicates)
        }
        let isSingle = nodes.count <= 1 && !step.axis.isReverse
        return isSingle ? found : inOrder(found)
    }

    /// Section 2.4: a predicate that is a number means a position.
    private mutating func filtered(
        _ nodes: [PathNode],
        by predicates: [PathSyntax]
    ) throws(PathFailure) -> [PathNode] {
        var left = nodes
        for predicate in predicates {
            var kept: [PathNode] = []
            for (index, node) in left.enumerated() {
                try spend(1)
                let context = Context(node: node, position: index + 1, size: left.count)
                let value = try value(of: predicate, in: context)
                let holds =
                    if case .number(let number) = value { number == Double(index + 1) } else {
                        convert.boolean(value)
                    }
                if holds { kept.append(node) }
            }
            left = kept
        }
        return left
    }

    // MARK: - Order

    private func inOrder(_ nodes: [PathNode]) -> [PathNode] {
        var seen: Set<PathNode> = []
        return nodes.filter { seen.insert($0).inserted }
            .sorted { place(of: $0) < place(of: $1) }
    }

    private func place(of node: PathNode) -> (Int, Int) {
        switch node {
        case .node(let id): (order[id] ?? .max, -1)
        case .attribute(let element, let index): (order[element] ?? .max, index)
        }
    }
}
