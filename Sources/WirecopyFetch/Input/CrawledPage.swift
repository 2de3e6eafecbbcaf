import WirecopyMessages

/// A page in the JSON of another crawler.
///
/// Crawlers agree on little. Of each group below the first name that has a text wins: those of
/// news-please, of fundus (`html` and `body` may be objects), and what Scrapy's users call their
/// fields. A text is a string, or the strings or `name`s of a list; `None`, which Python writes for
/// nothing, is none.
struct CrawledPage: Equatable {
    private(set) var url: String?
    private(set) var html: String?
    private(set) var text: String?
    private(set) var hints = PageHints()
    /// When the crawler fetched it.
    private(set) var fetchedAt: Instant?

    private static let urlNames = ["url", "source_url", "response_url", "link", "permalink"]
    private static let htmlNames = ["html", "raw_html", "page_source", "html_content"]
    private static let textNames = [
        "text", "maintext", "raw_text", "plaintext", "article_text", "full_text",
    ]
    /// May hold either.
    private static let contentNames = ["body", "content"]
    private static let titleNames = ["title", "headline", "title_page", "title_rss"]
    private static let dateNames = [
        "published", "date_publish", "publish_date", "date_published", "published_at",
        "publishing_date", "published_date", "publication_date", "datePublished", "pub_date",
        "pubDate", "date",
    ]
    private static let authorNames = ["authors", "author", "byline"]
    private static let fetchedNames = ["date_download", "crawl_date", "fetched_at", "crawled_at"]
    private static let names = Set(
        [
            urlNames, htmlNames, textNames, contentNames, titleNames, dateNames, authorNames,
            fetchedNames,
        ].joined()
    )

    /// Reads one object.
    ///
    /// - Throws: `JSONFailure` when the bytes are no object of JSON.
    init(line: [UInt8]) throws(JSONFailure) {
        var fields = CrawledFields()
        var reader = JSONReader(line)
        try reader.object { (key, reader) throws(JSONFailure) in
            if Self.names.contains(key) {
                try fields.read(key, &reader)
            } else {
                try reader.skip()
            }
        }
        try reader.end()
        url = fields.first(Self.urlNames)
        html = fields.first(Self.htmlNames)
        text = fields.first(Self.textNames)
        if html == nil, let content = fields.first(Self.contentNames) {
            let isPage = InputSniffer(Array(content.utf8.prefix(1024)), isWhole: false)
                .looksLikeHTML
            if isPage { html = content } else if text == nil { text = content }
        }
        hints = PageHints(
            title: fields.first(Self.titleNames),
            authors: fields.all(Self.authorNames),
            published: fields.first(Self.dateNames)
        )
        fetchedAt = fields.first(Self.fetchedNames).flatMap { Instant(crawlDate: $0) }
    }
}

/// The texts of a crawler's object by the names of their fields.
private struct CrawledFields {
    private var texts: [String: [String]] = [:]

    /// Words with which programs say nothing.
    private static let nothing: Set<String> = ["None", "null", "NaT", "nan", "NaN"]
    /// Lists within lists and objects: fundus' sections are two deep.
    private static let depthMax = 4

    func first(_ names: [String]) -> String? { all(names).first }

    func all(_ names: [String]) -> [String] { names.lazy.compactMap { texts[$0] }.first ?? [] }

    mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFailure) {
        var found: [String] = []
        var attempt = reader
        if (try? object(key, &attempt, &found)) != nil {
            reader = attempt
        } else {
            try Self.collect(&reader, &found, depth: 0)
        }
        if !found.isEmpty { texts[key] = texts[key] ?? found }
    }

    /// `html` and `body` of fundus: the first with the page and its addresses, the second with
    /// `summary` and `sections`.
    private mutating func object(
        _ key: String,
        _ reader: inout JSONReader,
        _ found: inout [String]
    ) throws(JSONFailure) {
        var parts: [String: [String]] = [:]
        try reader.object { (name, reader) throws(JSONFailure) in
            var texts: [String] = []
            try Self.collect(&reader, &texts, depth: 0)
            parts[name] = texts
        }
        switch key {
        case "html":
            found = parts["content"] ?? []
            let addresses = parts["responded_url"] ?? parts["requested_url"]
            texts["url"] = texts["url"] ?? addresses
            texts["crawl_date"] = texts["crawl_date"] ?? parts["crawl_date"]
        case "body":
            let paragraphs = (parts["summary"] ?? []) + (parts["sections"] ?? [])
            found = paragraphs.isEmpty ? [] : [paragraphs.joined(separator: "\n\n")]
        default: found = parts["name"] ?? []
        }
    }

    /// The texts of a value that say something, in their order.
    private static func collect(
        _ reader: inout JSONReader,
        _ found: inout [String],
        depth: Int
    ) throws(JSONFailure) {
        var attempt = reader
        if let text = try? attempt.string() {
            reader = attempt
            let isNothing = text.trimmingSpaces.isEmpty || nothing.contains(text)
            return isNothing ? () : found.append(text)
        }
        guard depth < depthMax else { return try reader.skip() }
        attempt = reader
        var inner: [String] = []
        do throws(JSONFailure) {
            try attempt.array { (reader) throws(JSONFailure) in
                try collect(&reader, &inner, depth: depth + 1)
            }
        } catch {
            attempt = reader
            inner = []
            do throws(JSONFailure) {
                try attempt.object { (name, reader) throws(JSONFailure) in
                    let isText = ["name", "headline", "paragraphs"].contains(name)
                    isText
                        ? try collect(&reader, &inner, depth: depth + 1) : try reader.skip()
                }
            } catch {
                return try reader.skip()
            }
        }
        reader = attempt
        found += inner
    }
}

extension Instant {
    /// Reads the date and time of a crawler: `2017-07-17 17:03:00`, with `T`, decimals, `Z` or an
    /// offset such as `+02:00` or `+0200`; without one it counts as UTC. `nil` for the rest.
    init?(crawlDate text: String) {
        let bytes = Array(text.utf8)
        guard 19...40 ~= bytes.count, bytes[10] == 0x20 || bytes[10] == UInt8(ascii: "T") else {
            return nil
        }
        let head = String(decoding: bytes[..<10], as: UTF8.self)
        let time = String(decoding: bytes[11..<19], as: UTF8.self)
        guard let instant = Instant(archiveDate: "\(head)T\(time)Z") else { return nil }
        let zone = bytes[19...].drop { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") }
        let digits = zone.filter { 0x30...0x39 ~= $0 }.map { Int($0) - 0x30 }
        guard let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            self = instant
            return
        }
        guard digits.count == 4 else { return nil }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        self = instant + .seconds(sign == UInt8(ascii: "+") ? -minutes * 60 : minutes * 60)
    }
}
