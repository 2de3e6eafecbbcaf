import WirecopyMessages

/// One field of a stage's output as a comparison sees it: no value, one, or a list.
struct ComparedField: Equatable {
    /// Name as in the message's schema, such as `title`.
    let name: String
    /// The values; a list's order is part of it.
    let values: [String]

    init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = values
    }

    init(_ name: String, _ value: String?) {
        self.init(name, value.map { [$0] } ?? [])
    }
}

/// The fields of what a stage makes of one page; confidence and evidence are left out, because a
/// value that stays is no change.
enum ComparedFields {
    /// The fields of a recorded or computed output; a failure and a missing output have the field
    /// `result` alone.
    static func of(_ payload: (any Payload)?) -> [ComparedField] {
        switch payload {
        case let article as ParsedArticle:
            [ComparedField("result", "article")] + fields(of: article)
        case let article as AnnotatedArticle:
            [ComparedField("result", "article")] + fields(of: article)
        case let outcome as Outcome: [ComparedField("result", word(for: outcome))]
        default: [ComparedField("result", nil as String?)]
        }
    }

    /// The only field of a page at which the stage fails.
    static func failed(_ code: String) -> [ComparedField] {
        [ComparedField("result", "failed \(code)")]
    }

    private static func word(for outcome: Outcome) -> String {
        guard let reason = outcome.reason else { return outcome.outcome.rawValue }
        return "\(outcome.outcome.rawValue) \(reason.rawValue)"
    }

    private static func fields(of article: ParsedArticle) -> [ComparedField] {
        [
            ComparedField("title", article.title?.value),
            ComparedField("authors", article.authors.map(\.value)),
            ComparedField("published", article.published?.date.value),
            ComparedField("modified", article.modified?.date.value),
            ComparedField("language", article.language?.value),
            ComparedField("site_name", article.siteName?.value),
            ComparedField("section", article.section?.value),
            ComparedField("canonical_url", article.canonicalURL?.value),
            ComparedField("lead_image", article.leadImage?.value),
            ComparedField("encoding", article.encoding),
            ComparedField(
                "paragraphs",
                article.paragraphs.map { "\($0.kind.rawValue): \($0.text)" }
            ),
            ComparedField("dropped", article.dropped.map { "\($0.label.rawValue): \($0.text)" }),
            ComparedField("warnings", article.warnings),
        ]
    }

    private static func fields(of article: AnnotatedArticle) -> [ComparedField] {
        let text = Array(article.article.mainText.utf8)
        func words(_ range: TextRange) -> String {
            let bytes = text[min(range.start, text.count)..<min(range.end, text.count)]
            return String(decoding: bytes, as: UTF8.self)
        }
        return [
            ComparedField("entities", article.entities.map { "\($0.name) (\($0.type.rawValue))" }),
            ComparedField(
                "mentions",
                article.mentions.map { "\(words($0.range)) (\($0.type.rawValue))" }
            ),
            ComparedField("quotations", article.quotations.map { words($0.range) }),
            ComparedField(
                "speakers",
                article.quotations.compactMap { quotation in
                    quotation.speaker.map { "\($0.name): \(words(quotation.range))" }
                }
            ),
            ComparedField("citations", article.citations.map { "\($0.name): \(words($0.range))" }),
            ComparedField("sentences", article.sentences.map(words)),
        ]
    }
}
