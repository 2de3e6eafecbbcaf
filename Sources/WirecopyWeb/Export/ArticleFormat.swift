import Foundation
import WirecopyMessages
package import WirecopyStorage

/// The forms in which articles are given to other programs.
package enum ArticleFormat: String, CaseIterable, Sendable {
    /// Reports as `--json` has them, one a line.
    case jsonl
    /// Comma-separated values, one row an article.
    case csv
    /// Markdown with the fields in front.
    case markdown
    /// IPTC ninjs 3.1, one object a line.
    case ninjs
    /// schema.org NewsArticle in JSON-LD, one object a line.
    case newsArticle = "news-article"
    /// An Atom feed, which is made of all its articles at once.
    case atom

    /// How a file of it ends.
    package var fileExtension: String {
        switch self {
        case .jsonl, .ninjs, .newsArticle: "jsonl"
        case .csv: "csv"
        case .markdown: "md"
        case .atom: "atom"
        }
    }

    /// Its media type.
    var mediaType: String {
        switch self {
        case .jsonl, .ninjs, .newsArticle: "application/jsonl"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .markdown: "text/markdown; charset=utf-8"
        case .atom: "application/atom+xml; charset=utf-8"
        }
    }

    /// What people call it.
    var label: String {
        switch self {
        case .jsonl: "JSON"
        case .csv: "CSV"
        case .markdown: "Markdown"
        case .ninjs: "ninjs"
        case .newsArticle: "NewsArticle"
        case .atom: "Atom"
        }
    }

    /// What stands before the first article, with its line break.
    package var opening: String { self == .csv ? CSV.row(CSV.articleColumns) + "\n" : "" }

    /// An article in this form, with its line break; in Atom, a feed of it alone.
    ///
    /// - Throws: when it cannot be written as JSON.
    package func text(of article: ArticleReport) throws -> String {
        switch self {
        case .jsonl: String(decoding: try article.reportJSON(), as: UTF8.self) + "\n"
        case .csv: CSV.row(CSV.cells(article)) + "\n"
        case .markdown: MarkdownArticle(article).text
        case .ninjs: try Self.line(NinjsItem(article))
        case .newsArticle: try Self.line(NewsArticleItem(article))
        case .atom: Self.feed(article.title ?? article.url, [article])
        }
    }

    /// A feed of articles, newest first.
    package static func feed(_ title: String, _ articles: [ArticleReport]) -> String {
        AtomFeed(title: title, articles: articles).lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
