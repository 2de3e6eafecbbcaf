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

/// What a stage made, or would make, of one page.
enum ComparedOutput {
    case payload(any Payload)
    /// Given up, with the code of the failure.
    case failed(String)
    /// Nothing is recorded.
    case nothing

    /// The article, bare or annotated.
    var article: ParsedArticle? {
        guard case .payload(let payload) = self else { return nil }
        return payload as? ParsedArticle ?? (payload as? AnnotatedArticle)?.article
    }

    /// The fields that are compared; certainty and evidence are left out, because a value that
    /// stays is no change.
    var fields: [ComparedField] {
        switch self {
        case .payload(let payload): ComparedFields.of(payload)
        case .failed(let code): [ComparedField("result", "failed \(code)")]
        case .nothing: [ComparedField("result", nil as String?)]
        }
    }
}

/// The fields of payloads, named as in the messages' schemas.
private enum ComparedFields {
    static func of(_ payload: any Payload) -> [ComparedField] {
        switch payload {
        case let article as ParsedArticle:
            [ComparedField("result", "article")] + fields(of: article)
        case let article as AnnotatedArticle:
            [ComparedField("result", "article")] + fields(of: article)
        case let outcome as Outcome: [ComparedField("result", word(for: outcome))]
        default: [ComparedField("result", type(of: payload).kind.rawValue)]
        }
    }

    private static func word(for outcome: Outcome) -> String {
        guard let reason = outcome.reason else { return outcome.outcome.rawValue }
        return "\(outcome.outcome.rawValue) \(reason.rawValue)"
    }

    private static func fields(of article: ParsedArticle) -> [ComparedField] {
        [
            ComparedField("title", article.title?.value),
            ComparedField("subtitle", article.subtitle?.value),
            ComparedField("authors", article.authors.map(\.value)),
            ComparedField("published", article.published?.date.value),
            ComparedField("modified", article.modified?.date.value),
            ComparedField("language", article.language?.value),
            ComparedField("site_name", article.siteName?.value),
            ComparedField("section", article.section?.value),
            ComparedField("tags", article.tags.map(\.value)),
            ComparedField("syndication", article.syndication.map(\.value)),
            ComparedField("access", article.access?.kind.rawValue),
            ComparedField("canonical_url", article.canonicalURL?.value),
            ComparedField("lead_image", article.leadImage?.value),
            ComparedField("lead_image_caption", article.leadImageCaption?.value),
            ComparedField("lead_image_credit", article.leadImageCredit?.value),
            ComparedField("usage", article.usage.map { "\($0.signal) (\($0.place))" }),
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
            ComparedField("values", article.values.map { words($0.range) }),
        ]
    }
}
