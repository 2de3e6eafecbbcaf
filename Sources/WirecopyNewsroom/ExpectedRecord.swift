import Foundation

/// One line of `/expected.jsonl`: what a perfect pipeline makes of one address.
package struct ExpectedRecord: Sendable, Encodable {
    /// Path and query on the newsroom.
    package let path: String
    /// `article`, `revision`, `address` (a second or dead address) or `text`.
    package let kind: String
    /// True for what `/urls.txt` lists.
    package let listed: Bool
    /// `stored`, `updated`, `duplicate` or `dead`.
    package let outcome: String
    let duplicateOf: String?
    let reason: String?
    let publisher: String?
    let publisherName: String?
    let story: String?
    let episode: Int?
    let version: Int?
    let title: String?
    let standfirst: String?
    let authors: [String]?
    let published: String?
    let modified: String?
    let section: String?
    let mainText: [String]?
    let quotations: [Quotation]?
    let notSpeech: [String]?
    let entities: [NamedEntity]?
    let cites: [String]?
    let syndicatedFrom: String?

    enum CodingKeys: String, CodingKey {
        case path, kind, listed, outcome, reason, publisher, story, episode, version, title
        case standfirst, authors, published, modified, section, quotations, entities, cites
        case duplicateOf = "duplicate_of"
        case publisherName = "publisher_name"
        case mainText = "main_text"
        case notSpeech = "not_speech"
        case syndicatedFrom = "syndicated_from"
    }

    /// Records of all articles, revisions, texts and extra addresses, in this order.
    package static func all(of archive: NewsArchive) -> [ExpectedRecord] {
        let names = Dictionary(
            archive.publishers.map { ($0.key, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let articles = archive.articles + archive.revisions + archive.texts.map(\.article)
        return articles.map { article in
            ExpectedRecord(article, publisherName: names[article.publisher])
        } + archive.demoAddresses.map { ExpectedRecord(path: $0.path, outcome: $0.outcome) }
    }

    private init(_ article: NewsArticle, publisherName: String?) {
        path = article.path
        let isText = article.publisher == "texts"
        kind = isText ? "text" : article.version == 1 ? "article" : "revision"
        listed = article.version == 1 && !isText
        outcome = article.version == 1 ? "stored" : "updated"
        duplicateOf = nil
        reason = nil
        publisher = article.publisher
        self.publisherName = publisherName
        story = article.story
        episode = article.episode
        version = article.version
        title = article.title
        standfirst = article.standfirst
        authors = article.authors
        published = article.published.text
        modified = article.modified?.text
        section = article.section
        mainText = article.mainText
        quotations = article.quotations
        notSpeech = article.notSpeech
        entities = article.entities
        cites = article.cites
        syndicatedFrom = article.syndicatedFrom
    }

    private init(path: String, outcome: ExpectedOutcome) {
        self.path = path
        kind = "address"
        listed = true
        switch outcome {
        case .stored: (self.outcome, duplicateOf, reason) = ("stored", nil, nil)
        case .duplicate(let original):
            (self.outcome, duplicateOf, reason) = ("duplicate", original, nil)
        case .dead(let reason): (self.outcome, duplicateOf, self.reason) = ("dead", nil, reason)
        }
        (publisher, publisherName, story, episode, version) = (nil, nil, nil, nil, nil)
        (title, standfirst, authors, published, modified) = (nil, nil, nil, nil, nil)
        (section, mainText, quotations, notSpeech, entities) = (nil, nil, nil, nil, nil)
        (cites, syndicatedFrom) = (nil, nil)
    }

    /// The record as one line of JSON with sorted keys.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only strings, numbers and truth values: encoding them cannot fail.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
