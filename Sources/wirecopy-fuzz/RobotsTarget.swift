import RobotsFile

/// Files of rules for robots, and paths.
///
/// Must be true: a verdict comes, and comes again; the line that forbids is one that forbids and is
/// in the file. Accepted is what may be fetched. The first frame is the file, the second the path.
struct RobotsTarget: FuzzTarget {
    private static let fields = [
        "User-agent", "user-agent", "Disallow", "Allow", "Sitemap", "Crawl-delay", "disalow",
        "Content-Signal", "Content-Usage", "Host", "", "User agent", "Disallow:",
    ]
    private static let separators = [": ", ":", " ", " : ", "\t", ""]
    private static let values = [
        "*", "Wirecopy", "wirecopy/2.0", "otherbot", "/", "/a", "/a/*", "/*.pdf$", "/*a*a*a*b", "$",
        "*", "/%61", "/caf\u{E9}", "/%e9", "", "/a$b", "10", "1e400", "-1", "ai-train=no",
        "/a train-ai=n", "https://tide.example/map.xml", "# note", "/index.html", "/**********",
    ]
    private static let breaks = ["\n", "\r\n", "\r", "\n\n", "\u{0}"]

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        if generator.once(in: 16) {
            let file = "User-agent: *\nDisallow: /desk\nAllow: /desk/\(generator.below(1000))"
            return FuzzInput([Array(file.utf8), Array("/tide".utf8)], isWhole: true)
        }
        var file = "User-agent: *\n"
        for _ in 0..<generator.below(12) {
            file += generator.one(of: Self.fields) + generator.one(of: Self.separators)
            file += generator.one(of: Self.values) + generator.one(of: Self.breaks)
        }
        var bytes = Array(file.utf8)
        if generator.once(in: 2) { Mutator.damage(&bytes, using: &generator) }
        var path = "/"
        for _ in 0..<generator.below(5) {
            path += generator.one(of: [
                "a", "/", "aaaaaaaa", ".pdf", "%61", "?", "*", "$", "\u{E9}",
            ])
        }
        return FuzzInput([bytes, Array(path.utf8)])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        guard input.frames.count == 2 else { return .refused }
        let file = RobotsFile(input.frames[0])
        let path = RobotsPath(String(decoding: input.frames[1], as: UTF8.self))
        let rules = file.rules(for: "Wirecopy")
        let verdict = rules.verdict(on: path)
        guard rules.verdict(on: path) == verdict else {
            throw FuzzFinding("The same question has two answers.")
        }
        _ = rules.usageSignals(of: path)
        switch verdict {
        case .allowed(let rule):
            if let rule, !rule.isAllowing { throw FuzzFinding("A forbidding line allows.") }
            return .accepted
        case .forbidden(let rule):
            let lines = input.frames[0].count { $0 == 0x0A || $0 == 0x0D } + 1
            guard !rule.isAllowing, 1...lines ~= rule.line else {
                throw FuzzFinding("Line \(rule.line) of \(lines) cannot forbid.")
            }
            return .refused
        case .tooCostly: return .refused
        }
    }
}
