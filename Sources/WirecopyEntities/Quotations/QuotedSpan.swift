/// Text between quotation marks, by the indexes of its tokens.
struct QuotedSpan: Equatable {
    /// The opening mark.
    var open: Int
    /// The closing mark, or the line's last token when the quotation goes on in the next line.
    var close: Int
    /// Index of the line in `TextLines`.
    var line: Int
    /// Whether the closing mark is missing because the next paragraph goes on.
    var isUnclosed: Bool

    /// The tokens between the marks.
    var content: Range<Int> { (open + 1)..<max(open + 1, isUnclosed ? close + 1 : close) }
}
