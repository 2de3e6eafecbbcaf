/// Makes the HTML page of an article from its publisher's templates.
struct PageRenderer {
    let publisher: Publisher
    /// Articles whose headlines may stand in the margin, newest first.
    let margin: [NewsArticle]
    /// `http://127.0.0.1:8471`, for canonical links.
    let baseURL: String

    /// Headlines in the margin of a page.
    private static let marginCount = 6

    /// Every place that a page template may use.
    static let places: Set<String> = [
        "title", "standfirst", "section", "url", "path", "base", "publisher", "byline", "authors",
        "author_metas", "published", "modified", "date_long", "date_american", "date_dotted",
        "clock", "clock_12", "weekday", "updated_line", "body", "related", "related_more",
        "biographies", "json_ld", "pull_quote", "cookie_date",
    ]

    /// The ordinary page; nil when the publisher has no print version and one is asked for.
    func page(_ article: NewsArticle, print: Bool = false) -> String? {
        let template = print ? publisher.printTemplate : publisher.template
        return template?.fill(values(article, print: print))
    }

    private func values(_ article: NewsArticle, print: Bool) -> [String: String] {
        let date = article.published
        let modified = article.modified ?? date
        let listed = related(to: article)
        return [
            "title": article.title.escapedForHTML,
            "standfirst": (article.standfirst ?? "").escapedForHTML,
            "section": article.section.escapedForHTML,
            "url": (baseURL + article.canonicalPath).escapedForHTML,
            "path": article.canonicalPath.escapedForHTML,
            "base": baseURL,
            "publisher": publisher.name.escapedForHTML,
            "byline": byline(article).escapedForHTML,
            "authors": article.authors.joined(separator: ", ").escapedForHTML,
            "author_metas": article.authors
                .map { "<meta name=\"author\" content=\"\($0.escapedForHTML)\">" }
                .joined(separator: "\n"),
            "published": date.text,
            "modified": modified.text,
            "date_long": date.longDate,
            "date_american": date.americanDate,
            "date_dotted": date.dottedDate,
            "clock": date.clock,
            "clock_12": date.twelveHourClock,
            "weekday": date.weekday,
            "updated_line": article.modified
                .map { "Updated \($0.longDate), \($0.clock)" } ?? "",
            "body": body(article, withInserts: !print),
            "related": listed.prefix(3).map(relatedEntry).joined(separator: "\n"),
            "related_more": listed.dropFirst(3).map(relatedEntry).joined(separator: "\n"),
            "biographies": biographies(article),
            "json_ld": NewsArticleMetadata(article, publisher: publisher, baseURL: baseURL).json,
            "pull_quote": article.pullQuote.escapedForHTML,
        ]
    }

    private func byline(_ article: NewsArticle) -> String {
        guard let last = article.authors.last else { return "" }
        let others = article.authors.dropLast().joined(separator: ", ")
        return others.isEmpty ? last : "\(others) and \(last)"
    }

    private func body(_ article: NewsArticle, withInserts: Bool) -> String {
        var html: [String] = []
        for (index, block) in article.blocks.enumerated() {
            html.append(markup(block))
            let isLast = index == article.blocks.count - 1
            guard withInserts, !isLast, let insert = publisher.inserts[index + 1] else { continue }
            let headline = margin.first { $0.path != article.path }
            html.append(
                insert.fill([
                    "related": related(to: article).suffix(2).map(relatedEntry)
                        .joined(separator: "\n"),
                    "title": (headline?.title ?? "").escapedForHTML,
                    "pull_quote": article.pullQuote.escapedForHTML,
                ])
            )
        }
        return html.joined(separator: "\n")
    }

    private func markup(_ block: NewsArticle.Block) -> String {
        let markup = publisher.markup
        let text = block.italicHTML
        switch block.kind {
        case .paragraph: return markup.paragraph.fill(["text": text])
        case .heading: return markup.heading.fill(["text": text])
        case .bullet: return markup.bullet.fill(["text": text])
        case .note, .headline, .boilerplate: return markup.note.fill(["text": text])
        case .caption:
            let (caption, credit) = text.cut(at: " | ")
            return markup.caption.fill(["text": caption, "credit": credit])
        }
    }

    /// Later headlines first, as a site shows them long after an article came out.
    private func related(to article: NewsArticle) -> [NewsArticle] {
        let others = margin.filter { $0.canonicalPath != article.canonicalPath }
        let ofStory = others.filter { $0.story == article.story }
        let rest = others.filter { $0.story != article.story }
        return Array((ofStory.prefix(4) + rest).prefix(Self.marginCount))
    }

    private func relatedEntry(_ article: NewsArticle) -> String {
        publisher.markup.related.fill([
            "title": article.title.escapedForHTML,
            "path": article.canonicalPath.escapedForHTML,
            "date": article.published.longDate,
            "iso": article.published.text,
        ])
    }

    private func biographies(_ article: NewsArticle) -> String {
        article.authors.compactMap { author in
            publisher.biographies[author].map { text in
                publisher.markup.biography.fill([
                    "author": author.escapedForHTML, "text": text.escapedForHTML,
                ])
            }
        }.joined(separator: "\n")
    }
}

extension NewsArticle {
    /// What a designer would print large: the longest quotation.
    fileprivate var pullQuote: String {
        quotations.map(\.text).max { $0.utf8.count < $1.utf8.count } ?? title
    }

    /// The path without the version: the identity that pages declare.
    package var canonicalPath: String {
        version == 1 ? path : String(path.prefix(path.count - "?version=2".count))
    }
}

extension NewsArticle.Block {
    /// Escaped text with `em` around the italics.
    fileprivate var italicHTML: String {
        let bytes = Array(text.utf8)
        var html = ""
        var position = 0
        for range in italics {
            html +=
                String(decoding: bytes[position..<range.lowerBound], as: UTF8.self)
                .escapedForHTML
            html += "<em>" + String(decoding: bytes[range], as: UTF8.self).escapedForHTML + "</em>"
            position = range.upperBound
        }
        return html + String(decoding: bytes[position...], as: UTF8.self).escapedForHTML
    }
}
