/// An absolute address as the WHATWG URL standard (2025) reads and writes it.
///
/// Addresses of every scheme are read; those of `http`, `https`, `ws`, `wss`, `ftp` and `file` are
/// special: they have a host, a path of segments, and `\` means `/` in them. All parts are stored
/// as they are written: percent-encoded ASCII, scheme and host in lower case. Two addresses are
/// equal when they are written alike.
package struct WebURL: Sendable, Hashable {
    /// What follows the host.
    package enum Path: Sendable, Hashable {
        /// Text that has no segments, as in `mailto:desk@tide.example`.
        case opaque(String)
        /// The segments behind each slash, of which the last is empty behind a final slash.
        case segments([String])
    }

    /// Longer addresses are not read. Servers take some kilobytes; what is longer carries data.
    package static let lengthMaxBytes = 64 << 10

    /// Lower-case, without its colon.
    package internal(set) var scheme: String
    /// Empty when there is none.
    package internal(set) var username = ""
    /// Empty when there is none.
    package internal(set) var password = ""
    /// `nil` for addresses without one, as `mailto:` has them.
    package internal(set) var host: WebHost?
    /// From 0 to 65,535; `nil` when it is the scheme's own.
    package internal(set) var port: Int?
    /// Never opaque for special schemes.
    package internal(set) var path: Path
    /// Without its question mark; `nil` when there is no question mark.
    package internal(set) var query: String?
    /// Without its number sign; `nil` when there is no number sign.
    package internal(set) var fragment: String?

    /// Reads an address, relative to another one if it is given.
    ///
    /// Costs time in proportion to the text.
    ///
    /// - Throws: `WebURLFailure`, with what is wrong with the address.
    package init(parsing text: String, base: WebURL? = nil) throws(WebURLFailure) {
        self = try WebURLParser.url(text, base: base)
    }

    /// Reads an address, relative to another one if it is given; `nil` when there is none in it.
    package init?(_ text: String, base: WebURL? = nil) {
        guard let url = try? WebURL(parsing: text, base: base) else { return nil }
        self = url
    }

    init(scheme: String, path: Path) {
        self.scheme = scheme
        self.path = path
    }

    /// Whether it is an address of a page: `http` or `https`.
    package var isHTTP: Bool { scheme == "http" || scheme == "https" }

    /// The whole address.
    package var href: String {
        var text = scheme + ":"
        if let host {
            text += "//"
            if hasCredentials {
                text += username + (password.isEmpty ? "" : ":" + password) + "@"
            }
            text += host.text + (port.map { ":\($0)" } ?? "")
        } else if case .segments(let segments) = path, segments.count > 1, segments[0].isEmpty {
            // Else the path's two slashes would be read as a host's.
            text += "/."
        }
        text += pathname
        if let query { text += "?" + query }
        if let fragment { text += "#" + fragment }
        return text
    }

    /// The path as it is written.
    package var pathname: String {
        switch path {
        case .opaque(let text): text
        case .segments(let segments): segments.map { "/" + $0 }.joined()
        }
    }

    /// Path and query, which a server is asked for.
    package var target: String { pathname + (query.map { "?" + $0 } ?? "") }

    /// Scheme, host and port of a page's address, which share rules of access and a connection;
    /// `nil` for other schemes.
    package var origin: String? {
        guard isHTTP, let host else { return nil }
        return "\(scheme)://\(host.text)\(port.map { ":\($0)" } ?? "")"
    }

    /// The port that is connected to; `nil` for schemes without one of their own.
    package var effectivePort: Int? { port ?? Self.defaultPort(of: scheme) }

    /// Whether a user's name or password stands in it.
    package var hasCredentials: Bool { !username.isEmpty || !password.isEmpty }

    /// The same address without user's name and password.
    package var withoutCredentials: WebURL {
        var url = self
        url.username = ""
        url.password = ""
        return url
    }

    /// The same address without its fragment.
    package var withoutFragment: WebURL {
        var url = self
        url.fragment = nil
        return url
    }

    /// Whether the standard treats the scheme apart.
    var isSpecial: Bool { Self.isSpecial(scheme) }

    static func isSpecial(_ scheme: String) -> Bool {
        scheme == "file" || defaultPort(of: scheme) != nil
    }

    static func defaultPort(of scheme: String) -> Int? {
        switch scheme {
        case "http", "ws": 80
        case "https", "wss": 443
        case "ftp": 21
        default: nil
        }
    }
}
