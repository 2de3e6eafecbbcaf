import HTMLDocument
import WirecopyMessages

/// What stands between an article's headline and its text: dates and bylines that no element names.
struct ArticleHead {
    let outline: PageOutline

    /// A large line near the start of the text, for pages without an `h1`.
    ///
    /// Pages older than style sheets set headlines with `<font size=5>`. The last such line before
    /// the first paragraph is the headline; those above it are mastheads.
    func largeHeadline() -> String? { largeLines.last }

    /// Whether `<title>` says no more than the masthead: it begins with a large line that stands
    /// above the headline.
    func isMasthead(_ title: String) -> Bool {
        let key = FoldedLine(title).key
        return largeLines.dropLast().contains { line in
            let masthead = FoldedLine(line).key
            return key == masthead || key.hasPrefix(masthead + " ")
        }
    }

    /// Large lines before the first paragraph.
    private var largeLines: [String] {
        let end = outline.blocks.firstIndex(where: Self.isParagraph) ?? outline.blocks.count
        return outline.marks.lazy
            .filter { $0.label == .headline && $0.block < end }
            .map(\.text).filter { LineForm($0).words >= Self.headlineWordsMin }
            .suffix(Self.largeLinesMax)
    }

    /// The blocks between the headline and the first paragraph behind it.
    ///
    /// - Parameters:
    ///   - title: the headline as the page shows it.
    ///   - lines: the blocks in lower case.
    /// - Returns: an empty range when there is no headline or the page does not show it.
    func blocks(behind title: String?, _ lines: [FoldedLine]) -> Range<Int> {
        guard let title else { return 0..<0 }
        let key = Array(FoldedLine(title).key.utf8)
        let headline = outline.blocks.indices.first { index in
            let block = outline.blocks[index]
            return block.text.utf8.count <= title.utf8.count * 2
                && block.linkDensity < 0.5 && lines[index].hasKey(key)
        }
        guard let start = headline.map({ $0 + 1 }) else { return 0..<0 }
        let end = outline.blocks[start...].prefix(Self.headBlocksMax)
            .firstIndex(where: Self.isParagraph)
        return start..<(end ?? min(start + Self.headBlocksMax, outline.blocks.count))
    }

    /// Names that stand before a `time` in one short line: `Ann Lee and Bo Ek May 29, 2024`.
    func namesBeforeDate(in blocks: Range<Int>) -> [String] {
        for mark in outline.marks where mark.label == .date && blocks.contains(mark.block) {
            let text = outline.blocks[mark.block].text
            guard text.utf8.count <= Self.lineBytesMax, let range = text.firstRange(of: mark.text),
                !mark.text.isEmpty
            else { continue }
            let names = Byline.names(in: String(text[..<range.lowerBound]))
            if !names.isEmpty, names.allSatisfy(Byline.isPerson) { return names }
        }
        return []
    }

    /// The closing line in which an agency names its reporters: `Reporting by Ann Lee in Oslo;
    /// Editing by Bo Ek`.
    func signOff(from textStart: Int) -> [String] {
        let line = outline.blocks.dropFirst(textStart).last { block in
            block.text.utf8.count <= Self.signOffBytesMax
                && block.text.utf8.first.map(Self.signOffStarts.contains) == true
                && Self.signOffs.begins(FoldedLine(block.text))
        }
        return line.map { Byline.reporters(in: $0.text) } ?? []
    }

    private static func isParagraph(_ block: PageOutline.Block) -> Bool {
        block.textBytes >= paragraphBytesMin && LineForm(block.text).isProse
    }

    private static let signOffs = PhraseList("reporting by | (reporting by")
    private static let signOffStarts = Array("Rr(".utf8)
    private static let signOffBytesMax = 300
    private static let headlineWordsMin = 3
    private static let largeLinesMax = 8
    /// A kicker, a standfirst, a byline, share buttons and a date.
    private static let headBlocksMax = 12
    private static let paragraphBytesMin = 120
    private static let lineBytesMax = 120
}
