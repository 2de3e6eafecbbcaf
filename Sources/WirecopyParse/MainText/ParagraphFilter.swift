import HTMLDocument
import WirecopyMessages

/// Decides block by block what of the article's region is its text.
struct ParagraphFilter {
    let outline: PageOutline
    let forms: [LineForm]
    /// Labels of regions that are believed.
    let labels: [BoilerplateLabel?]
    /// The headline; the block that repeats it is no text.
    let title: FoldedLine?

    /// What becomes of a block.
    private enum Verdict: Equatable {
        case keep(ParagraphKind)
        case drop(BoilerplateLabel)
    }

    /// Filters a range of blocks.
    func mainText(of blocks: Range<Int>) -> MainText {
        let folded = blocks.map { FoldedLine(outline.blocks[$0].text) }
        var verdicts = zip(blocks, folded).map { verdict(on: $0, $1) }
        dropHead(of: blocks, folded, &verdicts)
        dropSections(in: blocks, folded, &verdicts)
        dropEmptyHeadings(&verdicts)
        return assembled(blocks, verdicts)
    }

    // MARK: - One block

    private func verdict(on index: Int, _ line: FoldedLine) -> Verdict {
        let block = outline.blocks[index]
        let form = forms[index]
        if let label = labels[block.region] { return .drop(label) }
        guard form.hasLetter else { return .drop(.other) }
        let kind = kind(of: index)
        if kind == .heading {
            return headingVerdict(block, form, line)
        }
        if let label = LinePhrases.label(of: line, form) { return .drop(label) }
        if LinePhrases.isSourceNote(line, form) { return .keep(.credit) }
        if block.linkDensity > Self.linkDensityMax(kind) { return .drop(.related) }
        if form.isProse { return .keep(kind) }
        return scrapVerdict(index, kind, line)
    }

    private func headingVerdict(
        _ block: PageOutline.Block,
        _ form: LineForm,
        _ line: FoldedLine
    ) -> Verdict {
        let isFirst = outline.regions[block.region].tag == .h1
        if isFirst || isTitle(line) { return .drop(.headline) }
        if let label = LinePhrases.label(of: line, form) { return .drop(label) }
        if block.linkDensity > Self.headingLinkDensityMax { return .drop(.related) }
        return .keep(.heading)
    }

    /// A block that is no sentence: kept in lists, tables and paragraphs of the text, not loose.
    private func scrapVerdict(
        _ index: Int,
        _ kind: ParagraphKind,
        _ line: FoldedLine
    ) -> Verdict {
        let block = outline.blocks[index]
        let tag = outline.regions[block.region].tag
        if isTitle(line) { return .drop(.headline) }
        switch kind {
        case .list, .table, .quote: return .keep(kind)
        default: break
        }
        if tag == .p || tag == .pre || tag == .dd || tag == .dt { return .keep(kind) }
        return block.textBytes >= Self.looseBytesMin ? .keep(kind) : .drop(.other)
    }

    private func isTitle(_ line: FoldedLine) -> Bool {
        title?.bytes == line.bytes
    }

    private func kind(of index: Int) -> ParagraphKind {
        let region = outline.blocks[index].region
        switch outline.regions[region].tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: return .heading
        default: break
        }
        var current = region
        for _ in 0..<Self.kindDepthMax {
            switch outline.regions[current].tag {
            case .li: return .list
            case .blockquote: return .quote
            case .td, .th: return forms[index].isProse ? .body : .table
            default: break
            }
            let parent = outline.regions[current].parent
            if parent == current { break }
            current = parent
        }
        return .body
    }

    /// Elements between a block and the list or quotation it belongs to.
    private static let kindDepthMax = 3
    /// Loose text in a `div` that is no sentence needs this length to be a paragraph.
    private static let looseBytesMin = 60
    private static let headingLinkDensityMax = 0.7

    private static func linkDensityMax(_ kind: ParagraphKind) -> Double {
        kind == .list || kind == .table ? 0.5 : 0.7
    }

    // MARK: - Neighbours

    /// Above the headline stand masthead, appeals and section; below it may stand a byline with
    /// its date.
    private func dropHead(
        of blocks: Range<Int>,
        _ folded: [FoldedLine],
        _ verdicts: inout [Verdict]
    ) {
        guard let headline = verdicts.firstIndex(of: .drop(.headline)) else { return }
        let hasProse = zip(blocks, verdicts).prefix(headline).contains { index, verdict in
            verdict == .keep(.body) && forms[index].bytes >= LineForm.longBytesMin
        }
        for offset in 0..<headline where !hasProse {
            if case .keep = verdicts[offset] { verdicts[offset] = .drop(.other) }
        }
        for offset in verdicts.indices.dropFirst(headline + 1).prefix(Self.headBlocksMax) {
            let text = outline.blocks[blocks.lowerBound + offset].text
            let form = forms[blocks.lowerBound + offset]
            guard case .keep = verdicts[offset], form.bytes <= Self.bylineBytesMax,
                form.digits >= 3, Byline.startsLikeByline(text), !Byline.names(in: text).isEmpty
            else { continue }
            verdicts[offset] = .drop(.byline)
        }
    }

    /// A kicker, a standfirst, a byline, share buttons and a date.
    private static let headBlocksMax = 12
    private static let bylineBytesMax = 120

    /// A heading such as `Related articles` takes the scraps and lists behind it along.
    private func dropSections(
        in blocks: Range<Int>,
        _ folded: [FoldedLine],
        _ verdicts: inout [Verdict]
    ) {
        var section: BoilerplateLabel?
        for offset in verdicts.indices {
            let index = blocks.lowerBound + offset
            if LinePhrases.startsSection(folded[offset]) {
                section = .related
                continue
            }
            guard let label = section, case .keep(let kind) = verdicts[offset] else { continue }
            if kind == .body && forms[index].isProse || kind == .heading {
                section = nil
            } else {
                verdicts[offset] = .drop(label)
            }
        }
    }

    /// A heading that no text follows before the end belongs to nothing.
    private func dropEmptyHeadings(_ verdicts: inout [Verdict]) {
        var hasText = false
        for offset in verdicts.indices.reversed() {
            switch verdicts[offset] {
            case .keep(.heading):
                if !hasText { verdicts[offset] = .drop(.headline) }
            case .keep: hasText = true
            case .drop: break
            }
        }
    }

    // MARK: - Result

    private func assembled(_ blocks: Range<Int>, _ verdicts: [Verdict]) -> MainText {
        var main = MainText()
        main.blocks = blocks
        for (index, verdict) in zip(blocks, verdicts) {
            let text = outline.blocks[index].text
            switch verdict {
            case .keep(let kind): main.paragraphs.append(Paragraph(kind, text))
            case .drop(let label): main.drop(label, text)
            }
        }
        return main
    }
}
