import HTMLDocument
import WirecopyMessages

/// The fields that lean on others: what is below the headline, the lead image with its words,
/// keywords, access, and where the report comes from.
extension PageFields {
    /// Fills them in; title, authors, text and flags are there.
    func setMore(of draft: inout ArticleDraft) {
        let context = context(text: draft.mainText.blocks)
        let title = draft.title?.value
        let head = context.head(of: title)
        draft.subtitle = title.flatMap { Subtitle(context, title: $0, head: head).found() }
        let picture = LeadPicture(context, title: title, head: head)
        draft.leadImage = picture.image()
        (draft.leadImageCaption, draft.leadImageCredit) = picture.words(of: draft.leadImage)
        let siteNames = context.siteNames()
        let tags = ArticleTags(metadata, siteNames: siteNames, title: title)
        draft.tags = tags.found()
        draft.access = AccessDecision(metadata).found(draft.flags)
        draft.syndication = syndication(siteNames, draft, noteLines(context, head))
    }

    private func syndication(
        _ siteNames: [String],
        _ draft: ArticleDraft,
        _ lines: [SyndicationNotes.Line]
    ) -> [Evidenced] {
        var notes = SyndicationNotes(siteNames: siteNames)
        for name in Self.sourceMetas {
            if let meta = metadata.meta(name) { notes.add(stated: meta.value, source: name) }
        }
        for name in metadata.structured?.sourceOrganizations ?? [] {
            notes.add(stated: name, source: "json-ld")
        }
        for item in metadata.items.values("sourceorganization") {
            notes.add(stated: item.text, source: item.source)
        }
        for author in draft.authors { notes.add(author: author) }
        for line in lines { notes.add(line) }
        return notes.found
    }

    /// Blocks in which a note may stand, in order.
    private func noteLines(
        _ context: FieldContext,
        _ head: Range<Int>
    ) -> [SyndicationNotes.Line] {
        let count = blocks.outline.blocks.count
        let text = context.text
        guard !text.isEmpty else { return [] }
        let head = head.clamped(to: 0..<text.lowerBound)
        let opening = text.prefix(Self.openingBlocks)
        let closing =
            max(
                opening.upperBound,
                text.upperBound - Self.closingBlocks
            )..<min(text.upperBound + Self.blocksBehind, count)
        let places =
            head.map { ($0, SyndicationNotes.Line.Place.head) } + opening.map { ($0, .opening) }
            + closing.map { ($0, .end) }
        return places.filter { block, _ in
            !context.isSilent(block) && !context.isBeside(block)
                && blocks.outline.blocks[block].linkDensity < Self.linkDensityMax
        }
        .map { block, place in
            SyndicationNotes.Line(
                text: blocks.outline.blocks[block].text,
                folded: blocks.lines[block],
                place: place,
                source: "note"
            )
        }
    }

    /// Google's metas of 2010 for the first publisher of a report, and Dublin Core's.
    private static let sourceMetas = [
        "syndication-source", "original-source", "dc.source", "dcterms.source",
    ]
    private static let openingBlocks = 3
    private static let closingBlocks = 4
    /// A note stands below the text before or behind a biography and a line of tags.
    private static let blocksBehind = 6
    private static let linkDensityMax = 0.7
}
