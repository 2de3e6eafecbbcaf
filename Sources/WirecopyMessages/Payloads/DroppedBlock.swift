/// Why a block or line of the page is not part of the article.
package enum BoilerplateLabel: String, Sendable, CaseIterable {
    case navigation, headline, byline, date, caption, credit, biography, newsletter, membership
    case related, advertisement, comments, share, consent, footer, label, other
}

/// A block or line that was left out, kept with its label so that a reader can ask why.
package struct DroppedBlock: JSONRepresentable, Equatable {
    /// Why it was left out.
    package var label: BoilerplateLabel
    /// Its text, at most 500 bytes.
    package var text: String

    /// Makes a dropped block.
    package init(_ label: BoilerplateLabel, _ text: String) {
        self.label = label
        self.text = text
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var label: BoilerplateLabel?
        var text: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "label": label = try reader.word()
            case "text": text = try reader.string()
            default: try reader.skip()
            }
        }
        self.label = try reader.required(label, "label")
        self.text = try reader.required(text, "text")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("label", label.rawValue)
            writer.field("text", text)
        }
    }
}
