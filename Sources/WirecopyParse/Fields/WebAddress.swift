import WHATWGURL

/// Addresses that a page gives for itself and its pictures.
enum WebAddress {
    /// Longer addresses carry data and are no identity.
    private static let bytesMax = 4096

    /// The absolute http or https address that a reference on a page means; `nil` for others.
    static func absolute(_ reference: String, on base: String) -> String? {
        let reference = NormalText.string(reference)
        guard !reference.isEmpty, reference.utf8.count <= bytesMax else { return nil }
        guard let url = WebURL(reference, base: WebURL(base)), url.isHTTP else { return nil }
        return url.href
    }
}

extension WebAddress {
    /// The host of an absolute address in lower case, without `www.`; `nil` for other texts.
    static func host(of url: String) -> String? {
        guard let range = url.firstRange(of: "://") else { return nil }
        let host = url[range.upperBound...].prefix { !"/?#:".contains($0) }.lowercased()
        return host.isEmpty ? nil : host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }

    /// The path of an address in lower case, from its first slash, without query and fragment.
    static func path(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return rest.drop { $0 != "/" }.prefix { $0 != "?" && $0 != "#" }.lowercased()
    }
}

/// Tags of languages as BCP 47 writes them.
enum LanguageTag {
    /// `EN_us` becomes `en-US`; `nil` for what is no tag.
    static func normal(_ text: String) -> String? {
        let parts = NormalText.string(text).split { $0 == "-" || $0 == "_" }
        guard let language = parts.first, 2...3 ~= language.utf8.count,
            language.utf8.allSatisfy({ $0.isLetter && $0 < 0x80 })
        else { return nil }
        guard parts.count >= 2, let region = parts.last, region.utf8.count == 2,
            region.utf8.allSatisfy({ $0.isLetter && $0 < 0x80 })
        else { return language.lowercased() }
        return language.lowercased() + "-" + region.uppercased()
    }
}
