import WHATWGURL

/// An absolute address of the web as it is asked for: `http` or `https`, without user's name and
/// password, without fragment.
package struct WebAddress: Sendable, Hashable {
    /// The address in ASCII.
    package let url: String
    /// The host without user, port and brackets, in lower case; names in Punycode.
    package let host: String
    /// Scheme, host and port, which share rules of access.
    let origin: String
    /// Path and query, which the server is asked for.
    let target: String

    /// Host and port, as the field `Host` has them.
    var authority: String {
        origin.firstRange(of: "://").map { String(origin[$0.upperBound...]) } ?? host
    }

    /// Whether the host is this machine.
    package var isOnThisMachine: Bool { HostPause.isOwnMachine(host) }

    /// Longer addresses are not taken; servers refuse them, and the envelope has to hold them.
    static let lengthMaxBytes = 8 << 10

    /// Reads an address; `nil` for other schemes, addresses with a user's name or password in
    /// them, and anything that is no address.
    package init?(_ text: String) {
        guard Self.hasScheme(text), let address = WebURL(text), !address.hasCredentials,
            let host = address.host, let origin = address.origin
        else { return nil }
        let url = address.withoutFragment.href
        guard url.utf8.count <= Self.lengthMaxBytes else { return nil }
        self.url = url
        self.origin = origin
        target = address.target
        self.host =
            if case .ipv6(let number) = host { number.text } else { host.text }
    }

    /// Whether a text means an address of the web and not a file, whatever is wrong with it.
    ///
    /// Stricter than browsers: `http:a` could be a file.
    static func hasScheme(_ text: String) -> Bool {
        let start = text.utf8.drop { $0 <= 0x20 }.prefix("https://".utf8.count)
        let lower = start.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
        return ["http://", "https://"].contains { lower.starts(with: $0.utf8) }
    }
}
