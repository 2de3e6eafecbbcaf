import HTMLDocument
import WirecopyMessages

/// What the candidates of all fields are read from: one page, taken apart.
struct FieldContext {
    let page: PageSource
    let metadata: PageMetadata
    let blocks: PageBlocks
    /// Blocks among which the article's text lies; for the title, those with most of the prose.
    var text: Range<Int>

    var outline: PageOutline { blocks.outline }

    /// Names that the page gives to its site, in any case, and those of its host.
    func siteNames() -> [String] {
        var names: [String] = []
        if let name = metadata.meta("og:site_name")?.value { names.append(name) }
        if let name = metadata.structured?.publisher { names.append(name) }
        if let name = metadata.meta("application-name")?.value { names.append(name) }
        if let name = metadata.meta("twitter:site")?.value { names.append(name) }
        names.append(page.host)
        let labels = page.host.split(separator: ".").map(String.init)
        if labels.count >= 2 { names.append(labels[labels.count - 2]) }
        return names
    }

    /// The first block that shows a headline, with the blocks behind it up to the first paragraph.
    func head(of title: String?) -> Range<Int> {
        ArticleHead(outline: outline).blocks(behind: title, blocks.lines)
    }

    /// Whether a block is about something else than the article: related items, another's words.
    func isBeside(_ block: Int) -> Bool {
        let label = blocks.labels[outline.blocks[block].region]
        return label == .related || label == .biography
    }

    /// Whether a block says nothing of the article: its pictures, its readers, its sponsors. A
    /// caption that no element calls one is known by its maker.
    func isSilent(_ block: Int) -> Bool {
        switch blocks.labels[outline.blocks[block].region] {
        case .caption, .credit, .comments, .advertisement, .newsletter, .consent, .membership: true
        default: LinePhrases.endsWithMaker(blocks.lines[block])
        }
    }

    /// Whether a block is a line of its own and no sentence; the point of `8:30 a.m.` ends none.
    func isLine(_ block: Int) -> Bool {
        !blocks.forms[block].isProse || outline.blocks[block].text.hasSuffix(".m.")
    }

    /// How far a block lies before (negative) or behind a headline, in blocks up to 60.
    ///
    /// `head` is what `head(of:)` gave: empty where the page does not show its headline.
    func distance(of block: Int, fromHeadlineAbove head: Range<Int>) -> Float {
        head.isEmpty ? -99 : Float(max(-60, min(60, block - head.lowerBound + 1)))
    }

    /// How far a block lies before (negative) or behind the text, in blocks up to 60.
    func distance(of block: Int) -> Float {
        if text.contains(block) { return 0 }
        let distance =
            block < text.lowerBound ? block - text.lowerBound : block - text.upperBound + 1
        return Float(max(-60, min(60, distance)))
    }
}
