import HTMLDocument

/// Sentences that a page shows twice: once in a paragraph, once large between paragraphs.
///
/// They are no text of their own, and would make a speaker say everything twice. A heading or an
/// entry of a list that a sentence repeats is one of its own.
enum PullQuotes {
    /// The kept blocks whose words stand in a longer kept block.
    static func blocks(among page: PageBlocks, _ isKept: [Bool]) -> [Int] {
        let kept = isKept.indices.filter { isKept[$0] }
        return kept.filter { index in
            guard mayBePulled(index, page) else { return false }
            let words = core(of: page.lines[index])
            return kept.contains { other in
                let line = page.lines[other].bytes
                return other != index && line.count > page.lines[index].bytes.count
                    && line.holds(words)
            }
        }
    }

    private static func mayBePulled(_ index: Int, _ page: PageBlocks) -> Bool {
        let form = page.forms[index]
        guard bytes.contains(form.bytes), form.words >= wordsMin,
            form.endsSentence || core(of: page.lines[index]).count < page.lines[index].bytes.count
        else { return false }
        return switch page.outline.regions[page.outline.blocks[index].region].tag {
        case .h1, .h2, .h3, .h4, .h5, .h6, .li, .dt, .dd, .td, .th: false
        default: true
        }
    }

    /// A line without the marks around it: `"He counted three,"` stands in `"He counted three," she
    /// said.`
    private static func core(of line: FoldedLine) -> [UInt8] {
        let isMark = { (byte: UInt8) in marks.contains(byte) }
        let start = line.bytes.drop(while: isMark)
        let end = start.lastIndex { !isMark($0) }
        return end.map { Array(start[start.startIndex...$0]) } ?? []
    }

    private static let marks = Array("\"'.,;:!? ".utf8)
    /// A sentence that is worth showing large; `"No," he said.` stands in many.
    private static let wordsMin = 6
    /// Longer ones would not fit between paragraphs.
    private static let bytes = 30...400
}
