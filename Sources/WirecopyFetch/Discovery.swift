import WebArchive
import WirecopyMessages

/// How a page was found, as fields of a `metadata` record.
///
/// `via` and `fetchTimeMs` are those of WARC 1.1 (10.1.5); the rest are ours, in snake_case.
struct Discovery {
    let fields: [HeaderField]

    /// What a page tells: the source that named it, the address that was asked for, what the source
    /// says of it, and what is asked of those who use it.
    init(_ page: FetchedPage) {
        let hints = page.hints ?? PageHints()
        let asked = page.url == page.finalURL ? nil : page.url
        let single: [(String, String?)] = [
            ("via", page.source), ("asked_url", asked), ("origin", page.origin),
            ("hint_title", hints.title), ("hint_published", hints.published),
        ]
        fields =
            single.compactMap { name, value in value.map { HeaderField(name, $0) } }
            + hints.authors.prefix(Self.authorsMax).map { HeaderField("hint_author", $0) }
            + page.usage.map { HeaderField("usage", "\($0.signal) \($0.place)") }
    }

    /// Authors that are told; more are a list of a site's staff.
    private static let authorsMax = 20
}
