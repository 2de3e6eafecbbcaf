/// Reads a page in the way that suits its kind.
enum ArticleReader {
    /// The article on a page, with at least one paragraph.
    ///
    /// - Throws: `bodyEmpty`, `contentTypeUnsupported`, `noMainText`.
    static func draft(
        of page: PageSource,
        _ models: ParseModels
    ) throws(ParseFailure) -> ArticleDraft {
        guard page.body.contains(where: { !$0.isSpace }) else {
            throw ParseFailure(.bodyEmpty, "The page \(page.url) is empty.")
        }
        guard let kind = PageKind.of(page) else {
            let type = page.contentType ?? "an unnamed type"
            throw ParseFailure(
                .contentTypeUnsupported,
                "The page \(page.url) is \(type), neither HTML nor text."
            )
        }
        let draft =
            switch kind {
            case .html: HTMLPage.draft(of: page, models)
            case .text: TextPage.draft(of: page)
            }
        guard draft.mainText.bytes >= textBytesMin else {
            throw ParseFailure(
                .noMainText,
                "The page \(page.url) holds \(draft.mainText.bytes) bytes of text; an article has "
                    + "at least \(textBytesMin)."
            )
        }
        return draft
    }

    /// The shortest news in brief has a sentence or two.
    private static let textBytesMin = 80
}
