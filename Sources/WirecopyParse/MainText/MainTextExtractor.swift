import DecisionForest
import HTMLDocument
import WirecopyMessages

/// Decides block by block what of a page is its article's text.
///
/// A forest that was trained on pages of hundreds of sites says how likely each block is text, from
/// the numbers of `BlockFeatures`; names of elements are only witnesses in it. What is kept gets
/// its kind here, what is not a label that says why, as far as it is known.
struct MainTextExtractor {
    private let blocks: PageBlocks
    private let title: FoldedLine?
    private let authors: AuthorNames

    /// Finds the text among the blocks of a page.
    static func extract(
        _ blocks: PageBlocks,
        _ context: BlockFeatures.Context,
        _ model: MainTextModel
    ) -> MainText {
        let questions = BlockFeatures.questions(of: blocks, context, model.weights)
        let answers = model.forest.answers(questions.numbers)
        var isKept = Array(repeating: false, count: blocks.outline.blocks.count)
        for (block, answer) in zip(questions.blocks, answers) { isKept[block] = answer }
        let authors = AuthorNames(blocks, context)
        for block in PullQuotes.blocks(among: blocks, isKept) { isKept[block] = false }
        ReaderNotes.drop(from: &isKept, blocks, authors)
        return MainTextExtractor(blocks, title: context.title, authors).mainText(isKept)
    }

    /// All blocks of a page, each with its kind: for a page of which a rule has chosen the text.
    static func wholeText(_ blocks: PageBlocks) -> MainText {
        MainTextExtractor(blocks, title: nil, AuthorNames(blocks, BlockFeatures.Context()))
            .mainText([Bool](repeating: true, count: blocks.outline.blocks.count))
    }

    private init(_ blocks: PageBlocks, title: String?, _ authors: AuthorNames) {
        self.blocks = blocks
        self.authors = authors
        self.title = title.map { FoldedLine($0) }
    }

    private func mainText(_ isKept: [Bool]) -> MainText {
        guard let first = isKept.firstIndex(of: true), let last = isKept.lastIndex(of: true) else {
            return MainText()
        }
        var main = MainText()
        main.blocks = first..<(last + 1)
        for (index, block) in blocks.outline.blocks.enumerated() {
            if isKept[index] {
                main.paragraphs.append(Paragraph(kind(of: index), block.text))
            } else {
                let (label, source) = label(of: index)
                main.drop(label, block.text, because: source)
            }
        }
        return main
    }

    // MARK: - What is kept

    private func kind(of index: Int) -> ParagraphKind {
        let outline = blocks.outline
        let (line, form) = (blocks.lines[index], blocks.forms[index])
        if LinePhrases.isSourceNote(form, blocks.spoken[index]) { return .credit }
        if LinePhrases.isCorrection(line) { return .correction }
        for region in outline.regions(around: outline.blocks[index].region).prefix(Self.kindDepth) {
            switch outline.regions[region].tag {
            case .h1, .h2, .h3, .h4, .h5, .h6: return .heading
            case .li: return .list
            case .blockquote: return .quote
            case .figcaption: return .caption
            case .td, .th: return form.isProse ? .body : .table
            default: break
            }
        }
        return .body
    }

    /// Elements between a block and the heading, list or quotation it belongs to.
    private static let kindDepth = 3

    // MARK: - What is not

    private func label(of index: Int) -> (BoilerplateLabel, LabelSource) {
        let block = blocks.outline.blocks[index]
        let (line, form, spoken) = (
            blocks.lines[index], blocks.forms[index], blocks.spoken[index]
        )
        if title?.bytes == line.bytes { return (.headline, .title) }
        if let label = blocks.labels[block.region] { return (label, .element) }
        if let label = LinePhrases.label(of: line, form, spoken) { return (label, .words) }
        if LinePhrases.isBiography(line, form, spoken) || authors.begin(line), form.isProse {
            return (.biography, .words)
        }
        if block.linkDensity > Self.relatedLinkDensity { return (.related, .links) }
        if LinePhrases.isByline(block.text, line, form) { return (.byline, .form) }
        return (.other, .place)
    }

    private static let relatedLinkDensity = 0.5
}
