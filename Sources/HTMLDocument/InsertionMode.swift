/// The insertion modes (WHATWG HTML, 13.2.4.1).
enum InsertionMode: Sendable {
    case initial, beforeHTML, beforeHead, inHead, inHeadNoscript, afterHead
    case inBody, text
    case inTable, inTableText, inCaption, inColumnGroup, inTableBody, inRow, inCell
    case inTemplate
    case afterBody, inFrameset, afterFrameset, afterAfterBody, afterAfterFrameset

    /// Whether white space fares differently from other text.
    var distinguishesWhitespace: Bool {
        switch self {
        case .inBody, .text, .inTable, .inTableText, .inCaption, .inTableBody, .inRow, .inCell,
            .inTemplate:
            false
        default:
            true
        }
    }
}
