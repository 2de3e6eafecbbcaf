/// Makes a tree of an expression, by precedence climbing over the grammar of XPath 1.0, section 3.
struct PathParser {
    private let text: String
    private let tokens: [PathToken]
    private var position = 0
    private var depth = 0

    /// Bytes of an expression; the longest rules have a few hundred.
    static let bytesMax = 4096
    /// Brackets within brackets.
    static let depthMax = 32

    /// Parses a whole expression.
    ///
    /// - Throws: `notUnderstood`, `tooLarge`.
    static func syntax(of text: String) throws(PathFailure) -> PathSyntax {
        guard text.utf8.count <= bytesMax else {
            throw PathFailure(
                .tooLarge,
                "The expression has \(text.utf8.count) bytes; the limit is \(bytesMax) bytes."
            )
        }
        guard let tokens = PathToken.tokens(of: text) else {
            throw PathFailure(.notUnderstood, "\(text) has a character that no expression has.")
        }
        var parser = PathParser(text: text, tokens: tokens)
        let syntax = try parser.expression(0)
        guard parser.position == tokens.count else { throw parser.unexpected }
        return syntax
    }

    private init(text: String, tokens: [PathToken]) {
        self.text = text
        self.tokens = tokens
    }

    // MARK: - Tokens

    private var token: PathToken? { position < tokens.count ? tokens[position] : nil }

    private func token(ahead count: Int) -> PathToken? {
        position + count < tokens.count ? tokens[position + count] : nil
    }

    private mutating func skips(_ sign: String) -> Bool {
        guard token == .sign(sign) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ sign: String) throws(PathFailure) {
        guard skips(sign) else { throw unexpected }
    }

    private var unexpected: PathFailure {
        let place =
            switch token {
            case .name(let name): "at \(name)"
            case .literal(let literal): "at the text \(literal)"
            case .number(let number): "at \(number)"
            case .sign(let sign): "at \(sign)"
            case nil: "at its end"
            }
        return PathFailure(.notUnderstood, "\(text) is not understood \(place).")
    }

    // MARK: - Expressions

    private mutating func expression(_ precedenceMin: Int) throws(PathFailure) -> PathSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else {
            throw PathFailure(
                .tooLarge,
                "\(text) nests deeper than \(Self.depthMax) brackets."
            )
        }
        var left = try unary()
        while let operation = binaryOperator, operation.precedence > precedenceMin {
            position += 1
            left = .binary(operation, left, try expression(operation.precedence))
        }
        return left
    }

    private var binaryOperator: PathSyntax.Operator? {
        switch token {
        case .sign(let sign): PathSyntax.Operator(rawValue: sign)
        case .name(let name) where ["or", "and", "div", "mod"].contains(name):
            PathSyntax.Operator(rawValue: name)
        default: nil
        }
    }

    private mutating func unary() throws(PathFailure) -> PathSyntax {
        var isNegative = false
        while skips("-") { isNegative.toggle() }
        let operand = try primary()
        return isNegative ? .negative(operand) : operand
    }

    private mutating func primary() throws(PathFailure) -> PathSyntax {
        switch token {
        case .number(let number):
            position += 1
            return .number(number)
        case .literal(let literal):
            position += 1
            return .literal(literal)
        case .sign("("):
            position += 1
            let inner = try expression(0)
            try expect(")")
            return try filtered(inner)
        case .name(let name) where isCall(name):
            return try filtered(try call(name))
        default:
            return .path(try path())
        }
    }

    private func isCall(_ name: String) -> Bool {
        token(ahead: 1) == .sign("(") && !["text", "node", "comment"].contains(name)
    }

    private mutating func call(_ name: String) throws(PathFailure) -> PathSyntax {
        guard let function = PathFunction(rawValue: name) else {
            throw PathFailure(.notUnderstood, "\(text) calls \(name), which is no known function.")
        }
        position += 2
        var arguments: [PathSyntax] = []
        while !skips(")") {
            if !arguments.isEmpty { try expect(",") }
            arguments.append(try expression(0))
        }
        guard function.arguments.contains(arguments.count) else {
            throw PathFailure(
                .notUnderstood,
                "\(text) gives \(name) \(arguments.count) arguments."
            )
        }
        return .call(function, arguments)
    }

    /// `(//a)[1]/b`: predicates and steps behind a bracket or call.
    private mutating func filtered(_ inner: PathSyntax) throws(PathFailure) -> PathSyntax {
        let predicates = try predicates()
        let steps = token == .sign("/") || token == .sign("//") ? try relativeSteps() : []
        guard !predicates.isEmpty || !steps.isEmpty else { return inner }
        return .path(.init(start: .expression(inner, predicates: predicates), steps: steps))
    }

    // MARK: - Paths

    private mutating func path() throws(PathFailure) -> PathSyntax.Path {
        if token == .sign("/") || token == .sign("//") {
            if token == .sign("/"), !startsStep(token(ahead: 1)) {
                position += 1
                return .init(start: .root, steps: [])
            }
            return .init(start: .root, steps: try relativeSteps())
        }
        let first = try step()
        return .init(start: .context, steps: [first] + (try relativeSteps()))
    }

    private func startsStep(_ token: PathToken?) -> Bool {
        switch token {
        case .name: true
        case .sign(let sign): ["@", "*", ".", ".."].contains(sign)
        default: false
        }
    }

    /// Steps that each stand behind a slash.
    private mutating func relativeSteps() throws(PathFailure) -> [PathSyntax.Step] {
        var steps: [PathSyntax.Step] = []
        while true {
            if skips("//") {
                steps.append(.init(axis: .descendantOrSelf, test: .node))
            } else if !skips("/") {
                return steps
            }
            steps.append(try step())
        }
    }

    private mutating func step() throws(PathFailure) -> PathSyntax.Step {
        if skips(".") { return .init(axis: .self, test: .node, predicates: try predicates()) }
        if skips("..") { return .init(axis: .parent, test: .node, predicates: try predicates()) }
        var axis = PathSyntax.Axis.child
        if skips("@") {
            axis = .attribute
        } else if case .name(let name) = token, token(ahead: 1) == .sign("::") {
            guard let named = PathSyntax.Axis(rawValue: name) else { throw unexpected }
            axis = named
            position += 2
        }
        let test = try nodeTest()
        return .init(axis: axis, test: test, predicates: try predicates())
    }

    private mutating func nodeTest() throws(PathFailure) -> PathSyntax.NodeTest {
        if skips("*") { return .any }
        guard case .name(let name) = token else { throw unexpected }
        position += 1
        guard token == .sign("("), ["text", "node", "comment"].contains(name) else {
            return .name(name.lowercased())
        }
        position += 1
        try expect(")")
        return name == "text" ? .text : name == "comment" ? .comment : .node
    }

    private mutating func predicates() throws(PathFailure) -> [PathSyntax] {
        var predicates: [PathSyntax] = []
        while skips("[") {
            predicates.append(try expression(0))
            try expect("]")
        }
        return predicates
    }
}
