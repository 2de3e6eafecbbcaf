/// What a kept paragraph is.
package enum ParagraphKind: String, Sendable, CaseIterable {
    case lede, body, heading, list, quote, table, caption, credit, dateline, correction
}

/// One kept paragraph of an article.
package struct Paragraph: JSONRepresentable, Equatable {
    /// What it is.
    package var kind: ParagraphKind
    /// Its text: NFC, single spaces, no line breaks except between rows of a table.
    package var text: String

    /// Makes a paragraph.
    package init(_ kind: ParagraphKind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var kind: ParagraphKind?
        var text: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "kind": kind = try reader.word()
            case "text": text = try reader.string()
            default: try reader.skip()
            }
        }
        self.kind = try reader.required(kind, "kind")
        self.text = try reader.required(text, "text")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("kind", kind.rawValue)
            writer.field("text", text)
        }
    }
}
