import WirecopyMessages

/// Names of a page's authors, as its metadata and its bylines have them.
struct AuthorNames {
    /// Folded, each of several words.
    private let names: [[UInt8]]

    /// Gathers the names.
    init(_ blocks: PageBlocks, _ context: BlockFeatures.Context) {
        let outline = blocks.outline
        let bylines = outline.blocks.indices.lazy.filter { index in
            LinePhrases.isByline(
                outline.blocks[index].text,
                blocks.lines[index],
                blocks.forms[index]
            )
        }
        let lines = bylines.prefix(Self.bylinesMax).map { outline.blocks[$0].text }
        let texts = Array(context.authors.prefix(Self.bylinesMax)) + Array(lines)
        names = Byline.names(in: texts).map { FoldedLine($0).bytes }.filter { $0.contains(0x20) }
    }

    /// Whether a line begins with the whole name of one of them, as notes on authors do.
    func begin(_ line: FoldedLine) -> Bool {
        names.contains { name in
            line.bytes.count > name.count && line.bytes.stands(name[...], at: 0)
                && !line.bytes[name.count].isLetter
        }
    }

    /// Bylines that are read for names; more are those of other articles.
    private static let bylinesMax = 4
}
