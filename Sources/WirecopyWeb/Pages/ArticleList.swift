import WirecopyStorage

/// Articles as a list of headlines.
struct ArticleList {
    private let articles: [ArticleListReport.Entry]

    /// Prepares articles.
    init(_ articles: [ArticleListReport.Entry]) { self.articles = articles }

    /// The list.
    var html: HTML {
        let entries = articles.map { article -> HTML in
            let subtitle = article.subtitle.map { text -> HTML in
                "<p class=\"deck\" dir=\"auto\">\(Parts.cut(text))</p>"
            }
            return """
                <li><h3><a href="/articles/\(article.id)" dir="auto">\(Self.title(article.title))\
                </a></h3>
                \(subtitle ?? .empty)<p class="origin">\
                \(Self.origin(article.siteName, article.host, article.published))</p></li>
                """
        }
        return "<ul class=\"articles\">\n\(entries.joined(separator: "\n"))\n</ul>"
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
