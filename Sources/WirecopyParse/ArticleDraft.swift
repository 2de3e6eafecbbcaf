import WirecopyMessages

/// What one way of reading a page found, before it becomes a message.
struct ArticleDraft: Sendable, Equatable {
    var access: ArticleAccess?
    var authors: [Evidenced] = []
    var canonicalURL: Evidenced?
    var encoding = ""
    var flags: [PageFlag] = []
    var language: Evidenced?
    var leadImage: Evidenced?
    var leadImageCaption: Evidenced?
    var leadImageCredit: Evidenced?
    var mainText = MainText()
    var modified: PublicationDate?
    var published: PublicationDate?
    var section: Evidenced?
    var siteName: Evidenced?
    var subtitle: Evidenced?
    var syndication: [Evidenced] = []
    var tags: [Evidenced] = []
    var title: Evidenced?
    /// What the page itself asks of those who use it.
    var usage: [UsageNote] = []
    var warnings: [String] = []

    /// The message; the first paragraph that is body text becomes the lede.
    func article(of page: FetchedPage) -> ParsedArticle {
        var paragraphs = mainText.paragraphs
        if let first = paragraphs.firstIndex(where: { $0.kind == .body }),
            !paragraphs.contains(where: { $0.kind == .lede })
        {
            paragraphs[first].kind = .lede
        }
        var article = ParsedArticle(page: page, encoding: encoding, paragraphs: paragraphs)
        article.access = access
        article.authors = authors
        article.canonicalURL = canonicalURL
        article.dropped = mainText.dropped
        article.flags = flags
        article.language = language
        article.leadImage = leadImage
        article.leadImageCaption = leadImageCaption
        article.leadImageCredit = leadImageCredit
        article.modified = modified
        article.published = published
        article.section = section
        article.siteName = siteName
        article.subtitle = subtitle
        article.syndication = syndication
        article.tags = tags
        article.title = title
        article.usage = [UsageNote](distinct: page.usage + usage)
        article.warnings = Array(warnings.prefix(ParsedArticle.warningsMax))
        let text = Array(article.mainText.utf8)
        let measure = ReadingMeasure(of: text)
        article.fingerprint = measure.words == 0 ? nil : Fingerprint(of: text)
        article.readingTimeSeconds = measure.seconds
        article.wordCount = measure.words
        return article
    }
}

extension ArticleDraft {
    /// The main text as the message joins it.
    var text: String { mainText.paragraphs.map(\.text).joined(separator: "\n\n") }
}
