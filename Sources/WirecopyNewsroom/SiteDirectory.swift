/// The pages by which the newsroom's articles are found: feeds, sitemap, lists, robots.txt.
struct SiteDirectory {
    let archive: NewsArchive
    let baseURL: String

    /// Entries of a feed, as most sites keep.
    static let feedCount = 20

    /// RSS 2.0 or Atom (RFC 4287), newest first.
    func feed(of publisher: Publisher, _ newestFirst: [NewsArticle]) -> String {
        let articles = newestFirst.prefix(Self.feedCount)
        return publisher.feed == .rss ? rss(publisher, articles) : atom(publisher, articles)
    }

    func rss(_ publisher: Publisher, _ articles: ArraySlice<NewsArticle>) -> String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>",
            "<title>\(publisher.name.escapedForHTML)</title>",
            "<link>\(baseURL)/\(publisher.key)/</link>",
            "<description>\(publisher.tagline.escapedForHTML)</description><language>en</language>",
        ]
        for article in articles {
            let url = (baseURL + article.path).escapedForHTML
            lines += [
                "<item><title>\(article.title.escapedForHTML)</title><link>\(url)</link>",
                "<guid isPermaLink=\"true\">\(url)</guid>",
                "<pubDate>\(article.published.rssDate)</pubDate>",
                article.authors.map { "<dc:creator>\($0.escapedForHTML)</dc:creator>" }.joined(),
                "<category>\(article.section.escapedForHTML)</category>",
                "<description>\(summary(article).escapedForHTML)</description></item>",
            ]
        }
        return (lines + ["</channel></rss>", ""]).joined(separator: "\n")
    }

    private func atom(_ publisher: Publisher, _ articles: ArraySlice<NewsArticle>) -> String {
        let newest = articles.first?.published.text ?? ""
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">",
            "<title>\(publisher.name.escapedForHTML)</title>",
            "<id>\(baseURL)/\(publisher.key)/</id><updated>\(newest)</updated>",
            "<link rel=\"self\" href=\"\(baseURL)\(publisher.feedPath)\"/>",
        ]
        for article in articles {
            let url = (baseURL + article.path).escapedForHTML
            let authors = article.authors.isEmpty ? [publisher.name] : article.authors
            lines += [
                "<entry><title>\(article.title.escapedForHTML)</title>",
                "<link href=\"\(url)\"/><id>\(url)</id>",
                "<published>\(article.published.text)</published>",
                "<updated>\((article.modified ?? article.published).text)</updated>",
                authors.map { "<author><name>\($0.escapedForHTML)</name></author>" }.joined(),
                "<summary>\(summary(article).escapedForHTML)</summary></entry>",
            ]
        }
        return (lines + ["</feed>", ""]).joined(separator: "\n")
    }

    func summary(_ article: NewsArticle) -> String {
        article.standfirst ?? article.mainText.first ?? ""
    }

    /// Articles with their dates (sitemaps.org, protocol 0.9).
    func sitemap(of articles: [NewsArticle]) -> String {
        let entries = articles.map { article in
            let modified = (article.modified ?? article.published).text
            return "<url><loc>\((baseURL + article.path).escapedForHTML)</loc>"
                + "<lastmod>\(modified)</lastmod></url>"
        }
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + entries.joined(separator: "\n") + "\n</urlset>\n"
    }

    /// Everything may be read but the controls and one page; one robot is not welcome.
    func robots() -> String {
        """
        User-agent: *
        Disallow: /_control/
        Disallow: /_odd/private

        User-agent: tidewrack-bot
        Disallow: /

        Sitemap: \(baseURL)/sitemap.xml

        """
    }

    /// All ordinary articles, then the addresses that the demo adds on purpose.
    func addresses() -> String {
        let paths = archive.articles.map(\.path) + archive.demoAddresses.map(\.path)
        return paths.map { baseURL + $0 + "\n" }.joined()
    }

    /// The truth about every address, one JSON object a line.
    func expected() -> String {
        ExpectedRecord.all(of: archive).map { $0.json + "\n" }.joined()
    }

    /// The front page of a publisher: headlines only.
    func frontPage(of publisher: Publisher, _ newestFirst: [NewsArticle]) -> String {
        let entries = newestFirst.map { article in
            "<a href=\"\(article.path.escapedForHTML)\">\(article.title.escapedForHTML)</a> "
                + "<small>\(article.published.longDate)</small>"
        }
        return list(publisher.name, entries, of: publisher)
    }

    /// The entrance of the newsroom.
    func index() -> String {
        list(
            "The newsroom",
            archive.publishers.map { "<a href=\"/\($0.key)/\">\($0.name.escapedForHTML)</a>" }
                + ["<a href=\"/texts/\">Copied texts</a>", "<a href=\"/_odd/\">Oddities</a>"]
        )
    }

    /// The text pages.
    func textIndex() -> String {
        list(
            "Copied texts",
            archive.texts.map(\.article).map { article in
                "<a href=\"\(article.path)\">\(article.title.escapedForHTML)</a>"
            }
        )
    }

    /// All oddities with what they do.
    func oddityIndex() -> String {
        list(
            "Oddities",
            Oddity.all.map { "<a href=\"\($0.path)\">\($0.path)</a> \($0.summary.escapedForHTML)" }
        )
    }

    private func list(_ title: String, _ entries: [String], of publisher: Publisher? = nil)
        -> String
    {
        let links = publisher.map { publisher in
            [
                (publisher.feed.mediaType, publisher.feedPath),
                ("application/feed+json", "/\(publisher.key)/feed.json"),
            ]
            .map { "<link rel=\"alternate\" type=\"\($0)\" href=\"\($1)\">" }.joined()
        }
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<title>\(title.escapedForHTML)</title>\(links ?? "")</head>\n<body>"
            + "<h1>\(title.escapedForHTML)</h1>\n<ul>\n"
            + entries.map { "<li>\($0)</li>\n" }.joined() + "</ul></body></html>\n"
    }
}

extension Publisher.Feed {
    /// The type without parameters.
    var mediaType: String { "application/\(rawValue)+xml" }
    var contentType: String { "\(mediaType); charset=utf-8" }
}
