/// Lines of a terminal: wrapped, indented and styled.
struct ScreenText {
    /// Parameters of SGR, ECMA-48 section 8.3.117.
    enum Style: Int {
        case bold = 1
        case faint = 2
        case italic = 3
        case underlined = 4
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case magenta = 35
        case cyan = 36
    }

    /// A word with its styles.
    struct Word {
        var text: String
        var styles: [Style] = []
        /// Whether no blank stands before it.
        var isJoined = false
    }

    /// Narrower terminals wrap by themselves.
    private static let columnsMin = 40
    /// Columns that are left for text behind any indent.
    private static let roomMin = 20

    let columns: Int
    let isColoured: Bool

    /// Prepares lines of so many columns.
    init(columns: Int, isColoured: Bool) {
        self.columns = max(columns, Self.columnsMin)
        self.isColoured = isColoured
    }

    /// A text in a style, where the terminal has any.
    func styled(_ text: String, _ styles: Style...) -> String { styled(text, styles) }

    /// A text in some styles, where the terminal has any.
    func styled(_ text: String, _ styles: [Style]) -> String {
        guard isColoured, !styles.isEmpty else { return text }
        let codes = styles.map { String($0.rawValue) }.joined(separator: ";")
        return "\u{1B}[\(codes)m\(text)\u{1B}[0m"
    }

    /// A heading.
    func heading(_ text: String) -> String { styled(text, .underlined) }

    /// A text in lines behind an indent.
    func indented(_ text: String, by indent: Int, _ style: Style) -> [String] {
        wrapped(text, indent: indent).map {
            String(repeating: " ", count: indent) + styled($0, style)
        }
    }

    /// A text in lines that fit behind an indent; a word longer than a line stands alone.
    func wrapped(_ text: String, indent: Int) -> [String] {
        wrapped(text.split(separator: " ").map { Word(text: String($0)) }, indent: indent)
    }

    /// Words in lines that fit behind an indent; one longer than a line stands alone.
    func wrapped(_ words: [Word], indent: Int) -> [String] {
        let room = max(columns - indent, Self.roomMin)
        var lines: [String] = []
        var line = ""
        var width = 0
        for word in words {
            let blank = width > 0 && !word.isJoined ? 1 : 0
            if width > 0, width + blank + word.text.count > room, !word.isJoined {
                lines.append(line)
                (line, width) = ("", 0)
            }
            line += (width > 0 && blank > 0 ? " " : "") + styled(word.text, word.styles)
            width += word.text.count + (width > 0 ? blank : 0)
        }
        return lines + [line]
    }

    /// A text with blanks up to a width, one at least.
    func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    /// A text that has no more than so many characters.
    static func cut(_ text: String, _ room: Int) -> String {
        text.count <= room ? text : text.prefix(room - 1) + "…"
    }
}
