/// The kinds of messages, each with its major version.
///
/// The raw value is the CloudEvents `type` on the wire.
package enum MessageKind: String, Sendable, CaseIterable, Hashable, Codable {
    case fetchRequest = "wirecopy.fetch_request.v1"
    case fetchedPage = "wirecopy.fetched_page.v1"
    case parsedArticle = "wirecopy.parsed_article.v1"
    case annotatedArticle = "wirecopy.annotated_article.v1"
    case outcome = "wirecopy.outcome.v1"

    /// The stage whose queue takes messages of this kind; an outcome ends the way and has none.
    package var consumer: StageName? {
        StageName.allCases.first { $0.input == self }
    }
}
