/// An http(s) URL normalised so that links which mean one page are equal.
///
/// Scheme and host are lower case; default port, user information, fragment and tracking
/// parameters are gone; path, trailing slash and the order of the other parameters are kept. See
/// docs/adr/0005-identify-articles.md.
struct IdentityURL: Sendable, Equatable {
    /// `http` or `https`.
    let scheme: String
    /// Lower case, without a final dot; an IPv6 address keeps its brackets.
    let host: String
    /// `nil` for the scheme's default port.
    let port: Int?
    /// Path and query; starts with a slash.
    let target: String

    /// Reads a URL; `nil` when it is not an absolute http(s) URL.
    init?(_ text: String) {
        let trimmed = text.drop { $0.isWhitespace }
        guard let colon = trimmed.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = trimmed[..<colon].lowercased()
        guard let defaultPort = Self.defaultPorts[scheme] else { return nil }
        let afterColon = trimmed[trimmed.utf8.index(after: colon)...]
        guard afterColon.utf8.starts(with: "//".utf8) else { return nil }
        let rest = afterColon.dropFirst(2)
        let authorityEnd = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
        guard let (host, port) = Self.hostAndPort(rest[..<authorityEnd]) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port == defaultPort ? nil : port
        self.target = Self.target(rest[authorityEnd...])
    }

    /// The normalised URL.
    var text: String {
        "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(target)"
    }

    /// Whether it is a site's front page, which names a publisher and no article.
    var isFrontPage: Bool { target == "/" }

    /// Whether both belong to one publisher as far as their hosts tell: same registrable domain
    /// and port, or the same host when that has no registrable domain.
    func isSameSite(as other: IdentityURL) -> Bool {
        port == other.port && Self.site(of: host) == Self.site(of: other.host)
    }

    private static let defaultPorts = ["http": 80, "https": 443]

    /// Parameters that say how a reader came, never what is shown; `utm_` is matched as a prefix.
    ///
    /// Origin: the link-decoration lists that the advertising and mail systems themselves document.
    /// `?gclid=1` goes; `?id=1` and `?ref=2` stay. Held by `IdentityURLTests`.
    private static let trackingParameters: Set<String> = [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
        "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
        "vero_id", "oly_enc_id", "oly_anon_id", "_ga", "_gl", "s_cid", "cmpid",
    ]

    /// Second-level labels below which countries register names, as in `example.co.uk`.
    private static let countryCategories: Set<String> = [
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "ne", "net", "nom", "or", "org",
    ]

    private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        let hostAndPort =
            authority.split(
                separator: "@",
                omittingEmptySubsequences: false
            ).last ?? authority
        var host = hostAndPort
        var port: Int?
        let bracket = hostAndPort.lastIndex(of: "]") ?? hostAndPort.startIndex
        if let colon = hostAndPort[bracket...].firstIndex(of: ":") {
            host = hostAndPort[..<colon]
            let digits = hostAndPort[hostAndPort.index(after: colon)...]
            port = digits.isEmpty ? nil : Int(digits)
            guard digits.isEmpty || port.map({ 1...65_535 ~= $0 }) == true else { return nil }
        }
        if host.last == "." { host.removeLast() }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        return (host.lowercased(), port)
    }

    private static func target(_ rest: Substring) -> String {
        let withoutFragment = rest.prefix { $0 != "#" }
        let path = withoutFragment.prefix { $0 != "?" }
        let query = withoutFragment[path.endIndex...].dropFirst()
        let kept = query.split(separator: "&").filter { !isTracking($0) }
        let rooted = path.first == "/" ? String(path) : "/" + path
        return kept.isEmpty ? rooted : rooted + "?" + kept.joined(separator: "&")
    }

    private static func isTracking(_ parameter: Substring) -> Bool {
        let name = parameter.prefix { $0 != "=" }.lowercased()
        return name.hasPrefix("utm_") || trackingParameters.contains(name)
    }

    /// The registrable domain as far as it can be told without the Public Suffix List.
    private static func site(of host: String) -> String {
        let labels = host.split(separator: ".")
        let isAddress = host.contains("]") || labels.allSatisfy { $0.allSatisfy(\.isNumber) }
        guard labels.count > 2, !isAddress else { return host }
        let isBelowCategory =
            labels[labels.count - 1].count == 2
            && countryCategories.contains(String(labels[labels.count - 2]))
        return labels.suffix(isBelowCategory ? 3 : 2).joined(separator: ".")
    }
}
