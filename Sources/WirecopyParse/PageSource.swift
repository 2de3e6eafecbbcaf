import HTMLDocument
import WirecopyMessages

/// A page as the readers of this target take it: bytes, and what is known beside them.
struct PageSource: Sendable {
    /// Address after redirects.
    let url: String
    /// Media type with parameters, as it came with the page.
    let contentType: String?
    /// The page's bytes in its own encoding.
    let body: [UInt8]
    /// When it was received: no date on it lies later.
    let fetchedAt: Instant
    /// What a crawler or feed said of it.
    var hints: PageHints?

    /// The tree of the page, or of other bytes in its encoding.
    ///
    /// A `charset` of the media type outranks all but a byte order mark; without one, a page in
    /// UTF-8 is that, whatever it declares.
    func document(of bytes: [UInt8]) -> HTMLDocument {
        HTMLDocument(parsing: bytes, encoding: namedEncoding, believesContent: true)
    }

    /// The encoding that `text/html; charset=…` names.
    private var namedEncoding: TextEncoding? {
        let parameters = (contentType ?? "").split(separator: ";").dropFirst()
        for parameter in parameters.prefix(Self.parametersMax) {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, FoldedLine(String(parts[0])).key == "charset" else { continue }
            return TextEncoding(label: String(parts[1].filter { $0 != "\"" && $0 != "'" }))
        }
        return nil
    }

    /// Parameters of a media type that are looked at; one or two are usual.
    private static let parametersMax = 8

    /// The host of the address without `www.`; empty for a file.
    var host: String {
        let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
        let host = afterScheme.prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
        return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
    }

    /// Whether the numeric dates of the site put the month first: only those of North America and
    /// the Philippines do, and a page tells by its language.
    func numericOrder(language: String?) -> DateReader.NumericOrder {
        let tag = (language ?? "").lowercased()
        let isEnglish =
            tag.isEmpty || tag == "en" || tag.hasPrefix("en-us") || tag.hasPrefix("en_us")
        let country = host.split(separator: ".").last.map(String.init) ?? ""
        return isEnglish && (country.utf8.count != 2 || country == "us") ? .monthFirst : .dayFirst
    }
}
