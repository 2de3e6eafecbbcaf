/// A site's `robots.txt` (RFC 9309), read as far as it means something.
///
/// Any bytes are a file: lines that mean nothing are passed over. Mistakes that sites make and
/// Google's published parser (github.com/google/robotstxt) forgives are forgiven here: a missing
/// colon, misspelt names, a broken byte order mark.
package struct RobotsFile: Sendable {
    /// What is behind this is not read; RFC 9309 section 2.5 asks for at least so much.
    package static let sizeMaxBytes = 500 << 10
    /// Sitemaps that are kept of a file; the largest sites name some hundreds.
    package static let sitemapsMax = 1000
    /// Bytes of a line that are read, as in Google's parser: eight times the longest address that
    /// old browsers took.
    static let lineMaxBytes = 2083 * 8

    /// Addresses of sitemaps as they are written; they belong to no group.
    package private(set) var sitemaps: [String] = []
    /// Whether the file was longer than `sizeMaxBytes`.
    package let isCut: Bool
    private var groups: [Group] = []

    /// The lines that stand below one or more names of robots.
    private struct Group: Sendable {
        /// Product tokens in lower case; `*` for every robot without a group of its own.
        var agents: Set<String> = []
        var rules: [RobotsRule] = []
        var crawlDelay: Duration?
        var usage: [UsageRule] = []
    }

    /// Reads a file.
    package init(_ bytes: [UInt8]) {
        isCut = bytes.count > Self.sizeMaxBytes
        var rest = bytes.prefix(Self.sizeMaxBytes)
        for byte in [0xEF, 0xBB, 0xBF] as [UInt8] where rest.first == byte {
            rest = rest.dropFirst()
        }
        var hasRules = true
        var lineNumber = 0
        for line in RobotsLines(rest) {
            lineNumber += 1
            guard let (field, value) = RobotsField.read(line.prefix(Self.lineMaxBytes)) else {
                continue
            }
            if field == .userAgent {
                if hasRules { groups.append(Group()) }
                hasRules = false
                if let agent = Self.agent(value) { groups[groups.count - 1].agents.insert(agent) }
            } else {
                add(field, value, line: lineNumber)
                hasRules = hasRules || field == .allow || field == .disallow
            }
        }
    }

    /// The rules for one robot: those of all groups with its name or, if there is none, of all
    /// groups for every robot. `productToken` is the robot's name without version, such as
    /// `Wirecopy`.
    package func rules(for productToken: String) -> RobotsRules {
        let token = productToken.lowercased()
        var chosen = groups.filter { $0.agents.contains(token) }
        if chosen.isEmpty || token == "*" { chosen = groups.filter { $0.agents.contains("*") } }
        return RobotsRules(
            rules: chosen.flatMap(\.rules),
            crawlDelay: chosen.compactMap(\.crawlDelay).max(),
            usage: chosen.flatMap(\.usage)
        )
    }

    /// The product token at the beginning of a name; `nil` for a name without one.
    private static func agent(_ value: ArraySlice<UInt8>) -> String? {
        if value.first == UInt8(ascii: "*") {
            let next = value.dropFirst().first
            return next.map(\.isRobotsSpace) ?? true ? "*" : nil
        }
        let token = value.prefix {
            $0.isLetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        return token.isEmpty ? nil : String(decoding: token, as: UTF8.self).lowercased()
    }

    private mutating func add(_ field: RobotsField, _ value: ArraySlice<UInt8>, line: Int) {
        if field == .sitemap {
            guard sitemaps.count < Self.sitemapsMax, !value.isEmpty else { return }
            return sitemaps.append(String(decoding: value, as: UTF8.self))
        }
        guard let last = groups.indices.last else { return }
        switch field {
        case .allow:
            groups[last].rules.append(RobotsRule(value, isAllowing: true, line: line))
        case .disallow:
            groups[last].rules.append(RobotsRule(value, isAllowing: false, line: line))
        case .crawlDelay:
            groups[last].crawlDelay = Self.seconds(value) ?? groups[last].crawlDelay
        case .contentSignal, .contentUsage:
            groups[last].usage.append(UsageRule(value, hasPath: field == .contentUsage))
        case .userAgent, .sitemap:
            break
        }
    }

    /// Longer pauses are no pauses; a site that asks for one wants nothing to be fetched.
    static let crawlDelayMax = Duration.seconds(86_400)

    /// A number of seconds, with a fraction or without.
    private static func seconds(_ value: ArraySlice<UInt8>) -> Duration? {
        guard let seconds = Double(String(decoding: value, as: UTF8.self)), seconds.isFinite,
            seconds >= 0
        else { return nil }
        return min(.seconds(min(seconds, 1e6)), crawlDelayMax)
    }
}
