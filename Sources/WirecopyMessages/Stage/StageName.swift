/// The four stages of the pipeline, in the order in which an article passes through them.
package enum StageName: String, Sendable, CaseIterable, Hashable, Codable {
    case fetch, parse, extract, store

    /// The kind of message that the stage consumes.
    package var input: MessageKind {
        switch self {
        case .fetch: .fetchRequest
        case .parse: .fetchedPage
        case .extract: .parsedArticle
        case .store: .annotatedArticle
        }
    }
    /// The kind of message with which the stage carries a page on.
    package var output: MessageKind {
        switch self {
        case .fetch: .fetchedPage
        case .parse: .parsedArticle
        case .extract: .annotatedArticle
        case .store: .outcome
        }
    }
}
