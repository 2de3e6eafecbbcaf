import Foundation

/// What tells of a publisher's articles besides its main feed and front page: a JSON Feed, a feed
/// as it comes from a careless program, sitemaps, and the rules for robots.
extension SiteDirectory {
    /// Entries of the news sitemap, which holds what is young alone.
    private static let newsCount = 10

    /// A document with its path on the newsroom and its type.
    struct Document {
        let path: String
        let type: String
        let text: String
    }

    /// All documents of a publisher but its articles, for these articles, the newest first.
    func sources(of publisher: Publisher, _ newestFirst: [NewsArticle]) -> [Document] {
        let folder = "/\(publisher.key)/"
        let xml = "application/xml; charset=utf-8"
        let html = "text/html; charset=utf-8"
        let feed = feed(of: publisher, newestFirst)
        return [
            Document(path: publisher.feedPath, type: publisher.feed.contentType, text: feed),
            Document(path: folder, type: html, text: frontPage(of: publisher, newestFirst)),
            Document(
                path: folder + "feed.json",
                type: "application/feed+json",
                text: jsonFeed(publisher, newestFirst)
            ),
            Document(
                path: folder + "broken.xml",
                type: "application/rss+xml",
                text: brokenFeed(of: publisher, newestFirst)
            ),
            Document(path: folder + "sitemap.xml", type: xml, text: sitemapIndex(publisher)),
            Document(
                path: folder + "sitemap-articles.xml",
                type: xml,
                text: sitemap(of: newestFirst)
            ),
            Document(
                path: folder + "sitemap-news.xml",
                type: xml,
                text: newsSitemap(publisher, newestFirst)
            ),
            Document(
                path: folder + "robots.txt",
                type: "text/plain; charset=utf-8",
                text: robots(of: publisher)
            ),
        ]
    }

    /// The feed in RSS with the faults that real ones have: bare ampersands, names of characters
    /// that XML does not know, markup that is not closed, a control character, and an end in the
    /// middle of an item.
    private func brokenFeed(of publisher: Publisher, _ newestFirst: [NewsArticle]) -> String {
        rss(publisher, newestFirst.prefix(Self.feedCount))
            .replacing("</description>", with: "<br>Tide & weather&nbsp;\u{08}</description>")
            .replacing("</channel></rss>", with: "<item><title>The pa")
    }

    /// What JSON Feed 1.1 asks for, and the optional parts that feeds of news have.
    private struct JSONFeed: Encodable {
        struct Author: Encodable {
            let name: String
        }

        struct Item: Encodable {
            let id: String
            let url: String
            let title: String
            let summary: String
            let datePublished: String
            let authors: [Author]
            let tags: [String]
        }

        let version = "https://jsonfeed.org/version/1.1"
        let title: String
        let homePageURL: String
        let feedURL: String
        let items: [Item]

        enum CodingKeys: String, CodingKey {
            case version, title, items
            case homePageURL = "home_page_url"
            case feedURL = "feed_url"
        }
    }

    private func jsonFeed(_ publisher: Publisher, _ newestFirst: [NewsArticle]) -> String {
        let items = newestFirst.prefix(Self.feedCount).map { article in
            JSONFeed.Item(
                id: baseURL + article.path,
                url: baseURL + article.path,
                title: article.title,
                summary: summary(article),
                datePublished: article.published.text,
                authors: article.authors.map(JSONFeed.Author.init),
                tags: [article.section]
            )
        }
        let feed = JSONFeed(
            title: publisher.name,
            homePageURL: "\(baseURL)/\(publisher.key)/",
            feedURL: "\(baseURL)/\(publisher.key)/feed.json",
            items: items
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Texts and lists of texts have a form in JSON, whatever they hold.
        return (try? encoder.encode(feed)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Names the two other sitemaps (sitemaps.org, protocol 0.9).
    private func sitemapIndex(_ publisher: Publisher) -> String {
        let entries = ["articles", "news"].map { name in
            "<sitemap><loc>\(baseURL)/\(publisher.key)/sitemap-\(name).xml</loc></sitemap>"
        }
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            + "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + entries.joined(separator: "\n") + "\n</sitemapindex>\n"
    }

    /// The youngest articles with name, date and title (Google's extension for news, 0.9).
    private func newsSitemap(_ publisher: Publisher, _ newestFirst: [NewsArticle]) -> String {
        let entries = newestFirst.prefix(Self.newsCount).map { article in
            "<url><loc>\((baseURL + article.path).escapedForHTML)</loc><news:news>"
                + "<news:publication><news:name>\(publisher.name.escapedForHTML)</news:name>"
                + "<news:language>en</news:language></news:publication>"
                + "<news:publication_date>\(article.published.text)</news:publication_date>"
                + "<news:title>\(article.title.escapedForHTML)</news:title></news:news></url>"
        }
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
            + "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n"
            + entries.joined(separator: "\n") + "\n</urlset>\n"
    }

    /// The rules of the host that bears the publisher's name.
    private func robots(of publisher: Publisher) -> String {
        """
        User-agent: *
        Disallow: /_control/
        Disallow: /drafts/

        Sitemap: \(baseURL)/\(publisher.key)/sitemap.xml

        """
    }
}
