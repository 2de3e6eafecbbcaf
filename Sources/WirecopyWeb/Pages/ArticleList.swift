import WirecopyStorage

/// Articles as a list of headlines.
struct ArticleList {
    private let articles: [ArticleListReport.Entry]
    private let isBelowHeading: Bool

    /// Prepares articles; `isBelowHeading` says that the list stands in a section of the page.
    init(_ articles: [ArticleListReport.Entry], isBelowHeading: Bool = true) {
        self.articles = articles
        self.isBelowHeading = isBelowHeading
    }

    /// The list.
    var html: HTML {
        let entries = articles.map { article -> HTML in
            let subtitle = article.subtitle.map { text -> HTML in
                "<p class=\"deck\" dir=\"auto\">\(Parts.cut(text))</p>"
            }
            return """
                <li>\(Self.headline(article.id, article.title, isBelowHeading))
                \(subtitle ?? .empty)<p class="origin">\
                \(Self.origin(article.siteName, article.host, article.published))</p></li>
                """
        }
        return "<ul class=\"articles\">\n\(entries.joined(separator: "\n"))\n</ul>"
    }

    /// A headline that leads to its article, as a heading below that of the page or of a section.
    static func headline(_ id: String, _ title: String?, _ isBelowHeading: Bool) -> HTML {
        let link: HTML = "<a href=\"/articles/\(id)\" dir=\"auto\">\(Self.title(title))</a>"
        return isBelowHeading
            ? "<h3 class=\"headline\">\(link)</h3>" : "<h2 class=\"headline\">\(link)</h2>"
    }

    /// A headline, or words that stand for it.
    static func title(_ title: String?) -> String {
        guard let title, !title.isEmpty else { return "An article without a headline" }
        return Parts.cut(title)
    }

    /// Where and when an article was published.
    static func origin(_ siteName: String?, _ host: String, _ published: String?) -> HTML {
        let site = Parts.name(siteName ?? host, max: 80)
        guard let published else { return site }
        return "\(site) · \(Figure.published(published))"
    }
}
