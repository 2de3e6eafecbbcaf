import WirecopyMessages
import WirecopyWeb

/// What the extractor made of an article, in the order in which a person asks for it.
struct AnnotationExplanation: Sendable, Equatable {
    /// An entity with its names and what it does in the text.
    struct EntityNote: Sendable, Equatable {
        /// Index in the message's list.
        var index: Int
        var name: String
        var type: EntityType
        /// How often it is named.
        var mentionCount: Int
        /// Its other names with their numbers, the most usual first.
        var aliases: [(name: String, count: Int)]
        /// Where it is named: its words in the text around them.
        var places: [Place]
        /// What stands for it: "the harbour master".
        var roles: [String]
        /// Governments for which it stands in places.
        var standsFor: [String]
        /// Its statements, as indexes into the quotations.
        var statements: [Int]
        /// Whether only a list of names has it.
        var isListed: Bool

        static func == (left: Self, right: Self) -> Bool {
            left.index == right.index && left.name == right.name && left.places == right.places
        }
    }

    /// A mention in its surroundings.
    struct Place: Sendable, Equatable {
        /// Index of the mention.
        var mention: Int
        var before: String
        var words: String
        var after: String
    }

    /// A statement.
    struct StatementNote: Sendable, Equatable {
        var index: Int
        var kind: QuotationKind
        var text: String
        var speaker: String?
        /// Index of the speaker's entity.
        var entity: Int?
        var cue: String?
        /// Whom it was told, where, and what it is quoted from: `to reporters`; may be empty.
        var setting = ""
    }

    /// A source.
    struct SourceNote: Sendable, Equatable {
        var index: Int
        var name: String
        var entity: Int?
        var text: String
        /// What it cites itself.
        var citing: String?
    }

    /// A value with its meaning in words.
    struct ValueNote: Sendable, Equatable {
        var index: Int
        var kind: StatedValue.Kind
        var text: String
        var meaning: String
    }

    let title: String?
    let address: String
    /// The day of publication and where it was read, if known.
    let published: String?
    let text: MarkedText
    /// Types by mention, for colours.
    let mentions: [Mention]
    let entities: [EntityNote]
    let statements: [StatementNote]
    let sources: [SourceNote]
    let values: [ValueNote]

    private static func setting(_ quotation: Quotation) -> String {
        [
            quotation.listener.map { "to \($0)" }, quotation.occasion,
            quotation.document.map { "from \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// Explains what the extractor made of an article.
    init(_ article: AnnotatedArticle) {
        let words = TextSlices(article)
        title = article.article.title?.value
        address = article.article.finalURL
        published = article.article.published.map { "\($0.date.value) (\($0.date.source))" }
        text = MarkedText(article)
        mentions = article.mentions
        entities = Self.entities(article, words)
        statements = article.quotations.enumerated().map { index, quotation in
            StatementNote(
                index: index,
                kind: quotation.kind,
                text: words[quotation.range],
                speaker: quotation.speaker?.name,
                entity: quotation.speaker?.entity,
                cue: quotation.cue,
                setting: Self.setting(quotation)
            )
        }
        sources = article.citations.enumerated().map { index, citation in
            SourceNote(
                index: index,
                name: citation.name,
                entity: citation.entity,
                text: words[citation.range],
                citing: citation.citing
            )
        }
        values = article.values.enumerated().map { index, value in
            ValueNote(
                index: index,
                kind: value.kind,
                text: words[value.range],
                meaning: ValueMeaning.words(value)
            )
        }
    }

    /// The entity of a number; nil for one that the message does not have.
    func entity(_ index: Int?) -> EntityNote? {
        guard let index, entities.indices.contains(index) else { return nil }
        return entities[index]
    }

    private static func entities(
        _ article: AnnotatedArticle,
        _ words: TextSlices
    ) -> [EntityNote] {
        var notes = article.entities.enumerated().map { index, entity in
            EntityNote(
                index: index,
                name: entity.name,
                type: entity.type,
                mentionCount: 0,
                aliases: [],
                places: [],
                roles: entity.roles.map { words[$0.range] },
                standsFor: [],
                statements: [],
                isListed: true
            )
        }
        var forms: [[String: Int]] = Array(repeating: [:], count: notes.count)
        for (index, mention) in article.mentions.enumerated() {
            let name = words[mention.range]
            notes[mention.entity].mentionCount += 1
            notes[mention.entity].isListed =
                notes[mention.entity].isListed && mention.evidence == .list
            forms[mention.entity][name, default: 0] += 1
            if notes[mention.entity].places.count < placesMax {
                notes[mention.entity].places.append(words.place(of: mention, index))
            }
            if let government = mention.standsFor?.name,
                !notes[mention.entity].standsFor.contains(government)
            {
                notes[mention.entity].standsFor.append(government)
            }
        }
        for index in notes.indices {
            notes[index].aliases = forms[index].filter { $0.key != notes[index].name }
                .map { (name: $0.key, count: $0.value) }
                .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        }
        for (index, quotation) in article.quotations.enumerated() {
            guard let entity = quotation.speaker?.entity else { continue }
            notes[entity].statements.append(index)
        }
        return notes
    }

    /// Places of one entity that are shown; a long article names its subject fifty times.
    private static let placesMax = 50
}

/// Words of a main text by their ranges.
struct TextSlices {
    /// Bytes shown on each side of a mention.
    private static let contextBytes = 42

    private let bytes: [UInt8]

    /// Takes the main text of an article.
    init(_ article: AnnotatedArticle) { bytes = Array(article.article.mainText.utf8) }

    /// The words of a range; one that ends behind the text is cut.
    subscript(range: TextRange) -> String {
        let end = min(range.end, bytes.count)
        return String(decoding: bytes[min(range.start, end)..<end], as: UTF8.self)
    }

    /// A mention with the words around it in its paragraph.
    func place(of mention: Mention, _ index: Int) -> AnnotationExplanation.Place {
        var start = max(0, mention.range.start - Self.contextBytes)
        var end = min(bytes.count, mention.range.end + Self.contextBytes)
        while start < mention.range.start, !isBreak(start) { start += 1 }
        while end > mention.range.end, end < bytes.count, !isBreak(end) { end -= 1 }
        if let line = bytes[start..<min(mention.range.start, bytes.count)].lastIndex(of: 0x0A) {
            start = line + 1
        }
        if let line = bytes[min(mention.range.end, end)..<end].firstIndex(of: 0x0A) { end = line }
        return AnnotationExplanation.Place(
            mention: index,
            before: self[TextRange(start, max(start, mention.range.start))],
            words: self[mention.range],
            after: self[TextRange(mention.range.end, max(end, mention.range.end))]
        )
    }

    private func isBreak(_ byte: Int) -> Bool { byte == 0 || bytes[byte] == 0x20 }
}
