import WirecopyStorage

/// An article as schema.org's NewsArticle in JSON-LD (https://schema.org/NewsArticle).
struct NewsArticleItem: Encodable {
    var articleBody: String
    var articleSection: String?
    var author: [Thing]?
    var citation: [Thing]?
    var context = "https://schema.org"
    var dateModified: String?
    var datePublished: String?
    var headline: String?
    var alternativeHeadline: String?
    var id: String
    var image: Image?
    var inLanguage: String?
    var isAccessibleForFree: Bool?
    var keywords: [String]?
    var mentions: [Thing]?
    var publisher: Thing
    var type = "NewsArticle"
    var url: String
    var version: Int

    enum CodingKeys: String, CodingKey {
        case context = "@context"
        case id = "@id"
        case type = "@type"
        case alternativeHeadline, articleBody, articleSection, author, citation, dateModified
        case datePublished, headline, image, inLanguage, isAccessibleForFree, keywords, mentions
        case publisher, url, version
    }

    /// Somebody or something with a name.
    struct Thing: Encodable {
        var name: String
        var type: String

        enum CodingKeys: String, CodingKey {
            case name
            case type = "@type"
        }
    }

    /// The lead image.
    struct Image: Encodable {
        var caption: String?
        var creditText: String?
        var type = "ImageObject"
        var url: String

        enum CodingKeys: String, CodingKey {
            case caption, creditText, url
            case type = "@type"
        }
    }

    /// Describes an article.
    init(_ article: ArticleReport) {
        articleBody = article.text
        articleSection = article.section
        author = Self.things(article.authors, "Person")
        citation = Self.things(Set(article.citations.map(\.name)).sorted(), "CreativeWork")
        dateModified = article.modified
        datePublished = article.published
        headline = article.title
        alternativeHeadline = article.subtitle
        id = "urn:wirecopy:\(article.id)"
        image = article.leadImage.map {
            Image(caption: article.leadImageCaption, creditText: article.leadImageCredit, url: $0)
        }
        inLanguage = article.language
        isAccessibleForFree = article.access.map { $0 == "free" }
        keywords = article.tags.isEmpty ? nil : article.tags
        let named = article.entities.map { Thing(name: $0.name, type: Self.type(of: $0.type)) }
        mentions = named.isEmpty ? nil : named
        publisher = Thing(name: article.siteName ?? article.host, type: "NewsMediaOrganization")
        url = article.url
        version = article.version
    }

    private static func things(_ names: [String], _ type: String) -> [Thing]? {
        names.isEmpty ? nil : names.map { Thing(name: $0, type: type) }
    }

    private static func type(of entity: String) -> String {
        switch entity {
        case "PER": "Person"
        case "ORG": "Organization"
        case "GPE", "LOC", "FAC": "Place"
        case "EVENT": "Event"
        case "PRODUCT", "WEAPON": "Product"
        case "WORK": "CreativeWork"
        case "LAW": "Legislation"
        default: "Thing"
        }
    }
}
