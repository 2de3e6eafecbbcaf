import WirecopyStorage

/// Rows of comma-separated values, as RFC 4180 has them, but for line ends: those are the system's.
package enum CSV {
    /// A row; a cell with a comma, a quotation mark or a line break is quoted.
    package static func row(_ cells: [String]) -> String {
        cells.map { cell in
            let isPlain = !cell.utf8.contains { special.contains($0) }
            return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",")
    }

    private static let special: Set<UInt8> = Set(",\"\r\n".utf8)

    /// Titles of the columns of `cells`.
    static let articleColumns = [
        "id", "url", "host", "site_name", "title", "subtitle", "authors", "published",
        "published_precision", "modified", "section", "language", "tags", "access", "syndication",
        "version", "statements", "text",
    ]

    /// The cells of an article; lists are joined by semicolons.
    static func cells(_ article: ArticleReport) -> [String] {
        let statements = article.quotations.count { $0.kind != "not_speech" }
        return [
            article.id, article.url, article.host, article.siteName ?? "", article.title ?? "",
            article.subtitle ?? "", article.authors.joined(separator: "; "),
            article.published ?? "", article.publishedPrecision ?? "", article.modified ?? "",
            article.section ?? "", article.language ?? "", article.tags.joined(separator: "; "),
            article.access ?? "", article.syndication.joined(separator: "; "),
            String(article.version), String(statements), article.text,
        ]
    }
}
