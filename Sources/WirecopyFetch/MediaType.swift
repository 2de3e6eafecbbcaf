/// The type of a page as `Content-Type` states it (RFC 9110 section 8.3).
struct MediaType: Equatable {
    /// Type and subtype in lower case, without parameters.
    let essence: String

    init(_ text: String) {
        let bare = text.prefix { $0 != ";" && $0 != "," }.lowercased()
        essence = bare.split(whereSeparator: \.isWhitespace).joined()
    }

    /// Whether the parser can make something of it. A value that is no type at all says nothing.
    var isReadable: Bool {
        guard essence.contains("/") else { return true }
        return [
            "text/html", "application/xhtml+xml", "text/plain", "text/markdown",
        ].contains(essence)
    }
}
