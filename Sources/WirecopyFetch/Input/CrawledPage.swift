import WirecopyMessages

/// A line of JSON lines of another crawler.
///
/// Crawlers agree on little; these names are taken, the first of a group that has a text wins:
/// `url`, `source_url`; `html`, `raw_html`; `text`, `maintext`, `raw_text`; `title`, `headline`;
/// `published`, `date_publish`, `date_published`, `published_at`, `date`; `authors` (a list or a
/// text), `author`, `byline`.
struct CrawledPage: Equatable {
    private(set) var url: String?
    private(set) var html: String?
    private(set) var text: String?
    private(set) var hints = PageHints()

    private static let groups: [[String]] = [
        ["url", "source_url"], ["html", "raw_html"], ["text", "maintext", "raw_text"],
        ["title", "headline"],
        ["published", "date_publish", "date_published", "published_at", "date"],
        ["authors", "author", "byline"],
    ]

    /// Reads one line.
    ///
    /// - Throws: `JSONFailure` when the line is no object of JSON.
    init(line: [UInt8]) throws(JSONFailure) {
        var found: [String: [String]] = [:]
        var reader = JSONReader(line)
        try reader.object { (key, reader) throws(JSONFailure) in
            if Self.groups.joined().contains(key) {
                let texts = try Self.texts(&reader)
                if !texts.isEmpty { found[key] = texts }
            } else {
                try reader.skip()
            }
        }
        try reader.end()
        let values = Self.groups.map { names in names.lazy.compactMap { found[$0] }.first }
        url = values[0]?.first
        html = values[1]?.first
        text = values[2]?.first
        hints = PageHints(
            title: values[3]?.first,
            authors: values[5] ?? [],
            published: values[4]?.first
        )
    }

    /// The texts of a value that are not blank: of a text or of a list of texts; none of anything
    /// else.
    private static func texts(_ reader: inout JSONReader) throws(JSONFailure) -> [String] {
        var attempt = reader
        if let text = try? attempt.string() {
            reader = attempt
            return text.trimmingSpaces.isEmpty ? [] : [text]
        }
        attempt = reader
        if let texts = try? attempt.strings() {
            reader = attempt
            return texts.filter { !$0.trimmingSpaces.isEmpty }
        }
        try reader.skip()
        return []
    }
}
