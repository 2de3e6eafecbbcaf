/// Finds the quotations of a paragraph that is written with straight marks, and sets the marks
/// the page shall show.
struct QuotationMarks {
    /// The habits of a page; sources are always written with straight marks.
    enum Style: String {
        case straight
        case curly
        /// Curly, half curly and straight in turn, as pages that went through many hands.
        case mixed
    }

    let style: Style
    /// Quotations set so far in the article; `mixed` goes by it.
    private(set) var count = 0

    init(style: Style) { self.style = style }

    /// A paragraph with its final marks.
    struct Marked: Equatable {
        var text = ""
        /// The words between each pair of marks, in order.
        var quoted: [String] = []
        /// True when the last quotation has no closing mark: it goes on in the next paragraph.
        var isOpen = false
    }

    /// Sets the marks of one paragraph. Linear in its length.
    mutating func mark(_ source: some StringProtocol) -> Marked {
        var marked = Marked()
        var current: String?
        var previous: Character = " "
        for character in source {
            var shown = String(character)
            if character == "\"" {
                shown = current == nil ? openingMark : closingMark
            } else if character == "'" {
                shown = apostrophe(after: previous)
            }
            if character == "\"", let finished = current {
                marked.quoted.append(finished)
                current = nil
                count += 1
            } else if character == "\"" {
                current = ""
            } else {
                current?.append(shown)
            }
            marked.text += shown
            previous = character
        }
        if let rest = current {
            marked.quoted.append(rest)
            marked.isOpen = true
            count += 1
        }
        return marked
    }

    private var openingMark: String {
        switch style {
        case .straight: "\""
        case .curly: "\u{201C}"
        case .mixed: count % 3 == 2 ? "\"" : "\u{201C}"
        }
    }

    private var closingMark: String {
        switch style {
        case .straight: "\""
        case .curly: "\u{201D}"
        case .mixed: count % 3 == 0 ? "\u{201D}" : "\""
        }
    }

    private func apostrophe(after previous: Character) -> String {
        let isCurly = style == .curly || (style == .mixed && count % 2 == 1)
        guard isCurly else { return "'" }
        return previous == " " || previous == "\"" || previous == "(" ? "\u{2018}" : "\u{2019}"
    }
}
