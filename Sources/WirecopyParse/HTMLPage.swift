import HTMLDocument
import WirecopyMessages

/// Reads a page of HTML: tree, metadata, outline, main text, then each field from its witnesses.
struct HTMLPage {
    private let page: PageSource
    private let document: HTMLDocument
    private let metadata: PageMetadata
    private let blocks: PageBlocks
    private let models: FieldModels

    /// Reads a page; never fails, but the draft may have no paragraphs.
    static func draft(of page: PageSource, _ models: ParseModels) -> ArticleDraft {
        HTMLPage(page, models.fields).draft(models)
    }

    init(_ page: PageSource, _ models: FieldModels) {
        self.page = page
        self.models = models
        document = page.document(of: page.body)
        metadata = PageMetadata(document, pageURL: page.url)
        blocks = PageBlocks(OutlineReader.outline(of: document))
    }

    /// What is known of the article beside its blocks.
    func context() -> BlockFeatures.Context {
        context(title: fields.title()?.value)
    }

    private func context(title: String?) -> BlockFeatures.Context {
        BlockFeatures.Context(
            title: title,
            description: metadata.meta("og:description", "description")?.value,
            structuredBody: metadata.structured?.body,
            authors: (metadata.structured?.authors ?? [])
                + [metadata.meta("author", "article:author", "byl")?.value].compactMap(\.self)
                + metadata.authorLinks
        )
    }

    var fields: PageFields {
        PageFields(page: page, metadata: metadata, blocks: blocks, models: models)
    }

    var outline: PageOutline { blocks.outline }

    private func draft(_ models: ParseModels) -> ArticleDraft {
        var draft = ArticleDraft()
        let fields = fields
        draft.encoding = document.sourceEncoding.rawValue.lowercased()
        draft.siteName = fields.siteName()
        draft.title = fields.title()
        draft.mainText = mainText(title: draft.title?.value, models.mainText)
        takeTextFromScripts(&draft, models)
        draft.authors = fields.authors(
            text: draft.mainText.blocks,
            title: draft.title?.value
        )
        draft.published = fields.published(
            text: draft.mainText.blocks,
            title: draft.title?.value
        )
        draft.modified = fields.modified()
        draft.canonicalURL = fields.canonicalURL()
        draft.language = fields.language()
        draft.section = fields.section()
        draft.flags = flags(draft)
        fields.setMore(of: &draft)
        draft.usage = metadata.usage
        draft.warnings += document.warnings.map { "The page's tree is incomplete: \($0.rawValue)." }
        return draft
    }

    private func flags(_ draft: ArticleDraft) -> [PageFlag] {
        var reader = PageFlagReader(
            url: page.url,
            title: draft.title?.value,
            lines: blocks.lines,
            mainText: draft.mainText,
            text: { outline.blocks[$0].text }
        )
        reader.forms = blocks.forms
        reader.metadata = metadata
        reader.consentBytes = zip(blocks.outline.blocks, blocks.forms).reduce(0) { sum, entry in
            let isConsent = blocks.labels[entry.0.region] == .consent && entry.1.isProse
            return isConsent ? sum + entry.1.bytes : sum
        }
        return reader.flags()
    }

    func mainText(title: String?, _ model: MainTextModel) -> MainText {
        MainTextExtractor.extract(blocks, context(title: title), model)
    }

    /// Pages that build their text later have it in their structured data, or in their state.
    private func takeTextFromScripts(_ draft: inout ArticleDraft, _ models: ParseModels) {
        guard draft.mainText.bytes < Self.enoughBytes else { return }
        if let text = structuredText(), text.bytes > draft.mainText.bytes {
            draft.mainText = text
            draft.warnings.append("The text was taken from the page's structured data.")
        }
        guard draft.mainText.bytes < Self.enoughBytes else { return }
        if let text = scriptText(draft.title?.value, models), text.bytes > draft.mainText.bytes {
            draft.mainText = text
            draft.warnings.append("The text was taken from a script of the page.")
        }
    }

    /// The article's text as the page's scripts hold it.
    private func scriptText(_ title: String?, _ models: ParseModels) -> MainText? {
        guard let inner = ScriptText.outline(of: document) else { return nil }
        let inside = PageBlocks(inner)
        var text = MainTextExtractor.extract(inside, context(title: title), models.mainText)
        if text.bytes < ScriptText.proseBytesMin {
            text = MainText(paragraphs: inner.blocks.map { Paragraph(.body, $0.text) })
        }
        // Its blocks are not those of the page, where fields look for what stands beside the text.
        text.blocks = 0..<0
        return text
    }

    /// The article's text as its structured data gives it.
    private func structuredText() -> MainText? {
        guard let body = metadata.structured?.body else { return nil }
        let fragment = HTMLDocument(parsingFragment: Array(body.utf8))
        let inner = OutlineReader.outline(of: fragment)
        let texts =
            inner.blocks.count > 1
            ? inner.blocks.map(\.text)
            : body.split(separator: "\n").map { NormalText.string($0) }.filter { !$0.isEmpty }
        return MainText(paragraphs: texts.map { Paragraph(.body, $0) })
    }

    /// Below this the tree held no article, or only its beginning.
    private static let enoughBytes = 250
}
