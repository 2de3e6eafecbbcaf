import WebArchive
package import WirecopyMessages

/// Stage two: a page's bytes in, an article with evidence for each field out.
///
/// The way: record → kind → (encoding → tree → metadata → main text → fields) → article. HTML takes
/// it through `HTMLPage`, text copied out of pages through `TextPage`.
package struct ParseStage: Stage {
    package let name = StageName.parse
    package let version = "1.0"

    private let models: ParseModels
    private let rules: SiteRuleFolder?

    /// Makes the stage with the models that ship, which are read once a process.
    ///
    /// - Parameter rules: rules for sites, when the user named some.
    /// - Throws: `modelMissing`.
    package init(rules: SiteRuleFolder? = nil) throws(ParseFailure) {
        models = try ParseModels.shipped()
        self.rules = rules
    }

    package func process(
        _ input: StageInput<FetchedPage>
    ) async throws(StageFailure) -> [StageOutput] {
        do throws(ParseFailure) {
            let page = try source(of: input.payload, input.attachments)
            let draft = try ArticleReader.draft(of: page, models, rules: rules)
            return [StageOutput(draft.article(of: input.payload))]
        } catch {
            return [try error.stageOutput()]
        }
    }

    /// Reads a page whose bytes are at hand, as `process` reads one out of a message.
    ///
    /// - Throws: `bodyEmpty`, `contentTypeUnsupported`, `noMainText`.
    package func article(
        of page: FetchedPage,
        body: [UInt8]
    ) throws(ParseFailure) -> ParsedArticle {
        let source = PageSource(
            url: page.finalURL,
            contentType: page.contentType,
            body: body,
            fetchedAt: page.fetchedAt,
            hints: page.hints
        )
        return try ArticleReader.draft(of: source, models, rules: rules).article(of: page)
    }

    private func source(
        of page: FetchedPage,
        _ attachments: [[UInt8]]
    ) throws(ParseFailure) -> PageSource {
        guard let attachment = attachments.first else {
            throw ParseFailure(.attachmentInvalid, "The page \(page.url) came without its bytes.")
        }
        let record: PageRecord
        do throws(WebArchiveFailure) {
            record = try PageRecord(attachment: attachment, limitBytes: MessageLimits.bodyBytes)
        } catch {
            throw ParseFailure(.attachmentInvalid, error.message)
        }
        return PageSource(
            url: page.finalURL,
            contentType: page.contentType ?? record.contentType,
            body: record.body,
            fetchedAt: page.fetchedAt,
            hints: page.hints
        )
    }
}
