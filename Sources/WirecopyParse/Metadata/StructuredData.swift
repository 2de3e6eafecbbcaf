/// What a page's JSON-LD says of its article (schema.org, in scripts of type
/// `application/ld+json`).
struct StructuredData: Sendable, Equatable {
    /// Names in `author` and `creator`, in order.
    var authors: [String] = []
    /// The whole text, when the page gives it.
    var body: String?
    var created: String?
    var headline: String?
    var image: String?
    /// `caption` or `description` of the image, where it is an object.
    var imageCaption: String?
    /// `creditText`, or who made or owns the image.
    var imageCredit: String?
    /// Whether a part of the article (`hasPart`) is not for everybody.
    var hasLockedPart = false
    /// Whether an article of the page is for everybody; `nil` when nothing says so.
    var isFree: Bool?
    /// Whether the page calls itself a live blog.
    var isLiveBlog = false
    /// What it calls itself: 4 for news, 3 for an article, 2 for a post, 1 for a page, 0 unknown.
    var kind = 0
    /// `keywords`, in order, still joined where the page joins them; at most `keywordsMax`.
    var keywords: [String] = []
    var language: String?
    var modified: String?
    /// Whether `author` says of itself that it is an organisation.
    var isAuthoredByOrganization = false
    /// `alternativeHeadline`, and `name` where there is a `headline` too.
    var otherHeadlines: [String] = []
    /// `alternativeHeadline` alone.
    var alternativeHeadline: String?
    /// Names of organisations that the report comes from: `sourceOrganization`.
    var sourceOrganizations: [String] = []
    var published: String?
    var publisher: String?
    var section: String?
    var url: String?

    /// Reads the page's scripts and takes the article that says most, one that names the page's
    /// address before others; `nil` when none is one.
    static func article(in scripts: [[UInt8]], pageURL: String) -> StructuredData? {
        articles(in: scripts, pageURL: pageURL).first
    }

    /// The articles of the page's scripts, the one that says most first.
    static func articles(in scripts: [[UInt8]], pageURL: String) -> [StructuredData] {
        var reader = StructuredDataReader()
        for script in scripts.prefix(scriptsMax) {
            LooseJSON(reading: script).map { reader.collect($0, depth: 0) }
        }
        var articles = reader.articles().sorted { $0.weight(pageURL) > $1.weight(pageURL) }
            .prefix(articlesMax).map(\.data.unescaped)
        if !articles.isEmpty { articles[0].isLiveBlog = reader.hasLiveBlog }
        return articles
    }

    /// Many systems escape for HTML what they write into JSON, some of them twice.
    private var unescaped: StructuredData {
        var data = self
        data.authors = authors.map(PlainText.withoutMarkup)
        data.headline = headline.map(PlainText.withoutMarkup)
        data.publisher = publisher.map(PlainText.withoutMarkup)
        data.section = section.map(PlainText.withoutMarkup)
        data.alternativeHeadline = alternativeHeadline.map(PlainText.withoutMarkup)
        data.imageCaption = imageCaption.map(PlainText.withoutMarkup)
        data.imageCredit = imageCredit.map(PlainText.withoutMarkup)
        data.otherHeadlines = otherHeadlines.map(PlainText.withoutMarkup)
        return data
    }

    /// Articles of one page that are kept; further ones are those that it links to.
    private static let articlesMax = 6

    /// Pages with more scripts of this kind give the rest to products or comments.
    private static let scriptsMax = 40
}

/// An article found, with how much it looks like the page's own.
private struct FoundArticle {
    var data: StructuredData
    var rank: Int
    var order: Int

    /// Larger for the better one; the first of equals wins.
    func weight(_ pageURL: String) -> Int {
        var weight = rank * 100 - order
        if data.published != nil { weight += 200 }
        if data.headline != nil { weight += 150 }
        if !data.authors.isEmpty { weight += 50 }
        if let url = data.url, !url.isEmpty, pageURL.hasPrefix(url) || url.hasPrefix(pageURL) {
            weight += 120
        }
        return weight
    }
}

/// Collects the objects of a page's scripts, then makes articles of those that are some.
private struct StructuredDataReader {
    /// Lists and graphs nest; articles inside of other articles are not followed.
    private static let depthMax = 6
    /// Objects looked at.
    private static let nodesMax = 500

    private var nodes: [LooseJSON] = []
    private var names: [String: String] = [:]
    private var images: [String: LooseJSON] = [:]

    mutating func collect(_ value: LooseJSON, depth: Int) {
        guard depth < Self.depthMax, nodes.count < Self.nodesMax else { return }
        switch value {
        case .array(let values):
            for value in values { collect(value, depth: depth + 1) }
        case .object(let fields):
            nodes.append(value)
            if let id = fields["@id"]?.text {
                if let name = fields["name"]?.text { names[id] = name }
                if fields["url"] != nil || fields["contentUrl"] != nil { images[id] = value }
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                if let inner = fields[key] { collect(inner, depth: depth + 1) }
            }
        default:
            break
        }
    }

    func articles() -> [FoundArticle] {
        nodes.enumerated().compactMap { order, node in
            guard let rank = rank(of: node) else { return nil }
            return FoundArticle(data: data(of: node), rank: rank, order: order)
        }
    }

    /// Whether one of the objects is a live blog; the page's article may be another of them.
    var hasLiveBlog: Bool { nodes.contains { types(of: $0).contains("liveblogposting") } }

    private func types(of node: LooseJSON) -> [String] {
        (node["@type"]?.elements ?? []).compactMap(\.text)
            .map { $0.lowercased().split(separator: "/").last.map(String.init) ?? "" }
    }

    /// 3 for articles of any kind, 1 for a page or a video that may stand for one.
    private func rank(of node: LooseJSON) -> Int? {
        let types = types(of: node)
        if types.contains(where: Self.isArticle) { return 3 }
        return types.contains("webpage") || types.contains("videoobject") ? 1 : nil
    }

    private func kind(of node: LooseJSON) -> Int {
        let types = (node["@type"]?.elements ?? []).compactMap(\.text).map { $0.lowercased() }
        if types.contains(where: { $0.hasSuffix("newsarticle") }) { return 4 }
        if types.contains(where: { $0.hasSuffix("article") }) { return 3 }
        if types.contains(where: { $0.hasSuffix("posting") }) { return 2 }
        return types.isEmpty ? 0 : 1
    }

    private static func isArticle(_ type: String) -> Bool {
        type.hasSuffix("article") || type.hasSuffix("posting") || type == "report"
            || type == "newsarticle" || type == "review" || type == "interview"
    }

    private func data(of node: LooseJSON) -> StructuredData {
        var data = StructuredData()
        data.authors =
            [node["author"], node["creator"]].lazy.compactMap { $0 }
            .map(people).first { !$0.isEmpty } ?? []
        data.body = node["articleBody"]?.text
        data.created = node["dateCreated"]?.text
        data.headline = node["headline"]?.text ?? node["name"]?.text
        data.isAuthoredByOrganization =
            node["author"]?.elements.contains { $0["@type"]?.text == "Organization" } ?? false
        data.otherHeadlines = ["name", "alternativeHeadline", "alternateName"]
            .compactMap { node[$0]?.text }
        data.alternativeHeadline = node["alternativeHeadline"]?.text
        readImage(node, into: &data)
        data.isFree = node["isAccessibleForFree"]?.truth
        data.hasLockedPart =
            node["hasPart"]?.elements.contains { $0["isAccessibleForFree"]?.truth == false }
            ?? false
        data.keywords = (node["keywords"]?.elements ?? []).prefix(Self.keywordsMax)
            .compactMap { $0.text ?? $0["name"]?.text }
        data.sourceOrganizations = node["sourceOrganization"].map(people) ?? []
        data.kind = kind(of: node)
        data.language = node["inLanguage"].flatMap { $0.text ?? $0["alternateName"]?.text }
        data.modified = node["dateModified"]?.text
        data.published = node["datePublished"]?.text ?? node["uploadDate"]?.text
        data.publisher = node["publisher"].flatMap { people($0).first }
        data.section = node["articleSection"]?.text
        data.url =
            node["url"]?.text ?? node["mainEntityOfPage"].flatMap { $0.text ?? $0["@id"]?.text }
        return data
    }

    private func people(_ value: LooseJSON) -> [String] {
        value.elements.compactMap { person in
            person["name"].flatMap(\.text) ?? person["@id"]?.text.flatMap { names[$0] }
                ?? person.text
        }
    }

    /// The image, itself or by reference, with what is said below it.
    private func readImage(_ node: LooseJSON, into data: inout StructuredData) {
        guard let value = node["image"] else {
            data.image = node["thumbnailUrl"]?.text
            return
        }
        let own = value.elements.lazy.filter { $0 != .null }.first ?? value
        let image = own["@id"]?.text.flatMap { images[$0] } ?? own
        data.image =
            image["url"]?.text ?? image["contentUrl"]?.text ?? address(value)
            ?? node["thumbnailUrl"]?.text
        data.imageCaption = image["caption"]?.text ?? image["description"]?.text
        let maker = ["creditText", "author", "creator", "copyrightHolder"].lazy
            .compactMap { image[$0] }
            .compactMap { $0.text ?? people($0).first }
        data.imageCredit = maker.first { !$0.isEmpty }
    }

    /// Keywords of one article; beyond that they are those of a shop.
    private static let keywordsMax = 100

    private func address(_ value: LooseJSON) -> String? {
        value.text
            ?? value.elements.lazy.compactMap { $0["url"]?.text ?? $0["contentUrl"]?.text }
            .first
    }
}
