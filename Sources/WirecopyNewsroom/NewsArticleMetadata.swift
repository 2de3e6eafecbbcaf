import Foundation

/// The schema.org `NewsArticle` that modern pages carry as JSON-LD.
struct NewsArticleMetadata {
    private let content: Content

    private struct Content: Encodable {
        let context = "https://schema.org"
        let type = "NewsArticle"
        let headline: String
        let description: String?
        let datePublished: String
        let dateModified: String
        let articleSection: String
        let inLanguage = "en"
        let isAccessibleForFree = true
        let mainEntityOfPage: Page
        let author: [Person]
        let publisher: Organization

        enum CodingKeys: String, CodingKey {
            case context = "@context"
            case type = "@type"
            case headline, description, datePublished, dateModified, articleSection, inLanguage
            case isAccessibleForFree, mainEntityOfPage, author, publisher
        }
    }

    private struct Page: Encodable {
        let type = "WebPage"
        let id: String
        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case id = "@id"
        }
    }

    private struct Person: Encodable {
        let type = "Person"
        let name: String
        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name
        }
    }

    private struct Organization: Encodable {
        let type = "NewsMediaOrganization"
        let name: String
        let url: String
        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name, url
        }
    }

    init(_ article: NewsArticle, publisher: Publisher, baseURL: String) {
        content = Content(
            headline: article.title,
            description: article.standfirst,
            datePublished: article.published.text,
            dateModified: (article.modified ?? article.published).text,
            articleSection: article.section,
            mainEntityOfPage: Page(id: baseURL + article.canonicalPath),
            author: article.authors.map { Person(name: $0) },
            publisher: Organization(name: publisher.name, url: "\(baseURL)/\(publisher.key)/")
        )
    }

    /// One line of JSON, safe inside a script element: no `</` in it.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let bytes = try? encoder.encode(content) else { return "{}" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
