package import WHATWGURL

/// An http(s) address of a page, and the key that all addresses of that page share.
///
/// The address is one that exists: what was read, without user information, fragment, tracking
/// parameters and default port. The key need not exist: it has no `www.`, no mobile or AMP host,
/// no marks of AMP, print and one-page versions, sorted parameters and no final slash, and `http`
/// on its default port is `https`. Two addresses with one key show one page. See
/// docs/adr/0005-identify-articles.md and 0026-let-twins-share-an-identity.md.
package struct PageAddress: Sendable, Hashable {
    /// The address as links should give it.
    package let url: String
    /// What is equal for all addresses of the page.
    package let key: String
    /// Host of `url`; an IPv6 address keeps its brackets.
    package let host: String
    /// Whether it is a site's front page, which names a publisher and no article.
    package let isFrontPage: Bool
    private let port: Int?

    /// Reads an address; `nil` when it is no absolute http(s) address.
    package init?(_ text: String) {
        guard let url = WebURL(text) else { return nil }
        self.init(url)
    }

    /// The address of a page; `nil` for other schemes.
    package init?(_ url: WebURL) {
        let source = CachedPage.original(of: url) ?? url
        guard source.isHTTP, let name = source.host else { return nil }
        let clean = PageQuery(source.query).withoutTracking
        self.host = Self.withoutFinalDot(name.text)
        port = source.port
        let fragment = source.fragment.flatMap { $0.hasPrefix("!") ? "#" + $0 : nil } ?? ""
        let authority = self.host + (source.port.map { ":\($0)" } ?? "")
        self.url = "\(source.scheme)://\(authority)\(source.pathname)\(clean.text)\(fragment)"
        let path = PagePath(source.pathname).key
        let query = clean.key
        isFrontPage = path == "/" && query.text.isEmpty && fragment.isEmpty
        let scheme = source.port == nil ? "https" : source.scheme
        let site = name.isAddress ? self.host : PageHost(self.host).key
        let keyAuthority = site + (source.port.map { ":\($0)" } ?? "")
        key = "\(scheme)://\(keyAuthority)\(path)\(query.text)\(fragment)"
    }

    /// Whether both belong to one publisher as far as their hosts tell: same registrable domain
    /// and port, or the same host when that has no registrable domain.
    package func isSameSite(as other: PageAddress) -> Bool {
        port == other.port
            && PageHost(host).registrableDomain == PageHost(other.host).registrableDomain
    }

    /// The host without the dot of the root; two dots are no root.
    private static func withoutFinalDot(_ host: String) -> String {
        let name = host.dropLast()
        return host.hasSuffix(".") && !name.isEmpty && !name.hasSuffix(".") ? String(name) : host
    }
}
