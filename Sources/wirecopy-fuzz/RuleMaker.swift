/// Makes files of rules for a site: directives with expressions of XPath, deep, costly and broken
/// ones among them.
enum RuleMaker {
    /// Lines of a file.
    private static let linesMax = 12
    /// Nesting of a made-up expression; damage makes deeper ones.
    private static let depthMax = 4

    /// A file of rules.
    static func file(using generator: inout SeededGenerator) -> [UInt8] {
        let lines = (0...generator.below(linesMax)).map { _ in line(using: &generator) }
        return Array(lines.joined(separator: generator.one(of: ["\n", "\n", "\r\n"])).utf8)
    }

    /// Rules of which each fits the pages of `NewsPageMaker`.
    static let plainFile = Array(
        """
        title: //h1
        body: //article
        author: //a[@rel='author']
        date: //time/@datetime
        strip: //nav
        """.utf8
    )

    private static func line(using generator: inout SeededGenerator) -> String {
        let directive = generator.one(of: directives)
        switch generator.below(10) {
        case 0: return "\(directive): \(generator.one(of: values))"
        case 1: return generator.one(of: ["# a remark", "title", ":", "body:", "x: y", ""])
        case 2:
            let name = generator.one(of: ["(", "[", "-", "//*", "not(", "*/", "(//p)"])
            let piece = String(repeating: name, count: generator.below(400))
            return "\(directive): \(piece)"
        default: return "\(directive): \(expression(depthMax, &generator))"
        }
    }

    private static func expression(_ depth: Int, _ generator: inout SeededGenerator) -> String {
        guard depth > 0 else { return generator.one(of: values) }
        switch generator.below(9) {
        case 0:
            let other = expression(depth - 1, &generator)
            return "\(expression(depth - 1, &generator)) \(generator.one(of: operators)) \(other)"
        case 1:
            let arguments = (0..<generator.below(4)).map { _ in expression(depth - 1, &generator) }
            return "\(generator.one(of: functions))(\(arguments.joined(separator: ", ")))"
        case 2: return "(\(expression(depth - 1, &generator)))[\(generator.one(of: values))]"
        default: return path(depth, &generator)
        }
    }

    private static func path(_ depth: Int, _ generator: inout SeededGenerator) -> String {
        var path = ""
        for _ in 0...generator.below(4) {
            path += generator.one(of: ["/", "//", "//"])
            if generator.once(in: 4) { path += generator.one(of: axes) + "::" }
            path += generator.one(of: tests)
            if generator.once(in: 3) { path += "[\(expression(depth - 1, &generator))]" }
        }
        return path
    }

    private static let directives = [
        "title", "body", "author", "date", "strip", "body", "strip", "strip_id_or_class",
        "autodetect_on_failure", "next_page_link", "replace_string(<b>)", "tidy", "nonsense",
    ]

    private static let operators = [
        "or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|",
    ]

    private static let functions = [
        "last", "position", "count", "name", "local-name", "sum", "number", "floor", "ceiling",
        "round", "string", "concat", "contains", "starts-with", "ends-with", "normalize-space",
        "string-length", "substring", "substring-before", "substring-after", "translate", "not",
        "boolean", "true", "false", "id", "lang", "document",
    ]

    private static let axes = [
        "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self",
        "following", "following-sibling", "parent", "preceding", "preceding-sibling", "self",
        "namespace",
    ]

    private static let tests = [
        "*", "p", "div", "article", "h1", "a", "time", "@*", "@class", "@datetime", "text()",
        "comment()", "node()", "..", ".", "@", "x:y", "li",
    ]

    private static let values = [
        "1", "0", "-1", "99999999999999999999", "0.5", "1e9", "'a'", "\"b\"", "''", "'", "no",
        "last()", "position()=1", "@class", ".", "//p", "contains(@class, 'story')", "$x",
        "1 div 0",
        "substring('abc', -1 div 0, 1 div 0)", "\u{202E}", "e\u{301}", "//*[//*[//*]]",
    ]
}
