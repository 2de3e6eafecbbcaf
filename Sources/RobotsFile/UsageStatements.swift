// Statements of a page and of the files of its site.
extension UsageReader {
    /// Values that are read of one page; more are noise.
    static let valuesMax = 100

    /// What the headers of an answer say.
    ///
    /// - Parameters:
    ///   - headers: names and values in their order; names in any case.
    ///   - productToken: the robot's name without version.
    /// - Returns: each statement once.
    package static func statements(
        inHeaders headers: [(name: String, value: String)],
        for productToken: String
    ) -> Set<UsageStatement> {
        var statements: Set<UsageStatement> = []
        for (name, value) in headers.prefix(valuesMax) {
            switch name.lowercased() {
            case "x-robots-tag":
                let signals = robotsTag(value, productToken: productToken)
                statements.formUnion(signals.map { UsageStatement($0, .robotsHeader) })
            case "content-usage", "content-signal":
                let signals = preferences(value)
                statements.formUnion(signals.map { UsageStatement($0, .usageHeader) })
            case "tdm-reservation" where isMiningReserved(value):
                statements.insert(UsageStatement(.miningReserved, .miningHeader))
            default: break
            }
        }
        return statements
    }

    /// What the `meta` elements of a page say.
    ///
    /// - Parameters:
    ///   - elements: their names and contents in their order; names in any case.
    ///   - productToken: the robot's name without version.
    /// - Returns: each statement once.
    package static func statements(
        inMeta elements: [(name: String, content: String)],
        for productToken: String
    ) -> Set<UsageStatement> {
        var statements: Set<UsageStatement> = []
        for (name, content) in elements.prefix(valuesMax) {
            switch name.lowercased() {
            case "robots", productToken.lowercased():
                let signals = robotsTag(content, productToken: productToken)
                statements.formUnion(signals.map { UsageStatement($0, .robotsMeta) })
            case "tdm-reservation" where isMiningReserved(content):
                statements.insert(UsageStatement(.miningReserved, .miningMeta))
            default: break
            }
        }
        return statements
    }

    /// What the files of a site say of one of its pages.
    ///
    /// - Parameters:
    ///   - robots: the site's `robots.txt`, read for us; `nil` without one.
    ///   - ai: its `ai.txt`, which has the form of `robots.txt` and forbids what AI makes of
    ///     pages; `nil` without one.
    ///   - mining: its `tdmrep.json`; `nil` without one.
    ///   - path: the page.
    /// - Returns: each statement once.
    package static func statements(
        robots: RobotsRules?,
        ai: RobotsRules?,
        mining: MiningFile?,
        on path: RobotsPath
    ) -> Set<UsageStatement> {
        var statements: Set<UsageStatement> = []
        if let robots {
            statements.formUnion(
                robots.usageSignals(of: path).map { UsageStatement($0, .robotsFile) }
            )
        }
        if let ai, !ai.verdict(on: path).isAllowed {
            statements.insert(UsageStatement(.noAI, .aiFile))
        }
        if mining?.rule(for: path)?.isReserved == true {
            statements.insert(UsageStatement(.miningReserved, .miningFile))
        }
        return statements
    }
}
