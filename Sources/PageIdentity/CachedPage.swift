import WHATWGURL

/// Addresses under which search engines serve a page of somebody else's.
enum CachedPage {
    /// Hosts whose addresses hold another one behind these beginnings of the path: the AMP viewer
    /// and the AMP caches, which the AMP project documents. `s/` in front says `https`.
    ///
    /// `https://tide-example.cdn.ampproject.org/c/s/tide.example/a` is `https://tide.example/a`;
    /// `https://ampproject.org/c/s` is itself. Held by `PageAddressTests`.
    private static let caches: [(suffix: String, beginnings: [String])] = [
        (".cdn.ampproject.org", ["/c/", "/v/", "/a/"]),
        (".bing-amp.com", ["/c/", "/v/", "/a/"]),
        ("www.google.com", ["/amp/"]),
    ]

    /// The address that an address of a cache holds; `nil` for others.
    static func original(of url: WebURL) -> WebURL? {
        guard case .domain(let host)? = url.host,
            let cache = caches.first(where: { host.hasSuffix($0.suffix) }),
            let start = cache.beginnings.first(where: { url.pathname.hasPrefix($0) })
        else { return nil }
        var rest = url.pathname.dropFirst(start.count)
        let isSecure = rest.hasPrefix("s/")
        if isSecure { rest = rest.dropFirst(2) }
        let query = url.query.map { "?" + $0 } ?? ""
        let original = WebURL((isSecure ? "https://" : "http://") + rest + query)
        guard let original, case .domain(let name)? = original.host, name.contains(".") else {
            return nil
        }
        return original
    }
}
