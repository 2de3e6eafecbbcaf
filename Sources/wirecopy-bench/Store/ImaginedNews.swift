import Foundation
import SplitMix
import WirecopyMessages

/// Articles as news are, from a seed: their lengths, names, statements, copies, dates, outlets.
///
/// Measured on the pages of the parser's development corpus and rounded: half of all articles have
/// less than 450 words (log-normal), a mention stands among 14 words, an entity is mentioned about
/// twice, five quotations stand in 600 words and half of those are said by somebody.
struct ImaginedNews {
    private let words = ImaginedWords()

    /// Days over which the articles are published.
    private static let days = 730
    private static let hosts = 400
    private static let firstDay = Instant(milliseconds: 1_640_995_200_000)
    private static let medianWords = 450.0
    private static let spread = 0.65
    /// Share of articles that are copies of the story's first, cut at the end.
    private static let copiesShare = 0.08

    /// The article of a number, of so many in all.
    func article(_ number: Int, of total: Int) -> AnnotatedArticle {
        let storyNumber = number / ImaginedStory.articles
        let story = ImaginedStory(storyNumber)
        var random = SplitMix64(seed: UInt64(number))
        let isCopy = random.happens(Self.copiesShare) && number % ImaginedStory.articles > 0
        let source = isCopy ? storyNumber * ImaginedStory.articles : number
        var body = ImaginedBody(story, words, seed: UInt64(source))
        let length = Self.length(source)
        body.write(words: isCopy ? length * 4 / 5 : length)
        let host = "host\(ImaginedWords.rank(below: Self.hosts, &random)).example"
        var article = ParsedArticle(
            page: FetchedPage(
                url: "https://\(host)/news/\(storyNumber)/report-\(number)",
                origin: "http",
                fetchedAt: Self.firstDay + .milliseconds(number * 1000),
                bodyBytes: 1,
                bodyDigest: "sha256:" + String(repeating: "0", count: 64)
            ),
            encoding: "utf-8",
            paragraphs: body.paragraphs
        )
        let title = "\(body.title) \(isCopy ? number : source)"
        article.title = Evidenced(title, source: "h1", confidence: 0.95)
        article.siteName = Evidenced(host, source: "og:site_name", confidence: 0.9)
        article.language = Evidenced("en", source: "html", confidence: 0.9)
        let author = ImaginedWords.person(random.below(3000))
        article.authors = [Evidenced(author, source: "byline", confidence: 0.9)]
        article.section = Evidenced("News", source: "json-ld", confidence: 0.9)
        let day = number * Self.days / max(1, total) + random.below(ImaginedStory.days)
        let moment = Self.firstDay + .milliseconds(day * 86_400_000 + random.below(86_400) * 1000)
        article.published = PublicationDate(
            Evidenced(Self.date(moment), source: "json-ld", confidence: 0.98),
            precision: .second
        )
        article.dropped = (0..<8).map { _ in
            DroppedBlock(.navigation, body.title, source: "links", after: 0)
        }
        return body.annotate(article)
    }

    /// Words of an article.
    private static func length(_ number: Int) -> Int {
        var random = SplitMix64(seed: UInt64(number) ^ 0x5EED)
        let words = medianWords * exp(spread * random.normal())
        return min(max(Int(words), 60), 4000)
    }

    private static func date(_ instant: Instant) -> String {
        Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000).ISO8601Format()
    }
}
