/// The page in a file that a browser saved as "web page, single file": MIME HTML (RFC 2557).
///
/// The file is a mail of the type `multipart/related`: the page, its frames, pictures and style
/// sheets, each a part of its own. The page is the part that `start` names, else the first of HTML.
package struct MHTMLPage: Sendable, Equatable {
    /// The address from which the page was saved; `nil` when the file does not say.
    package let url: String?
    /// The media type with its parameters, `charset` among them.
    package let contentType: String
    /// The page's bytes, out of quoted-printable or base64.
    package let body: [UInt8]

    /// Parts that are looked at; a page with every picture of a long report has hundreds.
    private static let partsMax = 10_000
    /// Multiparts within each other; mail programs nest two.
    private static let depthMax = 4

    /// Reads a file.
    ///
    /// - Throws: `headBroken` when the head passes a limit, `noPage` when no part is HTML.
    package init(bytes: [UInt8]) throws(WebArchiveFailure) {
        guard let part = try MIMEPart(bytes[...]),
            let page = try Self.page(in: part, depth: 0)
        else {
            throw WebArchiveFailure(
                .noPage,
                "No part of the file is HTML, as one of a saved page should be."
            )
        }
        let snapshot = part.fields["Snapshot-Content-Location"]
        let own = page.fields["Content-Location"].flatMap { $0.contains("://") ? $0 : nil }
        url = own.flatMap { $0.hasPrefix("http") ? $0 : nil } ?? snapshot ?? own
        contentType = page.fields["Content-Type"] ?? "text/html"
        body = page.content
    }

    /// Whether a file begins with the head of such a mail; `sample` is its beginning.
    package static func looksLike(_ sample: ArraySlice<UInt8>) -> Bool {
        guard let part = try? MIMEPart(sample), part.fields["MIME-Version"] != nil else {
            return false
        }
        return part.type.hasPrefix("multipart/related")
    }

    private static func page(
        in part: MIMEPart,
        depth: Int
    ) throws(WebArchiveFailure) -> MIMEPart? {
        if ["text/html", "application/xhtml+xml"].contains(part.type) { return part }
        guard part.type.hasPrefix("multipart/"), let boundary = part.parameter("boundary"),
            !boundary.isEmpty, depth < depthMax
        else { return nil }
        let start = part.parameter("start")
        var first: MIMEPart?
        var parts = MIMEParts(part.rawContent, boundary: boundary)
        for _ in 0..<partsMax {
            guard let bytes = parts.next() else { break }
            guard let inner = try MIMEPart(bytes),
                let page = try page(in: inner, depth: depth + 1)
            else { continue }
            if let start, inner.fields["Content-ID"] != start {
                first = first ?? page
                continue
            }
            return page
        }
        return first
    }
}
