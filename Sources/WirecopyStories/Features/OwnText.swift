import WirecopyMessages

/// An article's text as stories read it: lines that are hardly part of the report are blank.
///
/// What a reader of pages leaves behind by mistake are headlines of other articles, captions,
/// credits and menus. They would make all articles of a site alike, or two articles that link to
/// each other. Unlike sentences of a report they do not end in a mark: "Council votes to keep both
/// bridges (11 March 2026)" is blanked, "The council voted." is not.
enum OwnText {
    /// Texts of which more than this share would be blank are read as they are: verse, tables,
    /// languages without such marks.
    private static let blankShareMax = 0.5
    /// The empty line between paragraphs of `mainText`.
    private static let separatorBytes = 2
    private static let space = UInt8(ascii: " ")

    /// The main text in UTF-8, here `whole`, with a space for each byte of such lines: offsets stay
    /// the same.
    static func bytes(of article: ParsedArticle, _ whole: [UInt8]) -> [UInt8] {
        var text = whole
        var start = 0
        var blank = 0
        for paragraph in article.paragraphs {
            let end = start + paragraph.text.utf8.count
            if !endsInMark(paragraph.text) {
                for index in start..<end { text[index] = space }
                blank += end - start
            }
            start = end + separatorBytes
        }
        return Double(blank) > Double(whole.count) * blankShareMax ? whole : text
    }

    /// Whether something that begins there is in a line that is read.
    static func isRead(_ text: [UInt8], at offset: Int) -> Bool {
        text.indices.contains(offset) && text[offset] != space
    }

    /// Whether a line ends as sentences do, perhaps within quotation marks, or with a bracket.
    private static func endsInMark(_ line: String) -> Bool {
        plainEnd(line.utf8).map(isPlainMark) ?? line.reversed()
            .first { !$0.isWhitespace && !"\"'”’»›」』".contains($0) }
            .map { ".!?…。！？।؟)]".contains($0) } ?? false
    }

    /// The last character of a line but for spaces and quotation marks, when it is of ASCII, as
    /// most are; `nil` for any other line. Characters are slow to find, and only a byte behind
    /// another one of ASCII is sure to be a character by itself.
    private static func plainEnd(_ line: String.UTF8View) -> UInt8? {
        var rest = line[...]
        while let last = rest.popLast(), last < 0x80, rest.last ?? 0 < 0x80 {
            guard isPlainSpace(last) || last == UInt8(ascii: "\"") || last == UInt8(ascii: "'")
            else { return last }
        }
        return nil
    }

    private static func isPlainSpace(_ byte: UInt8) -> Bool { byte == space || 9...13 ~= byte }

    private static func isPlainMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ")"),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
