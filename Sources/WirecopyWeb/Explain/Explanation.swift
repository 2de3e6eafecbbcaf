package import WirecopyMessages
package import WirecopyStorage

/// Why an article is what it is: each field with its evidence, and the whole page in its order,
/// kept or left out.
package struct Explanation: Sendable, Equatable {
    /// A field's value and where it came from.
    package struct Field: Sendable, Equatable {
        /// As in the message: `title`, `published`, ...
        package var name: String
        /// What was found.
        package var value: String
        /// Where it stood.
        package var source: String
        /// From 0 to 1.
        package var confidence: Double
        /// What else is known of it: `to the minute`, `concluded in part`.
        package var note: String?
        /// The piece of the page, when it is not the value itself.
        package var evidence: String?
    }

    /// A figure with its name for people.
    package struct Fact: Sendable, Equatable {
        /// Its name for people.
        package var name: String
        /// The figure.
        package var value: String
    }

    /// A part of the page, in its place.
    package enum Piece: Sendable, Equatable {
        /// A paragraph of the text.
        case kept(kind: String, text: String)
        /// A block that was left out, with the reason.
        case dropped(label: String, source: String?, text: String)
    }

    /// Headline, if one was found.
    package var title: String?
    /// Address of the page.
    package var address: String
    /// The fields, in the order in which they are read.
    package var fields: [Field] = []
    /// Fields of the page for which nothing was found.
    package var missing: [String] = []
    /// What the page as a whole is.
    package var flags: [Field] = []
    /// The page from top to bottom.
    package var pieces: [Piece] = []
    /// What was odd, as sentences.
    package var warnings: [String] = []
    /// Counts and figures of the text.
    package var facts: [Fact] = []

    /// The fields that a reader asks for first, and their names for people.
    package static let names: [(key: String, label: String)] = [
        ("title", "Title"), ("subtitle", "Subtitle"), ("authors", "Authors"),
        ("syndication", "Syndicated from"), ("published", "Published"),
        ("modified", "Modified"), ("language", "Language"), ("site_name", "Site"),
        ("section", "Section"), ("tags", "Tags"), ("access", "Access"),
        ("canonical_url", "Canonical URL"), ("lead_image", "Lead image"),
        ("lead_image_caption", "Image caption"), ("lead_image_credit", "Image credit"),
        ("usage", "Use of the page"),
    ]

    /// The name of a field for people.
    package static func label(_ key: String) -> String {
        names.first { $0.key == key }?.label
            ?? key.split(separator: "_").joined(separator: " ").capitalizedFirst
    }

    /// Only what concerns one field.
    package func only(_ field: String) -> Explanation {
        var explanation = self
        explanation.fields = fields.filter { $0.name == field }
        explanation.missing = missing.filter { $0 == field }
        (explanation.pieces, explanation.flags, explanation.facts) = ([], [], [])
        explanation.warnings = []
        return explanation
    }
}

extension Explanation {
    /// Explains what the parser made of a page.
    package init(_ article: ParsedArticle) {
        title = article.title?.value
        address = article.finalURL
        let single: [(String, Evidenced?)] = [
            ("title", article.title), ("subtitle", article.subtitle),
            ("language", article.language),
            ("site_name", article.siteName), ("section", article.section),
            ("access", article.access?.evidenced),
            ("canonical_url", article.canonicalURL), ("lead_image", article.leadImage),
            ("lead_image_caption", article.leadImageCaption),
            ("lead_image_credit", article.leadImageCredit),
        ]
        fields = single.compactMap { name, value in value.map { Field(name, $0) } }
        fields += article.authors.map { Field("authors", $0) }
        fields += article.syndication.map { Field("syndication", $0) }
        fields += article.tags.map { Field("tags", $0) }
        fields += article.usage.map { note in
            Field("usage", Evidenced(note.signal, source: note.place, confidence: 1))
        }
        fields += [article.published].compactMap(\.self).map { Field("published", $0) }
        fields += [article.modified].compactMap(\.self).map { Field("modified", $0) }
        flags = article.flags.map { flag in
            Field(
                "flags",
                Evidenced(
                    flag.kind.rawValue,
                    source: flag.source,
                    confidence: flag.confidence,
                    evidence: flag.evidence
                )
            )
        }
        warnings = article.warnings
        pieces = Self.pieces(
            kept: article.paragraphs.map { .kept(kind: $0.kind.rawValue, text: $0.text) },
            dropped: article.dropped.map { block in
                (
                    .dropped(label: block.label.rawValue, source: block.source, text: block.text),
                    block.after
                )
            }
        )
        finish(text: article.mainText)
        facts.append(Fact(name: "Encoding", value: article.encoding))
    }

    /// Explains what the store keeps of an article.
    package init(_ article: ArticleReport) {
        title = article.title
        address = article.finalUrl
        let all = article.fields.map { field in
            let isInferred = field.name == "published" && article.publishedIsInferred == true
            return Field(
                name: field.name,
                value: field.value,
                source: field.source,
                confidence: field.confidence,
                note: isInferred ? Self.inferredNote : nil,
                evidence: field.evidence
            )
        }
        fields = all.filter { $0.name != "flags" }
        flags = all.filter { $0.name == "flags" }
        warnings = article.warnings
        pieces = Self.pieces(
            kept: article.paragraphs.map { .kept(kind: $0.kind, text: $0.text) },
            dropped: article.dropped.map { block in
                (.dropped(label: block.label, source: block.source, text: block.text), block.after)
            }
        )
        finish(text: article.text)
    }

    private static let inferredNote = "concluded in part, not read"

    /// Puts fields into their order, names those that are missing, and counts.
    private mutating func finish(text: String) {
        let order = Dictionary(
            uniqueKeysWithValues: Self.names.enumerated().map { ($0.element.key, $0.offset) }
        )
        fields = fields.enumerated().sorted { left, right in
            let (first, second) = (order[left.element.name], order[right.element.name])
            return (first ?? order.count, left.offset) < (second ?? order.count, right.offset)
        }.map(\.element)
        // A page that asks for nothing lacks nothing.
        missing = Self.names.map(\.key).filter { key in
            key != "usage" && !fields.contains { $0.name == key }
        }
        let bytes = Array(text.utf8)
        let measure = ReadingMeasure(of: bytes)
        let minutes = max(1, (measure.seconds + 30) / 60)
        facts = [
            Fact(name: "Words", value: "\(measure.words)"),
            Fact(name: "Reading time", value: Quantity.count(minutes, "minute")),
            Fact(name: "Fingerprint", value: Fingerprint(of: bytes).hex),
        ]
    }

    /// Puts what was left out into its places; what has none stands at the end.
    private static func pieces(kept: [Piece], dropped: [(piece: Piece, after: Int?)]) -> [Piece] {
        let byPlace = Dictionary(grouping: dropped) { $0.after ?? kept.count }
        return (0...kept.count).flatMap { place in
            byPlace[place, default: []].map(\.piece) + kept[place...].prefix(1)
        } + dropped.filter { ($0.after ?? 0) > kept.count }.map(\.piece)
    }
}

extension Explanation.Field {
    /// A field of a message.
    fileprivate init(_ name: String, _ value: Evidenced) {
        self.init(
            name: name,
            value: value.value,
            source: value.source,
            confidence: value.confidence,
            note: nil,
            evidence: value.evidence
        )
    }

    /// A date of a message.
    fileprivate init(_ name: String, _ date: PublicationDate) {
        self.init(name, date.date)
        note = "to the \(date.precision.rawValue)"
        if date.isInferred {
            note = "concluded in part, not read; to the \(date.precision.rawValue)"
        }
    }
}

extension String {
    /// With a capital at the start.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
