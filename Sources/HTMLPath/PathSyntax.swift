/// An expression as a tree.
indirect enum PathSyntax: Sendable, Equatable {
    case number(Double)
    case literal(String)
    case negative(PathSyntax)
    case binary(Operator, PathSyntax, PathSyntax)
    case call(PathFunction, [PathSyntax])
    case path(Path)

    /// Where a path begins.
    indirect enum Start: Sendable, Equatable {
        case context
        case root
        case expression(PathSyntax, predicates: [PathSyntax])
    }

    /// A location path, section 2.
    struct Path: Sendable, Equatable {
        var start: Start
        var steps: [Step]
    }

    /// A location step, section 2.1.
    struct Step: Sendable, Equatable {
        var axis: Axis
        var test: NodeTest
        var predicates: [PathSyntax] = []
    }

    enum Axis: String, Sendable, CaseIterable {
        case ancestor
        case ancestorOrSelf = "ancestor-or-self"
        case attribute, child, descendant
        case descendantOrSelf = "descendant-or-self"
        case following
        case followingSibling = "following-sibling"
        case parent, preceding
        case precedingSibling = "preceding-sibling"
        case `self`

        /// Whether positions count backwards from the context node.
        var isReverse: Bool {
            switch self {
            case .ancestor, .ancestorOrSelf, .preceding, .precedingSibling: true
            default: false
            }
        }
    }

    enum NodeTest: Sendable, Equatable {
        /// An element or attribute of this name, in lower case.
        case name(String)
        /// Any element or attribute.
        case any
        case text
        case comment
        /// Any node.
        case node
    }

    enum Operator: String, Sendable {
        case or, and
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case div, mod
        case union = "|"

        /// Binds the tighter the larger.
        var precedence: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .equal, .unequal: 3
            case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
            case .plus, .minus: 5
            case .times, .div, .mod: 6
            case .union: 8
            }
        }
    }
}

/// The functions of XPath 1.0, section 4, but for `id`, `lang` and those on namespaces; and
/// `ends-with` of XPath 2.0, which rules use.
enum PathFunction: String, Sendable, CaseIterable {
    case boolean, ceiling, concat, contains, count
    case endsWith = "ends-with"
    case `false`, floor, last
    case localName = "local-name"
    case name
    case normalizeSpace = "normalize-space"
    case not, number, position, round
    case startsWith = "starts-with"
    case string
    case stringLength = "string-length"
    case substring
    case substringAfter = "substring-after"
    case substringBefore = "substring-before"
    case sum, translate, `true`

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> {
        switch self {
        case .false, .true, .last, .position: 0...0
        case .localName, .name, .normalizeSpace, .number, .string, .stringLength: 0...1
        case .boolean, .ceiling, .count, .floor, .not, .round, .sum: 1...1
        case .contains, .endsWith, .startsWith, .substringAfter, .substringBefore: 2...2
        case .substring: 2...3
        case .translate: 3...3
        case .concat: 2...32
        }
    }
}
