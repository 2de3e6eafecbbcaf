import Glibc

/// Where a server listens: a numeric address and a port, such as `127.0.0.1:9577` or `[::1]:0`, or
/// the first free port of a few, as `127.0.0.1:9580-9589` for several processes of one kind.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Numeric IPv4 or IPv6 address, without brackets.
    package let host: String
    /// Port; 0 takes a free one.
    package let port: UInt16
    /// Last port to try when those before are taken; usually `port` itself.
    package let lastPort: UInt16

    /// The loopback address of IPv4 at a port.
    package init(loopbackPort port: UInt16) {
        self.init(host: "127.0.0.1", port: port)
    }

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
        lastPort = port
    }

    /// Reads `HOST:PORT` or `HOST:FIRST-LAST`; the host is numeric, in brackets when it is IPv6, or
    /// `localhost`.
    ///
    /// - Throws: `addressInvalid`.
    package init(_ text: String) throws(HTTPServerFailure) {
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else {
            throw .addressInvalid(text)
        }
        let ports = text[text.index(after: colon)...]
            .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            .map { UInt16($0) }
        guard let port = ports[0], let lastPort = ports[ports.count - 1], port <= lastPort,
            ports.count == 1 || port > 0
        else { throw .addressInvalid(text) }
        var host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard isBracketed == host.contains(":") else { throw .addressInvalid(text) }
        self.host = host == "localhost" ? "127.0.0.1" : String(host)
        self.port = port
        self.lastPort = lastPort
    }

    /// Whether only programs of this machine reach it.
    package var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }

    /// `HOST:PORT`, or `HOST:FIRST-LAST`.
    package var description: String {
        let place = host.contains(":") ? "[\(host)]" : host
        return port == lastPort ? "\(place):\(port)" : "\(place):\(port)-\(lastPort)"
    }
}
