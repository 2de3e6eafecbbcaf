import WirecopyStorage

/// An article as the IPTC's ninjs 3.1 has news items (https://www.iptc.org/std/ninjs/userguide/).
///
/// `uri` is `urn:wirecopy:` and the article's identifier, which holds over versions and replays.
struct NinjsItem: Encodable {
    var altIds: [AltID]
    var bodies: [Text]
    var by: String?
    var contentCreated: String?
    var descriptions: [Text]?
    var events: [Named]?
    var firstCreated: String
    var headlines: [Text]
    var infoSources: [InfoSource]
    var language: String?
    var organisations: [Named]?
    var people: [Named]?
    var places: [Named]?
    var pubStatus = "usable"
    var representationType = "full"
    var standard = Standard()
    var subjects: [Named]?
    var title: String?
    var type = "text"
    var uri: String
    var version: String
    var versionCreated: String

    /// An identifier that others gave.
    struct AltID: Encodable {
        var role: String
        var value: String
    }

    /// Something that the article names.
    struct Named: Encodable {
        var name: String
        var rel: String
    }

    /// Where it comes from, and on whom it rests.
    struct InfoSource: Encodable {
        var name: String
        var role: String
    }

    /// A text with its role.
    struct Text: Encodable {
        var charCount: Int?
        var contentType: String?
        var role: String
        var value: String
    }

    /// What this document keeps to.
    struct Standard: Encodable {
        var name = "ninjs"
        var schema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
        var version = "3.1"
    }

    /// Describes an article.
    init(_ article: ArticleReport) {
        let current = article.versions.first { $0.n == article.version }
        altIds = [AltID(role: "web", value: article.url)]
        bodies = [
            Text(
                charCount: article.text.count,
                contentType: "text/plain",
                role: "main",
                value: article.text
            )
        ]
        by = article.authors.isEmpty ? nil : article.authors.joined(separator: ", ")
        contentCreated = Self.instant(article)
        descriptions = article.subtitle.map { [Text(role: "summary", value: $0)] }
        events = Self.named(article, ["EVENT"])
        firstCreated = Instants.text(milliseconds: article.firstSeenMs)
        headlines = article.title.map { [Text(role: "main", value: $0)] } ?? []
        infoSources =
            [InfoSource(name: article.siteName ?? article.host, role: "publisher")]
            + article.syndication.map { InfoSource(name: $0, role: "agency") }
            + Set(article.citations.map(\.name)).sorted().map {
                InfoSource(name: $0, role: "cited")
            }
        language = article.language
        organisations = Self.named(article, ["ORG"])
        people = Self.named(article, ["PER"])
        places = Self.named(article, ["GPE", "LOC", "FAC"])
        subjects = article.tags.isEmpty ? nil : article.tags.map { Named(name: $0, rel: "about") }
        title = article.title
        uri = "urn:wirecopy:\(article.id)"
        version = String(article.version)
        versionCreated = Instants.text(
            milliseconds: current?.fetchedAtMs ?? article.lastSeenMs
        )
    }

    /// The instant of publication, where the page gives one: a day is none.
    private static func instant(_ article: ArticleReport) -> String? {
        guard ["minute", "second"].contains(article.publishedPrecision ?? "") else { return nil }
        return article.published.flatMap { Instants.text(published: $0) }
    }

    private static func named(_ article: ArticleReport, _ types: [String]) -> [Named]? {
        let named = article.entities.filter { types.contains($0.type) }
        return named.isEmpty ? nil : named.map { Named(name: $0.name, rel: "mentions") }
    }
}
