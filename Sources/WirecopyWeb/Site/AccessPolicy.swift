import Digests

/// Who may read and who may change something.
///
/// Against DNS rebinding a request must name a host that is ours; against requests from other sites
/// one that changes something must come from a page of ours, or carry the token itself.
package struct AccessPolicy: Sendable {
    /// Shortest token that is taken: it cannot be guessed over a network.
    package static let tokenMin = 16
    /// Name of the cookie; the value is a digest of the token.
    static let cookieName = "wirecopy"

    /// How a request has shown the token.
    enum Proof: Sendable, Equatable {
        case none
        /// In the cookie that a browser sends by itself.
        case cookie
        /// In a header that only a program or a script of ours can set.
        case header
    }

    private let hosts: Set<String>
    private let tokenDigest: [UInt8]
    private let cookieValue: String
    /// Whether reading needs the token too.
    let readingNeedsToken: Bool

    /// Describes who may do what.
    ///
    /// - Parameters:
    ///   - hosts: names by which the page is reached, without port and in lower case; beside them
    ///     those of the loopback interface.
    ///   - token: what one must know to change something.
    ///   - readingNeedsToken: true where other machines can connect.
    package init(hosts: Set<String>, token: String, readingNeedsToken: Bool) {
        self.hosts = hosts.union(["127.0.0.1", "localhost", "[::1]"])
        tokenDigest = Self.digest(token)
        cookieValue = Digest.sha256(of: Array("wirecopy cookie \(token)".utf8)).hex
        self.readingNeedsToken = readingNeedsToken
    }

    /// Whether a request was meant for us.
    func isOurs(host: String?) -> Bool {
        guard let host else { return false }
        return hosts.contains(Self.name(of: host))
    }

    /// How a request shows the token.
    func proof(_ request: WebRequest) -> Proof {
        if let authorization = request.authorization {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .none }
            return isToken(String(parts[1])) ? .header : .none
        }
        let cookies = (request.cookie ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        let own = cookies.first { $0.hasPrefix(Self.cookieName + "=") }
        guard let own else { return .none }
        let value = String(own.dropFirst(Self.cookieName.count + 1))
        return Self.areEqual(Self.digest(value), Self.digest(cookieValue)) ? .cookie : .none
    }

    /// Whether a text is the token.
    func isToken(_ text: String) -> Bool { Self.areEqual(Self.digest(text), tokenDigest) }

    /// Whether a request comes from a page of ours: browsers name the origin of each POST.
    func isFromOurPage(_ request: WebRequest) -> Bool {
        guard let host = request.host?.lowercased(), let origin = request.origin?.lowercased()
        else {
            return false
        }
        return origin == "http://" + host || origin == "https://" + host
    }

    /// The header that lets a browser in for a day.
    var cookieHeader: String {
        "\(Self.cookieName)=\(cookieValue); Path=/; Max-Age=86400; HttpOnly; SameSite=Strict"
    }

    private static func digest(_ text: String) -> [UInt8] {
        Digest.sha256(of: Array(text.utf8)).bytes
    }

    /// Takes as long for a wrong byte at the start as for one at the end.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The host without its port.
    private static func name(of host: String) -> String {
        let lower = host.lowercased()
        if lower.hasPrefix("[") {
            return lower.firstIndex(of: "]").map { String(lower[...$0]) } ?? lower
        }
        return String(lower.prefix { $0 != ":" })
    }
}
