import Digests
import WirecopyMessages
import WirecopyStories

/// An annotated article made ready for its rows, outside of any transaction.
///
/// Invariant: the main text is not empty.
struct ArticleRecord: Sendable {
    /// The article as it came.
    let annotated: AnnotatedArticle
    /// Which article it is.
    let identity: ArticleIdentity
    /// Version of the extractor that made it.
    let extractorVersion: String?
    /// The main text in UTF-8; ranges are offsets into it.
    let text: [UInt8]
    /// Identity of title and text.
    let digest: String
    /// Identity of what the extractor found.
    let annotationsDigest: String
    /// SimHash of the text.
    let fingerprint: Fingerprint
    /// The words by which copies of the text are found.
    let sketch: TextSketch
    /// By what its story is found.
    let storyFeatures: ArticleFeatures
    /// The words of each quotation that somebody says, by its place.
    let statements: [Int: StatementWords]
    /// Every URL under which the page is known, without repetitions.
    let addresses: [String]
    /// The parts that are stored as JSON.
    let json: Columns

    /// Parts that are stored as JSON text.
    struct Columns: Sendable {
        let authors: String
        let corrections: String
        let dropped: String
        let fields: String
        let page: String
        let paragraphs: String
        let sentences: String
        let syndication: String
        let tags: String
        let usage: String
        let warnings: String
    }

    /// Prepares an article; `nil` when it has no main text.
    init?(_ annotated: AnnotatedArticle, madeBy extractorVersion: String?) {
        let article = annotated.article
        guard article.paragraphs.contains(where: { !$0.text.utf8.isEmpty }) else { return nil }
        self.annotated = annotated
        self.extractorVersion = extractorVersion
        identity = ArticleIdentity(of: article)
        text = Array(article.mainText.utf8)
        digest = ArticleIdentity.contentDigest(title: article.title?.value, text: text)
        annotationsDigest = Self.annotationsDigest(annotated)
        let runs = WordRuns(of: text)
        fingerprint = Fingerprint(of: runs)
        sketch = TextSketch(runs)
        storyFeatures = ArticleFeatures(annotated, mainText: text)
        statements = Self.statements(annotated, text)
        addresses = [article.url, article.finalURL, article.canonicalURL?.value, identity.url]
            .compactMap(\.self)
            .reduce(into: []) { urls, url in if !urls.contains(url) { urls.append(url) } }
        json = Columns(annotated)
    }

    /// The parsed article.
    var article: ParsedArticle { annotated.article }

    /// When the page was received.
    var seenAtMilliseconds: Int { article.fetchedAt.milliseconds }

    /// The instant by which the article is sorted: its publication, else when it was first seen.
    func sortMilliseconds(firstSeen: Int) -> Int {
        article.published.flatMap { SortableInstant.milliseconds($0.date.value) } ?? firstSeen
    }

    /// The day, counted as `QuotationNumber` does, of the instant by which the article is sorted.
    func day(firstSeen: Int) -> Int {
        QuotationNumber.day(ofMilliseconds: sortMilliseconds(firstSeen: firstSeen))
    }

    /// The text of a range; a range that ends behind the text is cut.
    func slice(_ range: TextRange) -> String { Self.slice(range, of: text) }

    /// Bytes of a quotation's context; a sentence of news has about 150.
    static let contextMaxBytes = 4096

    private static func statements(
        _ annotated: AnnotatedArticle,
        _ text: [UInt8]
    ) -> [Int: StatementWords] {
        var words: [Int: StatementWords] = [:]
        for (place, quotation) in annotated.quotations.enumerated() {
            guard quotation.kind != .notSpeech else { continue }
            words[place] = StatementWords(slice(quotation.range, of: text))
        }
        return words
    }

    private static func slice(_ range: TextRange, of text: [UInt8]) -> String {
        let end = min(max(range.end, 0), text.count)
        let start = min(max(range.start, 0), end)
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    /// The bytes of a range that lies in the text, and the byte behind it.
    ///
    /// - Returns: `nil` for a range that ends behind the text.
    func bytes(_ range: TextRange) -> (part: ArraySlice<UInt8>, next: UInt8?)? {
        guard 0 <= range.start, range.end <= text.count else { return nil }
        return (text[range.start..<range.end], range.end < text.count ? text[range.end] : nil)
    }

    /// The sentences that a quotation touches, or the quotation itself when there are none.
    func context(of quotation: TextRange) -> String {
        let sentences = annotated.sentences
        let first = sentences.partitioningIndex { $0.end > quotation.start }
        let last = sentences.partitioningIndex { $0.start >= quotation.end }
        guard first < last else { return slice(quotation) }
        let start = min(sentences[first].start, quotation.start)
        let end = max(sentences[last - 1].end, quotation.end)
        guard end - start <= Self.contextMaxBytes else { return slice(quotation) }
        return slice(TextRange(start, end))
    }

    /// Identity of entities, mentions, quotations, citations, sentences and values.
    private static func annotationsDigest(_ annotated: AnnotatedArticle) -> String {
        var writer = JSONWriter(capacity: 16 << 10)
        writer.object { writer in
            writer.field("citations", annotated.citations)
            writer.field("entities", annotated.entities)
            writer.field("mentions", annotated.mentions)
            writer.field("quotations", annotated.quotations)
            writer.key("sentences")
            writer.array(annotated.sentences) { writer, sentence in
                writer.array([sentence.start, sentence.end]) { $0.integer($1) }
            }
            writer.field("values", annotated.values)
        }
        return Digest.sha256(of: writer.bytes).hex
    }
}

extension Array {
    /// Index of the first element that satisfies a condition which, once true, stays true.
    fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
