/// What the tokenizer hands to the tree builder. Plain values; texts and attributes are ranges.
enum Token: Sendable {
    /// Text without U+0000, at least one byte.
    case characters(TextRange)
    /// U+0000 where the standard leaves its fate to the tree builder.
    case nullCharacter
    case startTag(TagToken)
    case endTag(TagToken)
    case comment(TextRange)
    /// The details are in `Tokenizer.doctype`.
    case doctype
    case endOfFile
}

/// A start or end tag.
struct TagToken: Sendable {
    var name: ElementName
    /// Range of the attribute array, not of text.
    var attributes = TextRange(start: 0, end: 0)
    var isSelfClosing = false

    var tag: Tag { name.tag }
}
