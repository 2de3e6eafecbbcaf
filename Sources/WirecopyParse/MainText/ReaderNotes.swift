import WirecopyMessages

/// Notes to the reader that stand among an article's paragraphs as if they were some: appeals for
/// money or an address, and who the author is.
///
/// Where elements name them the trained model knows them. On a page of bare paragraphs an appeal
/// below the last one is a paragraph in everything but its words.
enum ReaderNotes {
    /// Takes notes out of the blocks that are kept.
    static func drop(from isKept: inout [Bool], _ page: PageBlocks, _ authors: AuthorNames) {
        for index in isKept.indices where isKept[index] && isAppeal(index, page) {
            isKept[index] = false
        }
        // In the middle of a text its author may be one of its persons.
        for index in isKept.indices.reversed() where isKept[index] {
            let (line, form) = (page.lines[index], page.forms[index])
            let isAbout =
                authors.begin(line) || LinePhrases.isBiography(line, form, page.spoken[index])
            if isAbout, form.bytes <= noteBytesMax {
                isKept[index] = false
            } else if !LinePhrases.isSourceNote(form, page.spoken[index]) {
                break
            }
        }
    }

    /// Sentences that speak to the reader of gifts or letters, and quote nobody.
    private static func isAppeal(_ index: Int, _ page: PageBlocks) -> Bool {
        guard page.forms[index].isProse else { return false }
        switch LinePhrases.label(of: page.lines[index], page.forms[index], page.spoken[index]) {
        case .membership, .newsletter: return true
        default: return false
        }
    }

    /// A note on an author has a sentence or three.
    private static let noteBytesMax = 400
}
