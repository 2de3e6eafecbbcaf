import WirecopyMessages

/// Reads a page in the way that suits its kind.
enum ArticleReader {
    /// The article on a page, with at least one paragraph.
    ///
    /// - Throws: `bodyEmpty`, `contentTypeUnsupported`, `noMainText`.
    static func draft(
        of page: PageSource,
        _ models: ParseModels,
        rules: SiteRuleFolder? = nil
    ) throws(ParseFailure) -> ArticleDraft {
        let draft = try fields(of: page, models, rules: rules)
        try check(draft, of: page)
        return draft
    }

    /// What is on a page, be there text or not.
    ///
    /// - Throws: `bodyEmpty`, `contentTypeUnsupported`.
    static func fields(
        of page: PageSource,
        _ models: ParseModels,
        rules: SiteRuleFolder? = nil
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
        return switch kind {
        case .html: html(page, models, rules)
        case .text: TextPage.draft(of: page, models.text)
        }
    }

    /// Refuses a page without text.
    static func check(_ draft: ArticleDraft, of page: PageSource) throws(ParseFailure) {
        guard draft.mainText.bytes >= textBytesMin else {
            let flag = draft.flags.first.map { " It is a \($0.kind.words)." } ?? ""
            throw ParseFailure(
                .noMainText,
                "The page \(page.url) holds \(draft.mainText.bytes) bytes of text; an article has "
                    + "at least \(textBytesMin).\(flag)"
            )
        }
    }

    private static func html(
        _ page: PageSource,
        _ models: ParseModels,
        _ rules: SiteRuleFolder?
    ) -> ArticleDraft {
        guard let own = rules?.rules(for: page.host) else {
            return HTMLPage.draft(of: page, models)
        }
        return RuledPage.draft(of: page, own, models)
    }

    /// The shortest news in brief has a sentence or two.
    private static let textBytesMin = 80
}
