import WirecopyStorage

/// Articles as an Atom feed (RFC 4287).
struct AtomFeed {
    private let title: String
    private let articles: [ArticleReport]

    /// Characters of a summary: about three sentences.
    private static let summaryMax = 500

    /// Prepares a feed of articles, newest first.
    init(title: String, articles: [ArticleReport]) {
        self.title = title
        self.articles = articles
    }

    /// The lines of the document; its `updated` is that of the newest article.
    var lines: [String] {
        let updated = articles.map(Self.updated).max() ?? 0
        return [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<id>urn:wirecopy:feed:\(Self.slug(title))</id>",
            Self.element("title", title),
            "<updated>\(Instants.text(milliseconds: updated))</updated>",
            "<generator>Wirecopy</generator>",
            "<author><name>Wirecopy</name></author>",
        ] + articles.flatMap(Self.entry) + ["</feed>"]
    }

    private static func entry(_ article: ArticleReport) -> [String] {
        let published = article.published.flatMap { Instants.text(published: $0) }
        let authors = article.authors.map { "<author>\(element("name", $0))</author>" }
        return ["<entry>", "<id>urn:wirecopy:\(article.id)</id>"]
            + [
                element("title", article.title ?? article.url),
                "<updated>\(Instants.text(milliseconds: updated(article)))</updated>",
                published.map { "<published>\($0)</published>" },
                "<link rel=\"alternate\" href=\"\(escaped(article.url))\"/>",
            ].compactMap(\.self) + authors
            + article.tags.map { "<category term=\"\(escaped($0))\"/>" }
            + [
                element("summary", summary(article)),
                "<source>\(element("title", article.siteName ?? article.host))</source>",
                "</entry>",
            ]
    }

    /// When its current version was received.
    private static func updated(_ article: ArticleReport) -> Int {
        article.versions.first { $0.n == article.version }?.fetchedAtMs ?? article.lastSeenMs
    }

    private static func summary(_ article: ArticleReport) -> String {
        let text = article.subtitle ?? article.paragraphs.first?.text ?? ""
        return text.count > summaryMax ? text.prefix(summaryMax) + "…" : text
    }

    private static func element(_ name: String, _ text: String) -> String {
        "<\(name)>\(escaped(text))</\(name)>"
    }

    private static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? "all" : words.joined(separator: "-")
    }

    /// A text without markup, and without what XML 1.0 does not allow.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            default:
                let isAllowed =
                    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                escaped.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }
}
