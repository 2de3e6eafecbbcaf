import Testing
import WirecopyMessages

@testable import WirecopyStories

/// An invented article whose annotations are given beside its text.
struct InventedArticle {
    private(set) var annotated: AnnotatedArticle
    private let id: String
    private var entities: [String: Int] = [:]

    init(
        _ id: String,
        outlet: String? = nil,
        published: String? = nil,
        title: String? = nil,
        _ paragraphs: String...,
        kinds: [ParagraphKind] = []
    ) {
        self.id = id
        let page = FetchedPage(
            url: "https://\(id).example/\(id)",
            origin: "http",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        let kept = paragraphs.enumerated().map { index, text in
            Paragraph(kinds.indices.contains(index) ? kinds[index] : .body, text)
        }
        var article = ParsedArticle(page: page, encoding: "utf-8", paragraphs: kept)
        article.siteName = outlet.map { Evidenced($0, source: "test", confidence: 1) }
        article.title = title.map { Evidenced($0, source: "test", confidence: 1) }
        article.published = published.map {
            PublicationDate(
                Evidenced($0, source: "test", confidence: 1),
                precision: $0.count > 10 ? .minute : .day
            )
        }
        annotated = AnnotatedArticle(article: article)
        annotated.sentences = Self.sentences(kept)
    }

    /// The article as a member of a story.
    func member(episode: Int = 1, copyOf: String? = nil) -> StoryMember {
        StoryMember(articleID: id, annotated: annotated, episode: episode, copyOf: copyOf)
    }

    /// Marks a name wherever it stands.
    func naming(_ name: String, _ type: EntityType, role: String? = nil) throws -> Self {
        var copy = self
        let entity = annotated.entities.count
        copy.entities[name] = entity
        var roles: [EntityRole] = []
        if let role { roles = [EntityRole(try range(of: role), role: role)] }
        copy.annotated.entities.append(Entity(name: name, type: type, roles: roles))
        for range in ranges(of: name) {
            copy.annotated.mentions.append(Mention(range, type: type, entity: entity))
        }
        try #require(copy.annotated.mentions.count > annotated.mentions.count)
        copy.annotated.mentions.sort { $0.range < $1.range }
        return copy
    }

    /// Marks a statement.
    func saying(
        _ words: String,
        _ kind: QuotationKind = .direct,
        by speaker: String? = nil,
        cue: String? = "said",
        occasion: String? = nil
    ) throws -> Self {
        var copy = self
        var quotation = Quotation(try range(of: words), kind: kind, cue: cue)
        quotation.speaker = speaker.map { Speaker(name: $0, entity: entities[$0]) }
        quotation.occasion = occasion
        copy.annotated.quotations.append(quotation)
        return copy
    }

    /// Marks a source.
    func citing(_ phrase: String, _ name: String, citing: String? = nil) throws -> Self {
        var copy = self
        copy.annotated.citations.append(
            Citation(try range(of: phrase), name: name, entity: entities[name], citing: citing)
        )
        return copy
    }

    /// Marks a number.
    func counting(
        _ words: String,
        _ number: String,
        of subject: String? = nil,
        _ predicate: String? = nil,
        unit: String? = nil,
        approximately: StatedAmount.Approximation? = nil
    ) throws -> Self {
        var amount = StatedAmount(.exact(number))
        amount.subject = subject
        amount.predicate = predicate
        amount.unit = unit
        amount.approximation = approximately
        var copy = self
        copy.annotated.values.append(StatedValue(try range(of: words), .quantity(amount)))
        return copy
    }

    /// Marks a day.
    func dating(_ words: String, _ date: String) throws -> Self {
        var copy = self
        let precision: StatedDate.Precision = date.count == 10 ? .day : .month
        copy.annotated.values.append(
            StatedValue(try range(of: words), .date(StatedDate(date, precision: precision)))
        )
        return copy
    }

    /// Gives the text its fingerprint, as the parser does.
    func fingerprinted() -> Self {
        var copy = self
        copy.annotated.article.fingerprint = Fingerprint(
            of: Array(annotated.article.mainText.utf8)
        )
        return copy
    }

    private func range(of words: String) throws -> TextRange {
        try #require(ranges(of: words).first, "\(id) has no \(words).")
    }

    private func ranges(of words: String) -> [TextRange] {
        let text = annotated.article.mainText
        return text.ranges(of: words).map { range in
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            return TextRange(start, start + words.utf8.count)
        }
    }

    /// Sentences of simple texts: they end with a full stop, a question mark or a closing mark
    /// behind one, and a blank.
    fileprivate static func sentences(_ paragraphs: [Paragraph]) -> [TextRange] {
        var sentences: [TextRange] = []
        var offset = 0
        for paragraph in paragraphs {
            let bytes = Array(paragraph.text.utf8)
            var start = 0
            for index in bytes.indices where bytes[index] == UInt8(ascii: " ") {
                let before = String(decoding: bytes[..<index], as: UTF8.self)
                guard [".", "?", ".”", "?”"].contains(where: before.hasSuffix) else { continue }
                sentences.append(TextRange(offset + start, offset + index))
                start = index + 1
            }
            sentences.append(TextRange(offset + start, offset + bytes.count))
            offset += bytes.count + 2
        }
        return sentences
    }
}

extension InventedArticle {
    /// Takes text and annotations of another article, as a copy at another outlet has them.
    mutating func replaceAnnotations(with other: InventedArticle) {
        var copy = other.annotated
        copy.article.siteName = annotated.article.siteName
        copy.article.published = annotated.article.published
        annotated = copy
    }

    /// Gives the article annotations that fit no text: cut characters, overlaps, nothing between.
    mutating func breakAnnotations() {
        annotated.sentences = [TextRange(1, 2), TextRange(0, 2), TextRange(2, 2), TextRange(2, 4)]
        annotated.entities = [Entity(name: "", type: .person), Entity(name: "…", type: .other)]
        annotated.mentions = [Mention(TextRange(1, 1), type: .person, entity: 0)]
        var quotation = Quotation(TextRange(0, 4), kind: .direct, cue: "")
        quotation.speaker = Speaker(name: "", entity: 0)
        annotated.quotations = [quotation, Quotation(TextRange(4, 4), kind: .continued)]
        annotated.citations = [Citation(TextRange(3, 3), name: "", entity: nil)]
        annotated.values = [
            StatedValue(TextRange(2, 4), .quantity(StatedAmount(.range(from: "1", to: nil)))),
            StatedValue(TextRange(0, 0), .date(StatedDate(nil, precision: .day))),
        ]
    }
}

extension InventedArticle {
    /// Gives the article another text.
    mutating func replaceText(_ paragraphs: [String], kinds: [ParagraphKind]) {
        let kept = paragraphs.enumerated().map { index, text in
            Paragraph(kinds.indices.contains(index) ? kinds[index] : .body, text)
        }
        annotated.article.paragraphs = kept
        annotated.sentences = Self.sentences(kept)
    }
}

extension InventedArticle {
    /// Gives the article another address.
    mutating func move(to address: String) { annotated.article.finalURL = address }
}
