/// Why a block or line of the page is not part of the article.
package enum BoilerplateLabel: String, Sendable, CaseIterable {
    case navigation, headline, byline, date, caption, credit, biography, newsletter, membership
    case related, advertisement, comments, share, consent, footer, label, other
}

/// A block or line that was left out, kept with its label so that a reader can ask why.
package struct DroppedBlock: JSONRepresentable, Equatable {
    /// Its place: how many of the kept paragraphs stand before it; `nil` when that is not known.
    package var after: Int?
    /// Why it was left out.
    package var label: BoilerplateLabel
    /// What the label rests on: `title`, `element`, `words`, `links`, `form`, `place`, `site-rule`;
    /// `nil` when that is not known.
    package var source: String?
    /// Its text, at most 500 bytes.
    package var text: String

    /// Makes a dropped block.
    package init(
        _ label: BoilerplateLabel,
        _ text: String,
        source: String? = nil,
        after: Int? = nil
    ) {
        self.after = after
        self.label = label
        self.source = source
        self.text = text
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var after: Int?
        var label: BoilerplateLabel?
        var source: String?
        var text: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "after": after = try reader.integer()
            case "label": label = try reader.word()
            case "source": source = try reader.string()
            case "text": text = try reader.string()
            default: try reader.skip()
            }
        }
        self.after = after
        self.label = try reader.required(label, "label")
        self.source = source
        self.text = try reader.required(text, "text")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("after", after)
            writer.field("label", label.rawValue)
            writer.field("source", source)
            writer.field("text", text)
        }
    }
}
