import CCurl

/// Reads the host out of an address in the same way as libcurl does when it connects.
enum URLHost {
    /// The host's name, or its address without brackets; `nil` when the text is no absolute
    /// address with scheme http or https.
    static func name(of url: String) -> String? {
        guard let parsed = curl_url() else { return nil }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = part(CURLUPART_SCHEME, of: parsed),
            ["http", "https"].contains(scheme),
            let host = part(CURLUPART_HOST, of: parsed), !host.isEmpty
        else { return nil }
        guard host.hasPrefix("["), host.hasSuffix("]") else { return host.lowercased() }
        return String(host.dropFirst().dropLast())
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
