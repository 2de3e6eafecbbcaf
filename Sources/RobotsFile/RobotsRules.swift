/// One `Allow` or `Disallow` line.
package struct RobotsRule: Sendable, Hashable {
    /// The paths that it is about.
    package let pattern: RobotsPattern
    /// Whether it allows them.
    package let isAllowing: Bool
    /// The line of the file, counted from 1.
    package let line: Int
    /// Google's reading: who allows `/a/index.html` allows `/a/`.
    let folderPattern: RobotsPattern?

    init(_ value: ArraySlice<UInt8>, isAllowing: Bool, line: Int) {
        pattern = RobotsPattern(value)
        self.isAllowing = isAllowing
        self.line = line
        let slash = isAllowing ? value.lastIndex(of: UInt8(ascii: "/")) : nil
        folderPattern = slash.flatMap { slash in
            guard value[slash...].starts(with: "/index.htm".utf8) else { return nil }
            return RobotsPattern(value[...slash] + [UInt8(ascii: "$")])
        }
    }
}

/// What a site lets one robot do.
package struct RobotsRules: Sendable {
    /// Allowing and forbidding rules, in the order of the file.
    package let rules: [RobotsRule]
    /// The pause between two requests that the site asks for; at most a day.
    package let crawlDelay: Duration?
    /// What the site says of the use of what is fetched.
    let usage: [UsageRule]

    /// Comparisons of bytes for one address. A file of real rules takes some thousands; a file made
    /// to be slow would take billions.
    static let comparisonsMax = 20_000_000

    /// Whether an address may be fetched: the longest pattern that matches decides, and an allowing
    /// one among equals (RFC 9309, 2.2.2). Without such a pattern it may.
    package func verdict(on path: RobotsPath) -> RobotsVerdict {
        var budget = Self.comparisonsMax
        var decisive: (rule: RobotsRule, priority: Int)?
        for rule in rules where !rule.pattern.isEmpty {
            let isLonger = rule.pattern.priority > decisive?.priority ?? -1
            let isAllowingEqual =
                rule.pattern.priority == decisive?.priority && rule.isAllowing
            guard isLonger || isAllowingEqual || rule.folderPattern != nil else { continue }
            guard let priority = priority(of: rule, on: path, &budget) else { return .tooCostly }
            guard let held = decisive else {
                if priority > 0 { decisive = (rule, priority) }
                continue
            }
            if priority > held.priority || priority == held.priority && rule.isAllowing {
                decisive = (rule, priority)
            }
        }
        guard let rule = decisive?.rule else { return .allowed(by: nil) }
        return rule.isAllowing ? .allowed(by: rule) : .forbidden(by: rule)
    }

    /// The length of the rule's pattern that matches, 0 when none does, `nil` beyond the budget.
    private func priority(
        of rule: RobotsRule,
        on path: RobotsPath,
        _ budget: inout Int
    ) -> Int? {
        guard var isMatch = rule.pattern.matches(path, .written, budget: &budget) else {
            return nil
        }
        if !isMatch, !rule.isAllowing {
            guard let isPlain = rule.pattern.matches(path, .plain, budget: &budget) else {
                return nil
            }
            isMatch = isPlain
        }
        if isMatch { return rule.pattern.priority }
        guard let folder = rule.folderPattern else { return 0 }
        return folder.matches(path, .written, budget: &budget).map { $0 ? folder.priority : 0 }
    }
}

/// Whether an address may be fetched, and which line says so.
package enum RobotsVerdict: Sendable, Hashable {
    /// It may; `nil` when no rule is about it.
    case allowed(by: RobotsRule?)
    /// It may not.
    case forbidden(by: RobotsRule)
    /// The rules were made so that nobody can follow them in reasonable time; it may not.
    case tooCostly

    /// Whether the address may be fetched.
    package var isAllowed: Bool {
        if case .allowed = self { return true }
        return false
    }
}
